"""Official documents: the list, one document, its file, entering and correcting."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.common.access import allow, in_reach, signed_in
from motcua.common.forms_outcome import done, refusals
from motcua.common.listing import Column, Filter, Listing, spreadsheet
from motcua.common.request import ActorRequest
from motcua.registry import access, actions, queries, rules
from motcua.registry.enums import Direction, DocumentKind
from motcua.registry.files import path_of
from motcua.registry.forms import FACTS, DocumentCorrectionForm, DocumentForm
from motcua.registry.models import OfficialDocument
from motcua.units.access import units_for

DUE = (
    ("late", gettext_lazy("overdue")),
    ("ahead", gettext_lazy("due date ahead")),
    ("none", gettext_lazy("no due date")),
)
FILTERS = (
    Filter("direction", gettext_lazy("Direction"), Direction.choices, by="document.direction"),
    Filter("kind", gettext_lazy("Kind"), DocumentKind.choices, by="document.kind"),
    Filter("due", gettext_lazy("Due date"), DUE, by="due_state"),
)
COLUMNS = (
    Column("number", gettext_lazy("Number and symbol"), sort="document.number", export=lambda r: r.document.number),
    Column("issued_on", gettext_lazy("Date"), sort="document.issued_on", export=lambda r: r.document.issued_on),
    Column("kind_name", gettext_lazy("Kind"), sort="kind_name"),
    Column("subject", gettext_lazy("Subject"), sort="document.subject", export=lambda r: r.document.subject),
    Column("issuer", gettext_lazy("Issuer"), sort="document.issuer", export=lambda r: r.document.issuer),
    Column("direction_name", gettext_lazy("Direction"), sort="direction_name"),
    Column("due_on", gettext_lazy("To be answered by"), sort="document.due_on", export=lambda r: r.document.due_on),
)
SEARCH = ("document.number", "document.subject", "document.issuer", "document.asks_for", "owner")
NOT_ENTERED = gettext_lazy("Documents of a unit are entered by its own officers and clerks.")
NOT_CORRECTED = gettext_lazy("A document is corrected by officers and clerks of the unit that keeps it.")


@signed_in
def documents(request: ActorRequest) -> HttpResponse:
    """Documents in reach, what is overdue first."""
    lines = queries.document_lines(access.documents_for(request.actor))
    listing = Listing(request.GET, lines, COLUMNS, search=SEARCH, filters=FILTERS)
    if listing.is_export:
        return spreadsheet(listing, "van-ban")
    return render(request, "registry/documents.html", {"listing": listing, "may_enter": _may_enter(request)})


def _may_enter(request: ActorRequest) -> bool:
    unit_id = request.actor.unit_id
    return unit_id is not None and access.may_enter_document(request.actor, unit_id)


@signed_in
def document(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One document: its facts, what it asks for and by when, its file, whom it is addressed to, its history."""
    row = in_reach(access.documents_for(request.actor).select_related("file"), origin_id=pk)
    addressees = queries.addressees_of(row)
    reached = units_for(request.actor).filter(pk__in=[row.owner_unit_id, *(unit.id for unit in addressees)])
    names = {
        "document": row,
        "line": queries.document_lines(access.documents_for(request.actor).filter(pk=row.pk))[0],
        "addressees": addressees,
        "reached": set(reached.values_list("pk", flat=True)),
        "history": queries.history_of_document(row),
        "may_correct": access.may_correct_document(request.actor, row),
    }
    return render(request, "registry/document.html", names)


@signed_in
def file(request: ActorRequest, sha256: str) -> HttpResponseBase:
    """A stored file, to be saved and never shown inside a page of ours."""
    stored = in_reach(access.files_for(request.actor), pk=sha256)
    place = Path(path_of(stored.sha256))
    if not place.is_file():
        raise Http404
    of = access.documents_for(request.actor).filter(file=stored).first()
    name = rules.download_name(of.number if of else "", stored.media_type)
    answer = FileResponse(place.open("rb"), as_attachment=True, filename=name, content_type=stored.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@signed_in
def enter_document(request: ActorRequest) -> HttpResponse:
    """A document of the actor's own unit."""
    allow(_may_enter(request), str(NOT_ENTERED))
    units = access.addressable_units(request.actor)
    offered = queries.addressable(units, request.actor.unit_id)
    form = DocumentForm(request.POST or None, request.FILES or None, units=offered)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            own = in_reach(units, pk=request.actor.unit_id)
            new = actions.enter_document(
                actor=request.actor,
                values={**form.values, "owner_unit": own},
                upload=form.cleaned_data["file"],
                addressed_to=form.chosen(units),
            )
            return done(request, _("%(document)s has been entered.") % {"document": new}, "registry:document", new.pk)
    return render(request, "registry/enter_document.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
def correct_document(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Correct a document whole, with its addressees."""
    row = in_reach(access.documents_for(request.actor).select_related("file"), origin_id=pk)
    allow(access.may_correct_document(request.actor, row), str(NOT_CORRECTED))
    units, addressees = access.addressable_units(request.actor), queries.addressees_of(row)
    offered = queries.addressable(units, request.actor.unit_id, also=addressees)
    initial = {**_facts(row), "addressed_to": [str(unit.id) for unit in addressees]}
    form = DocumentCorrectionForm(request.POST or None, request.FILES or None, initial=initial, units=offered)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.correct_document(
                row,
                actor=request.actor,
                values=form.values,
                reason=form.cleaned_data["reason"],
                upload=form.cleaned_data["file"],
                addressed_to=form.chosen(units, queries.units_addressed(row)),
            )
            message = _("%(document)s has been corrected; what stood before stays in the history.") % {"document": row}
            return done(request, message, "registry:document", row.origin_id)
    names = {"form": form, "document": row}
    return render(request, "registry/correct_document.html", names, status=422 if form.errors else 200)


def _facts(row: OfficialDocument) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FACTS}
