"""Programmes, the tree of their money, the ledger of a unit, and how far purchases are."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet, Sum

from motcua.funding import rules
from motcua.funding.enums import Step
from motcua.funding.ledger import OWN
from motcua.funding.models import Allocation, LedgerEntry, Programme, ProgrammeTerms, PurchaseStep
from motcua.registry.models import OfficialDocument
from motcua.registry.queries import documents
from motcua.units.queries import UnitAt, units_at
from vanban.words import sort_key

# ── programmes ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme as its list shows it; `allocated_vnd` is the money that came in from above what the reader sees."""

    programme: Programme
    terms: ProgrammeTerms
    owner: UnitAt | None
    allocated_vnd: int
    takers: int

    @property
    def key(self) -> str:
        return self.programme.key

    @property
    def name(self) -> str:
        return self.terms.name

    @property
    def year(self) -> int | None:
        return self.terms.year

    @property
    def owner_name(self) -> str:
        return self.owner.committee if self.owner else ""


def terms_of(
    programme_ids: Iterable[uuid.UUID], known_at: dt.datetime | None = None
) -> dict[uuid.UUID, ProgrammeTerms]:
    """What programmes are called, by programme."""
    rows = ProgrammeTerms.objects.known(known_at).filter(programme_id__in=list(programme_ids))
    return {row.programme_id: row for row in rows}


def programme_rows(
    programmes: QuerySet[Programme],
    allocations: QuerySet[Allocation],
    as_of: dt.date,
    known_at: dt.datetime | None = None,
) -> list[ProgrammeRow]:
    """Programmes with the money that the given allocations (those in reach) brought in."""
    found = list(programmes)
    terms = terms_of([programme.pk for programme in found], known_at)
    owners = units_at([programme.owner_unit_id for programme in found], as_of, known_at)
    gifts: dict[uuid.UUID, list[rules.Gift[uuid.UUID]]] = {}
    for programme_id, giver, taker, amount in allocations.values_list(
        "programme_id", "from_unit_id", "to_unit_id", "amount_vnd"
    ):
        gifts.setdefault(programme_id, []).append(rules.Gift(None, giver, taker, amount, True, None))
    return [
        ProgrammeRow(
            programme,
            terms[programme.pk],
            owners.get(programme.owner_unit_id),
            sum(rules.own_money(gifts.get(programme.pk, [])).values()),
            len(rules.last_takers(gifts.get(programme.pk, []))),
        )
        for programme in found
        if programme.pk in terms
    ]


# ── the tree of money ──────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One line of the tree: an allocation to a unit, or (without one) a unit at the top.

    Where the unit is in reach and this is its first line: its own money, what it gave on and what it has left.
    """

    depth: int
    unit: UnitAt
    allocation: Allocation | None
    decision: OfficialDocument | None
    is_first: bool
    own_vnd: int | None = None
    given_vnd: int | None = None
    left_vnd: int | None = None

    @property
    def name(self) -> str:
        return self.unit.full_name

    @property
    def code(self) -> str:
        return self.unit.code

    @property
    def amount_vnd(self) -> int | None:
        return self.allocation.amount_vnd if self.allocation else None

    @property
    def effective_on(self) -> dt.date | None:
        return self.allocation.effective_on if self.allocation else None

    @property
    def purpose(self) -> str:
        return self.allocation.purpose if self.allocation else ""

    @property
    def decision_name(self) -> str:
        return str(self.decision) if self.decision else ""


def money_lines(
    programme: Programme,
    allocations: QuerySet[Allocation],
    reached: Collection[uuid.UUID],
    as_of: dt.date,
    known_at: dt.datetime | None = None,
) -> list[MoneyLine]:
    """The tree of a programme's money, each giver above its takers, these by the Vietnamese alphabet."""
    rows = list(allocations)
    units = units_at({row.from_unit_id for row in rows} | {row.to_unit_id for row in rows}, as_of, known_at)
    rows = [row for row in rows if row.from_unit_id in units and row.to_unit_id in units]
    rows.sort(key=lambda row: (sort_key(units[row.to_unit_id].name), row.effective_on or dt.date.min, str(row.pk)))
    by_pk = {row.pk: row for row in rows}
    papers = documents([row.decision_id for row in rows], known_at)
    own = own_money_of(programme.pk, known_at)
    received, given = _sums(rows)
    lines = []
    for line in rules.flow(gifts_of(rows)):
        shows = line.is_first and line.unit in reached
        has = own.get(line.unit, 0) + received.get(line.unit, 0) - given.get(line.unit, 0)
        allocation = by_pk[line.gift.key] if line.gift else None  # type: ignore[index]
        lines.append(
            MoneyLine(
                line.depth,
                units[line.unit],
                allocation,
                papers.get(allocation.decision_id) if allocation and allocation.decision_id else None,
                line.is_first,
                own.get(line.unit) if shows else None,
                given.get(line.unit, 0) if shows else None,
                has if shows else None,
            )
        )
    return lines


