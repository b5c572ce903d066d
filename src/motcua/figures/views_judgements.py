"""What a unit judges of a programme: strengths, shortcomings, causes …, each as the report says it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.common import clock
from motcua.common.access import allow, in_reach, signed_in
from motcua.common.forms import ReasonForm
from motcua.common.forms_outcome import confirm, done, refusals
from motcua.common.history import history_of
from motcua.common.request import ActorRequest
from motcua.figures.asked import asked_of
from motcua.figures.forms_judgements import CorrectJudgementForm, JudgementForm, judgement_initial
from motcua.figures.quantifiers import sentence
from motcua.figures.queries import Facts, read_facts
from motcua.figures.sides import NoSuchSide
from motcua.followup import access, actions
from motcua.followup.enums import JudgementKind
from motcua.followup.models import Judgement
from motcua.funding.queries import terms_of
from motcua.units.access import units_for
from motcua.units.queries import UnitAt, last_known, unit_at

WHY_NOT = gettext_lazy("Judgements are written by the unit's programme officer or leader.")


def _sentence(concerns: str, wording: str, facts: Facts | None) -> str:
    """A judgement as the report prints it today; empty where it cannot say."""
    if facts is None:
        return wording
    try:
        return sentence(concerns, wording, facts)
    except NoSuchSide:
        return wording


@signed_in
def judgements(request: ActorRequest, key: str) -> HttpResponse:
    """A unit's judgements on a programme, kind by kind."""
    asked = asked_of(request, key)
    unit = asked.reach.unit
    if unit is None:
        return render(request, "figures/not_living.html", asked.context)
    rows = access.judgements_for(request.actor).filter(programme=asked.reach.programme, unit_id=unit.id)
    told: dict[str, list[dict[str, Any]]] = {kind: [] for kind in JudgementKind.values}
    for row in rows.order_by("position", "pk"):
        said = _sentence(row.concerns, row.wording, asked.facts)
        told[row.kind].append({"judgement": row, "sentence": said})
    names = {
        **asked.context,
        "kinds": [(kind, told[kind]) for kind in JudgementKind],
        "may_judge": access.may_judge(request.actor, unit.id),
    }
    return render(request, "figures/judgements.html", names)


@signed_in
def enter_judgement(request: ActorRequest, key: str) -> HttpResponse:
    """Write a judgement down; its sentence can be looked at before."""
    asked = asked_of(request, key)
    if asked.reach.unit is None:
        return render(request, "figures/not_living.html", asked.context)
    unit = in_reach(units_for(request.actor), pk=asked.reach.unit.id)
    allow(access.may_judge(request.actor, unit.pk), str(WHY_NOT))
    initial = {"kind": request.GET.get("kind", JudgementKind.STRENGTH)}
    form = JudgementForm(request.POST or None, facts=asked.facts, initial=initial)
    if _is_sent(request) and form.is_valid():
        with refusals(form):
            actions.enter_judgement(actor=request.actor, programme=asked.reach.programme, unit=unit, values=form.values)
            message = _("The judgement has been written down.")
            return done(request, message, _list_url(key, asked.reach.unit.code))
    names = {**asked.context, "form": form, "preview": _preview(request, form, asked.facts)}
    return render(request, "figures/enter_judgement.html", names, status=_status(request, form))


@signed_in
def correct_judgement(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Correct a judgement whole."""
    row = _judgement(request, pk)
    allow(access.may_judge(request.actor, row.unit_id), str(WHY_NOT))
    unit, facts = _facts_of(row)
    form = CorrectJudgementForm(request.POST or None, facts=facts, initial=judgement_initial(row))
    if _is_sent(request) and form.is_valid():
        with refusals(form):
            values = {**form.values, "gloss": row.gloss if form.values["wording"] == row.wording else ""}
            reason = form.cleaned_data["reason"]
            actions.correct_judgement(row, actor=request.actor, values=values, reason=reason)
            message = _("The judgement has been corrected.")
            return done(request, message, _list_url(row.programme.key, unit.code if unit else ""))
    names = {
        "form": form,
        "judgement": row,
        "unit": unit,
        "programme": row.programme,
        "programme_name": _name_of(row),
        "preview": _preview(request, form, facts) or _sentence(row.concerns, row.wording, facts),
        "back": _list_url(row.programme.key, unit.code if unit else ""),
        "history": history_of(row),
    }
    return render(request, "figures/correct_judgement.html", names, status=_status(request, form))


@signed_in
def withdraw_judgement(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take a judgement back; it stays in the history."""
    row = _judgement(request, pk)
    allow(access.may_judge(request.actor, row.unit_id), str(WHY_NOT))
    unit, facts = _facts_of(row)
    back = _list_url(row.programme.key, unit.code if unit else "")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.withdraw_judgement(row, actor=request.actor, reason=form.cleaned_data["reason"])
            return done(request, _("The judgement has been withdrawn."), back)
    return confirm(
        request,
        title=_("Withdraw the judgement"),
        question=_("Reports drafted from now on no longer say it. What is issued stands."),
        submit=_("Withdraw the judgement"),
        back=back,
        form=form,
        facts=[
            (_("Kind"), str(row.get_kind_display())),
            (_("Wording"), _sentence(row.concerns, row.wording, facts) or row.wording),
        ],
        is_danger=True,
    )


def _judgement(request: ActorRequest, pk: UUID) -> Judgement:
    return in_reach(access.judgements_for(request.actor).select_related("programme"), origin_id=pk)


def _name_of(row: Judgement) -> str:
    terms = terms_of([row.programme_id]).get(row.programme_id)
    return terms.name if terms else row.programme.key


def _facts_of(row: Judgement) -> tuple[UnitAt | None, Facts | None]:
    """The judging unit and the facts of today; no facts where it no longer lives."""
    unit = unit_at(row.unit_id, clock.today())
    if unit is None:
        return last_known(row.unit_id), None
    return unit, read_facts(row.programme, unit, clock.today())


def _is_sent(request: ActorRequest) -> bool:
    """Whether the form is to be saved, and not only looked at."""
    return request.method == "POST" and "preview" not in request.POST


def _status(request: ActorRequest, form: JudgementForm) -> int:
    return 422 if form.is_bound and form.errors else 200


def _preview(request: ActorRequest, form: JudgementForm, facts: Facts | None) -> str:
    if request.method != "POST" or "wording" not in request.POST or not form.is_bound:
        return ""
    form.is_valid()
    said = form.cleaned_data
    return _sentence(said.get("concerns", ""), said.get("wording", ""), facts) if said.get("wording") else ""


def _list_url(key: str, code: str) -> str:
    query = f"?{urlencode({'unit': code})}" if code else ""
    return f"{reverse('figures:judgements', args=[key])}{query}"
