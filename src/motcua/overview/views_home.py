"""The page that everybody begins on, and the search."""

from django.http import HttpResponse
from django.shortcuts import render

from motcua.common.access import signed_in
from motcua.common.request import ActorRequest
from motcua.overview.programmes import cards
from motcua.overview.searching import found_for
from motcua.overview.todo import todo


@signed_in
def home(request: ActorRequest) -> HttpResponse:
    """What there is to do today, and the programmes with their key figures."""
    return render(request, "overview/home.html", {"tasks": todo(request.actor), "cards": cards(request.actor)})


@signed_in
def search(request: ActorRequest) -> HttpResponse:
    """Units, devices, documents and programmes in reach by a few words."""
    query = request.GET.get("q", "").strip()[:100]
    return render(request, "overview/search.html", {"query": query, "groups": found_for(request.actor, query)})
