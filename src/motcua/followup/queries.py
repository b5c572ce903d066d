"""Findings with where they are, and how far their remedies are."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from motcua.common import clock
from motcua.followup.enums import JudgementKind
from motcua.followup.models import Finding, Judgement, Remedy
from motcua.units.queries import UnitAt, units_at
from vanban.words import sort_key

NONE, LATE, ORDERED, DONE, CLOSED = "none", "late", "ordered", "done", "closed"
BADGES = {NONE: "plain", LATE: "late", ORDERED: "plain", DONE: "plain", CLOSED: "yes"}


def remedy_state(remedy: Remedy) -> str:
    """How far a remedy is today."""
    if remedy.seen_on is not None:
        return CLOSED
    if remedy.done_on is not None:
        return DONE
    return LATE if remedy.due_on is not None and remedy.due_on < clock.today() else ORDERED


def state_words() -> dict[str, str]:
    """What the states of a remedy are called."""
    return {
        NONE: _("nothing ordered"),
        LATE: _("late"),
        ORDERED: _("to be done"),
        DONE: _("reported done, to be confirmed"),
        CLOSED: _("done and confirmed"),
    }


@dataclass(frozen=True, slots=True)
class RemedyRow:
    """A remedy as a page shows it."""

    remedy: Remedy
    responsible: UnitAt | None

    @property
    def state(self) -> str:
        return remedy_state(self.remedy)

    @property
    def badge(self) -> str:
        return BADGES[self.state]

    @property
    def word(self) -> str:
        return state_words()[self.state]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding as its list shows it."""

    finding: Finding
    unit: UnitAt
    remedies: list[RemedyRow] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.finding.kind

    @property
    def kind_word(self) -> str:
        return str(self.finding.get_kind_display())

    @property
    def unit_name(self) -> str:
        return self.unit.full_name

    @property
    def unit_id(self) -> uuid.UUID:
        return self.unit.id

    @property
    def device_name(self) -> str:
        return str(self.finding.device)

    @property
    def note(self) -> str:
        return self.finding.note

    @property
    def found_on(self) -> dt.date:
        return self.finding.found_on

    @property
    def ended_on(self) -> dt.date | None:
        return self.finding.ended_on

    @property
    def state(self) -> str:
        return "ended" if self.finding.ended_on else "open"

    @property
    def state_word(self) -> str:
        return _("ended") if self.finding.ended_on else _("open")

    @property
    def remedy(self) -> str:
        """How far the least advanced of its remedies is."""
        states = {row.state for row in self.remedies}
        return next((state for state in (LATE, ORDERED, DONE, CLOSED) if state in states), NONE)

    @property
    def remedy_badge(self) -> str:
        return BADGES[self.remedy]

    @property
    def remedy_word(self) -> str:
        return state_words()[self.remedy]

    @property
    def order(self) -> tuple[object, ...]:
        """Open ones first, among them the late."""
        return (self.state == "ended", self.remedy != LATE, self.kind, sort_key(self.unit.name))


def finding_rows(findings: QuerySet[Finding]) -> list[FindingRow]:
    """Findings with their units and remedies."""
    rows = list(findings.select_related("device__device_type").order_by("found_on", "pk"))
    units = units_at({row.unit_id for row in rows}, clock.today())
    remedies = _remedies(rows)
    return [FindingRow(row, units[row.unit_id], remedies.get(row.origin_id, [])) for row in rows]


def _remedies(findings: Sequence[Finding]) -> dict[uuid.UUID, list[RemedyRow]]:
    ids = [row.origin_id for row in findings]
    found: dict[uuid.UUID, list[RemedyRow]] = {}
    known = Remedy.objects.known().filter(finding_id__in=ids).select_related("finding")
    rows = list(known.order_by("due_on", "recorded_at", "pk"))
    units = units_at({row.responsible_unit_id for row in rows}, clock.today())
    for row in rows:
        found.setdefault(row.finding_id, []).append(RemedyRow(row, units.get(row.responsible_unit_id)))
    return found


def remedies_of(finding: Finding) -> list[RemedyRow]:
    """What must be done about a finding, the most urgent first."""
    return _remedies([finding]).get(finding.origin_id, [])


def causes_among(judgements: QuerySet[Judgement], finding: Finding) -> list[Judgement]:
    """The causes that somebody judged in the finding's programme."""
    rows = judgements.filter(programme_id=finding.programme_id, kind=JudgementKind.CAUSE).order_by("position", "pk")
    return [row for row in rows if row.wording.strip()]


def unit_choices(rows: Iterable[FindingRow]) -> list[tuple[str, str]]:
    """The units of some findings, for a filter."""
    names = {str(row.unit.id): row.unit for row in rows}
    return [(key, unit.full_name) for key, unit in sorted(names.items(), key=lambda pair: sort_key(pair[1].name))]
