"""Pages of devices: the list, entering one, saying what is known of it.

The page of one device belongs to fieldwork: it shows the checks.
"""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.access import device_types_for
from motcua.catalogue.queries import last_day
from motcua.common import clock
from motcua.common.access import allow, in_reach, signed_in
from motcua.common.actor import Actor
from motcua.common.forms import ReasonForm
from motcua.common.forms_outcome import confirm, done, refusals
from motcua.common.forms_times import asked_times
from motcua.common.listing import STATES, Column, Filter, Listing, spreadsheet
from motcua.common.records import facts
from motcua.common.request import ActorRequest
from motcua.equipment import access, actions, queries
from motcua.equipment.forms import DESCRIBED, CorrectCustodyForm, DescribeDeviceForm, EnterDeviceForm
from motcua.equipment.models import Device
from motcua.funding.access import programmes_for
from motcua.funding.queries import terms_of
from motcua.units.access import own_units
from motcua.units.queries import all_named, units_at
from motcua.units.rules import full_name
from vanban.words import sort_key

DEVICES = (
    Column("device", gettext_lazy("Device"), sort="device__device_type_id", export=lambda row: str(row.device)),
    Column("unit_name", gettext_lazy("Held by"), sort="unit_name"),
    Column("serial_number", gettext_lazy("Serial number"), sort="serial_number"),
    Column("make", gettext_lazy("Make"), sort="make"),
    Column("model", gettext_lazy("Model"), sort="model"),
    Column("price_vnd", gettext_lazy("Price"), sort="price_vnd", css="number"),
    Column("in_use_since", gettext_lazy("In use since"), sort="in_use_since", css="mid"),
    Column("is_assumed", gettext_lazy("Assumed"), sort="is_assumed"),
)
SEARCHED = ("serial_number", "make", "model", "unit_name", "device__number")
MOST_HOLDERS = 300  # more units than this are found by the search box, not in a list of choices
WHO_ENTERS = gettext_lazy("A unit's devices are entered by its clerk or the officers above.")
WHO_DESCRIBES = gettext_lazy("A device is described by the clerk of the unit that holds it, or the officers above.")


@signed_in
def devices(request: ActorRequest) -> HttpResponse:
    """The devices that units in reach hold on a day."""
    times = asked_times(request)
    held = access.custodies_for(request.actor, times.known_at)
    rows = queries.listed(held, times.as_of, times.known_at)
    listing = Listing(
        request.GET, rows, DEVICES, search=SEARCHED, filters=_filters(request, held, times), order="unit_name"
    )
    if listing.is_export:
        return spreadsheet(listing, "devices")
    names = {"listing": listing, "times": times, "may_enter": _may_enter(request.actor)}
    return render(request, "equipment/devices.html", names)


def _filters(request: ActorRequest, held: Any, times: Any) -> tuple[Filter, ...]:
    programmes = [(key, name) for _pk, key, name in _programmes(request.actor)]
    found = queries.holders(held, times.as_of, MOST_HOLDERS)
    units = [(str(pk), unit.full_name) for pk, unit in units_at(found, times.as_of, times.known_at).items()]
    types = [(row.key, str(row)) for row in device_types_for(request.actor)]
    by_name = sorted(units, key=lambda pair: sort_key(pair[1]))
    asked = (
        Filter("programme", gettext_lazy("Programme"), programmes, by="device__programme__key"),
        Filter("unit", gettext_lazy("Unit"), by_name, by="unit_id"),
        Filter("type", gettext_lazy("Device type"), types, by="device__device_type_id"),
        Filter("assumed", gettext_lazy("Assumed"), STATES[:2], by="is_assumed"),
    )
    return tuple(each for each in asked if len(each.choices) > 1)


def _programmes(actor: Actor) -> list[tuple[uuid.UUID, str, str]]:
    rows = list(programmes_for(actor))
    terms = terms_of([row.pk for row in rows])
    named = [(row.pk, row.key, terms[row.pk].name) for row in rows if row.pk in terms]
    return sorted(named, key=lambda each: sort_key(each[2]))


def _may_enter(actor: Actor) -> bool:
    return actor.unit_id is not None and access.may_enter_device(actor, actor.unit_id)


@signed_in
def enter_device(request: ActorRequest) -> HttpResponse:
    """Enter a device that a unit holds (`?programme=` and `?unit=` choose them beforehand)."""
    allow(_may_enter(request.actor), str(WHO_ENTERS))
    initial = {name: request.GET.get(name) for name in ("programme", "unit", "device_type")}
    programmes = [(key, name) for _pk, key, name in _programmes(request.actor)]
    types = [(row.key, str(row)) for row in device_types_for(request.actor)]
    units = _units(request.actor)
    form = EnterDeviceForm(request.POST or None, initial=initial, programmes=programmes, units=units, types=types)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            device = _enter(request, form)
            unit_name = dict(units)[form.cleaned_data["unit"]]
            said = _("%(device)s of %(unit)s has been entered.") % {"device": device, "unit": unit_name}
            return done(request, said, page_of(device))
    return render(request, "equipment/enter_device.html", {"form": form}, status=422 if form.errors else 200)


