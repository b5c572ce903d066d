"""What an administrator changes of units: a new one, a correction, what became of one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.common.access import allow, in_reach, signed_in
from motcua.common.forms_outcome import done, refusals
from motcua.common.request import ActorRequest
from motcua.units import access, actions, queries
from motcua.units.forms import ONE_DAY, UnitChangeForm, UnitForm, UnitPeriodForm, text_of
from motcua.units.queries import full_name_of


@signed_in
def add_unit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Enter a unit below another."""
    above = in_reach(access.units_shown_to(request.actor), pk=pk)
    reason = _("Only the administrator of this unit or of one above may add a unit below it.")
    allow(access.may_change_unit(request.actor, above.pk), reason)
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            values = {
                "name": form.cleaned_data["name"],
                "kind": form.cleaned_data["kind"],
                "parent": above,
                **form.span,
            }
            new = actions.add_unit(actor=request.actor, code=form.cleaned_data["code"], values=values)
            message = _("%(unit)s has been added. Next, give somebody a post there.")
            return done(request, message % {"unit": full_name_of(new)}, "units:unit", new.pk)
    names = {"form": form, "unit": above, "here": queries.last_known(above.pk)}
    return render(request, "units/add_unit.html", names, status=422 if form.errors else 200)


@signed_in
def correct_unit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Correct what is recorded of one period of a unit (`pk`: the period's identity)."""
    period = in_reach(access.periods_for(request.actor), origin_id=pk)
    reason = _("Only the administrator of this unit or of one above may correct it.")
    allow(access.may_change_unit(request.actor, period.unit_id), reason)
    initial = {
        "kind": period.kind,
        "name": period.name,
        "parent_text": text_of(period.parent),
        "valid_from": period.valid_from,
        "last_day": period.ended_on - ONE_DAY if period.ended_on else None,
    }
    shown = access.units_shown_to(request.actor)
    form = UnitPeriodForm(request.POST or None, initial=initial, units=shown, parent=period.parent)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            said = form.cleaned_data
            values = {"name": said["name"], "kind": said["kind"], "parent": said["parent"], **form.span}
            new = actions.correct_unit(period, actor=request.actor, values=values, reason=said["reason"])
            message = _("%(unit)s has been corrected; what stood before stays in the history.") % {"unit": new}
            return done(request, message, "units:unit", period.unit_id)
    return render(
        request, "units/correct_unit.html", {"form": form, "period": period}, status=422 if form.errors else 200
    )


@signed_in
def record_unit_change(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say what became of a unit."""
    old = in_reach(access.units_shown_to(request.actor), pk=pk)
    reason = _("Only an administrator who has both the old unit and the new one may record what became of it.")
    allow(access.may_change_unit(request.actor, old.pk), reason)
    form = UnitChangeForm(request.POST or None, initial={"extent": "whole"}, units=access.units_shown_to(request.actor))
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            said = {name: form.cleaned_data[name] for name in ("new", "changed_on", "extent", "citation", "ends_old")}
            actions.record_unit_change(actor=request.actor, old=old, **said)
            message = _("%(old)s has become %(new)s, which from now on reads what the old unit kept.")
            words = {"old": full_name_of(old), "new": full_name_of(said["new"])}
            return done(request, message % words, "units:unit", said["new"].pk)
    names = {"form": form, "unit": old, "here": queries.last_known(old.pk)}
    return render(request, "units/record_unit_change.html", names, status=422 if form.errors else 200)
