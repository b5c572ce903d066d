"""Pages of money: the tree of allocations, one of them, its correction and withdrawal, a unit's ledger."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.common.access import allow, signed_in
from motcua.common.forms import ReasonForm
from motcua.common.forms_outcome import confirm, done, refusals
from motcua.common.forms_times import asked_times
from motcua.common.history import entries_of
from motcua.common.listing import Column, Listing, spreadsheet
from motcua.common.models import AuditEntry
from motcua.common.request import ActorRequest
from motcua.funding import access, actions, queries
from motcua.funding.forms import CorrectAllocationForm, OwnMoneyForm
from motcua.funding.ledger import OWN, available
from motcua.funding.models import Programme, ProgrammeTerms
from motcua.funding.queries import MoneyLine
from motcua.funding.views.reach import allocation_in_reach, named, programme_called, unit_in_reach
from motcua.registry.access import documents_for
from motcua.registry.queries import documents
from motcua.units.access import units_for
from vanban.words import format_vnd

MONEY = (
    Column("name", gettext_lazy("Unit"), export=lambda line: "    " * line.depth + line.name),
    Column("amount_vnd", gettext_lazy("Received"), css="number"),
    Column("effective_on", gettext_lazy("Date"), css="mid"),
    Column("decision_name", gettext_lazy("Decision")),
    Column("purpose", gettext_lazy("Purpose")),
    Column("own_vnd", gettext_lazy("Own money"), css="number"),
    Column("given_vnd", gettext_lazy("Given on"), css="number"),
    Column("left_vnd", gettext_lazy("Left"), css="number"),
)
MOVEMENTS = (
    Column("recorded_at", gettext_lazy("Recorded at")),
    Column("kind", gettext_lazy("Movement")),
    Column("other_name", gettext_lazy("From or to")),
    Column("effective_on", gettext_lazy("Date"), css="mid"),
    Column("decision_name", gettext_lazy("Decision")),
    Column("amount_vnd", gettext_lazy("Amount"), css="number"),
    Column("balance_vnd", gettext_lazy("Left"), css="number"),
)
WHO_GIVES = gettext_lazy(
    "A unit's money is given on, and corrected, by the programme officer of that unit or of one above."
)


@signed_in
def allocations(request: ActorRequest, key: str) -> HttpResponse:
    """The tree of a programme's money: who gave what to whom, and what each has left."""
    programme, terms = programme_called(request.actor, key)
    times = asked_times(request)
    rows = access.allocations_for(request.actor, times.known_at).filter(programme=programme)
    reached = set(units_for(request.actor).values_list("pk", flat=True))
    held = rows.as_of(times.as_of, times.known_at)
    lines = queries.money_lines(programme, held, reached, times.as_of, times.known_at)
    listing = Listing(request.GET, lines, MONEY, search=("name", "code", "decision_name", "purpose"), page_size=200)
    if listing.is_export:
        return spreadsheet(listing, f"{key}-allocations")
    givers, owner = access.givers_for(request.actor, programme), programme.owner_unit_id
    names = {
        "programme": programme,
        "terms": terms,
        "times": times,
        "listing": listing,
        "lines": lines,
        "levels": _levels(lines),
        "left_vnd": available(programme.pk, owner) if owner in reached else 0,
        "may_allocate": givers.exists(),
        "may_correct": access.may_run_programme(request.actor, programme.owner_unit_id),
        "may_enter_own": access.may_allocate(request.actor, programme.owner_unit_id),
        "history": _history(programme, terms, listing.rows),
    }
    return render(request, "funding/allocations.html", names)


def _levels(lines: list[MoneyLine]) -> list[dict[str, Any]]:
    """What was given on each level below the top: how many allocations, and their sum."""
    found: dict[int, list[int]] = {}
    for line in lines:
        if line.amount_vnd is not None:
            found.setdefault(line.depth, []).append(line.amount_vnd)
    return [{"level": level, "count": len(sums), "total_vnd": sum(sums)} for level, sums in sorted(found.items())]


def _history(programme: Programme, terms: ProgrammeTerms, lines: Any) -> list[AuditEntry]:
    shown = [line.allocation for line in lines if line.allocation]
    return list(entries_of(programme, terms, *shown)[:30])


