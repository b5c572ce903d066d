"""Checks: one check with its versions; recording, declaring, correcting, withdrawing."""

import datetime as dt
import uuid
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.common import clock
from motcua.common.access import allow, in_reach, signed_in
from motcua.common.forms import ReasonForm
from motcua.common.forms_outcome import confirm, done, refusals
from motcua.common.forms_times import asked_times
from motcua.common.request import ActorRequest
from motcua.equipment.access import devices_for
from motcua.equipment.models import Device
from motcua.fieldwork import access, actions
from motcua.fieldwork.enums import Source
from motcua.fieldwork.forms import CheckForm, CorrectCheckForm
from motcua.fieldwork.models import Check
from motcua.fieldwork.queries import holder_of
from motcua.fieldwork.telling import criteria_for, said_lines, versions
from motcua.fieldwork.views.rounds import name_of
from motcua.units.access import units_for
from motcua.units.queries import UnitAt, units_at


@signed_in
def check(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One check: what it says now, and each record of it.

    The identity of a correction (or of the check, as known at a moment) also shows what that record said.
    """
    found = in_reach(access.check_versions_for(request.actor), pk=pk)
    rows = list(access.check_versions_for(request.actor).of(found.origin_id).select_related("device__device_type"))
    current = rows[-1]
    asked = _asked(found, rows, asked_times(request).known_at)
    device, unit = current.device, units_at([current.unit_id], current.observed_on)[current.unit_id]
    criteria = criteria_for(device, current.unit_id, current.observed_on)
    visits = access.visits_for(request.actor).filter(origin_id=current.visit_id)
    names = {
        "check": current,
        "asked": asked,
        "answers": said_lines(current.said, criteria),
        "asked_answers": said_lines(asked.said, criteria, blanks=False) if asked.pk != current.pk else [],
        "versions": versions(rows, criteria),
        "device": device,
        "unit": unit,
        "visit": visits.first() if current.visit_id else None,
        "programme": device.programme,
        "programme_name": name_of(device.programme),
        "may_correct": not current.withdrawn and access.may_correct_check(request.actor, current),
    }
    return render(request, "fieldwork/check.html", names)


def _asked(found: Check, rows: list[Check], known_at: dt.datetime | None) -> Check:
    """The record that an address means: that of a correction, else the one known at the moment, else the last."""
    if found.pk != found.origin_id:
        return found
    known = [row for row in rows if known_at is None or row.recorded_at <= known_at]
    return known[-1] if known else rows[-1]


@signed_in
def record_check(request: ActorRequest, pk: UUID) -> HttpResponse:
    """An inspector or officer says how a device stands."""
    device, unit = _held(request, pk)
    why = _("A check is recorded by an inspector or a programme officer of this unit or of one above.")
    allow(access.may_record_visit(request.actor, unit.id), why)
    return _say(request, device, unit, Source.INSPECTED, "fieldwork/record_check.html")


@signed_in
def declare(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The unit's own clerk says how a device stands."""
    device, unit = _held(request, pk)
    allow(access.may_declare(request.actor, unit.id), _("A device is declared by the clerk of the unit that holds it."))
    return _say(request, device, unit, Source.DECLARED, "fieldwork/declare.html")


@signed_in
def correct_check(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Replace a check whole: what is left unknown becomes unknown."""
    row = in_reach(access.checks_for(request.actor).select_related("device__device_type"), origin_id=pk)
    allow(access.may_correct_check(request.actor, row), _("This check is corrected by those who may record it."))
    criteria = criteria_for(row.device, row.unit_id, row.observed_on)
    initial = {"observed_on": row.observed_on, **row.said}
    form = CorrectCheckForm(request.POST or None, criteria=criteria, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            values = {"observed_on": form.cleaned_data["observed_on"], "said": form.said}
            reason = form.cleaned_data["reason"]
            actions.correct_check(row, actor=request.actor, values=values, reason=reason)
            message = _("The check of %(device)s has been corrected.") % {"device": row.device}
            return done(request, message, "fieldwork:check", row.origin_id)
    unit = units_at([row.unit_id], row.observed_on)[row.unit_id]
    names = {**_around(row.device, unit), "form": form, "check": row}
    return render(request, "fieldwork/correct_check.html", names, status=422 if form.is_bound else 200)


@signed_in
def withdraw_check(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say that a check should never have been made; what it said stays readable."""
    row = in_reach(access.checks_for(request.actor).select_related("device__device_type"), origin_id=pk)
    allow(access.may_correct_check(request.actor, row), _("This check is withdrawn by those who may record it."))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.withdraw_check(row, actor=request.actor, reason=form.cleaned_data["reason"])
            message = _("The check of %(device)s has been withdrawn; its record stays readable.")
            return done(request, message % {"device": row.device}, "fieldwork:check", row.origin_id)
    unit = units_at([row.unit_id], row.observed_on)[row.unit_id]
    return confirm(
        request,
        title=_("Withdraw the check"),
        question=_("The check counts no longer, on any day. Its record stays readable, with the reason."),
        submit=_("Withdraw the check"),
        back=reverse("fieldwork:check", args=[row.origin_id]),
        form=form,
        facts=_facts(row, unit),
        is_danger=True,
    )


def _facts(row: Check, unit: UnitAt) -> list[tuple[str, Any]]:
    said = said_lines(row.said, {}, blanks=False)
    facts: list[tuple[str, Any]] = [(_("Device"), str(row.device)), (_("Unit"), unit.full_name)]
    return [*facts, (_("Seen on"), row.observed_on), *((line.question, line.word) for line in said)]


def _held(request: ActorRequest, pk: UUID) -> tuple[Device, UnitAt]:
    """A device in reach with the unit that holds it today (else the one that first did)."""
    device = in_reach(devices_for(request.actor).select_related("device_type", "programme"), pk=pk)
    unit_id = holder_of(device, clock.today()) or device.first_unit_id
    unit = in_reach(units_for(request.actor), pk=unit_id)
    return device, units_at([unit.pk], clock.today())[unit.pk]


def _say(request: ActorRequest, device: Device, unit: UnitAt, kind: Source, template: str) -> HttpResponse:
    criteria = criteria_for(device, unit.id, clock.today())
    form = CheckForm(request.POST or None, criteria=criteria, initial={"observed_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            holder = in_reach(units_for(request.actor), pk=unit.id)
            values = {"device": device, "unit": holder, "visit": None, "kind": kind, "said": form.said}
            values["observed_on"] = form.cleaned_data["observed_on"]
            packet = form.cleaned_data["packet"] or uuid.uuid4()
            new = actions.record_check(actor=request.actor, values=values, id=packet)
            message = _("What was said of %(device)s of %(unit)s on %(day)s has been recorded.")
            said = {"device": device, "unit": unit.full_name, "day": f"{new.observed_on:%d/%m/%Y}"}
            return done(request, message % said, "fieldwork:device", device.pk)
    names = {**_around(device, unit), "form": form}
    return render(request, template, names, status=422 if form.is_bound else 200)


def _around(device: Device, unit: UnitAt) -> dict[str, Any]:
    """What every form about a device shows around itself."""
    return {
        "device": device,
        "unit": unit,
        "programme": device.programme,
        "programme_name": name_of(device.programme),
    }
