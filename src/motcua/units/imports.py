"""Intake of units.csv and unit-changes-DATE.csv (the form of a case folder)."""

import datetime as dt
import itertools
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from motcua.common import records
from motcua.common.actor import Actor
from motcua.common.records import Intake
from motcua.common.tables import Row, Table, read_table
from motcua.units import actions, rules
from motcua.units.enums import Extent, UnitKind
from motcua.units.models import Unit, UnitChange, UnitPeriod

ONE_DAY = dt.timedelta(days=1)
UNITS = uuid.UUID("7c1d6c63-6c2b-5bd0-9d4e-0a4b8a3f1c01")
COLUMNS = ("code", "name", "kind", "parent_code")
CHANGE_COLUMNS = ("old_code", "old_name", "old_kind", "old_parent", "new_code", "new_name", "new_kind", "new_parent")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One row of units.csv; `valid_to` is the last valid day."""

    row: int
    code: str
    name: str
    kind: str
    parent_code: str
    valid_from: dt.date | None
    valid_to: dt.date | None

    @property
    def span(self) -> rules.Span:
        return rules.Span(self.valid_from, self.valid_to + ONE_DAY if self.valid_to else None)


def read_units(source: Path | bytes, file: str = "units.csv") -> tuple[Table, list[UnitRow]]:
    """Rows of units.csv; faults (a code that lives twice at once, an unknown parent, a circle) are in the table."""
    table = read_table(source, file, required=COLUMNS, optional=("valid_from", "valid_to"))
    rows = [_read_unit(row) for row in table.rows]
    _check_codes(table, rows)
    _check_circles(table, rows)
    return table, rows


def _read_unit(row: Row) -> UnitRow:
    first, last = row.day("valid_from", fact=False), row.day("valid_to", fact=False)
    if first and last and last < first:
        row.fault("valid_to", _("the last day lies before the first"))
        last = None
    kind = _kind(row, "kind")
    code, name = row.text("code", required=True, longest=20), row.text("name", required=True, longest=120)
    return UnitRow(row.number, code, name, kind, row.text("parent_code"), first, last)


def _kind(row: Row, column: str) -> str:
    """A kind of unit; capitals do not matter."""
    value = row.text(column, required=True)
    if value and value.casefold() not in UnitKind.values:
        row.choice(column, UnitKind.values)
        return ""
    return value.casefold()


def _check_codes(table: Table, rows: list[UnitRow]) -> None:
    seen: dict[str, list[UnitRow]] = {}
    for row in rows:
        for other in seen.get(row.code, []):
            if row.span.cut(other.span):
                message = _("the code %(code)s already stands in row %(row)s for the same time")
                table.fault(message % {"code": row.code, "row": other.row}, row.row, "code")
        seen.setdefault(row.code, []).append(row)
    known = set(seen) | set(Unit.objects.filter(code__in=[r.parent_code for r in rows]).values_list("code", flat=True))
    for row in rows:
        if row.parent_code and row.parent_code not in known:
            message = _("there is no unit with the code %(code)s")
            table.fault(message % {"code": row.parent_code}, row.row, "parent_code")


def _check_circles(table: Table, rows: list[UnitRow]) -> None:
    above = {row.code: row.parent_code for row in rows if row.code}
    for row in rows:
        seen, code = {row.code}, row.parent_code
        while code in above and code not in seen:
            seen.add(code)
            code = above[code]
        if code and code == row.code:
            table.fault(_("the unit stands above itself"), row.row, "parent_code")


def take_units(rows: list[UnitRow], *, actor: Actor, source: str, intake: Intake) -> list[Unit]:
    """Make or correct the units of the rows. A row meets the unit with its code that lives in its time."""
    known = _known_units({code for row in rows for code in (row.code, row.parent_code) if code})
    serials = itertools.count(actions.next_serial()).__next__
    units = _match(rows, known)
    made = {row.row: _make(row, known, serials, intake) for row in rows if row.row not in units}
    Unit.objects.bulk_create([unit for unit, _period in made.values()], batch_size=1000)
    units |= made
    wanted: dict[uuid.UUID, dict[str, Any]] = {}
    for row in rows:
        unit, period = units[row.row]
        for place, (span, parent) in enumerate(_parents(row, known)):
            wanted[uuid.uuid5(period, str(span.start)) if place else period] = {
                "unit": unit,
                "name": row.name,
                "kind": row.kind,
                "parent": parent,
                "valid_from": span.start,
                "ended_on": span.end,
            }
    difference = records.reconcile(UnitPeriod, wanted, actor=actor, source=source, intake=intake, withdraw_rest=False)
    if difference.created or difference.changed:
        actions.rebuild_positions()
    return [units[row.row][0] for row in rows]


Known = dict[str, list[tuple[rules.Span, Unit, uuid.UUID]]]


def _known_units(codes: set[str]) -> Known:
    known: Known = {}
    for period in UnitPeriod.objects.known().filter(unit__code__in=codes).select_related("unit"):
        span = rules.Span(period.valid_from, period.ended_on)
        known.setdefault(period.unit.code, []).append((span, period.unit, period.origin_id))
    return known


def _match(rows: Iterable[UnitRow], known: Known) -> dict[int, tuple[Unit, uuid.UUID]]:
    """For each row the unit with its code that lives in its time. Rows with the same first day choose before the
    others, and no two rows get one unit: a code that lived once and now lives twice has become two units."""
    found: dict[int, tuple[Unit, uuid.UUID]] = {}
    taken: set[uuid.UUID] = set()
    for is_exact in (True, False):
        for row in rows:
            living = (held for held in known.get(row.code, []) if held[0].cut(row.span) and held[1].pk not in taken)
            held = next((held for held in living if (held[0].start == row.valid_from) or not is_exact), None)
            if row.row in found or held is None:
                continue
            found[row.row] = held[1], held[2]
            taken.add(held[1].pk)
            rest = [other for other in known[row.code] if other[1].pk != held[1].pk]
            known[row.code] = [*rest, (row.span, held[1], held[2])]
    return found


def _make(row: UnitRow, known: Known, serials: Callable[[], int], intake: Intake) -> tuple[Unit, uuid.UUID]:
    first = row.valid_from.isoformat() if row.valid_from else "ever"
    last = row.valid_to.isoformat() if row.valid_to else "open"
    unit = Unit(code=row.code, serial=serials())
    period = uuid.uuid5(UNITS, f"{unit.pk}/{first}/{last}")
    known.setdefault(row.code, []).append((row.span, unit, period))
    intake.count(intake.created, Unit, 1)
    return unit, period


def _parents(row: UnitRow, known: Known) -> list[tuple[rules.Span, Unit | None]]:
    """The row's time, parted where another unit takes over the parent's code (the longest known where none lives)."""
    candidates = sorted(known.get(row.parent_code, []), key=lambda held: held[0].start or dt.date.min)
    living = [held for held in candidates if held[0].cut(row.span)] or candidates[:1]
    above = [held for place, held in enumerate(living) if not place or held[1].pk != living[place - 1][1].pk]
    if not above:
        return [(row.span, None)]
    starts = [row.span.start, *(held[0].start for held in above[1:])]
    ends = [*starts[1:], row.span.end]
    spans = (rules.Span(start, end) for start, end in zip(starts, ends, strict=True))
    return [(span, held[1]) for span, held in zip(spans, above, strict=True)]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One row of unit-changes-DATE.csv."""

    row: int
    old: tuple[str, str, str]
    old_parent: str
    new: tuple[str, str, str]
    new_parent: str
    extent: str


