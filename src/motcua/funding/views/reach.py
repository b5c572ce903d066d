"""What every page of money asks first: the programme and the unit, in reach or not there (404)."""

import datetime as dt
import uuid

from motcua.common import clock
from motcua.common.access import in_reach
from motcua.common.actor import Actor
from motcua.funding import access
from motcua.funding.models import Allocation, Programme, ProgrammeTerms
from motcua.funding.queries import terms_of
from motcua.units.access import units_for
from motcua.units.models import Unit
from motcua.units.queries import UnitAt, units_at


def programme_called(actor: Actor, key: str) -> tuple[Programme, ProgrammeTerms]:
    """A programme in reach with what it is called."""
    programme = in_reach(access.programmes_for(actor).select_related("owner_unit"), key=key)
    return programme, terms_of([programme.pk])[programme.pk]


def unit_in_reach(actor: Actor, unit_id: uuid.UUID, as_of: dt.date | None = None) -> tuple[Unit, UnitAt]:
    """A unit in reach, as it stood on a day (None: today), or last."""
    unit = in_reach(units_for(actor), pk=unit_id)
    return unit, named(unit_id, as_of)


def named(unit_id: uuid.UUID, as_of: dt.date | None = None) -> UnitAt:
    """How a unit is called on a day, or was called last."""
    return units_at([unit_id], as_of or clock.today())[unit_id]


def allocation_in_reach(actor: Actor, origin_id: uuid.UUID) -> Allocation:
    """An allocation by the identity of its first record, as it stands now."""
    rows = access.allocations_for(actor).select_related("programme", "from_unit", "to_unit")
    return in_reach(rows, origin_id=origin_id)
