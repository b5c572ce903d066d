"""Files of units that an administrator takes in on a page: tried first, then done, within the administrator's units.

The form of the files is that of a case folder (units.csv, unit-changes-DATE.csv); `units.imports` reads them.
"""

import datetime as dt
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.common import history
from motcua.common.access import allow
from motcua.common.actor import Actor
from motcua.common.errors import Problem, Unreadable
from motcua.common.models import AuditEntry
from motcua.common.records import Intake
from motcua.units import access, imports
from motcua.units.models import Unit, UnitChange, UnitPeriod, UnitPosition

LARGEST_FILE = 2 * 1024 * 1024
MOST_STEPS = 300
CHANGES_NAME = re.compile(r"unit-changes-(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True)
class UnitsFile:
    """A file as it was sent; `changed_on` is the day of a unit-changes file."""

    name: str
    content: bytes
    changed_on: dt.date | None = None

    @property
    def is_changes(self) -> bool:
        """Whether the first row is that of a unit-changes file."""
        return b"old_code" in self.content.split(b"\n", 1)[0]

    @property
    def day(self) -> dt.date | None:
        """The day of the changes: as asked for, else as the file's name says."""
        found = CHANGES_NAME.search(self.name)
        try:
            return self.changed_on or (dt.date.fromisoformat(found[1]) if found else None)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Step:
    """One entry that a file writes, or would write: what it is, and its values in words."""

    verb: str
    line: history.Line

    @property
    def word(self) -> str:
        return {"enter": _("new entry"), "correct": _("correction"), "withdraw": _("withdrawal")}[self.verb]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a file did, or would do: the first steps of it, and how many there are."""

    steps: tuple[Step, ...]
    total: int


class _DryRun(Exception):
    """Undoes everything at the end of a trial."""


def import_units(file: UnitsFile, *, actor: Actor, dry_run: bool = False) -> Outcome:
    """Take a file in, all of it or nothing. Raises `Unreadable` with every fault by row and column."""
    allow(access.may_administer(actor), _("Only an administrator may take in files of units."))
    acting = replace(actor, request_id=actor.request_id or str(uuid.uuid4()))
    try:
        with transaction.atomic():
            outcome = _take(file, acting)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return outcome


def _take(file: UnitsFile, actor: Actor) -> Outcome:
    intake = Intake()
    scope = _Scope(actor, file.name)
    if file.is_changes:
        _take_changes(file, scope, intake)
    else:
        _take_units(file, scope, intake)
    entries = AuditEntry.objects.filter(request_id=actor.request_id, object_type__in=("unitperiod", "unitchange"))
    steps = tuple(Step(entry.verb, history.line(entry)) for entry in entries.order_by("pk")[:MOST_STEPS])
    return Outcome(steps, entries.count())


def _take_units(file: UnitsFile, scope: "_Scope", intake: Intake) -> None:
    table, rows = imports.read_units(file.content, file.name)
    if table.problems:
        raise Unreadable(table.problems)
    scope.hold({row.code for row in rows})
    taken = imports.take_units(rows, actor=scope.actor, source=f"import:{file.name}"[:120], intake=intake)
    scope.refuse_outside({unit.pk: (row.row, row.code) for row, unit in zip(rows, taken, strict=True)})


def _take_changes(file: UnitsFile, scope: "_Scope", intake: Intake) -> None:
    if file.day is None:
        message = _("write the day of the changes, or call the file unit-changes-2025-07-01.csv")
        raise Unreadable([Problem(file.name, None, None, message)])
    table, rows = imports.read_changes(file.content, file.name)
    if table.problems:
        raise Unreadable(table.problems)
    scope.hold({code for row in rows for code in (row.old[0], row.new[0])})
    source = f"import:{file.name}"[:120]
    imports.take_changes(rows, file.day, actor=scope.actor, source=source, intake=intake)
    places = {code: row.row for row in rows for code in (row.old[0], row.new[0])}
    touched = {unit.pk: (places.get(unit.code), unit.code) for unit in scope.written()}
    scope.refuse_outside(touched)


class _Scope:
    """The units that the administrator may change, held before a file is taken in; after it, what was touched must
    be one of them or stand below them."""

    def __init__(self, actor: Actor, file: str) -> None:
        self.actor, self.file = actor, file
        self.before = set(Unit.objects.values_list("pk", flat=True))
        self.mine = set(access.own_units(actor).values_list("pk", flat=True))
        self.reached = set(access.units_for(actor).values_list("pk", flat=True))

    def hold(self, codes: set[str]) -> None:
        """Of the units with these codes that do not live today: which are the administrator's all the same."""
        listed = sorted(codes)
        for start in range(0, len(listed), 500):
            others = Unit.objects.filter(code__in=listed[start : start + 500]).exclude(pk__in=self.mine)
            self.mine |= {unit.pk for unit in others if access.may_change_unit(self.actor, unit.pk)}

    def written(self) -> list[Unit]:
        """The units of every period and every change that was written for this file."""
        entries = AuditEntry.objects.filter(request_id=self.actor.request_id)
        periods = entries.filter(object_type="unitperiod").values_list("object_id", flat=True)
        changes = entries.filter(object_type="unitchange").values_list("object_id", flat=True)
        ids = set(UnitPeriod.objects.filter(origin_id__in=list(periods)).values_list("unit_id", flat=True))
        for old, new in UnitChange.objects.filter(origin_id__in=list(changes)).values_list(
            "old_unit_id", "new_unit_id"
        ):
            ids |= {new} | ({old} - self.reached)
        return list(Unit.objects.filter(pk__in=ids))

    def refuse_outside(self, touched: dict[uuid.UUID, tuple[int | None, str]]) -> None:
        if not self.actor.is_operator:
            problems = list(self._outside(touched))
            if problems:
                raise Unreadable(problems)

    def _outside(self, touched: dict[uuid.UUID, tuple[int | None, str]]) -> Iterator[Problem]:
        """A unit that was there before and is not the administrator's; one that now stands elsewhere in the tree."""
        own_id = self.actor.unit_id
        own = tuple(self._paths([own_id])[own_id]) if own_id else ()
        paths = self._paths(list(touched))
        for unit_id, (row, code) in touched.items():
            said = {"code": code or _("without a code")}
            if unit_id in self.before and unit_id not in self.mine:
                yield Problem(self.file, row, "code", _("the unit %(code)s is not one that you administer") % said)
            elif not all(path.startswith(own) for path in paths.get(unit_id, [])):
                message = _("the unit %(code)s would stand outside the units that you administer")
                yield Problem(self.file, row, "parent_code", message % said)

    def _paths(self, unit_ids: list[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
        found: dict[uuid.UUID, list[str]] = {}
        for start in range(0, len(unit_ids), 500):
            part = UnitPosition.objects.filter(unit_id__in=unit_ids[start : start + 500], replaced_at__isnull=True)
            for unit_id, path in part.values_list("unit_id", "path"):
                found.setdefault(unit_id, []).append(path)
        return found
