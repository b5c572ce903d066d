"""For whom a programme's figures may be asked: units in reach that take part in it."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404

from motcua.common.access import in_reach
from motcua.common.actor import Actor
from motcua.funding.access import programmes_for
from motcua.funding.models import Allocation, Programme
from motcua.units.access import may_write, units_for
from motcua.units.enums import Level, Role
from motcua.units.queries import UnitAt, last_days, units_living


@dataclass(frozen=True, slots=True)
class InReach:
    """A programme in reach with the units whose figures the actor may ask as of a day, from the top down.

    `unit` is the one asked: None where it (or every unit that could be meant) did not live on that day;
    `last_day` is then the last day on which one did, None where that is not known.
    """

    programme: Programme
    unit: UnitAt | None
    units: tuple[UnitAt, ...]
    last_day: dt.date | None = None


def figures_in_reach(actor: Actor, key: str, code: str, as_of: dt.date, known_at: dt.datetime | None = None) -> InReach:
    """What an actor may ask of the programme with a key, for the unit with a code or identity (empty: the one meant).

    Raises `Http404` for a programme or a unit out of reach.
    """
    programme = in_reach(programmes_for(actor), key=key)
    reached = units_for(actor)
    money = Allocation.objects.known(known_at).filter(programme=programme)
    takes_part = Q(pk__in=money.values("to_unit_id")) | Q(pk__in=money.values("from_unit_id"))
    ids = list(reached.filter(takes_part | Q(pk=programme.owner_unit_id)).values_list("pk", flat=True))
    units = tuple(units_living(ids, as_of, known_at))
    if code:
        wanted = list(reached.filter(_named(code)).values_list("pk", flat=True))
        if not wanted:
            raise Http404
        unit, ids = next(iter(units_living(wanted, as_of, known_at)), None), wanted
    else:
        unit = _meant(actor, programme, units, as_of, known_at)
    return InReach(programme, unit, units, None if unit else max(last_days(ids), default=None))


def _named(text: str) -> Q:
    """A unit by its code, or by its identity: some have no code."""
    try:
        return Q(pk=uuid.UUID(text))
    except ValueError:
        return Q(code=text[:20].replace("\x00", " "))


def _meant(
    actor: Actor, programme: Programme, units: tuple[UnitAt, ...], as_of: dt.date, known_at: dt.datetime | None
) -> UnitAt | None:
    """The actor's own unit if it has communes in the programme, else the unit that runs it, else the highest."""
    own = next(iter(units_living([actor.unit_id], as_of, known_at)), None) if actor.unit_id else None
    if own and any(unit.level == Level.COMMUNE and unit.path.startswith(own.path) for unit in units):
        return own
    runs = next((unit for unit in units if unit.id == programme.owner_unit_id), None)
    return runs or min(units, key=lambda unit: (unit.depth, unit.path), default=None)


def reached_units(actor: Actor, unit_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Those of some units whose records the actor reaches."""
    return set(units_for(actor).filter(pk__in=list(unit_ids)).values_list("pk", flat=True))


def may_report(actor: Actor, unit_id: uuid.UUID) -> bool:
    """Whether a report of the unit on the programme is this actor's to draft."""
    return may_write(actor, unit_id, Role.PROGRAMME_OFFICER, Role.CLERK)