def gifts_of(allocations: Iterable[Allocation]) -> list[rules.Gift[uuid.UUID]]:
    """Allocations as the rules see them; the date stands for one that a decision gives."""
    return [
        rules.Gift(row.pk, row.from_unit_id, row.to_unit_id, row.amount_vnd, bool(row.decision_id), row.effective_on)
        for row in allocations
    ]


def _sums(rows: Sequence[Allocation]) -> tuple[dict[uuid.UUID, int], dict[uuid.UUID, int]]:
    received: dict[uuid.UUID, int] = {}
    given: dict[uuid.UUID, int] = {}
    for row in rows:
        received[row.to_unit_id] = received.get(row.to_unit_id, 0) + row.amount_vnd
        given[row.from_unit_id] = given.get(row.from_unit_id, 0) + row.amount_vnd
    return received, given


def own_money_of(programme_id: uuid.UUID, known_at: dt.datetime | None = None) -> dict[uuid.UUID, int]:
    """Money of units' own in a programme, by unit."""
    rows = LedgerEntry.objects.filter(programme_id=programme_id, kind__in=OWN)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    return dict(rows.values_list("unit_id").annotate(total=Sum("amount_vnd")).order_by())


# ── the ledger of one unit ─────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One movement of a unit's money with what it had after it."""

    entry: LedgerEntry
    other: UnitAt | None
    decision: OfficialDocument | None
    balance_vnd: int

    @property
    def kind(self) -> str:
        return self.entry.get_kind_display()

    @property
    def amount_vnd(self) -> int:
        return self.entry.amount_vnd

    @property
    def recorded_at(self) -> dt.datetime:
        return self.entry.recorded_at

    @property
    def allocation(self) -> Allocation | None:
        return self.entry.allocation

    @property
    def effective_on(self) -> dt.date | None:
        return self.allocation.effective_on if self.allocation else None

    @property
    def other_name(self) -> str:
        return self.other.full_name if self.other else ""

    @property
    def decision_name(self) -> str:
        return str(self.decision) if self.decision else ""


def ledger_lines(
    programme: Programme, unit_id: uuid.UUID, as_of: dt.date, known_at: dt.datetime | None = None
) -> list[LedgerLine]:
    """The movements of a unit's money that hold on a day, in the order in which they were recorded."""
    rows = LedgerEntry.objects.filter(programme=programme, unit_id=unit_id).select_related("allocation").order_by("pk")
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    entries = [row for row in rows if not (row.allocation and _lies_ahead(row.allocation, as_of))]
    moved = [row.allocation for row in entries if row.allocation]
    others = units_at({_other(row, unit_id) for row in moved}, as_of, known_at)
    papers = documents([row.decision_id for row in moved], known_at)
    lines, balance = [], 0
    for entry in entries:
        balance += entry.amount_vnd
        allocation = entry.allocation
        other = others.get(_other(allocation, unit_id)) if allocation else None
        paper = papers.get(allocation.decision_id) if allocation and allocation.decision_id else None
        lines.append(LedgerLine(entry, other, paper, balance))
    return lines


def _other(allocation: Allocation, unit_id: uuid.UUID) -> uuid.UUID:
    return allocation.from_unit_id if allocation.to_unit_id == unit_id else allocation.to_unit_id


