"""How units are named, placed in the tree and found by name: plain functions of plain values."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from motcua.units.enums import Level, UnitKind

AFTER_EVERY_PATH = "~"
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WIDTH = 4
COMMITTEE = "UBND"

COMMUNE_KINDS = {UnitKind.XA, UnitKind.PHUONG, UnitKind.THI_TRAN, UnitKind.DAC_KHU}

U = TypeVar("U")


def segment(serial: int) -> str:
    """A unit's step of a path: its serial number in base 36, four characters."""
    out = ""
    for _position in range(WIDTH):
        serial, rest = divmod(serial, len(DIGITS))
        out = DIGITS[rest] + out
    if serial:
        raise ValueError("more units than a path can number")
    return out


def full_name(kind: str, name: str) -> str:
    """The unit in full style, "xã Nguyên Phúc"; before a number with a capital, "Phường 1" (DECREE30 A10)."""
    word = kind.capitalize() if name[:1].isdigit() else kind
    return f"{word} {name}".strip()


def committee(kind: str, name: str) -> str:
    """Its people's committee, in the abbreviation that officials use: "UBND xã Nguyên Phúc"."""
    return f"{COMMITTEE} {full_name(kind, name)}"


def level(kind: str, has_parent: bool) -> Level:
    """The level of a unit; a thành phố is a province where nothing stands above it."""
    if kind in COMMUNE_KINDS:
        return Level.COMMUNE
    if kind == UnitKind.TINH or (kind == UnitKind.THANH_PHO and not has_parent):
        return Level.PROVINCE
    return Level.DISTRICT


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open period; None is open on that side."""

    start: dt.date | None
    end: dt.date | None

    def cut(self, other: "Span") -> "Span | None":
        """The days that both hold, or None."""
        starts = [day for day in (self.start, other.start) if day]
        ends = [day for day in (self.end, other.end) if day]
        start, end = max(starts, default=None), min(ends, default=None)
        return None if start and end and start >= end else Span(start, end)

    def holds(self, day: dt.date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Life:
    """One period of one unit, as `place` reads it."""

    key: uuid.UUID
    unit: uuid.UUID
    serial: int
    kind: str
    parent: uuid.UUID | None
    span: Span


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit stands during a span."""

    key: uuid.UUID
    unit: uuid.UUID
    path: str
    level: Level
    span: Span


@dataclass(frozen=True, slots=True)
class Became(Generic[U]):
    """An old unit that became another on a day."""

    old: U
    on: dt.date


def succeeded(unit: U, before: Mapping[U, Iterable[Became[U]]]) -> dict[U, dt.date]:
    """Whom a unit has succeeded, through any number of changes, each since the first day on which all had happened."""
    since: dict[U, dt.date] = {}
    waiting = [(unit, dt.date.min)]
    while waiting:
        here, day = waiting.pop()
        for change in before.get(here, ()):
            then = max(day, change.on)
            if change.old != unit and then < since.get(change.old, dt.date.max):
                since[change.old] = then
                waiting.append((change.old, then))
    return since


class TreeError(ValueError):
    """Units that stand above each other in a circle; `units` are those in it."""

    def __init__(self, units: Iterable[uuid.UUID]) -> None:
        self.units = tuple(units)
        super().__init__("units stand above each other in a circle")


def place(lives: Iterable[Life]) -> list[Place]:
    """Positions of all units through time. A unit follows its parent's moves; while no parent lives it is a root."""
    by_unit: dict[uuid.UUID, list[Life]] = {}
    for life in lives:
        by_unit.setdefault(life.unit, []).append(life)
    done: dict[uuid.UUID, list[Place]] = {}
    for unit in by_unit:
        _place_unit(unit, by_unit, done, ())
    return [spot for spots in done.values() for spot in spots]


def _place_unit(
    unit: uuid.UUID,
    by_unit: Mapping[uuid.UUID, list[Life]],
    done: dict[uuid.UUID, list[Place]],
    above: tuple[uuid.UUID, ...],
) -> list[Place]:
    if unit in above:
        raise TreeError(above[above.index(unit) :])
    if unit not in done:
        spots: list[Place] = []
        for life in by_unit.get(unit, []):
            parent = life.parent if life.parent in by_unit else None
            spots += _under(life, _place_unit(parent, by_unit, done, (*above, unit)) if parent else [])
        done[unit] = spots
    return done[unit]


def _under(life: Life, parents: list[Place]) -> list[Place]:
    step, spots, free = segment(life.serial), [], [life.span]
    for parent in parents:
        common = life.span.cut(parent.span)
        if common:
            spots.append(Place(life.key, life.unit, parent.path + step, level(life.kind, True), common))
            free = [rest for span in free for rest in _without(span, common)]
    return spots + [Place(life.key, life.unit, step, level(life.kind, life.parent is not None), span) for span in free]


def _without(span: Span, cut: Span) -> list[Span]:
    rest = []
    if cut.start is not None:
        before = span.cut(Span(None, cut.start))
        rest += [before] if before else []
    if cut.end is not None:
        after = span.cut(Span(cut.end, None))
        rest += [after] if after else []
    return rest


@dataclass(frozen=True, slots=True)
class Named(Generic[U]):
    """A unit as names are looked up in."""

    unit: U
    code: str
    name: str
    kind: str
    path: str
    span: Span = Span(None, None)


class NameUnclear(LookupError):
    """A name that fits no unit, or several; `fits` holds the full names that it fits."""

    def __init__(self, text: str, fits: tuple[str, ...]) -> None:
        self.text, self.fits = text, fits
        super().__init__(text)


def find_by_name(text: str, units: Iterable[Named[U]], home: str) -> U:
    """The unit that a text means: a name, kind and name, or its people's committee; or its code.

    A bare name means first a unit below `home` (a path), then `home` itself, then any other.
    Raises `NameUnclear`.
    """
    wanted = text.removeprefix(COMMITTEE).strip() if text.startswith(COMMITTEE + " ") else text
    fits = [
        u
        for u in units
        if wanted.casefold() in (u.name.casefold(), full_name(u.kind, u.name).casefold()) or text == u.code
    ]
    exact = [u for u in fits if full_name(u.kind, u.name).casefold() == wanted.casefold() or text == u.code]
    for group in (exact, fits):
        for circle in (_below(group, home), [u for u in group if u.path == home], group):
            if len(circle) == 1:
                return circle[0].unit
            if circle:
                raise NameUnclear(text, _told_apart(circle))
    raise NameUnclear(text, ())


def _told_apart(units: list[Named[U]]) -> tuple[str, ...]:
    """Full names; with the code where several bear one name."""
    names = [full_name(u.kind, u.name) for u in units]
    told = zip(names, units, strict=True)
    return tuple(f"{name}: {u.code}" if names.count(name) > 1 else name for name, u in told)


def _below(units: list[Named[U]], home: str) -> list[Named[U]]:
    return [u for u in units if home and u.path.startswith(home) and u.path != home]