@signed_in
def allocation(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """One allocation: what it says, what became of it."""
    row = allocation_in_reach(request.actor, pk)
    programme, terms = programme_called(request.actor, row.programme.key)
    names = {
        "row": row,
        "programme": programme,
        "terms": terms,
        "giver": named(row.from_unit_id),
        "taker": named(row.to_unit_id),
        "decision": documents([row.decision_id]).get(row.decision_id) if row.decision_id else None,
        "may_correct": access.may_allocate(request.actor, row.from_unit_id),
        "history": list(entries_of(row)[:100]),
    }
    return render(request, "funding/allocation.html", names)


@signed_in
def correct_allocation(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct an allocation whole."""
    row = allocation_in_reach(request.actor, pk)
    allow(access.may_allocate(request.actor, row.from_unit_id), str(WHO_GIVES))
    initial = {
        "amount_vnd": row.amount_vnd,
        "decision": row.decision_id,
        "purpose": row.purpose,
        "effective_on": row.effective_on,
        "is_undated": row.effective_on is None and row.decision_id is None,
    }
    also = documents([row.decision_id]).get(row.decision_id) if row.decision_id else None
    papers = documents_for(request.actor)
    form = CorrectAllocationForm(request.POST or None, initial=initial, documents=papers, also=also)
    taker = named(row.to_unit_id)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            values = {**form.paper(), "amount_vnd": form.cleaned_data["amount_vnd"]}
            reason = form.cleaned_data["reason"]
            new = actions.correct_allocation(row, actor=request.actor, values=values, reason=reason)
            said = _("The allocation to %(unit)s has been corrected.") % {"unit": taker.committee}
            return done(request, said, "funding:allocation", new.origin_id)
    names = {"form": form, "row": row, "giver": named(row.from_unit_id), "taker": taker}
    return render(request, "funding/correct_allocation.html", names, status=422 if form.errors else 200)


@signed_in
def withdraw_allocation(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Say that an allocation was never made, with the reason."""
    row = allocation_in_reach(request.actor, pk)
    allow(access.may_allocate(request.actor, row.from_unit_id), str(WHO_GIVES))
    giver, taker = named(row.from_unit_id), named(row.to_unit_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.withdraw_allocation(row, actor=request.actor, reason=form.cleaned_data["reason"])
            said = _("The allocation of %(amount)s to %(unit)s has been withdrawn; the money is back with %(giver)s.")
            words = {"amount": format_vnd(row.amount_vnd), "unit": taker.committee, "giver": giver.committee}
            return done(request, said % words, "funding:allocations", row.programme.key)
    facts = [
        (_("From"), giver.committee),
        (_("To"), taker.committee),
        (_("Amount"), format_vnd(row.amount_vnd)),
        (_("Date"), row.effective_on),
    ]
    return confirm(
        request,
        title=_("Withdraw an allocation"),
        question=_(
            "Was this allocation never made? Its money goes back to the giver; what was recorded stays readable."
        ),
        submit=_("Withdraw the allocation"),
        back=reverse("funding:allocation", args=[row.origin_id]),
        form=form,
        facts=facts,
        is_danger=True,
    )


@signed_in
def record_own_money(request: ActorRequest, key: str, unit_id: uuid.UUID) -> HttpResponse:
    """Enter money of a unit's own into a programme, or take back what was entered too high."""
    programme, terms = programme_called(request.actor, key)
    unit, at = unit_in_reach(request.actor, unit_id)
    allow(access.may_allocate(request.actor, unit.pk), str(WHO_GIVES))
    form = OwnMoneyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            amount, reason = form.cleaned_data["amount_vnd"], form.cleaned_data["reason"]
            is_out = form.cleaned_data["direction"] == "out"
            act = actions.take_back_own_money if is_out else actions.record_own_money
            act(actor=request.actor, programme=programme, unit=unit, amount_vnd=amount, reason=reason)
            said = (
                _("%(amount)s have been taken back from %(unit)s.")
                if is_out
                else _("%(unit)s now has %(amount)s more.")
            )
            words = {"amount": format_vnd(amount), "unit": at.committee}
            return done(request, said % words, "funding:ledger", key, unit.pk)
    names = {"form": form, "programme": programme, "terms": terms, "unit": at}
    return render(request, "funding/record_own_money.html", names, status=422 if form.errors else 200)


@signed_in
def ledger(request: ActorRequest, key: str, unit_id: uuid.UUID) -> HttpResponse:
    """Every movement of a unit's money in a programme, with what it had left after each."""
    programme, terms = programme_called(request.actor, key)
    times = asked_times(request)
    unit, at = unit_in_reach(request.actor, unit_id, times.as_of)
    lines = queries.ledger_lines(programme, unit.pk, times.as_of, times.known_at)
    listing = Listing(request.GET, lines, MOVEMENTS, page_size=200)
    if listing.is_export:
        return spreadsheet(listing, f"{key}-ledger-{at.code}")
    own = [line.entry for line in lines if line.entry.kind in OWN]
    names = {
        "programme": programme,
        "terms": terms,
        "unit": at,
        "times": times,
        "listing": listing,
        "balance_vnd": lines[-1].balance_vnd if lines else 0,
        "may_allocate": access.may_allocate(request.actor, unit.pk),
        "history": list(entries_of(*own)[:100]),
    }
    return render(request, "funding/ledger.html", names)
