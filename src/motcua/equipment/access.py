"""Which devices an actor reaches: those that a unit in reach holds, or has held."""

import datetime as dt
import uuid

from django.db.models import Q, QuerySet

from motcua.common.actor import Actor
from motcua.common.models import RecordQuerySet
from motcua.equipment.models import Custody, Device
from motcua.units.access import may_write, units_for
from motcua.units.enums import Role


def devices_for(actor: Actor) -> QuerySet[Device]:
    if actor.is_operator:
        return Device.objects.all()
    reached = units_for(actor)
    held = Custody.objects.known().filter(unit__in=reached).values("device_id")
    return Device.objects.filter(Q(pk__in=held) | Q(first_unit__in=reached))


def custodies_for(actor: Actor, known_at: dt.datetime | None = None) -> RecordQuerySet[Custody]:
    """Who held what: of units in reach, as known at a moment."""
    rows = Custody.objects.known(known_at)
    return rows if actor.is_operator else rows.filter(unit__in=units_for(actor))


def may_enter_device(actor: Actor, unit_id: uuid.UUID) -> bool:
    """A unit's devices are entered by its clerk or the officers above."""
    return may_write(actor, unit_id, Role.CLERK, Role.PROGRAMME_OFFICER)


def may_describe_device(actor: Actor, device: Device) -> bool:
    """By whoever may enter devices of the unit that holds it now."""
    held = Custody.objects.known().filter(device=device, ended_on__isnull=True).values_list("unit_id", flat=True)
    return any(may_enter_device(actor, unit_id) for unit_id in held)
