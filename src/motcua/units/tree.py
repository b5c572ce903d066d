"""The tree of units as pages show it: level by level, only what the reader reaches."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Length, Substr

from motcua.common.forms_times import Times
from motcua.common.history import entries_of
from motcua.common.models import AuditEntry
from motcua.units import queries, rules
from motcua.units.models import Post, Unit, UnitChange, UnitPeriod, UnitPosition
from motcua.units.queries import UnitAt
from vanban.words import SortKey, sort_key

ONE_DAY = dt.timedelta(days=1)
IN_HISTORY = 60


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit in the tree with the number of units right below it; `above` are names out of reach, from the top down."""

    unit: UnitAt
    children: int
    above: tuple[str, ...] = ()


def tops(shown: QuerySet[Unit], times: Times) -> list[Branch]:
    """The units in reach over which nothing in reach stands."""
    rows = UnitPosition.objects.at(times.as_of, times.known_at).filter(unit__in=shown)
    paths = set(rows.values_list("path", flat=True))
    below = Counter(path[: -rules.WIDTH] for path in paths)
    wanted = [path for path in paths if path[: -rules.WIDTH] not in paths]
    spots = rows.filter(path__in=wanted).select_related("unit", "period")
    units = sorted((queries.read_position(spot) for spot in spots), key=_in_order)
    names = _names_at({unit.path[:end] for unit in units for end in _steps(unit.path)}, times)
    found = [Branch(unit, below[unit.path], _names_above(unit.path, names)) for unit in units]
    return sorted(found, key=lambda branch: [sort_key(name) for name in branch.above])


def branches(above: UnitAt, shown: QuerySet[Unit], times: Times) -> list[Branch]:
    """The units in reach right below one, in the order of the Vietnamese alphabet."""
    rows = UnitPosition.objects.at(times.as_of, times.known_at).below(above.path).filter(unit__in=shown)
    rows = rows.annotate(length=Length("path"))
    deeper = rows.filter(length=len(above.path) + 2 * rules.WIDTH)
    counted = deeper.annotate(up=Substr("path", 1, len(above.path) + rules.WIDTH)).values("up").annotate(n=Count("pk"))
    below = dict(counted.values_list("up", "n"))
    spots = rows.filter(length=len(above.path) + rules.WIDTH).select_related("unit", "period")
    units = sorted((queries.read_position(spot) for spot in spots), key=_in_order)
    return [Branch(unit, below.get(unit.path, 0)) for unit in units]


def found(shown: QuerySet[Unit], times: Times) -> QuerySet[UnitPosition]:
    """Every unit in reach on the day, each with the name of the one above (`above_kind`, `above_name`)."""
    spots = UnitPosition.objects.at(times.as_of, times.known_at)
    above = spots.filter(unit=OuterRef("period__parent"))
    rows = spots.filter(unit__in=shown).select_related("unit", "period")
    names = {
        "above_kind": Subquery(above.values("period__kind")[:1]),
        "above_name": Subquery(above.values("period__name")[:1]),
    }
    return rows.annotate(**names).order_by("path")


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """What a unit was called and whom it belonged to; `parent` by its name of then."""

    period: UnitPeriod
    parent: UnitAt | None

    @property
    def last_day(self) -> dt.date | None:
        return self.period.ended_on - ONE_DAY if self.period.ended_on else None


def periods_of(unit: Unit) -> list[PeriodLine]:
    """A unit's names and places through time, the latest first."""
    rows = UnitPeriod.objects.known().filter(unit=unit).select_related("unit")
    periods = sorted(rows, key=lambda period: period.valid_from or dt.date.min, reverse=True)
    return [PeriodLine(period, _parent_then(period)) for period in periods]


def _parent_then(period: UnitPeriod) -> UnitAt | None:
    if period.parent_id is None:
        return None
    day = period.ended_on - ONE_DAY if period.ended_on else period.valid_from or dt.date.max
    return queries.units_at([period.parent_id], day).get(period.parent_id)


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change of a unit: the other unit, named as it was called then."""

    change: UnitChange
    other: UnitAt | None
    other_id: uuid.UUID
    is_origin: bool


def change_lines(unit: Unit) -> list[ChangeLine]:
    """What a unit came from (`is_origin`) and what it became, in the order of days."""
    changes = sorted(queries.changes_of(unit), key=lambda change: change.changed_on)
    named: dict[tuple[dt.date, bool], dict[uuid.UUID, UnitAt]] = {}
    for change in changes:
        key = (change.changed_on, change.new_unit_id == unit.pk)
        if key not in named:
            day = change.changed_on - ONE_DAY if key[1] else change.changed_on
            named[key] = queries.units_at((_other(each, unit) for each in changes), day)
    return [
        ChangeLine(
            change,
            named[change.changed_on, change.new_unit_id == unit.pk].get(_other(change, unit)),
            _other(change, unit),
            change.new_unit_id == unit.pk,
        )
        for change in changes
    ]


def _other(change: UnitChange, unit: Unit) -> uuid.UUID:
    return change.old_unit_id if change.new_unit_id == unit.pk else change.new_unit_id


def history_of_unit(unit: Unit, posts: Iterable[Post]) -> list[AuditEntry]:
    """What was written of a unit, of its periods and changes, and of these posts: the latest first."""
    periods = UnitPeriod.objects.known().filter(unit=unit)
    return list(entries_of(unit, *periods, *queries.changes_of(unit), *posts)[:IN_HISTORY])


def heirs_in(own: QuerySet[Unit], unit: Unit, as_of: dt.date) -> list[UnitAt]:
    """The units of the reader's own that have succeeded a unit."""
    heirs = unit.successors.filter(successor__in=own).values_list("successor_id", flat=True)
    return list(queries.units_at(heirs, as_of).values())


def _names_at(paths: set[str], times: Times) -> dict[str, str]:
    rows = UnitPosition.objects.at(times.as_of, times.known_at).filter(path__in=paths)
    spots = rows.annotate(kind=F("period__kind"), name=F("period__name"))
    return {path: rules.full_name(kind, name) for path, kind, name in spots.values_list("path", "kind", "name")}


def _names_above(path: str, names: dict[str, str]) -> tuple[str, ...]:
    return tuple(names[path[:end]] for end in _steps(path) if path[:end] in names)


def _steps(path: str) -> range:
    return range(rules.WIDTH, len(path), rules.WIDTH)


def _in_order(unit: UnitAt) -> SortKey:
    return sort_key(unit.name)
