"""Which programmes, allocations and purchase steps an actor reaches."""

import datetime as dt
import uuid

from django.db.models import Q, QuerySet

from motcua.common.actor import Actor
from motcua.funding.models import Allocation, AllocationQuerySet, Balance, Programme, PurchaseStep
from motcua.units.access import may_write, own_units, units_for
from motcua.units.enums import Role
from motcua.units.models import Unit


def programmes_for(actor: Actor) -> QuerySet[Programme]:
    """Programmes run by a unit in reach, or that gave money to or took it from one."""
    rows = Programme.objects.all()
    if actor.is_operator:
        return rows
    reached = units_for(actor)
    touched = Allocation.objects.known().filter(Q(to_unit__in=reached) | Q(from_unit__in=reached))
    return rows.filter(Q(owner_unit__in=reached) | Q(pk__in=touched.values("programme_id")))


def allocations_for(actor: Actor, known_at: dt.datetime | None = None) -> AllocationQuerySet:
    """Allocations that a unit in reach gave or received, as known at a moment."""
    rows: AllocationQuerySet = Allocation.objects.known(known_at)
    if actor.is_operator:
        return rows
    reached = units_for(actor)
    return rows.filter(Q(to_unit__in=reached) | Q(from_unit__in=reached))


def steps_for(actor: Actor) -> QuerySet[PurchaseStep]:
    rows = PurchaseStep.objects.known()
    return rows if actor.is_operator else rows.filter(unit__in=units_for(actor))


def givers_for(actor: Actor, programme: Programme) -> QuerySet[Unit]:
    """Units whose money in a programme the actor may give on: those with an account in it, and who runs it."""
    accounts = Balance.objects.filter(programme=programme).values("unit_id")
    units = own_units(actor).filter(Q(pk__in=accounts) | Q(pk=programme.owner_unit_id))
    return units if actor.role in (Role.PROGRAMME_OFFICER, Role.ADMINISTRATOR) or actor.is_operator else units.none()


def may_run_programme(actor: Actor, unit_id: uuid.UUID) -> bool:
    """Setting up and changing a programme of a unit."""
    return may_write(actor, unit_id, Role.PROGRAMME_OFFICER)


def may_allocate(actor: Actor, from_unit_id: uuid.UUID) -> bool:
    """Giving a unit's money on."""
    return may_write(actor, from_unit_id, Role.PROGRAMME_OFFICER)


def may_record_step(actor: Actor, unit_id: uuid.UUID) -> bool:
    """Saying how far a unit's purchase is: its clerk, an inspector, the officers above."""
    return may_write(actor, unit_id, Role.CLERK, Role.INSPECTOR, Role.PROGRAMME_OFFICER)
