"""Pages of findings and of the remedies that close them."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.common import clock
from motcua.common.access import allow, in_reach, signed_in
from motcua.common.attachments import attached
from motcua.common.forms import ReasonForm
from motcua.common.forms_outcome import confirm, done, refusals
from motcua.common.history import history_of
from motcua.common.listing import Column, Filter, Listing, spreadsheet
from motcua.common.request import ActorRequest
from motcua.fieldwork.access import checks_for
from motcua.followup import access, actions, queries
from motcua.followup.enums import FindingKind
from motcua.followup.forms import CorrectRemedyForm, DoneForm, RemedyForm, SeenForm, remedy_initial
from motcua.followup.models import Finding, Remedy
from motcua.funding.access import programmes_for
from motcua.funding.models import Programme
from motcua.funding.queries import terms_of
from motcua.registry.files import path_of
from motcua.registry.rules import EXTENSIONS
from motcua.units.access import units_for
from motcua.units.models import Unit
from motcua.units.queries import UnitAt, ancestors, units_at

COLUMNS = (
    Column("kind_word", gettext_lazy("Finding"), sort="kind_word"),
    Column("unit_name", gettext_lazy("Unit"), sort="unit.name"),
    Column("device_name", gettext_lazy("Device"), sort="device_name"),
    Column("note", gettext_lazy("Note"), export=lambda row: row.note or " "),
    Column("found_on", gettext_lazy("Since"), sort="found_on"),
    Column("state_word", gettext_lazy("State"), sort=lambda row: row.order),
    Column("remedy_word", gettext_lazy("Remedy"), sort="remedy_word"),
)
OPEN = (("open", gettext_lazy("open")), ("ended", gettext_lazy("ended")))


@signed_in
def findings(request: ActorRequest, key: str) -> HttpResponse:
    """A programme's findings: the open ones first, among them those whose remedy is late."""
    programme = in_reach(programmes_for(request.actor), key=key)
    rows = queries.finding_rows(access.findings_for(request.actor).filter(programme=programme))
    words = queries.state_words()
    filters = (
        Filter("kind", gettext_lazy("Kind"), FindingKind.choices, by="kind"),
        Filter("state", gettext_lazy("State"), OPEN, by="state"),
        Filter("remedy", gettext_lazy("Remedy"), list(words.items()), by="remedy"),
        Filter("unit", gettext_lazy("Unit"), queries.unit_choices(rows), by="unit_id"),
    )
    search = ("unit_name", "kind_word", "device_name", "note")
    listing = Listing(request.GET, rows, COLUMNS, search=search, filters=filters, order="state_word")
    if listing.is_export:
        return spreadsheet(listing, f"ton-tai-{key}")
    names = {
        "listing": listing,
        "programme": programme,
        "programme_name": _name_of(programme),
        "open_count": sum(row.state == "open" for row in rows),
        "late_count": sum(row.state == "open" and row.remedy == queries.LATE for row in rows),
    }
    return render(request, "followup/findings.html", names)


