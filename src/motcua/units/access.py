"""Reach: the only door to units, posts, and (through `reached_units`) to everything that a unit owns."""

import datetime as dt
import uuid

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.accounts.models import Person
from motcua.common import clock
from motcua.common.actor import Actor
from motcua.units import rules
from motcua.units.enums import Role
from motcua.units.models import Post, Succession, Unit, UnitChange, UnitPeriod, UnitPosition

ONE_DAY = dt.timedelta(days=1)


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


def units_shown_to(actor: Actor) -> QuerySet[Unit]:
    """For the pages of units: those in reach, and those below the actor's that are yet to begin."""
    if actor.is_operator:
        return Unit.objects.all()
    today = clock.today()
    waiting = UnitPosition.objects.filter(replaced_at__isnull=True, from_on__gt=today).filter(_below_own(actor, today))
    begun = UnitPosition.objects.at(today).values("unit_id")
    to_come = waiting.exclude(unit_id__in=begun).values("unit_id")
    return Unit.objects.filter(Q(pk__in=units_for(actor).values("pk")) | Q(pk__in=to_come))


def owns(actor: Actor, unit_id: uuid.UUID | None) -> bool:
    """Whether the unit is the actor's own or below it today (what has been succeeded is read only)."""
    return actor.is_operator or (unit_id is not None and own_units(actor).filter(pk=unit_id).exists())


def stands_at_the_top(actor: Actor) -> bool:
    """Whether nothing stands above the actor's unit today."""
    return actor.is_operator or any(len(path) == rules.WIDTH for path in _own_paths(actor, clock.today()))


def reaches_every_unit(actor: Actor) -> bool:
    """Whether no unit, living or ended, lies outside the actor's reach."""
    return not Unit.objects.exclude(pk__in=units_for(actor).values("pk")).exists()


def posts_for(actor: Actor) -> QuerySet[Post]:
    return Post.objects.known().filter(unit__in=units_for(actor))


def periods_for(actor: Actor) -> QuerySet[UnitPeriod]:
    """What is recorded of the names and places of the units that pages show."""
    return UnitPeriod.objects.known().filter(unit__in=units_shown_to(actor)).select_related("unit", "parent")


def unit_changes_for(actor: Actor) -> QuerySet[UnitChange]:
    """Changes that touch a unit in reach."""
    reached = units_for(actor)
    return UnitChange.objects.known().filter(Q(old_unit__in=reached) | Q(new_unit__in=reached))


def may_administer(actor: Actor) -> bool:
    """People, posts and units are an administrator's."""
    return actor.role == Role.ADMINISTRATOR or actor.is_operator


def may_change_unit(actor: Actor, unit_id: uuid.UUID | None) -> bool:
    """Names, place and posts of a unit: the administrator of it or above, also once it has ended or not yet begun."""
    return may_administer(actor) and (owns(actor, unit_id) or _stood_below(actor, unit_id))


def may_record_unit_change(actor: Actor, old_id: uuid.UUID, new_id: uuid.UUID) -> bool:
    """Whoever takes over reads what the old unit owned, so the administrator must have both."""
    if actor.is_operator:
        return True
    has_old = may_change_unit(actor, old_id) or units_for(actor).filter(pk=old_id).exists()
    return has_old and may_change_unit(actor, new_id)


def people_for(actor: Actor) -> QuerySet[Person]:
    """People with a post, past or present, at a unit in reach."""
    return Person.objects.filter(pk__in=posts_for(actor).values("person_id"))


def may_manage_person(actor: Actor, person: Person) -> bool:
    """Passwords and sign-in are with an administrator who has every unit at which the person still holds a post.

    A post at a unit that has ended opens nothing any more and does not count.
    """
    if actor.is_operator:
        return True
    posts = Post.objects.known().filter(person=person)
    goes_on = Q(ended_on__isnull=True) | Q(ended_on__gt=clock.today())
    standing_units = UnitPosition.objects.filter(goes_on, replaced_at__isnull=True).values("unit_id")
    elsewhere = posts.filter(goes_on, unit__in=standing_units).exclude(unit__in=own_units(actor))
    return may_administer(actor) and posts.filter(unit__in=own_units(actor)).exists() and not elsewhere.exists()


def may_write(actor: Actor, unit_id: uuid.UUID | None, *roles: Role) -> bool:
    """Whether one of these roles acts on what this unit owns; an administrator may what any role may."""
    if actor.is_operator:
        return True
    return actor.role in (*roles, Role.ADMINISTRATOR) and owns(actor, unit_id)


def _stood_below(actor: Actor, unit_id: uuid.UUID | None) -> bool:
    """Whether a unit that does not live today was below the actor's on its last day, or will be on its first."""
    if unit_id is None:
        return False
    today = clock.today()
    spots = list(UnitPosition.objects.filter(unit_id=unit_id, replaced_at__isnull=True))
    ended = [spot.ended_on - ONE_DAY for spot in spots if spot.ended_on and spot.ended_on <= today]
    to_come = [spot.from_on for spot in spots if spot.from_on and spot.from_on > today]
    if len(ended) + len(to_come) < len(spots):
        return False  # it lives today, and is not the actor's
    day = max(ended) if ended else min(to_come, default=today)
    return _own_positions(actor, day).filter(unit_id=unit_id).exists()


def _own_positions(actor: Actor, day: dt.date | None = None) -> QuerySet[UnitPosition]:
    today = day or clock.today()
    return UnitPosition.objects.at(today).filter(_below_own(actor, today))


def _below_own(actor: Actor, day: dt.date) -> Q:
    condition = Q(pk__in=[])
    for path in _own_paths(actor, day):
        condition |= Q(path__gte=path, path__lt=path + rules.AFTER_EVERY_PATH)
    return condition


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
