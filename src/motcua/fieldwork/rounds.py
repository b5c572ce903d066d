"""Who has answered a round, by what, and who is missing."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from motcua.common import clock
from motcua.fieldwork import rules
from motcua.fieldwork.enums import Source
from motcua.fieldwork.models import Check, Round, RoundUnit, Visit
from motcua.registry.models import OfficialDocument
from motcua.registry.queries import documents
from motcua.units.models import Unit
from motcua.units.queries import UnitAt, units_at
from vanban.words import sort_key

LATE, MISSING, ANSWERED = "late", "missing", "answered"
ORDER = (LATE, MISSING, ANSWERED)


@dataclass(frozen=True, slots=True)
class Asked:
    """A unit that a round asks; `visit` or `check` is the last thing by which it has answered."""

    unit: UnitAt
    state: str
    visit: Visit | None = None
    check: Check | None = None

    @property
    def name(self) -> str:
        return self.unit.full_name

    @property
    def order(self) -> tuple[int, object]:
        return (ORDER.index(self.state), sort_key(self.unit.name))

    @property
    def answered_on(self) -> dt.date | None:
        return self.visit.visited_on if self.visit else self.check.observed_on if self.check else None

    @property
    def badge(self) -> str:
        return {LATE: "late", MISSING: "unknown", ANSWERED: "yes"}[self.state]

    @property
    def state_word(self) -> str:
        return {LATE: _("late"), MISSING: _("not yet answered"), ANSWERED: _("answered")}[self.state]

    @property
    def how(self) -> str:
        if self.visit:
            return _("visited")
        return _("declared") if self.check else ""


@dataclass(frozen=True, slots=True)
class RoundState:
    """A round with those whom it asks, the late first."""

    round: Round
    directive: OfficialDocument | None
    owner: UnitAt | None
    asked: list[Asked]

    @property
    def answered(self) -> int:
        return sum(row.state == ANSWERED for row in self.asked)

    @property
    def missing(self) -> int:
        return len(self.asked) - self.answered

    @property
    def is_late(self) -> bool:
        return any(row.state == LATE for row in self.asked)

    @property
    def title(self) -> str:
        return self.round.title

    @property
    def reference_on(self) -> dt.date:
        return self.round.reference_on

    @property
    def due_on(self) -> dt.date | None:
        return self.round.due_on


def round_states(rounds: Iterable[Round], reached: QuerySet[Unit], named_on: dt.date | None = None) -> list[RoundState]:
    """Rounds with those of the asked units that are `reached`, called as on a day (None: today).

    The number of queries does not grow with the rounds.
    """
    told = list(rounds)
    papers = documents(row.directive_id for row in told)
    owners = units_at((row.owner_unit_id for row in told), clock.today())
    asked: dict[uuid.UUID, list[uuid.UUID]] = {}
    rows = RoundUnit.objects.known().filter(round_id__in=[row.origin_id for row in told], unit__in=reached)
    for round_id, unit_id in rows.values_list("round_id", "unit_id"):
        asked.setdefault(round_id, []).append(unit_id)
    replies = Replies.of(told, {unit_id for ids in asked.values() for unit_id in ids}, named_on or clock.today())
    states = []
    for row in told:
        paper = papers.get(row.directive_id) if row.directive_id else None
        ids = asked.get(row.origin_id, [])
        owner = owners.get(row.owner_unit_id)
        states.append(RoundState(row, paper, owner, replies.to(row, paper.issued_on if paper else None, ids)))
    return states


@dataclass(frozen=True, slots=True)
class Replies:
    """All by which some units may have answered, in the order of the days, by unit."""

    units: dict[uuid.UUID, UnitAt]
    visits: dict[uuid.UUID, list[Visit]]
    checks: dict[uuid.UUID, list[Check]]

    @classmethod
    def of(cls, rounds: Iterable[Round], unit_ids: set[uuid.UUID], named_on: dt.date) -> "Replies":
        programmes = {row.programme_id for row in rounds}
        visits = Visit.objects.known().filter(programme_id__in=programmes, unit_id__in=unit_ids)
        checks = Check.objects.known().filter(device__programme_id__in=programmes, unit_id__in=unit_ids)
        declared = checks.filter(kind=Source.DECLARED).select_related("device")
        by_visit: dict[uuid.UUID, list[Visit]] = {}
        for visit in visits.order_by("visited_on", "pk"):
            by_visit.setdefault(visit.unit_id, []).append(visit)
        by_check: dict[uuid.UUID, list[Check]] = {}
        for check in declared.order_by("observed_on", "pk"):
            by_check.setdefault(check.unit_id, []).append(check)
        return cls(units_at(unit_ids, named_on), by_visit, by_check)

    def to(self, round: Round, begun: dt.date | None, unit_ids: Iterable[uuid.UUID]) -> list[Asked]:
        """Whom a round asks with the last reply of each, the late first."""
        is_over = round.due_on is not None and round.due_on < clock.today()
        rows = []
        for unit_id in unit_ids:
            visit, check = self._visit(round, begun, unit_id), self._check(round, begun, unit_id)
            state = ANSWERED if visit or check else LATE if is_over else MISSING
            rows.append(Asked(self.units[unit_id], state, visit, check))
        return sorted(rows, key=lambda row: row.order)

    def _visit(self, round: Round, begun: dt.date | None, unit_id: uuid.UUID) -> Visit | None:
        fitting = [
            row
            for row in self.visits.get(unit_id, [])
            if row.programme_id == round.programme_id
            and (row.round_id == round.origin_id or rules.answers_round(row.visited_on, begun, round.reference_on))
        ]
        return fitting[-1] if fitting else None

    def _check(self, round: Round, begun: dt.date | None, unit_id: uuid.UUID) -> Check | None:
        fitting = [
            row
            for row in self.checks.get(unit_id, [])
            if row.device.programme_id == round.programme_id
            and rules.answers_round(row.observed_on, begun, round.reference_on)
        ]
        return fitting[-1] if fitting else None
