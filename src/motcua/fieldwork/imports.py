"""Intake of visits.csv and checks.csv."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from motcua.common import records
from motcua.common.actor import Actor
from motcua.common.records import Intake
from motcua.common.tables import Row, Table, read_table
from motcua.equipment.actions import DeviceKey
from motcua.fieldwork import actions
from motcua.fieldwork.enums import Placement, Source, UseMode
from motcua.fieldwork.models import Check, Visit
from motcua.funding.models import Programme
from motcua.units.models import Unit
from motcua.units.names import FolderUnits

QUESTIONS = ("present", "working", "meets_requirements", "placement", "placement_note", "use_mode")
YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True)
class VisitRow:
    row: int
    unit: Unit
    visited_on: dt.date
    inspected_by: str
    assigned_by: str
    assigned_on: dt.date | None


def read_visits(source: Path | bytes, units: FolderUnits, file: str = "visits.csv") -> tuple[Table, list[VisitRow]]:
    """Rows of visits.csv; one visit to a unit on a day by the same inspector."""
    optional = ("inspected_by", "assigned_by", "assigned_on")
    table = read_table(source, file, required=("unit", "visited_on"), optional=optional)
    rows = []
    for row in table.rows:
        day = row.day("visited_on", required=True)
        unit = units.read(row, "unit", day)
        by, order, ordered = (
            row.text("inspected_by", longest=200),
            row.text("assigned_by", longest=200),
            row.day("assigned_on"),
        )
        if unit and day:
            rows.append(VisitRow(row.number, unit, day, by, order, ordered))
    return table, rows


@dataclass(frozen=True, slots=True)
class CheckRow:
    row: int
    unit: Unit
    device: DeviceKey
    assumed: bool
    visited_on: dt.date
    said: Mapping[str, str]


def read_checks(source: Path | bytes, units: FolderUnits, file: str = "checks.csv") -> tuple[Table, list[CheckRow]]:
    """Rows of checks.csv; a device may be checked once a day in a folder."""
    optional = ("device", "assumed", *QUESTIONS)
    table = read_table(source, file, required=("unit", "device_type", "visited_on"), optional=optional)
    rows: list[CheckRow] = []
    seen: dict[tuple[DeviceKey, dt.date], int] = {}
    for row in table.rows:
        read = _read_check(row, units)
        if read is None:
            continue
        if (read.device, read.visited_on) in seen:
            message = _("this device is already checked on that day in row %(row)s")
            row.fault("device", message % {"row": seen[read.device, read.visited_on]})
        seen.setdefault((read.device, read.visited_on), row.number)
        rows.append(read)
    return table, rows


def _read_check(row: Row, units: FolderUnits) -> CheckRow | None:
    day = row.day("visited_on", required=True)
    unit = units.read(row, "unit", day)
    kind, number = row.text("device_type", required=True, longest=40), row.text("device", longest=20) or "1"
    assumed = row.yes_no("assumed")
    said = {name: row.choice(name, YES_NO) for name in ("present", "working", "meets_requirements")}
    said |= {"placement": row.choice("placement", Placement.values), "use_mode": row.choice("use_mode", UseMode.values)}
    note = row.text("placement_note", longest=300)
    if note:
        said["placement_note"] = note
    if not (unit and day and kind):
        return None
    answers = {name: value for name, value in said.items() if value}
    return CheckRow(row.number, unit, (unit.pk, kind, number), bool(assumed), day, answers)


def take_visits(
    rows: list[VisitRow],
    programme: Programme,
    rounds: Mapping[int, uuid.UUID | None],
    *,
    actor: Actor,
    source: str,
    intake: Intake,
) -> dict[tuple[uuid.UUID, dt.date], uuid.UUID]:
    """Enter or correct the visits; returns the (first) visit to each unit on each day.

    `rounds`: the round that a row's visit answers.
    """
    wanted: dict[uuid.UUID, dict[str, Any]] = {}
    by_day: dict[tuple[uuid.UUID, dt.date], uuid.UUID] = {}
    for row in rows:
        number = 1
        identity = _visit_id(programme, row, number)
        while identity in wanted:
            number += 1
            identity = _visit_id(programme, row, number)
        by_day.setdefault((row.unit.pk, row.visited_on), identity)
        wanted[identity] = {
            "programme": programme,
            "unit": row.unit,
            "round": rounds.get(row.row),
            "visited_on": row.visited_on,
            "inspected_by": row.inspected_by,
            "assigned_by": row.assigned_by,
            "assigned_on": row.assigned_on,
        }
    records.reconcile(Visit, wanted, actor=actor, source=source, intake=intake)
    return by_day


def visits_loaded(programme: Programme, source: str) -> dict[tuple[uuid.UUID, dt.date], uuid.UUID]:
    """The visits that a folder brought before, for one that no longer has the file: a missing file says nothing."""
    rows = Visit.objects.known().filter(programme=programme, source=source).order_by("pk")
    return {(row.unit_id, row.visited_on): row.origin_id for row in rows}


def _visit_id(programme: Programme, row: VisitRow, number: int) -> uuid.UUID:
    return uuid.uuid5(programme.pk, f"visit/{row.unit.pk}/{row.visited_on}/{number}")


def take_checks(
    rows: list[CheckRow],
    devices: Mapping[DeviceKey, uuid.UUID],
    visits: Mapping[tuple[uuid.UUID, dt.date], uuid.UUID],
    *,
    actor: Actor,
    source: str,
    intake: Intake,
) -> None:
    """Enter or correct the checks with their answers; a check without a visit in the folder stands alone."""
    wanted: dict[uuid.UUID, dict[str, Any]] = {}
    for row in rows:
        device, visit = devices[row.device], visits.get((row.unit.pk, row.visited_on))
        wanted[uuid.uuid5(device, f"check/{row.visited_on}")] = {
            "device": device,
            "unit": row.unit,
            "visit": visit,
            "observed_on": row.visited_on,
            "kind": Source.INSPECTED if visit else Source.REPORTED,
            "said": dict(row.said),
        }
    difference = records.reconcile(Check, wanted, actor=actor, source=source, intake=intake)
    actions.derive_answers(difference)
