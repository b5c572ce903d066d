"""Verbs on reports, their form of issue and templates."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.common import audit, clock, records
from motcua.common.access import allow
from motcua.common.actor import Actor
from motcua.common.errors import Refused
from motcua.funding.models import Programme
from motcua.registry.models import OfficialDocument
from motcua.reports import access, template
from motcua.reports.drafting import draft
from motcua.reports.models import IssueForm, Report, ReportEdition, ReportTemplate
from motcua.units.models import Unit
from motcua.units.queries import UnitAt
from vanban.model import Document
from vanban.serial import to_json


@transaction.atomic
def draft_report(
    *,
    actor: Actor,
    programme: Programme,
    unit: UnitAt,
    as_of: dt.date,
    template_key: str = "",
    tree: Mapping[str, Any] | None = None,
    answers: OfficialDocument | None = None,
) -> Report:
    """Draft a unit's report on a programme as of a day and keep it as its first edition.

    Raises `ClassesDoNotPart` where figures contradict themselves, `TemplateFault` for a bad template.
    """
    reason = _("A unit's reports are drafted by its programme officer, a commune's by its clerk.")
    allow(access.may_draft(actor, unit.id), reason)
    document = draft(programme, unit, as_of, tree=tree, answers=answers)
    report = Report.objects.create(
        programme=programme,
        unit_id=unit.id,
        as_of=as_of,
        template_key=template_key,
        answers_id=answers.origin_id if answers else None,
        drafted_at=clock.now(),
        drafted_by=actor.name,
    )
    _keep(report, document, 1, actor)
    audit.record(actor, "draft_report", report, after={"as_of": as_of, "template": template_key})
    return report


@transaction.atomic
def save_edition(report: Report, *, actor: Actor, document: Document, base: int) -> ReportEdition:
    """Keep a draft's text as a new edition. `base` is the edition that the person began from.

    Raises `Refused` where somebody has saved in the meantime.
    """
    allow(access.may_edit_report(actor, report), _("This draft is edited by those who may draft the unit's reports."))
    held = Report.objects.select_for_update().get(pk=report.pk)
    newest = held.editions.order_by("-number").values_list("number", flat=True).first() or 0
    if newest != base:
        message = _(
            "Somebody else has saved this draft since you opened it (edition %(newest)s). Nothing of yours was lost: "
            "copy your changes, open the draft again and put them in."
        )
        raise Refused(message % {"newest": newest})
    edition = _keep(held, document, newest + 1, actor)
    audit.record(actor, "save_edition", held, before={"edition": newest}, after={"edition": edition.number})
    return edition


def _keep(report: Report, document: Document, number: int, actor: Actor) -> ReportEdition:
    return ReportEdition.objects.create(
        report=report, number=number, body=to_json(document), saved_at=clock.now(), saved_by=actor.name
    )


@transaction.atomic
def enter_issue_form(*, actor: Actor, programme: Programme, unit: Unit, values: Mapping[str, Any]) -> IssueForm:
    """Say how a unit issues its report on a programme."""
    allow(access.may_draft(actor, unit.pk), _("A unit's form of issue is kept by those who may draft its reports."))
    return records.enter(IssueForm, actor, {**values, "programme": programme, "unit": unit})


@transaction.atomic
def correct_issue_form(current: IssueForm, *, actor: Actor, values: Mapping[str, Any], reason: str) -> IssueForm:
    """Correct a form of issue whole."""
    why = _("A unit's form of issue is kept by those who may draft its reports.")
    allow(access.may_draft(actor, current.unit_id), why)
    kept = {"programme": current.programme_id, "unit": current.unit_id, "kind": current.kind}
    return records.correct(current, actor, {**kept, **values}, reason=reason)


@transaction.atomic
def keep_template(*, actor: Actor, owner: Unit, key: str, name: str, content: bytes | str) -> ReportTemplate:
    """Keep a template of a unit, checked; one with the same key is replaced by a correcting record.

    Raises `TemplateFault` with every fault and its place.
    """
    allow(access.may_keep_template(actor, owner.pk), _("A unit's templates are kept by its programme officer."))
    tree = template.read_template(content)
    values = {"owner_unit": owner, "key": key, "name": name, "tree": tree}
    current = ReportTemplate.objects.known().filter(owner_unit=owner, key=key).first()
    if current:
        return records.correct(current, actor, values, reason=_("A new version of the template."))
    return records.enter(ReportTemplate, actor, values)
