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
from motcua.fieldwork.models import Check, Round, Visit
from motcua.fieldwork.queries import units_asked
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


def round_states(rounds: Iterable[Round], reached: QuerySet[Unit]) -> list[RoundState]:
    """Rounds with those of the asked units that are `reached`."""
    told = list(rounds)
    papers = documents(row.directive_id for row in told)
    owners = units_at((row.owner_unit_id for row in told), clock.today())
    return [_state(row, papers, owners, reached) for row in told]


def _state(
    round: Round,
    papers: dict[uuid.UUID, OfficialDocument],
    owners: dict[uuid.UUID, UnitAt],
    reached: QuerySet[Unit],
) -> RoundState:
    directive = papers.get(round.directive_id) if round.directive_id else None
    begun = directive.issued_on if directive else None
    ids = set(reached.filter(pk__in=units_asked(round.origin_id)).values_list("pk", flat=True))
    visits = _visits(round, begun, ids)
    checks = _declared(round, begun, ids)
    is_over = round.due_on is not None and round.due_on < clock.today()
    units = units_at(ids, min(round.reference_on, clock.today()))
    asked = []
    for unit in units.values():
        visit, check = visits.get(unit.id), checks.get(unit.id)
        state = ANSWERED if visit or check else LATE if is_over else MISSING
        asked.append(Asked(unit, state, visit, check))
    asked.sort(key=lambda row: row.order)
    return RoundState(round, directive, owners.get(round.owner_unit_id), asked)


def _visits(round: Round, begun: dt.date | None, ids: set[uuid.UUID]) -> dict[uuid.UUID, Visit]:
    rows = Visit.objects.known().filter(programme_id=round.programme_id, unit_id__in=ids)
    fitting = (
        row
        for row in rows.order_by("visited_on", "pk")
        if row.round_id == round.origin_id or rules.answers_round(row.visited_on, begun, round.reference_on)
    )
    return {row.unit_id: row for row in fitting}


def _declared(round: Round, begun: dt.date | None, ids: set[uuid.UUID]) -> dict[uuid.UUID, Check]:
    rows = Check.objects.known().filter(device__programme_id=round.programme_id, unit_id__in=ids)
    rows = rows.filter(kind=Source.DECLARED, observed_on__lte=round.reference_on)
    fitting = (row for row in rows.order_by("observed_on", "pk") if begun is None or begun <= row.observed_on)
    return {row.unit_id: row for row in fitting}
