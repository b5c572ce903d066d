"""Pages of programmes: the list, starting one, correcting what it is called."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.queries import type_choices
from motcua.common.access import allow, in_reach, signed_in
from motcua.common.forms_outcome import done, refusals
from motcua.common.forms_times import asked_times
from motcua.common.listing import Column, Listing, spreadsheet
from motcua.common.request import ActorRequest
from motcua.funding import access, actions, queries
from motcua.funding.forms import CorrectProgrammeForm, StartProgrammeForm
from motcua.funding.views.reach import named, programme_called
from motcua.units.access import own_units

COLUMNS = (
    Column("name", gettext_lazy("Programme"), sort="name"),
    Column("year", gettext_lazy("Year"), sort="year", css="mid"),
    Column("owner_name", gettext_lazy("Run by"), sort="owner_name"),
    Column("allocated_vnd", gettext_lazy("Allocated"), sort="allocated_vnd", css="number"),
    Column("takers", gettext_lazy("Units that received money"), sort="takers", css="number"),
)
WHO_RUNS = gettext_lazy("A programme is started and changed by the programme officer of the unit that runs it.")


@signed_in
def programmes(request: ActorRequest) -> HttpResponse:
    """The programmes in reach, with the money that came in."""
    times = asked_times(request)
    money = access.allocations_for(request.actor, times.known_at).as_of(times.as_of, times.known_at)
    rows = queries.programme_rows(access.programmes_for(request.actor), money, times.as_of, times.known_at)
    listing = Listing(request.GET, rows, COLUMNS, search=("name", "key", "owner_name"), order="-year")
    if listing.is_export:
        return spreadsheet(listing, "programmes")
    unit_id = request.actor.unit_id
    may_start = unit_id is not None and access.may_run_programme(request.actor, unit_id)
    return render(
        request, "funding/programmes.html", {"listing": listing, "times": times, "may_start": may_start, "rows": rows}
    )


@signed_in
def start_programme(request: ActorRequest) -> HttpResponse:
    """Start a programme of the unit that one acts for."""
    owner = in_reach(own_units(request.actor), pk=request.actor.unit_id)
    allow(access.may_run_programme(request.actor, owner.pk), str(WHO_RUNS))
    form = StartProgrammeForm(request.POST or None, types=type_choices())
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            values = dict(form.cleaned_data)
            key = values.pop("key")
            actions.start_programme(actor=request.actor, key=key, owner=owner, values=values)
            said = _("The programme “%(name)s” has been started. Next: enter the money it has.")
            return done(request, said % {"name": values["name"]}, "funding:allocations", key)
    names = {"form": form, "owner": named(owner.pk)}
    return render(request, "funding/start_programme.html", names, status=422 if form.errors else 200)


@signed_in
def correct_programme(request: ActorRequest, key: str) -> HttpResponse:
    """Correct a programme's name, year or kinds of device."""
    programme, terms = programme_called(request.actor, key)
    allow(access.may_run_programme(request.actor, programme.owner_unit_id), str(WHO_RUNS))
    initial = {"name": terms.name, "year": terms.year, "device_type_keys": terms.device_type_keys}
    form = CorrectProgrammeForm(request.POST or None, initial=initial, types=type_choices())
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            values = dict(form.cleaned_data)
            reason = values.pop("reason")
            actions.correct_programme(terms, actor=request.actor, values=values, reason=reason)
            said = _("The programme “%(name)s” has been corrected.") % {"name": values["name"]}
            return done(request, said, "funding:allocations", key)
    names = {"form": form, "programme": programme, "terms": terms}
    return render(request, "funding/correct_programme.html", names, status=422 if form.errors else 200)
