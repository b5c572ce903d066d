"""Requirement sets in force, and the criteria that they ask of a device."""

import datetime as dt
import uuid
from collections.abc import Iterable

from motcua.catalogue.actions import BUILT_IN
from motcua.catalogue.models import DeviceType, RequirementSet
from motcua.catalogue.rules import Criterion
from motcua.units.models import holds_on
from motcua.units.queries import ancestors, unit_at


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


def type_choices(only: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """(key, name) of the known and the built-in device types, by name; `only` these, in their order."""
    names = {key: str(DeviceType(key=key, name_vi=vi, name_en=en)) for key, (vi, en, _computer) in BUILT_IN.items()}
    names |= {row.key: str(row) for row in DeviceType.objects.all()}
    if only is not None:
        return [(key, names.get(key, key)) for key in only]
    return sorted(names.items(), key=lambda pair: pair[1].casefold())
