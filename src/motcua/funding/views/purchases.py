"""Pages of a unit's purchase: the ladder of its steps, and what is said of each."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.common import clock
from motcua.common.access import allow, in_reach, signed_in
from motcua.common.forms import ReasonForm
from motcua.common.forms_outcome import confirm, done, refusals
from motcua.common.forms_times import asked_times
from motcua.common.history import entries_of
from motcua.common.request import ActorRequest
from motcua.funding import access, actions, queries
from motcua.funding.enums import Step
from motcua.funding.forms import CorrectStepForm, StepForm
from motcua.funding.models import PurchaseStep
from motcua.funding.views.reach import named, programme_called, unit_in_reach
from motcua.registry.access import documents_for
from motcua.registry.queries import documents

WHO_RECORDS = gettext_lazy("A purchase is recorded by the unit's clerk, an inspector or the programme officer above.")


@signed_in
def purchase(request: ActorRequest, key: str, unit_id: uuid.UUID) -> HttpResponse:
    """How far a unit's purchase is: each step done, not done or unknown, and who said so when."""
    programme, terms = programme_called(request.actor, key)
    times = asked_times(request)
    unit, at = unit_in_reach(request.actor, unit_id, times.as_of)
    found = queries.purchase_of(programme, unit.pk, times.as_of, times.known_at)
    names = {
        "programme": programme,
        "terms": terms,
        "unit": at,
        "times": times,
        "purchase": found,
        "said": [{"row": row, "paper": found.papers.get(row.document_id or row.pk)} for row in found.said],
        "may_record": access.may_record_step(request.actor, unit.pk),
        "history": list(entries_of(*found.said)[:100]),
    }
    return render(request, "funding/purchase.html", names)


@signed_in
def record_step(request: ActorRequest, key: str, unit_id: uuid.UUID) -> HttpResponse:
    """Say how one step stands (`?step=` chooses it)."""
    programme, terms = programme_called(request.actor, key)
    unit, at = unit_in_reach(request.actor, unit_id)
    allow(access.may_record_step(request.actor, unit.pk), str(WHO_RECORDS))
    initial = {"step": request.GET.get("step"), "observed_on": clock.today(), "done": True}
    form = StepForm(request.POST or None, initial=initial, documents=documents_for(request.actor))
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            row = actions.record_step(actor=request.actor, programme=programme, unit=unit, values=form.cleaned_data)
            said = _("“%(step)s” has been recorded for %(unit)s.") % {"step": row, "unit": at.committee}
            return done(request, said, "funding:purchase", key, unit.pk)
    names = {"form": form, "programme": programme, "terms": terms, "unit": at}
    return render(request, "funding/record_step.html", names, status=422 if form.errors else 200)


def _step(request: ActorRequest, pk: uuid.UUID) -> PurchaseStep:
    row = in_reach(access.steps_for(request.actor).select_related("programme", "unit"), origin_id=pk)
    allow(access.may_record_step(request.actor, row.unit_id), str(WHO_RECORDS))
    return row


@signed_in
def correct_step(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct what was said of a step, whole: what is left empty becomes unknown."""
    row = _step(request, pk)
    at = named(row.unit_id)
    initial: dict[str, Any] = {
        name: getattr(row, name) for name in ("step", "done", "observed_on", "done_on", "amount_vnd", "note")
    }
    initial["document"] = row.document_id
    also = documents([row.document_id]).get(row.document_id) if row.document_id else None
    papers = documents_for(request.actor)
    form = CorrectStepForm(request.POST or None, initial=initial, documents=papers, also=also)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            values = dict(form.cleaned_data)
            reason = values.pop("reason")
            actions.correct_step(row, actor=request.actor, values=values, reason=reason)
            said = _("“%(step)s” of %(unit)s has been corrected.")
            words = {"step": Step(values["step"]).label, "unit": at.committee}
            return done(request, said % words, "funding:purchase", row.programme.key, row.unit_id)
    names = {"form": form, "row": row, "unit": at, "programme": row.programme}
    return render(request, "funding/correct_step.html", names, status=422 if form.errors else 200)


@signed_in
def withdraw_step(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Say that a step should never have been recorded."""
    row = _step(request, pk)
    at = named(row.unit_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.withdraw_step(row, actor=request.actor, reason=form.cleaned_data["reason"])
            said = _("What was recorded of “%(step)s” for %(unit)s has been withdrawn.")
            words = {"step": row, "unit": at.committee}
            return done(request, said % words, "funding:purchase", row.programme.key, row.unit_id)
    return confirm(
        request,
        title=_("Withdraw a purchase step"),
        question=_("Should this never have been recorded? What was said before holds again."),
        submit=_("Withdraw the step"),
        back=reverse("funding:purchase", args=[row.programme.key, row.unit_id]),
        form=form,
        facts=[
            (_("Unit"), at.committee),
            (_("Step"), row),
            (_("Done"), row.done),
            (_("As it stood on"), row.observed_on),
        ],
        is_danger=True,
    )