def read_changes(source: Path | bytes, file: str) -> tuple[Table, list[ChangeRow]]:
    """Rows of a unit-changes file; each side is (code, name, kind)."""
    table = read_table(source, file, required=CHANGE_COLUMNS, optional=("extent",))
    return table, [_read_change(row) for row in table.rows]


def _read_change(row: Row) -> ChangeRow:
    old = (
        row.text("old_code", required=True),
        row.text("old_name", required=True),
        _kind(row, "old_kind"),
    )
    new = (
        row.text("new_code", required=True),
        row.text("new_name", required=True),
        _kind(row, "new_kind"),
    )
    extent = row.choice("extent", Extent.values) or Extent.WHOLE
    return ChangeRow(row.number, old, row.text("old_parent"), new, row.text("new_parent"), extent)


def take_changes(rows: list[ChangeRow], changed_on: dt.date, *, actor: Actor, source: str, intake: Intake) -> None:
    """Record what became of units on a day. Units that the file names and nobody knows yet are made:
    an old one ending the day before, a new one beginning that day. Units above an old one that end
    on that day are succeeded by the new one's parent."""
    eve, book = changed_on - ONE_DAY, _Book(changed_on, actor, source, intake)
    for row in rows:
        book.side(row.old, row.old_parent, eve)
        book.side(row.new, row.new_parent, changed_on)
    book.store()
    wanted: dict[uuid.UUID, dict[str, Any]] = {}
    for row in rows:
        old, new = book.unit(row.old, eve), book.unit(row.new, changed_on)
        for before, after, extent in [(old, new, row.extent), *book.above(row, eve, changed_on)]:
            identity = uuid.uuid5(UNITS, f"{before.pk}>{after.pk}@{changed_on}")
            wanted[identity] = {"old_unit": before, "new_unit": after, "changed_on": changed_on, "extent": extent}
    difference = records.reconcile(UnitChange, wanted, actor=actor, source=source, intake=intake, withdraw_rest=False)
    if difference.created or difference.changed:
        actions.rebuild_successions()