def _enter(request: ActorRequest, form: EnterDeviceForm) -> Device:
    said = form.cleaned_data
    return actions.enter_device(
        actor=request.actor,
        programme=in_reach(programmes_for(request.actor), key=said["programme"]),
        unit=in_reach(own_units(request.actor), pk=said["unit"]),
        device_type=in_reach(device_types_for(request.actor), pk=said["device_type"]),
        number=said["number"],
        values={**form.description(), "held_since": said["held_since"]},
    )


def _units(actor: Actor) -> list[tuple[str, str]]:
    """The units for which the actor enters devices, those living today, in the order of the tree."""
    named = [
        each for each in all_named(own_units(actor).values_list("pk", flat=True)) if each.span.holds(clock.today())
    ]
    return [(str(each.unit), full_name(each.kind, each.name)) for each in sorted(named, key=lambda each: each.path)]


@signed_in
def describe_device(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct what is known of a device, whole: what is left empty becomes unknown."""
    device = in_reach(access.devices_for(request.actor).select_related("device_type", "programme"), pk=pk)
    allow(access.may_describe_device(request.actor, device), str(WHO_DESCRIBES))
    current = queries.description_of(device)
    initial = {name: facts(current)[name] for name in DESCRIBED} if current else {}
    form = DescribeDeviceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and current:
        with refusals(form):
            reason = form.cleaned_data["reason"]
            actions.describe_device(current, actor=request.actor, values=form.description(), reason=reason)
            said = _("What is known of %(device)s has been corrected.") % {"device": device}
            return done(request, said, page_of(device))
    return _form_of_device(request, "equipment/describe_device.html", form, device)


@signed_in
def withdraw_device(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Say that a device should never have been entered, with the reason."""
    device = in_reach(access.devices_for(request.actor).select_related("device_type", "programme"), pk=pk)
    allow(access.may_describe_device(request.actor, device), str(WHO_DESCRIBES))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.withdraw_device(device, actor=request.actor, reason=form.cleaned_data["reason"])
            said = _("%(device)s has been withdrawn: no figure counts it any longer.") % {"device": device}
            return done(request, said, "equipment:devices")
    held = queries.custody_now(device)
    unit = units_at([held.unit_id], clock.today()).get(held.unit_id) if held else None
    known = queries.description_of(device)
    return confirm(
        request,
        title=_("Withdraw a device"),
        question=_("Should this device never have been entered? Its records stay readable."),
        submit=_("Withdraw the device"),
        back=page_of(device),
        form=form,
        facts=[
            (_("Device"), device),
            (_("Held by"), unit.full_name if unit else None),
            (_("Serial number"), known.serial_number if known else None),
        ],
        is_danger=True,
    )


@signed_in
def correct_custody(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct since when, or until when, a unit holds a device."""
    rows = access.custodies_for(request.actor).select_related("device__device_type", "device__programme")
    row = in_reach(rows, origin_id=pk)
    allow(access.may_enter_device(request.actor, row.unit_id), str(WHO_ENTERS))
    initial = {"valid_from": row.valid_from, "last_day": last_day(row.ended_on)}
    form = CorrectCustodyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            reason = form.cleaned_data["reason"]
            actions.correct_custody(row, actor=request.actor, values=form.values(), reason=reason)
            said = _("The time for which %(device)s is held has been corrected.") % {"device": row.device}
            return done(request, said, page_of(row.device))
    return _form_of_device(request, "equipment/correct_custody.html", form, row.device, row.unit_id)


def _form_of_device(
    request: ActorRequest, template: str, form: Any, device: Device, unit_id: uuid.UUID | None = None
) -> HttpResponse:
    """A form about one device, which names the device and the unit that holds it."""
    held = queries.custody_now(device)
    holder = unit_id or (held.unit_id if held else device.first_unit_id)
    unit = units_at([holder], clock.today()).get(holder)
    names = {"form": form, "device": device, "unit": unit, "back": page_of(device)}
    return render(request, template, names, status=422 if form.errors else 200)


def page_of(device: Device) -> str:
    """The address of a device's page, which belongs to a higher app; else that of the list."""
    try:
        return reverse("fieldwork:device", args=[device.pk])
    except NoReverseMatch:
        return reverse("equipment:devices")
