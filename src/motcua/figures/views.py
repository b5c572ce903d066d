"""The programme page: how a programme stands at a unit."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from motcua.common.access import signed_in
from motcua.common.listing import STATES, Column, Filter, Listing, spreadsheet
from motcua.common.request import ActorRequest
from motcua.figures import access, communes
from motcua.figures.asked import asked_of, owner_of
from motcua.figures.definitions import FIGURES
from motcua.figures.money import money_strip

COLUMNS = (
    Column("name", _("Commune"), sort="name", export=lambda row: row.unit.full_name),
    Column("allocated_vnd", _("Allocated"), sort="allocated_vnd", css="number"),
    Column("bought", _("Bought"), sort="bought"),
    Column("meets", _("Meets the requirements"), sort="meets"),
    Column("settled", _("Settled"), sort="settled"),
    Column("placed", _("Placement"), sort="placed", export=lambda row: row.placement_words),
    Column("use", _("Use mode"), sort="use", export=lambda row: row.use_words),
)
FILTERS = (
    Filter("meets", _("Meets the requirements"), STATES, by="meets"),
    Filter("settled", _("Settled"), STATES, by="settled"),
    Filter("placed", _("In the one-stop section"), STATES, by="placed"),
    Filter("use", _("Use mode"), tuple(communes.USES.items()), by="use"),
)
SEARCH = ("unit.full_name", "unit.code")


@signed_in
def programme(request: ActorRequest, key: str) -> HttpResponse:
    """Its money, its figures, and each commune with the records behind."""
    asked = asked_of(request, key)
    facts = asked.facts
    if facts is None:
        return render(request, "figures/not_living.html", asked.context)
    listing = Listing(request.GET, communes.commune_rows(facts), COLUMNS, search=SEARCH, filters=FILTERS)
    shown = listing.all_rows if listing.is_export else listing.rows
    reached = access.reached_units(request.actor, [row.unit.id for row in shown])
    communes.give_answers(facts, [row for row in shown if row.unit.id in reached])
    if listing.is_export:
        return spreadsheet(listing, f"{key}-{facts.unit.reference}")
    names = {
        "listing": listing,
        "reached": reached,
        "tiles": [facts.evaluate(figure.name) for figure in FIGURES.values() if not figure.is_amount],
        "money": money_strip(facts),
        "owner": owner_of(asked),
        "year": asked.terms.year if asked.terms else None,
        "may_report": access.may_report(request.actor, facts.unit.id),
    }
    return render(request, "figures/programme.html", {**asked.context, **names})