def _lies_ahead(allocation: Allocation, as_of: dt.date) -> bool:
    return allocation.effective_on is not None and allocation.effective_on > as_of


# ── purchases ──────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a unit's purchase, and what holds of it."""

    step: Step
    said: PurchaseStep | None
    document: OfficialDocument | None
    is_out_of_order: bool = False

    @property
    def done(self) -> bool | None:
        return self.said.done if self.said else None


@dataclass(frozen=True, slots=True)
class Purchase:
    """How far a unit's purchase is: the money it received, the steps, and everything that was said."""

    received: list[Allocation]
    own_vnd: int
    given_vnd: int
    rungs: list[Rung]
    said: list[PurchaseStep] = field(default_factory=list)
    papers: dict[uuid.UUID, OfficialDocument] = field(default_factory=dict)

    @property
    def received_vnd(self) -> int:
        return sum(row.amount_vnd for row in self.received)

    @property
    def budget_vnd(self) -> int:
        """What the unit may spend: received and its own, less what it gave on."""
        return self.received_vnd + self.own_vnd - self.given_vnd


def purchase_of(
    programme: Programme, unit_id: uuid.UUID, as_of: dt.date, known_at: dt.datetime | None = None
) -> Purchase:
    """A unit's purchase as it stood on a day."""
    money = Allocation.objects.as_of(as_of, known_at).filter(programme=programme)
    received = list(money.filter(to_unit_id=unit_id).order_by("effective_on", "pk"))
    given = money.filter(from_unit_id=unit_id).aggregate(total=Sum("amount_vnd"))["total"] or 0
    said = PurchaseStep.objects.known(known_at).filter(programme=programme, unit_id=unit_id)
    told = sorted(said, key=lambda row: (row.observed_on, row.recorded_at), reverse=True)
    told = [row for row in told if since(row) <= as_of]
    held = steps_done(programme.pk, as_of, known_at, unit_ids=[unit_id])
    papers = documents([row.document_id for row in told] + [row.decision_id for row in received], known_at)
    late = rules.out_of_order([row.done_on if row and row.done else None for row in _in_order(held, unit_id)])
    rungs = [
        Rung(step, row, papers.get(row.document_id) if row and row.document_id else None, place in late)
        for place, (step, row) in enumerate(zip(Step, _in_order(held, unit_id), strict=True))
    ]
    own = own_money_of(programme.pk, known_at).get(unit_id, 0)
    return Purchase(received, own, given, rungs, told, papers)


def _in_order(held: dict[tuple[uuid.UUID, str], PurchaseStep], unit_id: uuid.UUID) -> list[PurchaseStep | None]:
    return [held.get((unit_id, step)) for step in Step]


MOST_NAMED = 1000
"""More units than this are not named in a query: all are read, and the others left out."""


def steps_done(
    programme_id: uuid.UUID,
    as_of: dt.date,
    known_at: dt.datetime | None = None,
    *,
    steps: Iterable[str] = Step.values,
    unit_ids: Iterable[uuid.UUID] | None = None,
) -> dict[tuple[uuid.UUID, str], PurchaseStep]:
    """What holds of units' purchase steps on a day: of what was true by then, the last that was seen.

    An empty answer says nothing. A step said to have been done on an earlier day holds from that day.
    """
    rows = PurchaseStep.objects.known(known_at).filter(programme_id=programme_id, step__in=list(steps))
    wanted = None if unit_ids is None else list(unit_ids)
    if wanted is not None and len(wanted) <= MOST_NAMED:
        rows = rows.filter(unit_id__in=wanted)
    elif wanted is not None:
        asked = set(wanted)
        return {
            key: row for key, row in steps_done(programme_id, as_of, known_at, steps=steps).items() if key[0] in asked
        }
    held: dict[tuple[uuid.UUID, str], PurchaseStep] = {}
    for row in sorted(rows.exclude(done__isnull=True), key=lambda row: (row.observed_on, row.pk)):
        if since(row) <= as_of:
            held[row.unit_id, row.step] = row
    return held


def since(step: PurchaseStep) -> dt.date:
    """Since when what was said of a step holds."""
    return step.done_on if step.done and step.done_on else step.observed_on
