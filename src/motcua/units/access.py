"""Reach: the only door to units, posts, and (through `reached_units`) to everything that a unit owns."""

import datetime as dt
import uuid

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.common import clock
from motcua.common.actor import Actor
from motcua.units import rules
from motcua.units.enums import Role
from motcua.units.models import Post, Succession, Unit, UnitChange, UnitPosition


def own_units(actor: Actor) -> QuerySet[Unit]:
    """The actor's unit and all below it today."""
    if actor.is_operator:
        return Unit.objects.all()
    return Unit.objects.filter(pk__in=_own_positions(actor).values("unit_id"))


def units_for(actor: Actor) -> QuerySet[Unit]:
    """Units in reach: one's own, and (read only) those that these have succeeded by today."""
    if actor.is_operator:
        return Unit.objects.all()
    own = _own_positions(actor).values("unit_id")
    succeeded = Succession.objects.filter(successor_id__in=own, since__lte=clock.today())
    inherited = succeeded.values("predecessor_id")
    return Unit.objects.filter(Q(pk__in=own) | Q(pk__in=inherited))


def owns(actor: Actor, unit_id: uuid.UUID | None) -> bool:
    """Whether the unit is the actor's own or below it today (what has been succeeded is read only)."""
    return actor.is_operator or (unit_id is not None and own_units(actor).filter(pk=unit_id).exists())


def posts_for(actor: Actor) -> QuerySet[Post]:
    return Post.objects.known().filter(unit__in=units_for(actor))


def unit_changes_for(actor: Actor) -> QuerySet[UnitChange]:
    """Changes that touch a unit in reach."""
    reached = units_for(actor)
    return UnitChange.objects.known().filter(Q(old_unit__in=reached) | Q(new_unit__in=reached))


def may_administer(actor: Actor) -> bool:
    """People, posts and units are an administrator's."""
    return actor.role == Role.ADMINISTRATOR or actor.is_operator


def may_change_unit(actor: Actor, unit_id: uuid.UUID | None) -> bool:
    return may_administer(actor) and owns(actor, unit_id)


def may_write(actor: Actor, unit_id: uuid.UUID | None, *roles: Role) -> bool:
    """Whether one of these roles acts on what this unit owns; an administrator may what any role may."""
    if actor.is_operator:
        return True
    return actor.role in (*roles, Role.ADMINISTRATOR) and owns(actor, unit_id)


def _own_positions(actor: Actor, day: dt.date | None = None) -> QuerySet[UnitPosition]:
    today = day or clock.today()
    condition = Q(pk__in=[])
    for path in _own_paths(actor, today):
        condition |= Q(path__gte=path, path__lt=path + rules.AFTER_EVERY_PATH)
    return UnitPosition.objects.at(today).filter(condition)


def _own_paths(actor: Actor, day: dt.date) -> list[str]:
    """Where the actor's unit stands on a day; nowhere for an operator."""
    if actor.unit_id is None:
        return []
    return list(UnitPosition.objects.at(day).filter(unit_id=actor.unit_id).values_list("path", flat=True))


def has_post_today() -> Exists:
    """For lists of people: whether they hold a post today."""
    return Exists(Post.objects.held_on(clock.today()).filter(person_id=OuterRef("pk")))


def units_above(actor: Actor, day: dt.date) -> QuerySet[Unit]:
    """The units above the actor's on a day: what they publish to those below is read only."""
    above = {path[:end] for path in _own_paths(actor, day) for end in range(rules.WIDTH, len(path), rules.WIDTH)}
    return Unit.objects.filter(pk__in=UnitPosition.objects.at(day).filter(path__in=above).values("unit_id"))
