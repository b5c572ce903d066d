"""The dictionary of figures, and the page into which a figure opens."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from motcua.common.access import signed_in
from motcua.common.listing import Column, Filter, Listing, spreadsheet
from motcua.common.request import ActorRequest
from motcua.figures import access, reasons
from motcua.figures.asked import asked_of
from motcua.figures.definitions import FIGURES
from motcua.figures.queries import Evaluation, Facts
from motcua.registry.access import documents_for

SIDE_ORDER = {"out": 0, "unknown": 1, "in": 2}
MARKS = {"out": "no", "unknown": "unknown", "in": "yes"}
MEMBERS = (
    Column("name", _("Unit"), sort="name", export=lambda member: member.unit.full_name),
    Column(
        "side",
        _("Result of the figure"),
        sort=lambda member: SIDE_ORDER[member.side],
        export=lambda member: member.verdict,
    ),
    Column("reasons", _("Records behind it"), export=lambda member: "\n".join(r.in_words for r in member.reasons)),
)
MONEY = (
    Column("about", _("Allocation"), sort="about"),
    Column("amount_vnd", _("Amount"), sort="amount_vnd", css="number"),
    Column("on", _("Date"), sort="on"),
    Column("document", _("Decision")),
    Column("note", _("Purpose"), sort="note"),
    Column("recorded_by", _("Recorded by")),
)


@signed_in
def figures(request: HttpRequest) -> HttpResponse:
    """Every figure, defined once."""
    return render(request, "figures/figures.html", {"figures": FIGURES.values()})


@signed_in
def figure(request: ActorRequest, key: str, name: str) -> HttpResponse:
    """What a figure comes to, and each record that it is taken from."""
    if name not in FIGURES:
        raise Http404
    asked = asked_of(request, key)
    facts = asked.facts
    if facts is None:
        return render(request, "figures/not_living.html", asked.context)
    answer = facts.evaluate(name)
    listing = _allocations(request, facts, name) if answer.figure.is_amount else _members(request, facts, answer)
    if listing.is_export:
        return spreadsheet(listing, f"{key}-{facts.unit.reference}-{name}")
    names = {"answer": answer, "figure": answer.figure, "listing": listing, **_behind(request, answer, listing)}
    return render(request, "figures/figure.html", {**asked.context, **names})


def _behind(request: ActorRequest, answer: Evaluation, listing: Listing) -> dict[str, Any]:
    """The sum or the sides, and what of the rows shown the actor may open."""
    rows = listing.rows
    if answer.figure.is_amount:
        total = sum(row.amount_vnd for row in listing.all_rows)
        return {"sum_vnd": total, "sides": [], "reached": set(), "openable": _openable(request, rows)}
    sides = [
        {
            "key": key,
            "label": label,
            "mark": MARKS[key],
            "count": len(answer.side(key)),
            "url": listing.url(side=key, page=None),
        }
        for key, label in _sides(answer)
    ]
    reached = access.reached_units(request.actor, [member.unit.id for member in rows])
    cited = [reason for member in rows for reason in member.reasons]
    return {"sum_vnd": None, "sides": sides, "reached": reached, "openable": _openable(request, cited)}


def _sides(answer: Evaluation) -> list[tuple[str, Any]]:
    return [("out", answer.figure.outside), ("unknown", _("unknown")), ("in", answer.figure.inside)]


def _allocations(request: ActorRequest, facts: Facts, name: str) -> Listing:
    rows = reasons.amount_reasons(facts, name)
    return Listing(request.GET, rows, MONEY, search=("about", "note"))


def _members(request: ActorRequest, facts: Facts, answer: Evaluation) -> Listing:
    """The members of a figure, with the records behind those shown that are in reach."""
    listing = Listing(
        request.GET,
        reasons.members_of(facts, answer.figure.name),
        MEMBERS,
        search=("unit.full_name", "unit.code"),
        filters=(Filter("side", _("Result of the figure"), _sides(answer), by="side"),),
    )
    shown = listing.all_rows if listing.is_export else listing.rows
    reached = access.reached_units(request.actor, [member.unit.id for member in shown])
    reasons.give_reasons(facts, answer.figure.name, [member for member in shown if member.unit.id in reached])
    return listing


def _openable(request: ActorRequest, behind: Sequence[Any]) -> set[Any]:
    """The documents cited that this actor may open."""
    cited = {reason.document.origin_id for reason in behind if reason.document}
    return set(documents_for(request.actor).filter(origin_id__in=cited).values_list("origin_id", flat=True))
