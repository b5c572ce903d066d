"""Searching the audit log."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from motcua.common import clock
from motcua.common.models import AuditEntry
from motcua.units.models import Post
from motcua.units.queries import units_at
from vanban.words import fold

MOST_PEOPLE = 200
PAGES = {"unit": "units:unit", "person": "units:person", "officialdocument": "registry:document"}


def search_log(entries: QuerySet[AuditEntry], posts: QuerySet[Post], asked: Mapping[str, Any]) -> QuerySet[AuditEntry]:
    """The entries that fit, the latest first. `asked`: q, person, verb, since, until of the log's form."""
    for word in fold(asked.get("q") or "").split():
        entries = entries.filter(folded__contains=word)
    if asked.get("person"):
        entries = entries.filter(actor__id__in=_people_called(asked["person"], posts))
    if asked.get("verb"):
        entries = entries.filter(verb=asked["verb"])
    if asked.get("since"):
        entries = entries.filter(at__gte=_morning(asked["since"]))
    if asked.get("until"):
        entries = entries.filter(at__lt=_morning(asked["until"] + dt.timedelta(days=1)))
    return entries.order_by("-at", "-pk")


def name_things(entries: Iterable[AuditEntry]) -> None:
    """Give each entry `about`, the name of the unit that its thing belongs to, and `url`, the thing's page if any."""
    listed = list(entries)
    units = units_at((entry.about_unit_id for entry in listed if entry.about_unit_id), clock.today())
    for entry in listed:
        unit = units.get(entry.about_unit_id) if entry.about_unit_id else None
        route = PAGES.get(entry.object_type)
        entry.about = unit.full_name if unit else ""  # type: ignore[attr-defined]
        entry.url = reverse(route, args=[entry.object_id]) if route else ""  # type: ignore[attr-defined]


def _people_called(text: str, posts: QuerySet[Post]) -> list[str]:
    """Identities of the people with a post in reach whose name or sign-in name holds the words."""
    wanted = fold(text).split()
    people = posts.values_list("person_id", "person__full_name", "person__username").distinct()
    found = [key for key, name, username in people if all(word in fold(f"{name} {username}") for word in wanted)]
    return [str(key) for key in found[:MOST_PEOPLE]]


def _morning(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=clock.HANOI)