@signed_in
def finding(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One finding: the checks behind it, what was judged to cause it, what must be done."""
    asked = in_reach(access.finding_versions_for(request.actor), pk=pk)
    row = in_reach(
        access.finding_versions_for(request.actor).select_related("device__device_type"),
        origin_id=asked.origin_id,
        replaced_at__isnull=True,
    )
    checks = checks_for(request.actor).select_related("visit")
    shown = {check.origin_id: check for check in checks.filter(origin_id__in=[row.found_by_id, row.ended_by_id])}
    names = {
        **_around(row),
        "found_by": shown.get(row.found_by_id),
        "ended_by": shown.get(row.ended_by_id) if row.ended_by_id else None,
        "causes": queries.causes_among(access.judgements_for(request.actor), row),
        "remedies": [_with_permissions(request, remedy) for remedy in queries.remedies_of(row)],
        "may_order": not row.withdrawn and access.may_order_remedy(request.actor, row),
        "history": history_of(row),
    }
    return render(request, "followup/finding.html", names)


def _with_permissions(request: ActorRequest, row: queries.RemedyRow) -> dict[str, Any]:
    actor, remedy = request.actor, row.remedy
    return {
        "row": row,
        "remedy": remedy,
        "may_change": access.may_change_remedy(actor, remedy),
        "may_report": access.may_report_remedy_done(actor, remedy),
        "may_confirm": access.may_confirm_remedy(actor, remedy),
        "is_own": remedy.done_on is not None and remedy.seen_on is None and access.did_it(actor, remedy),
    }


@signed_in
def order_remedy(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say what must be done about a finding, by whom, by when."""
    row = in_reach(access.findings_for(request.actor).select_related("device__device_type"), origin_id=pk)
    why = _("A remedy is ordered by an officer, inspector or leader of this unit or of one above.")
    allow(access.may_order_remedy(request.actor, row), why)
    units = _responsible(request, row)
    form = RemedyForm(request.POST or None, units=units, initial={"responsible_unit": str(row.unit_id)})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.order_remedy(row, actor=request.actor, values=_remedy_values(request, form))
            message = _("A remedy has been ordered; the unit responsible reports when it is done.")
            return done(request, message, "followup:finding", row.origin_id)
    names = {**_around(row), "form": form}
    return render(request, "followup/order_remedy.html", names, status=422 if form.is_bound else 200)


@signed_in
def correct_remedy(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change what must be done, by whom or by when."""
    remedy = _remedy(request, pk)
    why = _("A remedy is changed by those who may order one, before it is confirmed.")
    allow(access.may_change_remedy(request.actor, remedy), why)
    units = _responsible(request, remedy.finding)
    form = CorrectRemedyForm(request.POST or None, units=units, initial=remedy_initial(remedy))
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            values, reason = _remedy_values(request, form), form.cleaned_data["reason"]
            actions.correct_remedy(remedy, actor=request.actor, values=values, reason=reason)
            return done(request, _("The remedy has been changed."), "followup:finding", remedy.finding_id)
    names = {**_around(remedy.finding), "form": form, "remedy": remedy}
    return render(request, "followup/correct_remedy.html", names, status=422 if form.is_bound else 200)


@signed_in
def report_remedy_done(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The responsible unit says that it was done, and shows it."""
    remedy = _remedy(request, pk)
    why = _("The unit that must do it reports it done, once.")
    allow(access.may_report_remedy_done(request.actor, remedy), why)
    form = DoneForm(request.POST or None, request.FILES or None, initial={"done_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            values = {name: form.cleaned_data[name] for name in ("done_on", "done_note")}
            file = form.cleaned_data["evidence"]
            upload = (file.name, file.read()) if file else None
            actions.report_remedy_done(remedy, actor=request.actor, values=values, upload=upload)
            message = _("Reported as done. Somebody else will look at it and confirm it.")
            return done(request, message, "followup:finding", remedy.finding_id)
    names = {**_around(remedy.finding), "form": form, "remedy": remedy}
    return render(request, "followup/report_remedy_done.html", names, status=422 if form.is_bound else 200)


@signed_in
def confirm_remedy(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A second person has seen that it was done."""
    remedy = _remedy(request, pk)
    allow(not access.did_it(request.actor, remedy), _("You reported it done; somebody else must confirm it."))
    why = _("A remedy that was reported done is confirmed by an officer, inspector or leader of this unit or above.")
    allow(access.may_confirm_remedy(request.actor, remedy), why)
    form = SeenForm(request.POST or None, initial={"seen_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.confirm_remedy(remedy, actor=request.actor, seen_on=form.cleaned_data["seen_on"])
            return done(request, _("The remedy is confirmed and closed."), "followup:finding", remedy.finding_id)
    return confirm(
        request,
        title=_("Confirm that it was done"),
        question=_("You confirm that you have seen it yourself."),
        submit=_("Confirm"),
        back=reverse("followup:finding", args=[remedy.finding_id]),
        form=form,
        facts=_remedy_facts(remedy),
    )


@signed_in
def reopen_remedy(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A second person has seen that it was not done."""
    remedy = _remedy(request, pk)
    why = _("Only a remedy that was reported done, and not by yourself, can be sent back.")
    allow(access.may_confirm_remedy(request.actor, remedy), why)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.reopen_remedy(remedy, actor=request.actor, reason=form.cleaned_data["reason"])
            message = _("The remedy has been sent back to the unit responsible.")
            return done(request, message, "followup:finding", remedy.finding_id)
    return confirm(
        request,
        title=_("Send back: it was not done"),
        question=_("The unit responsible must report it again."),
        submit=_("Send back"),
        back=reverse("followup:finding", args=[remedy.finding_id]),
        form=form,
        facts=_remedy_facts(remedy),
        is_danger=True,
    )


@signed_in
def remedy_evidence(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The photo or paper that shows that a remedy was done."""
    remedy = _remedy(request, pk)
    stored = in_reach(access.evidence_for(request.actor), pk=remedy.evidence_id)
    place = path_of(stored.sha256)
    if not place.is_file():
        raise Http404
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}
    answer = HttpResponse(place.read_bytes(), content_type=stored.media_type, headers=headers)
    # Not under the name that is kept: it is that of whoever sent this content first, perhaps elsewhere.
    return attached(answer, f"minh-chung{EXTENSIONS.get(stored.media_type, '')}")


def _remedy(request: ActorRequest, pk: UUID) -> Remedy:
    rows = access.remedies_for(request.actor).select_related("finding__device__device_type")
    return in_reach(rows, origin_id=pk)


def _remedy_facts(remedy: Remedy) -> list[tuple[str, Any]]:
    """A remedy as the page that asks once more shows it."""
    return [
        (_("Finding"), str(remedy.finding)),
        (_("What is to be done"), remedy.wording),
        (_("Done on"), remedy.done_on),
        (_("How it was done"), remedy.done_note),
        (_("Reported by"), remedy.done_by),
    ]


def _remedy_values(request: ActorRequest, form: RemedyForm) -> dict[str, Any]:
    unit: Unit = in_reach(units_for(request.actor), pk=form.cleaned_data["responsible_unit"])
    said = {name: form.cleaned_data[name] for name in ("wording", "due_on")}
    return {**said, "responsible_unit": unit}


def _responsible(request: ActorRequest, row: Finding) -> list[UnitAt]:
    """Who may be made responsible: the unit of the finding, and those above it in reach."""
    today = clock.today()
    unit = units_at([row.unit_id], today)[row.unit_id]
    above = ancestors(unit, today)
    reached = set(units_for(request.actor).filter(pk__in=[each.id for each in above]).values_list("pk", flat=True))
    return [unit, *(each for each in reversed(above) if each.id in reached)]


def _around(row: Finding) -> dict[str, Any]:
    """What every page about a finding shows around itself."""
    unit = units_at([row.unit_id], clock.today())[row.unit_id]
    names = {"finding": row, "device": row.device, "unit": unit}
    return {**names, "programme": row.programme, "programme_name": _name_of(row.programme)}


def _name_of(programme: Programme) -> str:
    terms = terms_of([programme.pk]).get(programme.pk)
    return terms.name if terms else programme.key
