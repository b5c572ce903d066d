"""Pages that reports are prepared by: the form of issue, and templates."""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.common.access import allow, in_reach, signed_in
from motcua.common.attachments import attached
from motcua.common.forms_outcome import done, refusals
from motcua.common.history import history_of
from motcua.common.request import ActorRequest
from motcua.funding.access import programmes_for
from motcua.reports import access, actions, queries
from motcua.reports.forms import IssueFormForm, TemplateForm
from motcua.reports.issue_forms import facts_of, values_of
from motcua.units.access import units_for
from motcua.units.queries import last_known


@signed_in
def issue_form(request: ActorRequest, key: str, unit_id: UUID) -> HttpResponse:
    """How a unit issues its report on a programme: enter it, or correct it whole."""
    programme = in_reach(programmes_for(request.actor), key=key)
    unit = in_reach(units_for(request.actor), pk=unit_id)
    reason = _("A unit's form of issue is kept by those who may draft its reports.")
    allow(access.may_draft(request.actor, unit.pk), reason)
    current = queries.issue_form_of(programme, unit.pk)
    at = last_known(unit.pk)
    choices = queries.document_choices(request.actor)
    initial = values_of(current) if current else {"issuer": at.committee if at else "", "place": at.name if at else ""}
    form = IssueFormForm(request.POST or None, initial=initial, documents=choices)
    if request.method == "POST" and form.is_valid():
        values: dict[str, Any] = facts_of(form.cleaned_data)
        with refusals(form):
            if current:
                why = form.cleaned_data["reason"]
                actions.correct_issue_form(current, actor=request.actor, values=values, reason=why)
            else:
                actions.enter_issue_form(actor=request.actor, programme=programme, unit=unit, values=values)
            return done(request, _("The form of issue has been saved; the next draft uses it."), "reports:draft", key)
    context = {"form": form, "programme": programme, "unit": at, "current": current}
    return render(request, "reports/issue_form.html", context | {"history": history_of(current) if current else []})


@signed_in
def templates(request: ActorRequest) -> HttpResponse:
    """Templates that come with the program, one's own, and those shared from above."""
    rows = queries.template_rows(request.actor)
    may_keep = access.may_keep_template(request.actor, request.actor.unit_id)
    return render(request, "reports/templates.html", {"rows": rows, "may_keep": may_keep})


@signed_in
def template_file(request: ActorRequest, key: str) -> HttpResponse:
    """A template as a JSON file, to be changed and kept again."""
    choices = queries.template_choices(request.actor)
    if key not in choices:
        raise Http404
    content = json.dumps(choices[key][1], ensure_ascii=False, indent=2)
    answer = HttpResponse(content, content_type="application/json; charset=utf-8")
    return attached(answer, f"mau-{key}.json")


@signed_in
def keep_template(request: ActorRequest) -> HttpResponse:
    """Take a template file in; every fault is named by its place."""
    owner = in_reach(units_for(request.actor), pk=request.actor.unit_id)
    reason = _("A unit's templates are kept by its programme officer.")
    allow(access.may_keep_template(request.actor, owner.pk), reason)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with refusals(form):
            kept = actions.keep_template(
                actor=request.actor, owner=owner, key=data["key"], name=data["name"], content=data["file"].read()
            )
            message = _("The template “%(name)s” has been kept.") % {"name": kept.name}
            return done(request, message, "reports:templates")
    return render(request, "reports/keep_template.html", {"form": form})
