"""Intake of allocations.csv and settlements.csv."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from motcua.common import records
from motcua.common.actor import Actor
from motcua.common.records import Intake
from motcua.common.tables import Table, read_table
from motcua.funding import ledger, rules
from motcua.funding.enums import Step
from motcua.funding.models import Allocation, Programme, PurchaseStep
from motcua.units.models import Unit
from motcua.units.names import FolderUnits
from motcua.units.queries import last_known


@dataclass(frozen=True, slots=True)
class AllocationRow:
    row: int
    decision: str
    giver: Unit
    taker: Unit
    amount_vnd: int
    purpose: str


def read_allocations(
    source: Path | bytes,
    units: FolderUnits,
    dates: Mapping[str, dt.date | None],
    day: dt.date | None,
    file: str = "allocations.csv",
) -> tuple[Table, list[AllocationRow]]:
    """Rows of allocations.csv; more given on than received, and money in a circle, are faults too.

    `dates`: the folder's documents by key; units are those living on the decision's day, else on `day`.
    """
    table = read_table(source, file, required=("from", "to", "amount_vnd"), optional=("decision", "purpose"))
    rows = []
    for row in table.rows:
        decision, amount = row.text("decision"), row.amount("amount_vnd")
        living_on = dates.get(decision) or day
        giver, taker = units.read(row, "from", living_on), units.read(row, "to", living_on)
        if decision and decision not in dates:
            message = _("there is no document with the key “%(key)s” in documents.csv")
            row.fault("decision", message % {"key": decision})
        if giver and giver == taker:
            row.fault("to", _("a unit cannot give money to itself"))
        elif giver and taker and amount:
            rows.append(AllocationRow(row.number, decision, giver, taker, amount, row.text("purpose", longest=300)))
    _check_sums(table, rows)
    return table, rows


def _gifts(rows: list[AllocationRow], dates: Mapping[str, dt.date | None]) -> list[rules.Gift[uuid.UUID]]:
    return [
        rules.Gift(r.row, r.giver.pk, r.taker.pk, r.amount_vnd, bool(r.decision), dates.get(r.decision)) for r in rows
    ]


def _check_sums(table: Table, rows: list[AllocationRow]) -> None:
    gifts = _gifts(rows, {})
    try:
        rules.downstream(gifts)
    except rules.Circle as circle:
        names = ", ".join(_name(unit) for unit in circle.units)
        table.fault(_("the money would flow in a circle between %(units)s") % {"units": names}, None, "from")
        return
    for unit, (received, given, key) in rules.overdrawn(gifts).items():
        message = _("%(unit)s gives on %(given)s đ but received only %(received)s đ: %(over)s đ too much")
        amounts = {"given": given, "received": received, "over": given - received}
        said = {name: f"{amount:,}".replace(",", ".") for name, amount in amounts.items()}
        table.fault(message % {"unit": _name(unit), **said}, int(str(key)), "amount_vnd")


def _name(unit_id: object) -> str:
    unit = last_known(uuid.UUID(str(unit_id)))
    return unit.committee if unit else str(unit_id)


def take_allocations(
    rows: list[AllocationRow],
    programme: Programme,
    documents: Mapping[str, uuid.UUID],
    dates: Mapping[str, dt.date | None],
    *,
    actor: Actor,
    source: str,
    intake: Intake,
) -> None:
    """Enter or correct the allocations with their money; raises `Refused` where the money does not tie."""
    before = _loaded(programme, source)
    effective = rules.effective_dates(_gifts(rows, dates))
    wanted: dict[uuid.UUID, dict[str, Any]] = {}
    for row in rows:
        identity = _identity(programme, row, wanted)
        wanted[identity] = {
            "programme": programme,
            "from_unit": row.giver,
            "to_unit": row.taker,
            "amount_vnd": row.amount_vnd,
            "purpose": row.purpose,
            "decision": documents.get(row.decision),
            "effective_on": effective[row.row],
        }
    difference = records.reconcile(Allocation, wanted, actor=actor, source=source, intake=intake)
    moves = [move for new in difference.created for move in ledger.of_allocation(new)]
    for old, new in difference.changed:
        moves += [*(ledger.undoing(old) if not old.withdrawn else []), *ledger.of_allocation(new)]
    moves += [move for old, _new in difference.withdrawn for move in ledger.undoing(old)]
    if moves:
        ledger.post(programme.pk, [*moves, *_own_moves(before, _loaded(programme, source))])


def _identity(programme: Programme, row: AllocationRow, taken: Mapping[uuid.UUID, Any]) -> uuid.UUID:
    """The same giver, taker and decision in the same folder is the same allocation; a second one counts on."""
    for number in range(1, len(taken) + 2):
        text = f"allocation/{row.giver.pk}/{row.taker.pk}/{row.decision}/{number}"
        identity = uuid.uuid5(programme.pk, text)
        if identity not in taken:
            return identity
    raise AssertionError("a number is always free")


def _loaded(programme: Programme, source: str) -> dict[uuid.UUID, int]:
    rows = Allocation.objects.known().filter(programme=programme, source=source)
    gifts = [rules.Gift(r.pk, r.from_unit_id, r.to_unit_id, r.amount_vnd, True, None) for r in rows]
    return rules.own_money(gifts)


def _own_moves(before: Mapping[uuid.UUID, int], after: Mapping[uuid.UUID, int]) -> list[ledger.Movement]:
    return [move for unit in {*before, *after} for move in ledger.own(unit, after.get(unit, 0) - before.get(unit, 0))]


@dataclass(frozen=True, slots=True)
class SettlementRow:
    row: int
    unit: Unit
    as_of: dt.date
    settled: bool | None


def read_settlements(
    source: Path | bytes, units: FolderUnits, file: str = "settlements.csv"
) -> tuple[Table, list[SettlementRow]]:
    """Rows of settlements.csv."""
    table = read_table(source, file, required=("unit", "as_of", "settled"))
    rows: list[SettlementRow] = []
    seen: dict[tuple[uuid.UUID, dt.date], int] = {}
    for row in table.rows:
        day, settled = row.day("as_of", required=True), row.yes_no("settled")
        unit = units.read(row, "unit", day)
        if unit and day:
            if (unit.pk, day) in seen:
                message = _("this unit's settlement on that day already stands in row %(row)s")
                row.fault("unit", message % {"row": seen[unit.pk, day]})
            seen.setdefault((unit.pk, day), row.number)
            rows.append(SettlementRow(row.number, unit, day, settled))
    return table, rows


def take_settlements(
    rows: list[SettlementRow], programme: Programme, *, actor: Actor, source: str, intake: Intake
) -> None:
    """Enter or correct what is said of settlements."""
    wanted: dict[uuid.UUID, dict[str, Any]] = {}
    for row in rows:
        identity = uuid.uuid5(programme.pk, f"settled/{row.unit.pk}/{row.as_of}")
        wanted[identity] = {
            "programme": programme,
            "unit": row.unit,
            "step": Step.SETTLED,
            "observed_on": row.as_of,
            "done": row.settled,
        }
    records.reconcile(PurchaseStep, wanted, actor=actor, source=source, intake=intake)
