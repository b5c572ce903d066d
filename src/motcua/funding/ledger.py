"""The ledger's only writer: movements of money, posted by the actions in their transaction."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from motcua.common import clock
from motcua.common.errors import Refused
from motcua.funding.enums import EntryKind
from motcua.funding.models import Allocation, Balance, LedgerEntry
from motcua.units.queries import last_known

OWN = (EntryKind.OWN, EntryKind.OWN_UNDONE)


@dataclass(frozen=True, slots=True)
class Movement:
    """A signed change of one unit's money."""

    unit_id: uuid.UUID
    kind: EntryKind
    amount_vnd: int
    allocation_id: uuid.UUID | None = None


def of_allocation(allocation: Allocation) -> list[Movement]:
    """What an allocation moves."""
    amount = allocation.amount_vnd
    return [
        Movement(allocation.to_unit_id, EntryKind.RECEIVED, amount, allocation.pk),
        Movement(allocation.from_unit_id, EntryKind.GIVEN_ON, -amount, allocation.pk),
    ]


def undoing(allocation: Allocation) -> list[Movement]:
    """What takes an allocation back."""
    amount = allocation.amount_vnd
    return [
        Movement(allocation.from_unit_id, EntryKind.GIVEN_ON_UNDONE, amount, allocation.pk),
        Movement(allocation.to_unit_id, EntryKind.RECEIVED_UNDONE, -amount, allocation.pk),
    ]


def own(unit_id: uuid.UUID, amount_vnd: int) -> list[Movement]:
    """Money of a unit's own coming in (or, below zero, taken out again)."""
    kind = EntryKind.OWN if amount_vnd > 0 else EntryKind.OWN_UNDONE
    return [Movement(unit_id, kind, amount_vnd)] if amount_vnd else []


def post(programme_id: uuid.UUID, movements: Iterable[Movement]) -> list[LedgerEntry]:
    """Post movements that belong together: what comes in first, then what goes out, so that only the outcome counts.

    Raises `Refused` where a unit would have given on more than it received; the database refuses that too,
    also when two people give at once.
    """
    moves = sorted(movements, key=lambda move: (move.amount_vnd < 0, str(move.unit_id)))
    units = {move.unit_id for move in moves}
    held = dict(
        Balance.objects.select_for_update()
        .filter(programme_id=programme_id, unit_id__in=units)
        .order_by("unit_id")
        .values_list("unit_id", "available_vnd")
    )
    _refuse_overdraft(held, moves)
    moment = clock.now()
    rows = [
        LedgerEntry(
            programme_id=programme_id,
            unit_id=move.unit_id,
            kind=move.kind,
            amount_vnd=move.amount_vnd,
            allocation_id=move.allocation_id,
            recorded_at=moment,
        )
        for move in moves
    ]
    try:
        with transaction.atomic():
            return LedgerEntry.objects.bulk_create(rows, batch_size=500)
    except IntegrityError as error:
        raise Refused(_("More would be given on than was received. Nothing was changed.")) from error


def available(programme_id: uuid.UUID, unit_id: uuid.UUID) -> int:
    """What a unit still has in a programme, in đồng."""
    row = Balance.objects.filter(programme_id=programme_id, unit_id=unit_id).values_list("available_vnd", flat=True)
    return row.first() or 0


def own_money(programme_id: uuid.UUID, unit_id: uuid.UUID) -> int:
    """What a unit has put into a programme of its own, in đồng."""
    rows = LedgerEntry.objects.filter(programme_id=programme_id, unit_id=unit_id, kind__in=OWN)
    return rows.aggregate(total=Sum("amount_vnd"))["total"] or 0


def _refuse_overdraft(held: dict[uuid.UUID, int], moves: list[Movement]) -> None:
    after = dict(held)
    for move in moves:
        after[move.unit_id] = after.get(move.unit_id, 0) + move.amount_vnd
    for unit_id, amount in after.items():
        if amount < 0:
            unit = last_known(unit_id)
            message = _(
                "%(unit)s would give on more than it received: %(missing)s đ too much. Nothing was changed; "
                "lower the amounts or enter the missing receipt first."
            )
            missing = f"{-amount:,}".replace(",", ".")
            raise Refused(message % {"unit": unit.committee if unit else unit_id, "missing": missing})
