"""Pages of the catalogue: what devices must meet, and the kinds of device."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue import access, actions, queries
from motcua.catalogue.forms import CorrectRequirementsForm, RequirementsForm, initial_of
from motcua.catalogue.models import RequirementSet
from motcua.common.access import allow, in_reach, signed_in
from motcua.common.forms_outcome import done, refusals
from motcua.common.forms_times import asked_times
from motcua.common.history import entries_of
from motcua.common.listing import Column, Filter, Listing, spreadsheet
from motcua.common.request import ActorRequest
from motcua.registry.access import documents_for
from motcua.registry.queries import documents
from motcua.units.access import own_units

SETS = (
    Column("title", gettext_lazy("Requirements"), sort="title"),
    Column("type_name", gettext_lazy("Device type"), sort="type_name"),
    Column("owner_name", gettext_lazy("Published by"), sort="owner_name"),
    Column("document_name", gettext_lazy("Published in"), sort="document_name"),
    Column("valid_from", gettext_lazy("From"), sort="valid_from", css="mid"),
    Column("last_day", gettext_lazy("Last day"), sort="last_day", css="mid"),
    Column("criteria", gettext_lazy("Criteria"), sort="criteria", css="number"),
    Column("state", gettext_lazy("State"), sort="state"),
)
STATES = (
    ("in_force", gettext_lazy("in force")),
    ("ahead", gettext_lazy("not yet in force")),
    ("ended", gettext_lazy("no longer in force")),
)
WHO_PUBLISHES = gettext_lazy("Requirements are published by the programme officer of the unit that sets them.")


@signed_in
def requirement_sets(request: ActorRequest) -> HttpResponse:
    """What devices must meet: published by units in reach, and by those above."""
    times = asked_times(request)
    rows = queries.set_rows(access.requirement_sets_for(request.actor, times.known_at), times.as_of, times.known_at)
    kinds = sorted({(row.requirements.device_type_id, row.type_name) for row in rows}, key=lambda pair: pair[1])
    filters = (
        Filter("type", gettext_lazy("Device type"), kinds, by="requirements.device_type_id"),
        Filter("state", gettext_lazy("State"), STATES, by="state"),
    )
    listing = Listing(request.GET, rows, SETS, search=("title", "type_name", "document_name"), filters=filters)
    if listing.is_export:
        return spreadsheet(listing, "requirements")
    unit_id = request.actor.unit_id
    may_publish = unit_id is not None and access.may_publish_requirements(request.actor, unit_id)
    names = {"listing": listing, "times": times, "may_publish": may_publish, "rows": rows}
    return render(request, "catalogue/requirement_sets.html", names)


@signed_in
def requirement_set(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """One requirement set with its criteria."""
    row = _set(request, pk)
    (shown,) = queries.set_rows(
        access.requirement_sets_for(request.actor).filter(pk=row.pk), asked_times(request).as_of
    )
    names = {
        "row": shown,
        "criteria": row.criteria,
        "may_correct": access.may_publish_requirements(request.actor, row.owner_unit_id),
        "history": list(entries_of(row)[:100]),
    }
    return render(request, "catalogue/requirement_set.html", names)


@signed_in
def publish_requirements(request: ActorRequest) -> HttpResponse:
    """Publish what a kind of device must meet, for one's own unit and those below."""
    owner = in_reach(own_units(request.actor), pk=request.actor.unit_id)
    allow(access.may_publish_requirements(request.actor, owner.pk), str(WHO_PUBLISHES))
    form = RequirementsForm(request.POST or None, types=queries.type_choices(), documents=documents_for(request.actor))
    if request.method == "POST" and not form.is_editing_rows and form.is_valid():
        with refusals(form):
            new = actions.publish_requirements(actor=request.actor, values={**form.values(), "owner_unit": owner})
            said = _("The requirements “%(title)s” have been published.") % {"title": new.title}
            return done(request, said, "catalogue:requirement_set", new.origin_id)
    return _shown(request, "catalogue/publish_requirements.html", form)


@signed_in
def correct_requirements(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct a requirement set whole."""
    row = _set(request, pk)
    allow(access.may_publish_requirements(request.actor, row.owner_unit_id), str(WHO_PUBLISHES))
    form = CorrectRequirementsForm(
        request.POST or None,
        initial=initial_of(row),
        types=queries.type_choices(),
        documents=documents_for(request.actor),
        also=documents([row.document_id]).get(row.document_id) if row.document_id else None,
    )
    if request.method == "POST" and not form.is_editing_rows and form.is_valid():
        with refusals(form):
            reason = form.cleaned_data["reason"]
            new = actions.correct_requirements(row, actor=request.actor, values=form.values(), reason=reason)
            said = _("The requirements “%(title)s” have been corrected.") % {"title": new.title}
            return done(request, said, "catalogue:requirement_set", new.origin_id)
    return _shown(request, "catalogue/correct_requirements.html", form, row)


@signed_in
def device_types(request: ActorRequest) -> HttpResponse:
    """The kinds of device that are known here."""
    return render(request, "catalogue/device_types.html", {"types": access.device_types_for(request.actor)})


def _set(request: ActorRequest, pk: uuid.UUID) -> RequirementSet:
    rows = access.requirement_sets_for(request.actor).select_related("device_type", "owner_unit")
    return in_reach(rows, origin_id=pk)


def _shown(
    request: ActorRequest, template: str, form: RequirementsForm, row: RequirementSet | None = None
) -> HttpResponse:
    """The form's page; while rows are added or removed no fault is shown yet."""
    is_wrong = form.is_bound and not form.is_editing_rows and bool(form.errors)
    names = {"form": form, "row": row, "show_faults": is_wrong}
    return render(request, template, names, status=422 if is_wrong else 200)
