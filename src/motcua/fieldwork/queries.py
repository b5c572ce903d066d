"""States of devices and what stands behind them."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from motcua.common import clock
from motcua.equipment.models import Custody, Device
from motcua.equipment.queries import custodies_at
from motcua.fieldwork import rules
from motcua.fieldwork.models import Answer, Check, Round, RoundUnit, Visit
from motcua.funding.models import Allocation, Programme
from motcua.units.enums import Level
from motcua.units.models import Unit
from motcua.units.queries import UnitAt, units_at
from vanban.words import sort_key

State = Mapping[str, Answer]
"""The answer that holds, by question."""


def answers_in_force(
    device_ids: Iterable[uuid.UUID], as_of: dt.date, known_at: dt.datetime | None = None
) -> list[Answer]:
    """Every answer about some devices seen on or before a day."""
    rows = Answer.objects.in_force(as_of, known_at).filter(device_id__in=list(device_ids), criterion="")
    return list(rows)


def _said(answer: Answer) -> rules.Said:
    return rules.Said(answer.device_id, answer.attribute, answer.value, answer.observed_on, answer.check_record_id)


def states(
    device_ids: Iterable[uuid.UUID], as_of: dt.date, known_at: dt.datetime | None = None
) -> dict[uuid.UUID, dict[str, Answer]]:
    """The answers that hold for each device on a day."""
    answers = answers_in_force(device_ids, as_of, known_at)
    rows = {(row.device_id, row.attribute, row.check_record_id): row for row in answers}
    held: dict[uuid.UUID, dict[str, Answer]] = {}
    for (device, attribute), said in rules.latest(_said(row) for row in answers).items():
        held.setdefault(device, {})[attribute] = rows[device, attribute, said.record]
    return held


def contradictions(
    device_ids: Iterable[uuid.UUID], as_of: dt.date, known_at: dt.datetime | None = None
) -> list[tuple[Answer, Answer]]:
    """Unlike answers of one day, for an officer to settle."""
    answers = answers_in_force(device_ids, as_of, known_at)
    rows = {(row.device_id, row.attribute, row.check_record_id): row for row in answers}
    pairs = rules.conflicts(_said(row) for row in answers)
    return [(rows[a.device, a.attribute, a.record], rows[b.device, b.attribute, b.record]) for a, b in pairs]


def values(state: State) -> dict[str, str]:
    """A state as the rules read it."""
    return {attribute: answer.value for attribute, answer in state.items()}


def checks_by_record(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Check]:
    """Check records (also replaced ones) by their own identity, with visit and device."""
    rows = Check.objects.filter(pk__in=set(ids)).select_related("device__device_type", "visit")
    return {row.pk: row for row in rows}


def visits_of(ids: Iterable[uuid.UUID | None], known_at: dt.datetime | None = None) -> dict[uuid.UUID, Visit]:
    """Visits in force by identity."""
    rows = Visit.objects.known(known_at).filter(origin_id__in={i for i in ids if i})
    return {row.origin_id: row for row in rows}


def units_asked(round_id: uuid.UUID) -> list[uuid.UUID]:
    """The units that a round asks."""
    return list(RoundUnit.objects.known().filter(round_id=round_id).values_list("unit_id", flat=True))


def rounds_of(programme_id: uuid.UUID) -> list[Round]:
    """A programme's rounds, the latest first."""
    return list(Round.objects.known().filter(programme_id=programme_id).order_by("-reference_on"))


def communes_of(programme: Programme, units: QuerySet[Unit], as_of: dt.date) -> list[UnitAt]:
    """Communes among some units that received money of a programme or hold its devices, by the Vietnamese alphabet."""
    money = Allocation.objects.known().filter(programme=programme, to_unit__in=units)
    held = Custody.objects.known().filter(device__programme=programme, unit__in=units)
    ids = {*money.values_list("to_unit_id", flat=True), *held.values_list("unit_id", flat=True)}
    found = [unit for unit in units_at(ids, as_of).values() if unit.level == Level.COMMUNE]
    return sorted(found, key=lambda unit: sort_key(unit.name))


def devices_of(unit_id: uuid.UUID, programme: Programme) -> list[Custody]:
    """Devices of a programme that a unit holds or has held, each with its (last) custody, the computers first."""
    rows = Custody.objects.known().filter(unit_id=unit_id, device__programme=programme)
    last = {row.device_id: row for row in rows.select_related("device__device_type").order_by("valid_from", "pk")}
    return sorted(last.values(), key=_device_order)


def _device_order(row: Custody) -> tuple[bool, bool, str, str]:
    kind = row.device.device_type
    return (row.ended_on is not None, not kind.is_computer, kind.pk, row.device.number.zfill(20))


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as its list shows it."""

    visit: Visit
    unit: UnitAt
    devices: int

    @property
    def visited_on(self) -> dt.date:
        return self.visit.visited_on

    @property
    def unit_name(self) -> str:
        return self.unit.full_name

    @property
    def inspected_by(self) -> str:
        return self.visit.inspected_by

    @property
    def assigned_by(self) -> str:
        return self.visit.assigned_by


def visit_rows(visits: QuerySet[Visit]) -> list[VisitRow]:
    """Visits with their units and the number of devices that each speaks of."""
    rows = list(visits.order_by("-visited_on", "pk"))
    units = units_at({row.unit_id for row in rows}, clock.today())
    checks = Check.objects.known().filter(visit_id__in=visits.values("origin_id"))
    counted = dict(checks.values_list("visit_id").annotate(count=Count("pk")).order_by())
    return [VisitRow(row, units[row.unit_id], counted.get(row.origin_id, 0)) for row in rows]


def holder_of(device: Device, as_of: dt.date, known_at: dt.datetime | None = None) -> uuid.UUID | None:
    """The unit that holds a device on a day."""
    held = custodies_at(as_of, known_at).filter(device=device).order_by("pk")
    return held.values_list("unit_id", flat=True).first()
