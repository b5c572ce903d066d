"""The tree of units and one unit."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy

from motcua.common import clock
from motcua.common.access import in_reach, signed_in
from motcua.common.actor import Actor
from motcua.common.forms_times import Times, asked_times
from motcua.common.listing import Column, Filter, Listing, spreadsheet
from motcua.common.request import ActorRequest
from motcua.units import access, queries, rules, tree
from motcua.units.enums import Level
from motcua.units.models import Unit, UnitPosition
from motcua.units.people import post_lines
from motcua.units.queries import UnitAt


def _above(row: UnitPosition) -> str:
    return rules.full_name(row.above_kind or "", row.above_name or "")  # type: ignore[attr-defined]


FOUND_COLUMNS = (
    Column("code", gettext_lazy("Code"), sort="unit__code", export=lambda row: row.unit.code),
    Column("name", gettext_lazy("Unit"), export=lambda row: str(row.period)),
    Column("level", gettext_lazy("Level"), export=lambda row: row.get_level_display()),
    Column("above", gettext_lazy("Belongs to"), export=_above),
    Column("from_on", gettext_lazy("Since"), sort="from_on"),
)
LEVELS = Filter("level", gettext_lazy("Level"), Level.choices, by="level")


@signed_in
def units(request: ActorRequest) -> HttpResponse:
    """The tree as of a day, level by level; searched, it becomes a list."""
    times, shown = asked_times(request), access.units_shown_to(request.actor)
    listing = Listing(request.GET, tree.found(shown, times), FOUND_COLUMNS, folded="folded", filters=(LEVELS,))
    if listing.is_export:
        return spreadsheet(listing, "don-vi")
    below = request.GET.get("below")
    names = {"times": times, "listing": listing, "may_administer": access.may_administer(request.actor)}
    if listing.is_narrowed:
        names |= {"above": None, "way_down": [], "branches": [], "opened": None}
    elif below:
        names |= _below(in_reach(shown, pk=below), shown, times)
    else:
        names |= _uppermost(shown, times)
    template = "units/_branches.html" if request.htmx and below else "units/units.html"
    answer = render(request, template, names)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _below(unit: Unit, shown: QuerySet[Unit], times: Times) -> dict[str, Any]:
    """One unit with the way down to it, and what stands right below it."""
    above = _named(unit, times)
    way_down = _linked(queries.ancestors(above, times.as_of, times.known_at), shown) if above else []
    branches = tree.branches(above, shown, times) if above else []
    return {"above": above, "way_down": way_down, "branches": branches, "opened": None}


def _uppermost(shown: QuerySet[Unit], times: Times) -> dict[str, Any]:
    """The units over which nothing in reach stands; one alone stands open."""
    branches = tree.tops(shown, times)
    opened = tree.branches(branches[0].unit, shown, times) if len(branches) == 1 else None
    return {"above": None, "way_down": [], "branches": branches, "opened": opened}


def _named(unit: Unit, times: Times) -> UnitAt | None:
    """The unit as it stood on the day; where it did not live then, as it stood last."""
    return queries.unit_at(unit.pk, times.as_of, times.known_at) or queries.last_known(unit.pk)


def _linked(units: list[UnitAt], shown: QuerySet[Unit]) -> list[tuple[UnitAt, bool]]:
    """Units, each with whether the reader reaches it: only then its name is a link."""
    reached = set(shown.filter(pk__in=[unit.id for unit in units]).values_list("pk", flat=True))
    return [(unit, unit.id in reached) for unit in units]


@signed_in
def unit(request: ActorRequest, pk: str) -> HttpResponse:
    """One unit: its names, where it stands, what it came from and became, its posts and its history."""
    times, shown = asked_times(request), access.units_shown_to(request.actor)
    row = in_reach(shown, pk=pk)
    here = _named(row, times)
    posts = access.posts_for(request.actor).filter(unit=row).select_related("person", "unit")
    changes, periods = tree.change_lines(row), tree.periods_of(row)
    others = [*(line.other_id for line in changes), *(line.parent.id for line in periods if line.parent)]
    names = {
        "unit": row,
        "here": here,
        "times": times,
        "lives": queries.unit_at(row.pk, times.as_of, times.known_at) is not None,
        "way_down": _linked(queries.ancestors(here, times.as_of, times.known_at), shown) if here else [],
        "periods": periods,
        "came_from": [line for line in changes if line.is_origin],
        "became": [line for line in changes if not line.is_origin],
        "reached": set(shown.filter(pk__in=others).values_list("pk", flat=True)),
        "branches": tree.branches(here, shown, times) if here else [],
        "posts": post_lines(posts),
        "history": tree.history_of_unit(row, posts),
    }
    return render(request, "units/unit.html", names | _rights(request.actor, row))


def _rights(actor: Actor, unit: Unit) -> dict[str, Any]:
    """What the reader may do with the unit, and through whom it is only read."""
    may_change = access.may_change_unit(actor, unit.pk)
    is_own = may_change or access.owns(actor, unit.pk)
    heirs = [] if is_own else tree.heirs_in(access.own_units(actor), unit, clock.today())
    return {"may_change": may_change, "is_read_only": not is_own, "heirs": heirs}
