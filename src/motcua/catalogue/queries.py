"""Requirement sets in force, and the criteria that they ask of a device."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from motcua.catalogue import rules
from motcua.catalogue.actions import BUILT_IN
from motcua.catalogue.models import DeviceType, RequirementSet
from motcua.catalogue.rules import Criterion
from motcua.registry.models import OfficialDocument
from motcua.registry.queries import documents
from motcua.units.models import holds_on
from motcua.units.queries import UnitAt, ancestors, unit_at, units_at


def sets_in_force(
    device_type_id: str, unit_id: uuid.UUID, as_of: dt.date, known_at: dt.datetime | None = None
) -> list[RequirementSet]:
    """What a unit's devices of a type must meet on a day: the sets of the unit itself and of those above it."""
    unit = unit_at(unit_id, as_of, known_at)
    above = [each.id for each in ancestors(unit, as_of, known_at)] if unit else []
    rows = RequirementSet.objects.known(known_at).filter(holds_on(as_of, "valid_from", "ended_on"))
    rows = rows.filter(device_type_id=device_type_id, owner_unit_id__in=[unit_id, *above])
    return list(rows.order_by("valid_from", "pk"))


def criteria_in_force(
    device_type_id: str, unit_id: uuid.UUID, as_of: dt.date, known_at: dt.datetime | None = None
) -> list[Criterion]:
    """The criteria of all sets in force, each key once, in their order: rows of {"key", "wording"}."""
    sets = sets_in_force(device_type_id, unit_id, as_of, known_at)
    found = {criterion["key"]: criterion for each in sets for criterion in each.criteria}
    return list(found.values())


@dataclass(frozen=True, slots=True)
class SetRow:
    """A requirement set as its list shows it."""

    requirements: RequirementSet
    owner: UnitAt | None
    document: OfficialDocument | None
    state: str

    @property
    def title(self) -> str:
        return self.requirements.title

    @property
    def type_name(self) -> str:
        return str(self.requirements.device_type)

    @property
    def owner_name(self) -> str:
        return self.owner.committee if self.owner else ""

    @property
    def document_name(self) -> str:
        return str(self.document) if self.document else ""

    @property
    def valid_from(self) -> dt.date | None:
        return self.requirements.valid_from

    @property
    def last_day(self) -> dt.date | None:
        return last_day(self.requirements.ended_on)

    @property
    def criteria(self) -> int:
        return len(self.requirements.criteria)


def last_day(ended_on: dt.date | None) -> dt.date | None:
    """The last day of a half-open period."""
    return ended_on - dt.timedelta(days=1) if ended_on else None


def set_rows(sets: QuerySet[RequirementSet], as_of: dt.date, known_at: dt.datetime | None = None) -> list[SetRow]:
    """Requirement sets with who publishes them, where they stand, and whether they are in force on a day."""
    found = list(sets.select_related("device_type"))
    owners = units_at([each.owner_unit_id for each in found], as_of, known_at)
    papers = documents([each.document_id for each in found], known_at)
    return [
        SetRow(
            each,
            owners.get(each.owner_unit_id),
            papers.get(each.document_id) if each.document_id else None,
            rules.state(each.valid_from, each.ended_on, as_of),
        )
        for each in found
    ]


def type_choices(only: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """(key, name) of the known and the built-in device types, by name; `only` these, in their order."""
    names = {key: str(DeviceType(key=key, name_vi=vi, name_en=en)) for key, (vi, en, _computer) in BUILT_IN.items()}
    names |= {row.key: str(row) for row in DeviceType.objects.all()}
    if only is not None:
        return [(key, names.get(key, key)) for key in only]
    return sorted(names.items(), key=lambda pair: pair[1].casefold())
