"""Since when allocations hold: their own day, their decision's, or that of the receipt they are paid from."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from motcua.common.errors import Refused
from motcua.funding import rules
from motcua.funding.models import Allocation, Programme
from motcua.units.queries import last_known

Gift = rules.Gift[uuid.UUID]


def dates_of_new(
    programme: Programme,
    giver: uuid.UUID,
    shares: Sequence[tuple[uuid.UUID, int]],
    values: Mapping[str, Any],
    *,
    without: Allocation | None = None,
) -> list[dt.date | None]:
    """The days from which new allocations of a giver will hold, `without` one that they replace.

    Raises `Refused` where the money would flow in a circle.
    """
    decision = values.get("decision")
    date = values.get("effective_on") or (decision.issued_on if decision else None)
    standing = [row for row in _rows(programme) if without is None or row.pk != without.pk]
    is_own = bool(date or decision)
    new = [rules.Gift(place, giver, taker, amount, is_own, date) for place, (taker, amount) in enumerate(shares)]
    dates = _effective([*(_as_stored(row) for row in standing), *new])
    return [dates[place] for place in range(len(shares))]


def derived_dates(programme: Programme) -> dict[object, dt.date | None]:
    """The day of each allocation without a decision as it follows from what it is paid from, by identity."""
    rows = list(_rows(programme))
    takers = {row.to_unit_id for row in rows}
    dates = _effective([_as_paid(row, takers) for row in rows])
    return {row.origin_id: dates[row.pk] for row in rows if not row.decision_id}


def moved(programme: Programme, before: Mapping[object, dt.date | None]) -> Iterable[tuple[Allocation, dt.date | None]]:
    """Allocations whose day followed from what they are paid from (`before`), with the day that follows now."""
    now = derived_dates(programme)
    for row in _rows(programme):
        key = row.origin_id
        followed = key in before and key in now and row.effective_on == before[key]
        if followed and now[key] != row.effective_on:
            yield row, now[key]


def _rows(programme: Programme) -> Iterable[Allocation]:
    return Allocation.objects.known().filter(programme=programme).order_by("recorded_at", "pk")


def _as_stored(row: Allocation) -> Gift:
    return rules.Gift(row.pk, row.from_unit_id, row.to_unit_id, row.amount_vnd, True, row.effective_on)


def _as_paid(row: Allocation, takers: Collection[uuid.UUID]) -> Gift:
    """Money at the top of the tree is paid from no receipt: its day is its own also without a decision."""
    is_own = bool(row.decision_id) or row.from_unit_id not in takers
    return rules.Gift(row.pk, row.from_unit_id, row.to_unit_id, row.amount_vnd, is_own, row.effective_on)


def _effective(gifts: Sequence[Gift]) -> dict[object, dt.date | None]:
    try:
        return rules.effective_dates(gifts)
    except rules.Circle as circle:
        found = [last_known(uuid.UUID(str(unit))) for unit in circle.units]
        names = ", ".join(unit.committee for unit in found if unit)
        raise Refused(
            _("The money would flow in a circle between %(units)s. Nothing was changed.") % {"units": names}
        ) from circle
