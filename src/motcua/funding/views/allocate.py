"""Giving a unit's money on: choose, divide, look at it, then do it."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.common import clock
from motcua.common.access import allow, in_reach, signed_in
from motcua.common.forms_outcome import done, refusals
from motcua.common.request import ActorRequest
from motcua.funding import access, actions
from motcua.funding.forms import EQUALLY, AllocateForm
from motcua.funding.ledger import available
from motcua.funding.models import Programme
from motcua.funding.shares import Share, Split, equal_shares, table_shares
from motcua.funding.views.reach import programme_called
from motcua.registry.access import documents_for
from motcua.units.access import own_units
from motcua.units.models import Unit
from motcua.units.queries import all_named
from motcua.units.rules import WIDTH, Named, committee, full_name
from vanban.words import format_vnd

MANY = 200  # more units below than this: only the next level is offered as boxes to tick


@signed_in
def allocate(request: ActorRequest, key: str) -> HttpResponse:
    """Choose takers or write a table; see each amount, the sum and what is left; then give."""
    programme, terms = programme_called(request.actor, key)
    givers = access.givers_for(request.actor, programme)
    allow(givers.exists(), _("Money is given on by the programme officer of the unit that has it, or of one above."))
    pool = _living(own_units(request.actor).values_list("pk", flat=True))
    names: dict[str, Any] = {"programme": programme, "terms": terms}
    giver = _giver(request, givers)
    if giver is None or giver.pk not in pool:
        names["givers"] = _accounts(programme, pool, givers)
        return render(request, "funding/choose_giver.html", names)
    at, has = pool[giver.pk], available(programme.pk, giver.pk)
    takers = _takers(at, pool.values())
    options = [(str(each.unit), full_name(each.kind, each.name)) for each in takers]
    form = AllocateForm(request.POST or None, documents=documents_for(request.actor), takers=options)
    split = None
    if request.method == "POST" and form.is_valid():
        split = Split(_shares(form, at, takers, list(pool.values())), has)
        if _is_agreed(request, split):
            with refusals(form):
                return _give(request, form, programme, giver, split)
    names |= {"form": form, "split": split, "giver": at, "giver_name": committee(at.kind, at.name), "has_vnd": has}
    names["is_changed"] = request.POST.get("do") == "allocate" and split is not None and not form.errors
    wrong = bool(form.errors) or (split is not None and not split.is_right)
    return render(request, "funding/allocate.html", names, status=422 if wrong else 200)


def _give(request: ActorRequest, form: AllocateForm, programme: Programme, giver: Unit, split: Split) -> HttpResponse:
    units = own_units(request.actor).in_bulk([share.unit for share in split.shares if share.unit])
    shares = [(units[share.unit], share.amount_vnd or 0) for share in split.shares if share.unit]
    actions.allocate(actor=request.actor, programme=programme, giver=giver, shares=shares, values=form.paper())
    said = ngettext(
        "%(amount)s have been given to %(count)s unit.", "%(amount)s have been given to %(count)s units.", len(shares)
    )
    words = {"amount": format_vnd(split.total_vnd), "count": len(shares)}
    return done(request, said % words, "funding:allocations", programme.key)


def _is_agreed(request: ActorRequest, split: Split) -> bool:
    """Whether what is to be done is what was shown."""
    return request.POST.get("do") == "allocate" and split.is_right and request.POST.get("shown") == split.digest


def _giver(request: ActorRequest, givers: Any) -> Unit | None:
    """The unit whose money is given: the one asked for, else one's own, else the only one."""
    asked = request.GET.get("giver", "")
    if asked and asked != "choose":
        try:
            return in_reach(givers, pk=uuid.UUID(asked))
        except ValueError as error:
            raise Http404 from error
    if asked == "choose":
        return None
    return givers.filter(pk=request.actor.unit_id).first() or (givers.first() if givers.count() == 1 else None)


def _living(unit_ids: Any) -> dict[uuid.UUID, Named[uuid.UUID]]:
    today = clock.today()
    return {each.unit: each for each in all_named(unit_ids) if each.span.holds(today)}


def _accounts(programme: Programme, pool: dict[uuid.UUID, Named[uuid.UUID]], givers: Any) -> list[dict[str, Any]]:
    rows = [pool[pk] for pk in givers.values_list("pk", flat=True) if pk in pool]
    rows.sort(key=lambda each: each.path)
    return [
        {"id": each.unit, "name": committee(each.kind, each.name), "left_vnd": available(programme.pk, each.unit)}
        for each in rows
    ]


def _takers(giver: Named[uuid.UUID], pool: Any) -> list[Named[uuid.UUID]]:
    """The units below a giver: all of them where they are few, else those of the next level."""
    below = sorted(
        (each for each in pool if each.path.startswith(giver.path) and each.path != giver.path),
        key=lambda each: each.path,
    )
    next_level = [each for each in below if len(each.path) == len(giver.path) + WIDTH]
    return below if len(below) <= MANY else next_level


def _shares(
    form: AllocateForm, giver: Named[uuid.UUID], takers: list[Named[uuid.UUID]], pool: list[Named[uuid.UUID]]
) -> list[Share]:
    if form.cleaned_data["method"] == EQUALLY:
        chosen = set(form.cleaned_data["takers"])
        return equal_shares(form.cleaned_data["total_vnd"], [each for each in takers if str(each.unit) in chosen])
    return table_shares(form.cleaned_data["table"], pool, giver)
