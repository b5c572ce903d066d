"""Units as of a day: one unit, a subtree, the names by which files call them."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from motcua.common import clock
from motcua.units import rules
from motcua.units.enums import Level
from motcua.units.models import Unit, UnitChange, UnitPosition
from vanban.words import fold


@dataclass(frozen=True, slots=True)
class UnitAt:
    """A unit as it stood on a day."""

    id: uuid.UUID
    code: str
    name: str
    kind: str
    level: str
    path: str
    parent_id: uuid.UUID | None

    @property
    def full_name(self) -> str:
        """ "xã Nguyên Phúc"."""
        return rules.full_name(self.kind, self.name)

    @property
    def reference(self) -> str:
        """How an address names the unit: by its code, or by its identity where no code is known."""
        return self.code or str(self.id)

    @property
    def committee(self) -> str:
        """ "UBND xã Nguyên Phúc"."""
        return rules.committee(self.kind, self.name)

    @property
    def depth(self) -> int:
        """0 for a unit with nothing above it."""
        return len(self.path) // rules.WIDTH - 1


def read_position(position: UnitPosition) -> UnitAt:
    """A row of the tree (with its unit and period) as a plain value."""
    period = position.period
    return UnitAt(
        position.unit_id, position.unit.code, period.name, period.kind, position.level, position.path, period.parent_id
    )


def unit_at(unit_id: uuid.UUID, as_of: dt.date, known_at: dt.datetime | None = None) -> UnitAt | None:
    """The unit as it stood on a day, or None where it did not live then."""
    rows = UnitPosition.objects.at(as_of, known_at).filter(unit_id=unit_id)
    position = rows.select_related("unit", "period").first()
    return read_position(position) if position else None


def last_known(unit_id: uuid.UUID) -> UnitAt | None:
    """The unit as it stood last, also when it has ended."""
    return _last_known_of([unit_id]).get(unit_id)


def full_name_of(unit: Unit) -> str:
    """What a unit is called today, or was called last; its code where nothing is recorded of it."""
    known = unit_at(unit.pk, clock.today()) or last_known(unit.pk)
    return known.full_name if known else unit.code


def units_at(
    unit_ids: Iterable[uuid.UUID], as_of: dt.date, known_at: dt.datetime | None = None
) -> dict[uuid.UUID, UnitAt]:
    """Several units as they stood on a day; those not living then as they stood last."""
    wanted = set(unit_ids)
    rows = UnitPosition.objects.at(as_of, known_at).filter(unit_id__in=wanted).select_related("unit", "period")
    found = {spot.unit_id: read_position(spot) for spot in rows}
    return {**found, **_last_known_of(wanted - found.keys())}


def _last_known_of(unit_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, UnitAt]:
    wanted = set(unit_ids)
    if not wanted:
        return {}
    rows = UnitPosition.objects.filter(unit_id__in=wanted, replaced_at__isnull=True).select_related("unit", "period")
    spots = sorted(rows, key=lambda spot: spot.from_on or dt.date.min)
    return {spot.unit_id: read_position(spot) for spot in spots}


def units_living(unit_ids: Iterable[uuid.UUID], as_of: dt.date, known_at: dt.datetime | None = None) -> list[UnitAt]:
    """Those of several units that lived on a day, in the order of their paths."""
    rows = UnitPosition.objects.at(as_of, known_at).filter(unit_id__in=set(unit_ids))
    return _read_all(rows)


def last_days(unit_ids: Iterable[uuid.UUID]) -> list[dt.date]:
    """The last days of units that have ended."""
    rows = UnitPosition.objects.filter(unit_id__in=set(unit_ids), replaced_at__isnull=True, ended_on__isnull=False)
    return [day - dt.timedelta(days=1) for day in rows.values_list("ended_on", flat=True) if day]


def subtree(
    path: str, as_of: dt.date, known_at: dt.datetime | None = None, *, level: Level | None = None
) -> list[UnitAt]:
    """The unit at `path` and all below it on a day, in the order of their paths."""
    rows = UnitPosition.objects.at(as_of, known_at).below(path)
    if level:
        rows = rows.filter(level=level)
    return _read_all(rows)


def _read_all(rows: QuerySet[UnitPosition]) -> list[UnitAt]:
    """Thousands of units at once, in the order of their paths: plain columns, no model in between."""
    columns = ("unit_id", "unit__code", "period__name", "period__kind", "level", "path", "period__parent_id")
    return [UnitAt(*row) for row in rows.order_by("path").values_list(*columns)]


def ancestors(unit: UnitAt, as_of: dt.date, known_at: dt.datetime | None = None) -> list[UnitAt]:
    """The units above one, from the top down."""
    paths = [unit.path[:end] for end in range(rules.WIDTH, len(unit.path), rules.WIDTH)]
    rows = UnitPosition.objects.at(as_of, known_at).filter(path__in=paths).select_related("unit", "period")
    return [read_position(spot) for spot in rows.order_by("path")]


def near(unit: UnitAt, among: QuerySet[Unit], as_of: dt.date) -> list[UnitAt]:
    """Of some units: a unit itself, those above it and those right below it."""
    up = [unit.path[:end] for end in range(rules.WIDTH, len(unit.path) + 1, rules.WIDTH)]
    rows = UnitPosition.objects.at(as_of).filter(unit__in=among).annotate(length=Length("path"))
    next_level = Q(
        path__gte=unit.path, path__lt=unit.path + rules.AFTER_EVERY_PATH, length=len(unit.path) + rules.WIDTH
    )
    spots = rows.filter(Q(path__in=up) | next_level).select_related("unit", "period")
    return [read_position(spot) for spot in spots]


def by_code(code: str, as_of: dt.date, known_at: dt.datetime | None = None) -> UnitAt | None:
    """The unit that bears a code on a day: a code may have lived before with another territory."""
    rows = UnitPosition.objects.at(as_of, known_at).filter(unit__code=code)
    position = rows.select_related("unit", "period").order_by("path").first()
    return read_position(position) if position else None


def called(text: str, units: QuerySet[Unit], as_of: dt.date) -> list[UnitAt]:
    """Those of some units that have a code, a full name or a bare name on a day (the first that any fits)."""
    wanted = fold(text)
    rows = (
        UnitPosition.objects.at(as_of).filter(unit__in=units, folded__contains=wanted).select_related("unit", "period")
    )
    fits = [read_position(spot) for spot in rows]
    ways = (lambda unit: unit.code, lambda unit: unit.full_name, lambda unit: unit.name)
    found = ([unit for unit in fits if wanted and fold(way(unit)) == wanted] for way in ways)
    return next((units for units in found if units), [])


def lives_of_code(code: str) -> list[UnitPosition]:
    """Every period in which a code lived, the earliest first."""
    rows = UnitPosition.objects.filter(unit__code=code, replaced_at__isnull=True)
    return sorted(rows.select_related("unit", "period"), key=lambda spot: spot.from_on or dt.date.min)


def all_named(unit_ids: Iterable[uuid.UUID] | None = None, day: dt.date | None = None) -> list[rules.Named[uuid.UUID]]:
    """Units by name (None: every unit), each as it stood on a day; last where it did not live then."""
    rows = UnitPosition.objects.filter(replaced_at__isnull=True)
    if unit_ids is not None:
        rows = rows.filter(unit_id__in=set(unit_ids))
    spots = sorted(
        rows.select_related("unit", "period"),
        key=lambda spot: (
            day is not None and rules.Span(spot.from_on, spot.ended_on).holds(day),
            spot.from_on or dt.date.min,
        ),
    )
    return [_named(spot) for spot in {spot.unit_id: spot for spot in spots}.values()]


def _named(spot: UnitPosition) -> rules.Named[uuid.UUID]:
    span = rules.Span(spot.period.valid_from, spot.period.ended_on)
    return rules.Named(spot.unit_id, spot.unit.code, spot.period.name, spot.period.kind, spot.path, span)


def changes_of(unit: Unit) -> list[UnitChange]:
    """What a unit came from and what it became."""
    rows = UnitChange.objects.known().select_related("old_unit", "new_unit")
    return [*rows.filter(new_unit=unit), *rows.filter(old_unit=unit)]


def heirs_of(unit_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """The units that some units directly became."""
    rows = UnitChange.objects.known().filter(old_unit_id__in=list(unit_ids))
    return set(rows.values_list("new_unit_id", flat=True))
