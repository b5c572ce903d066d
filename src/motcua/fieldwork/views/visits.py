"""Visits: the list, one visit, writing one down with what it says of each device."""

import uuid
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.common import clock
from motcua.common.access import allow, in_reach, signed_in
from motcua.common.forms_outcome import done, refusals
from motcua.common.history import history_of
from motcua.common.listing import Column, Listing, spreadsheet
from motcua.common.request import ActorRequest
from motcua.equipment.models import Custody, Device
from motcua.fieldwork import access, actions
from motcua.fieldwork.forms import AnswersForm, CorrectVisitForm, VisitForm, device_prefix, visit_initial
from motcua.fieldwork.queries import communes_of, devices_of, visit_rows
from motcua.fieldwork.telling import check_lines, criteria_for
from motcua.fieldwork.views.rounds import name_of, own_unit_id
from motcua.funding.access import programmes_for
from motcua.funding.models import Programme
from motcua.units.access import own_units, units_for
from motcua.units.models import Unit
from motcua.units.queries import units_at

COLUMNS = (
    Column("visited_on", gettext_lazy("Visited on"), sort="visited_on"),
    Column("unit_name", gettext_lazy("Unit"), sort="unit.name"),
    Column("inspected_by", gettext_lazy("Inspected by"), sort="inspected_by"),
    Column("assigned_by", gettext_lazy("On the order of"), sort="assigned_by"),
    Column("devices", gettext_lazy("Devices checked"), sort="devices", css="number"),
)


@signed_in
def visits(request: ActorRequest, key: str) -> HttpResponse:
    """A programme's visits, the latest first."""
    programme = in_reach(programmes_for(request.actor), key=key)
    rows = visit_rows(access.visits_for(request.actor).filter(programme=programme))
    search = ("unit_name", "inspected_by", "assigned_by")
    listing = Listing(request.GET, rows, COLUMNS, search=search, order="-visited_on")
    if listing.is_export:
        return spreadsheet(listing, f"luot-kiem-tra-{key}")
    names = {
        "listing": listing,
        "programme": programme,
        "programme_name": name_of(programme),
        "may_record": access.may_record_visit(request.actor, own_unit_id(request)),
    }
    return render(request, "fieldwork/visits.html", names)


@signed_in
def visit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One visit: who went, on whose order, what was said of each device."""
    asked = in_reach(access.visit_versions_for(request.actor), pk=pk)
    row = in_reach(access.visit_versions_for(request.actor), origin_id=asked.origin_id, replaced_at__isnull=True)
    unit = units_at([row.unit_id], row.visited_on)[row.unit_id]
    rounds = access.rounds_for(request.actor).filter(origin_id=row.round_id)
    names = {
        "visit": row,
        "unit": unit,
        "round": rounds.first() if row.round_id else None,
        "programme": row.programme,
        "programme_name": name_of(row.programme),
        "checks": check_lines(access.checks_for(request.actor).filter(visit_id=row.origin_id)),
        "may_correct": not row.withdrawn and access.may_record_visit(request.actor, row.unit_id),
        "history": history_of(row),
    }
    return render(request, "fieldwork/visit.html", names)


@signed_in
def record_visit(request: ActorRequest, key: str) -> HttpResponse:
    """Write a visit down; without a unit in the address, first choose the unit."""
    programme = in_reach(programmes_for(request.actor), key=key)
    chosen = request.GET.get("unit", "")
    names: dict[str, Any] = {"programme": programme, "programme_name": name_of(programme)}
    if not chosen:
        communes = communes_of(programme, own_units(request.actor), clock.today())
        return render(request, "fieldwork/choose_unit.html", {**names, "communes": communes})
    unit = in_reach(units_for(request.actor), pk=chosen)
    why = _("A visit is written down by an inspector or a programme officer of this unit or of one above.")
    allow(access.may_record_visit(request.actor, unit.pk), why)
    sheet = VisitSheet.of(request, programme, unit)
    if request.method == "POST" and sheet.is_valid():
        with refusals(sheet.form):
            new = actions.record_visit(
                actor=request.actor,
                programme=programme,
                unit=unit,
                values=sheet.form.values,
                checks=sheet.checks,
                id=sheet.form.cleaned_data["packet"] or uuid.uuid4(),
            )
            message = _("The visit to %(unit)s on %(day)s has been written down, with %(count)s devices.")
            said = {"unit": sheet.unit_name, "day": f"{new.visited_on:%d/%m/%Y}", "count": len(sheet.checks)}
            return done(request, message % said, "fieldwork:visit", new.origin_id)
    return render(
        request, "fieldwork/record_visit.html", {**names, "sheet": sheet}, status=422 if sheet.form.is_bound else 200
    )


@dataclass(frozen=True, slots=True)
class DeviceSheet:
    """One device of the visited unit with its answers."""

    device: Device
    custody: Custody
    form: AnswersForm


@dataclass(frozen=True, slots=True)
class VisitSheet:
    """The form of a visit with a set of answers for each device that the unit holds or has held."""

    form: VisitForm
    devices: list[DeviceSheet]
    unit_id: UUID
    unit_name: str

    @classmethod
    def of(cls, request: ActorRequest, programme: Programme, unit: Unit) -> "VisitSheet":
        data, today = request.POST or None, clock.today()
        rounds = list(access.rounds_for(request.actor).filter(programme=programme).order_by("-reference_on"))
        initial = {"visited_on": today, "inspected_by": request.actor.name}
        form = VisitForm(data, rounds=rounds, initial=initial)
        sheets = []
        for custody in devices_of(unit.pk, programme):
            criteria = criteria_for(custody.device, unit.pk, today)
            answers = AnswersForm(data, prefix=device_prefix(custody.device), criteria=criteria)
            sheets.append(DeviceSheet(custody.device, custody, answers))
        names = units_at([unit.pk], today)
        return cls(form, sheets, unit.pk, names[unit.pk].full_name if unit.pk in names else str(unit))

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), *(sheet.form.is_valid() for sheet in self.devices)])

    @property
    def checks(self) -> list[tuple[Device, dict[str, str]]]:
        """The devices of which something is said."""
        return [(sheet.device, sheet.form.said) for sheet in self.devices if sheet.form.said]


@signed_in
def correct_visit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Correct who went, when and on whose order; what was said of devices is corrected check by check."""
    row = in_reach(access.visits_for(request.actor), origin_id=pk)
    why = _("A visit is corrected by an inspector or a programme officer of this unit or of one above.")
    allow(access.may_record_visit(request.actor, row.unit_id), why)
    rounds = list(access.rounds_for(request.actor).filter(programme_id=row.programme_id).order_by("-reference_on"))
    form = CorrectVisitForm(request.POST or None, rounds=rounds, initial=visit_initial(row))
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            reason = form.cleaned_data["reason"]
            new = actions.correct_visit(row, actor=request.actor, values=form.values, reason=reason)
            message = _("The visit of %(day)s has been corrected.") % {"day": f"{new.visited_on:%d/%m/%Y}"}
            return done(request, message, "fieldwork:visit", row.origin_id)
    unit = units_at([row.unit_id], row.visited_on)[row.unit_id]
    names = {
        "form": form,
        "visit": row,
        "unit": unit,
        "programme": row.programme,
        "programme_name": name_of(row.programme),
    }
    return render(request, "fieldwork/correct_visit.html", names, status=422 if form.is_bound else 200)
