"""Which requirement sets an actor reads: those of units in reach, and those published by the units above."""

import datetime as dt
import uuid

from django.db.models import Q, QuerySet

from motcua.catalogue.models import DeviceType, RequirementSet
from motcua.common import clock
from motcua.common.actor import Actor
from motcua.units.access import may_write, units_above, units_for
from motcua.units.enums import Role


def device_types_for(_actor: Actor) -> QuerySet[DeviceType]:
    """The catalogue is everybody's."""
    return DeviceType.objects.all()


def requirement_sets_for(actor: Actor, known_at: dt.datetime | None = None) -> QuerySet[RequirementSet]:
    """Sets of units in reach, and (read only) those that the units above have published."""
    rows = RequirementSet.objects.known(known_at)
    if actor.is_operator:
        return rows
    return rows.filter(Q(owner_unit__in=units_for(actor)) | Q(owner_unit__in=units_above(actor, clock.today())))


def may_publish_requirements(actor: Actor, unit_id: uuid.UUID) -> bool:
    return may_write(actor, unit_id, Role.PROGRAMME_OFFICER)
