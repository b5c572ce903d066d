"""Which reports, forms of issue and templates an actor reaches."""

import uuid

from django.db.models import Q, QuerySet

from motcua.common import clock
from motcua.common.actor import Actor
from motcua.funding.access import programmes_for
from motcua.reports.models import IssueForm, Report, ReportTemplate
from motcua.units.access import may_write, units_above, units_for
from motcua.units.enums import Role


def reports_for(actor: Actor) -> QuerySet[Report]:
    """Reports of units in reach, on programmes in reach."""
    if actor.is_operator:
        return Report.objects.all()
    return Report.objects.filter(unit__in=units_for(actor), programme__in=programmes_for(actor))


def issue_forms_for(actor: Actor) -> QuerySet[IssueForm]:
    rows = IssueForm.objects.known()
    return rows if actor.is_operator else rows.filter(unit__in=units_for(actor), programme__in=programmes_for(actor))


def templates_for(actor: Actor) -> QuerySet[ReportTemplate]:
    """Templates of units in reach, and those that the units above share down (read only)."""
    rows = ReportTemplate.objects.known()
    if actor.is_operator:
        return rows
    return rows.filter(Q(owner_unit__in=units_for(actor)) | Q(owner_unit__in=units_above(actor, clock.today())))


def may_draft(actor: Actor, unit_id: uuid.UUID | None) -> bool:
    """Reports of a unit are drafted by its programme officers; a commune's by its clerk."""
    return may_write(actor, unit_id, Role.PROGRAMME_OFFICER, Role.CLERK)


def may_edit_report(actor: Actor, report: Report) -> bool:
    return may_draft(actor, report.unit_id)


def may_keep_template(actor: Actor, unit_id: uuid.UUID | None) -> bool:
    return may_write(actor, unit_id, Role.PROGRAMME_OFFICER)
