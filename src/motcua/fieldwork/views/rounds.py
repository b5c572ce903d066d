"""Rounds: who is asked, who has answered, who is missing."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.common import clock
from motcua.common.access import allow, in_reach, signed_in
from motcua.common.forms_outcome import done, refusals
from motcua.common.history import history_of
from motcua.common.listing import Column, Filter, Listing, spreadsheet
from motcua.common.request import ActorRequest
from motcua.fieldwork import access, actions
from motcua.fieldwork.forms import CorrectRoundForm, RoundForm
from motcua.fieldwork.models import Round
from motcua.fieldwork.queries import communes_of, units_asked
from motcua.fieldwork.rounds import ANSWERED, LATE, MISSING, round_states
from motcua.funding.access import programmes_for
from motcua.funding.models import Programme
from motcua.funding.queries import terms_of
from motcua.registry.access import documents_for
from motcua.registry.enums import DocumentKind
from motcua.registry.models import OfficialDocument
from motcua.units.access import own_units, units_for
from motcua.units.models import Unit

ROUNDS = (
    Column("title", gettext_lazy("Round"), sort="title"),
    Column("reference_on", gettext_lazy("Reference date"), sort="reference_on"),
    Column("due_on", gettext_lazy("Due date"), sort="due_on"),
    Column("answered", gettext_lazy("Answered"), sort="answered", css="number"),
    Column("missing", gettext_lazy("Missing"), sort="missing", css="number"),
)
UNITS = (
    Column("name", gettext_lazy("Unit"), sort="unit.name"),
    Column("state_word", gettext_lazy("State"), sort=lambda row: row.order),
    Column("how", gettext_lazy("By"), sort="how"),
    Column("answered_on", gettext_lazy("On"), sort="answered_on"),
)
DIRECTIVES = (
    DocumentKind.OFFICIAL_LETTER,
    DocumentKind.DECISION,
    DocumentKind.PLAN,
    DocumentKind.NOTICE,
    DocumentKind.OTHER,
)
STATES = (
    (LATE, gettext_lazy("late")),
    (MISSING, gettext_lazy("not yet answered")),
    (ANSWERED, gettext_lazy("answered")),
)


@signed_in
def rounds(request: ActorRequest, key: str) -> HttpResponse:
    """A programme's rounds, the latest first."""
    programme = in_reach(programmes_for(request.actor), key=key)
    rows = access.rounds_for(request.actor).filter(programme=programme)
    listing = Listing(request.GET, round_states(rows, units_for(request.actor)), ROUNDS, order="-reference_on")
    if listing.is_export:
        return spreadsheet(listing, f"dot-bao-cao-{key}")
    may_open = access.may_open_round(request.actor, own_unit_id(request))
    names = {"listing": listing, "programme": programme, "programme_name": name_of(programme), "may_open": may_open}
    return render(request, "fieldwork/rounds.html", names)


@signed_in
def round(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One round: those missing first, each answer a link."""
    row = in_reach(access.rounds_for(request.actor), origin_id=pk)
    (state,) = round_states([row], units_for(request.actor), min(row.reference_on, clock.today()))
    narrowing = Filter("state", gettext_lazy("State"), STATES, by="state")
    listing = Listing(request.GET, state.asked, UNITS, search=("name",), filters=(narrowing,), order="state_word")
    if listing.is_export:
        return spreadsheet(listing, "dot-bao-cao")
    names = {
        "state": state,
        "may_open_directive": documents_for(request.actor).filter(origin_id=row.directive_id).exists(),
        "round": row,
        "listing": listing,
        "programme": row.programme,
        "programme_name": name_of(row.programme),
        "may_correct": access.may_open_round(request.actor, row.owner_unit_id),
        "may_visit": access.may_record_visit(request.actor, row.owner_unit_id),
        "may_declare": access.may_declare(request.actor, own_unit_id(request)),
        "history": history_of(row),
    }
    return render(request, "fieldwork/round.html", names)


@signed_in
def open_round(request: ActorRequest, key: str) -> HttpResponse:
    """Put a question to units below one's own."""
    programme = in_reach(programmes_for(request.actor), key=key)
    owner = in_reach(own_units(request.actor), pk=own_unit_id(request))
    why = _("A round is opened by the programme officer of the unit that asks.")
    allow(access.may_open_round(request.actor, owner.pk), why)
    communes = communes_of(programme, own_units(request.actor), clock.today())
    initial = {"asked": [str(unit.id) for unit in communes], "reference_on": clock.today()}
    form = RoundForm(request.POST or None, directives=_directives(request), communes=communes, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            values = {**form.values, "programme": programme, "owner_unit": owner}
            new = actions.open_round(actor=request.actor, values=values, asked=_chosen(request, form))
            message = _("The round “%(title)s” has been opened; it asks %(count)s units.")
            said = {"title": new.title, "count": len(form.cleaned_data["asked"])}
            return done(request, message % said, "fieldwork:round", new.origin_id)
    names = {"form": form, "programme": programme, "programme_name": name_of(programme)}
    return render(request, "fieldwork/open_round.html", names, status=422 if form.is_bound else 200)


@signed_in
def correct_round(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Correct what a round asks, by when, and whom."""
    row = in_reach(access.rounds_for(request.actor), origin_id=pk)
    why = _("A round is changed by the programme officer of the unit that asks.")
    allow(access.may_open_round(request.actor, row.owner_unit_id), why)
    form = CorrectRoundForm(
        request.POST or None,
        directives=_directives(request, row),
        communes=communes_of(row.programme, own_units(request.actor), clock.today()),
        initial=_round_initial(row),
    )
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            reason, asked = form.cleaned_data["reason"], _chosen(request, form)
            new = actions.correct_round(row, actor=request.actor, values=form.values, reason=reason, asked=asked)
            message = _("The round “%(title)s” has been corrected.") % {"title": new.title}
            return done(request, message, "fieldwork:round", row.origin_id)
    names = {"form": form, "round": row, "programme": row.programme, "programme_name": name_of(row.programme)}
    return render(request, "fieldwork/correct_round.html", names, status=422 if form.is_bound else 200)


def _round_initial(row: Round) -> dict[str, object]:
    names = ("kind", "title", "reference_on", "due_on")
    asked = [str(unit_id) for unit_id in units_asked(row.origin_id)]
    return {**{n: getattr(row, n) for n in names}, "directive": str(row.directive_id or ""), "asked": asked}


def _directives(request: ActorRequest, row: Round | None = None) -> list[OfficialDocument]:
    """Papers that may have set a round going, the latest first; the round's own is among them."""
    rows = documents_for(request.actor)
    papers = list(rows.filter(kind__in=DIRECTIVES).order_by("-issued_on", "pk")[:50])
    if row and row.directive_id and row.directive_id not in {paper.origin_id for paper in papers}:
        papers += list(rows.filter(origin_id=row.directive_id))
    return papers


def _chosen(request: ActorRequest, form: RoundForm) -> list[Unit]:
    return list(own_units(request.actor).filter(pk__in=form.cleaned_data["asked"]))


def own_unit_id(request: ActorRequest) -> UUID:
    """The unit in whose name a person acts: everybody signed in has one."""
    assert request.actor.unit_id is not None
    return request.actor.unit_id


def name_of(programme: Programme) -> str:
    """What a programme is called today."""
    terms = terms_of([programme.pk]).get(programme.pk)
    return terms.name if terms else programme.key