class _Book:
    """The units that a unit-changes file speaks of, found or made."""

    def __init__(self, changed_on: dt.date, actor: Actor, source: str, intake: Intake) -> None:
        self.changed_on, self.actor, self.source, self.intake = changed_on, actor, source, intake
        self.lives: dict[tuple[str, str], list[UnitPeriod]] = {}
        self.new: dict[uuid.UUID, dict[str, Any]] = {}
        for period in UnitPeriod.objects.known().select_related("unit"):
            self._keep(period)

    def _keep(self, period: UnitPeriod) -> None:
        for key in (("code", period.unit.code), ("name", str(period))):
            self.lives.setdefault(key, []).append(period)

    def _living(self, by: str, value: str, day: dt.date) -> UnitPeriod | None:
        spans = ((p, rules.Span(p.valid_from, p.ended_on)) for p in self.lives.get((by, value), []))
        return next((period for period, span in spans if span.holds(day)), None)

    def side(self, named: tuple[str, str, str], parent: str, day: dt.date) -> None:
        code, name, kind = named
        if self._living("code", code, day) is None:
            above = self._living("name", parent, day) or (self._add("", *_split(parent), None, day) if parent else None)
            self._add(code, name, kind, above, day)

    def _add(self, code: str, name: str, kind: str, above: UnitPeriod | None, day: dt.date) -> UnitPeriod:
        """An old unit ends on the day of change, a new one begins then, a parent without code has been since ever."""
        unit = actions.make_unit(code)
        ended = self.changed_on if day < self.changed_on and code else None
        began = self.changed_on if day >= self.changed_on and code else None
        values = {
            "unit": unit,
            "name": name,
            "kind": kind,
            "parent": above.unit if above else None,
            "valid_from": began,
            "ended_on": ended,
        }
        identity = uuid.uuid5(UNITS, f"{unit.pk}/change")
        self.new[identity] = values
        self._keep(UnitPeriod(id=identity, origin_id=identity, **values))
        self.intake.count(self.intake.created, Unit, 1)
        return self.lives["name", rules.full_name(kind, name)][-1]

    def store(self) -> None:
        if self.new:
            records.reconcile(
                UnitPeriod, self.new, actor=self.actor, source=self.source, intake=self.intake, withdraw_rest=False
            )
            actions.rebuild_positions()

    def unit(self, named: tuple[str, str, str], day: dt.date) -> Unit:
        period = self._living("code", named[0], day)
        if period is None:
            raise LookupError(named)
        return period.unit

    def _period_of(self, unit: Unit | None) -> UnitPeriod | None:
        if unit is None:
            return None
        return next((p for p in self.lives.get(("code", unit.code), []) if p.unit_id == unit.pk), None)

    def above(self, row: ChangeRow, eve: dt.date, day: dt.date) -> list[tuple[Unit, Unit, str]]:
        """The ended units above the old one, each succeeded by the new one's parent."""
        heir, found = self._living("name", row.new_parent, day), []
        period = self._living("code", row.old[0], eve)
        while heir and period and period.parent_id:
            period = self._period_of(period.parent)
            if period and period.ended_on == self.changed_on and period.unit_id != heir.unit_id:
                found.append((period.unit, heir.unit, Extent.WHOLE.value))
        return found


def _split(label: str) -> tuple[str, str]:
    """ "tỉnh Thái Nguyên" → ("Thái Nguyên", "tỉnh")."""
    for kind in UnitKind.values:
        if label.casefold().startswith(kind + " "):
            return label[len(kind) + 1 :], kind
    return label, UnitKind.HUYEN.value
