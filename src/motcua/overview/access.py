"""Who reads the audit log, and which of its entries."""

from django.db.models import Q, QuerySet

from motcua.common.actor import Actor
from motcua.common.models import AuditEntry
from motcua.units.access import reaches_every_unit, stands_at_the_top, units_for
from motcua.units.enums import Role

READERS = (Role.AUDITOR, Role.ADMINISTRATOR)


def may_read_log(actor: Actor) -> bool:
    return actor.is_operator or actor.role in READERS


def log_for(actor: Actor) -> QuerySet[AuditEntry]:
    """What was done for a unit in reach, to things of units in reach.

    An operator acts for no unit: such an entry is read at the top of the tree, where its thing belongs to a unit
    in reach; where the thing does not say whose it is, only by who reaches every unit.
    """
    rows = AuditEntry.objects.all()
    if actor.is_operator:
        return rows
    if not may_read_log(actor):
        return rows.none()
    if reaches_every_unit(actor):
        return rows
    reached = units_for(actor).values("pk")
    about_reached = Q(about_unit_id__in=reached)
    entries = Q(unit_id__in=reached) & (Q(about_unit_id__isnull=True) | about_reached)
    if stands_at_the_top(actor):
        entries |= Q(unit_id__isnull=True) & about_reached
    return rows.filter(entries)
