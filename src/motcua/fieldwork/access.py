"""Which rounds, visits and checks an actor reaches."""

import uuid

from django.db.models import Q, QuerySet

from motcua.common.actor import Actor
from motcua.common.models import RecordQuerySet
from motcua.equipment.models import Custody
from motcua.fieldwork.models import Answer, Check, Round, RoundUnit, Visit
from motcua.units.access import may_write, units_for
from motcua.units.enums import Role


def rounds_for(actor: Actor) -> QuerySet[Round]:
    """Rounds put by a unit in reach, or put to one."""
    rows = Round.objects.known()
    if actor.is_operator:
        return rows
    reached = units_for(actor)
    asked = RoundUnit.objects.known().filter(unit__in=reached).values("round_id")
    return rows.filter(Q(owner_unit__in=reached) | Q(origin_id__in=asked))


def visits_for(actor: Actor) -> RecordQuerySet[Visit]:
    """Visits to units in reach."""
    return visit_versions_for(actor).known()


def visit_versions_for(actor: Actor) -> RecordQuerySet[Visit]:
    """The same with what has been corrected or withdrawn."""
    rows = Visit.objects.all()
    return rows if actor.is_operator else rows.filter(unit__in=units_for(actor))


def checks_for(actor: Actor) -> RecordQuerySet[Check]:
    """Checks made at units in reach, and every check of a device that one of them holds now."""
    return check_versions_for(actor).known()


def check_versions_for(actor: Actor) -> RecordQuerySet[Check]:
    """The same with what has been corrected or withdrawn."""
    rows = Check.objects.all()
    if actor.is_operator:
        return rows
    reached = units_for(actor)
    held = Custody.objects.known().filter(unit__in=reached, ended_on__isnull=True).values("device_id")
    return rows.filter(Q(unit__in=reached) | Q(device_id__in=held))


def answers_for(actor: Actor) -> QuerySet[Answer]:
    """What the checks in reach answer."""
    rows = Answer.objects.all()
    return rows if actor.is_operator else rows.filter(check_record__in=check_versions_for(actor))


def may_open_round(actor: Actor, unit_id: uuid.UUID) -> bool:
    return may_write(actor, unit_id, Role.PROGRAMME_OFFICER)


def may_record_visit(actor: Actor, unit_id: uuid.UUID) -> bool:
    """An inspector, or an officer above, writes down a visit to a unit."""
    return may_write(actor, unit_id, Role.INSPECTOR, Role.PROGRAMME_OFFICER)


def may_declare(actor: Actor, unit_id: uuid.UUID) -> bool:
    """A unit's own clerk says how things stand."""
    return may_write(actor, unit_id, Role.CLERK)


def may_record_check(actor: Actor, unit_id: uuid.UUID) -> bool:
    return may_record_visit(actor, unit_id) or may_declare(actor, unit_id)


def may_correct_check(actor: Actor, check: Check) -> bool:
    """What was inspected is corrected by inspectors and officers, what a unit declared by its clerk too."""
    if check.kind == "declared":
        return may_record_check(actor, check.unit_id)
    return may_record_visit(actor, check.unit_id)
