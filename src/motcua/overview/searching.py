"""Finding units, devices, documents and programmes in reach by a few words, diacritics or none."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.common import clock
from motcua.common.actor import Actor
from motcua.common.templatetags.motcua import page_url
from motcua.equipment.access import devices_for
from motcua.equipment.queries import descriptions
from motcua.overview.todo import programmes_of
from motcua.registry.access import documents_for
from motcua.units.access import units_for
from motcua.units.queries import units_at
from vanban.words import fold, sort_key

MOST = 20
AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: what it is called, more about it, and its page (empty where there is none)."""

    name: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind; `more` of them are not shown."""

    label: str | Promise
    hits: list[Hit]
    more: int


def found_for(actor: Actor, query: str) -> list[Group]:
    """What fits every word of the query, by kind; kinds without a hit are left out."""
    words = fold(query).split()
    if not words:
        return []
    groups = []
    for label, read in KINDS:
        hits = [hit for hit in read(actor) if _fits(words, hit)]
        hits.sort(key=lambda hit: (not fold(hit.name).startswith(words[0]), sort_key(hit.name)))
        if hits:
            groups.append(Group(label, hits[:MOST], max(len(hits) - MOST, 0)))
    return groups


def _fits(words: list[str], hit: Hit) -> bool:
    text = fold(f"{hit.name} {hit.detail}")
    return all(word in text for word in words)


def _programmes(actor: Actor) -> Iterator[Hit]:
    for programme, name in programmes_of(actor):
        yield Hit(name, programme.key, page_url("figures:programme", programme.key))


def _units(actor: Actor) -> Iterator[Hit]:
    ids = list(units_for(actor).values_list("pk", flat=True)[:AT_ONCE])
    for unit in units_at(ids, clock.today()).values():
        yield Hit(unit.full_name, unit.code, page_url("units:unit", unit.id))


def _devices(actor: Actor) -> Iterator[Hit]:
    rows = list(devices_for(actor).select_related("device_type")[:AT_ONCE])
    known = _by_device(rows)
    units = units_at({row.first_unit_id for row in rows}, clock.today())
    for row in rows:
        unit = units.get(row.first_unit_id)
        detail = " · ".join(filter(None, (unit.full_name if unit else "", known.get(row.pk, ""))))
        yield Hit(str(row), detail, page_url("fieldwork:device", row.pk))


def _by_device(rows: Iterable[Any]) -> dict[Any, str]:
    return {device_id: str(said) for device_id, said in descriptions([row.pk for row in rows]).items()}


def _documents(actor: Actor) -> Iterator[Hit]:
    for row in documents_for(actor).order_by("-issued_on")[:AT_ONCE]:
        day = f"{row.issued_on:%d/%m/%Y}" if row.issued_on else ""
        detail = " · ".join(filter(None, (row.subject if row.number else "", row.issuer, day)))
        yield Hit(str(row), detail, page_url("registry:document", row.origin_id))


KINDS: tuple[tuple[str | Promise, Callable[[Actor], Iterator[Hit]]], ...] = (
    (_("Programmes"), _programmes),
    (_("Units"), _units),
    (_("Documents"), _documents),
    (_("Devices"), _devices),
)
