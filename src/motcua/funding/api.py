"""Programmes in reach."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from motcua.common.access import in_reach
from motcua.common.api import REFUSALS, AskedBy, AskedTimes, InPost
from motcua.common.request import actor_of
from motcua.funding.access import programmes_for
from motcua.funding.models import Programme
from motcua.funding.queries import terms_of
from motcua.units.queries import units_at

router = Router(tags=["programmes"], auth=InPost())


class OwnerOut(Schema):
    """The unit that runs a programme."""

    id: UUID
    code: str
    full_name: str


class ProgrammeOut(Schema):
    """A programme. What money it has, its figures say."""

    key: str
    name: str
    year: int | None
    owner: OwnerOut | None


@router.get("/programmes", response={200: list[ProgrammeOut], **REFUSALS}, operation_id="programmes")
def programmes(request: HttpRequest, times: AskedBy) -> list[dict[str, Any]]:
    """Programmes that a unit in reach runs, or gave money in, or was given money in."""
    return _plain(programmes_for(actor_of(request)), times)


@router.get("/programmes/{key}", response={200: ProgrammeOut, **REFUSALS}, operation_id="programme")
def programme(request: HttpRequest, key: str, times: AskedBy) -> dict[str, Any]:
    """One programme."""
    row = in_reach(programmes_for(actor_of(request)), key=key)
    found = _plain([row], times)
    if not found:
        raise Http404
    return found[0]


def _plain(rows: Iterable[Programme], times: AskedTimes) -> list[dict[str, Any]]:
    """Those programmes that were known at the moment asked."""
    known = {programme.pk: programme for programme in rows}
    terms = terms_of(known, times.moment)
    owners = units_at((programme.owner_unit_id for programme in known.values()), times.day, times.moment)
    return [
        {
            "key": programme.key,
            "name": terms[programme.pk].name,
            "year": terms[programme.pk].year,
            "owner": owners.get(programme.owner_unit_id),
        }
        for programme in known.values()
        if programme.pk in terms
    ]
