"""Units in reach, as of a day."""

from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from motcua.common.access import in_reach
from motcua.common.api import PAGE_SIZE, REFUSALS, AskedBy, InPost
from motcua.common.request import actor_of
from motcua.units.access import units_for
from motcua.units.queries import UnitAt, units_living

router = Router(tags=["units"], auth=InPost())


class UnitOut(Schema):
    """A unit as it stood on the day asked. A code may live again with another territory: `id` does not."""

    id: UUID
    code: str
    name: str
    kind: str
    level: str
    full_name: str
    parent_id: UUID | None


class UnitsOut(Schema):
    """One page of units, in the order of the tree; ask again with `after` for the next one."""

    units: list[UnitOut]
    after: str | None


@router.get("/units", response={200: UnitsOut, **REFUSALS}, operation_id="units")
def units(request: HttpRequest, times: AskedBy, after: str = "") -> dict[str, object]:
    """Units in reach that lived on the day, from the top of the tree down."""
    ids = units_for(actor_of(request)).values_list("pk", flat=True)
    living = [unit for unit in units_living(ids, times.day, times.moment) if unit.path > after]
    page = living[:PAGE_SIZE]
    return {"units": page, "after": page[-1].path if len(living) > PAGE_SIZE else None}


@router.get("/units/{unit_id}", response={200: UnitOut, **REFUSALS}, operation_id="unit")
def unit(request: HttpRequest, unit_id: UUID, times: AskedBy) -> UnitAt:
    """One unit as it stood on the day."""
    row = in_reach(units_for(actor_of(request)), pk=unit_id)
    found = units_living([row.pk], times.day, times.moment)
    if not found:
        raise Http404
    return found[0]
