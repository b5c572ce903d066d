"""A synthetic nation: 34 provinces, 3,321 communes, N devices, M checks; the same for the same numbers."""

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from motcua.catalogue.actions import know_device_types
from motcua.common.actor import Actor, operator
from motcua.common.records import build
from motcua.equipment.models import Custody, Device
from motcua.fieldwork.models import Answer, Check
from motcua.funding import ledger
from motcua.funding.models import Allocation, Programme, ProgrammeTerms, PurchaseStep
from motcua.units.actions import rebuild_positions
from motcua.units.enums import UnitKind
from motcua.units.models import Unit, UnitPeriod

PROVINCES, COMMUNES = 34, 3321
EACH_VND = 28_800_000
FIRST_DAY = dt.date(2024, 1, 1)
DAYS = 500
KEY = "nation"
BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Size:
    """How large the nation is."""

    devices: int
    checks: int
    seed: int = 20_260_101


def build_nation(size: Size) -> Programme:
    """Fill an empty database; returns the programme. Rows are written in bulk, as no clerk would."""
    actor, chance = operator("bench"), random.Random(size.seed)
    with transaction.atomic():
        root, provinces, communes = _units(actor)
        programme = Programme.objects.create(key=KEY, owner_unit=root)
        terms = {"programme": programme, "name": "Trang bị toàn quốc", "year": 2024, "device_type_keys": []}
        ProgrammeTerms.objects.bulk_create([build(ProgrammeTerms, actor, terms)])
        know_device_types(["computer", "scanner"], actor=actor)
        _money(actor, programme, root, provinces, communes)
        devices = _devices(actor, programme, communes, size.devices)
        _checks(actor, devices, size.checks, chance)
        _settlements(actor, programme, communes, chance)
    return programme


def _units(actor: Actor) -> tuple[Unit, list[Unit], list[tuple[Unit, Unit]]]:
    units = [
        Unit(id=uuid.UUID(int=serial), code=f"{serial:05d}", serial=serial)
        for serial in range(1, 2 + PROVINCES + COMMUNES)
    ]
    root, provinces, rest = units[0], units[1 : 1 + PROVINCES], units[1 + PROVINCES :]
    communes = [(unit, provinces[number % PROVINCES]) for number, unit in enumerate(rest)]
    Unit.objects.bulk_create(units, batch_size=BATCH)
    rows = [(root, "Việt Nam", UnitKind.TINH, None)]
    rows += [(unit, f"Tỉnh số {unit.serial}", UnitKind.TINH, root) for unit in provinces]
    rows += [(unit, f"Xã số {unit.serial}", UnitKind.XA, province) for unit, province in communes]
    periods = [
        build(UnitPeriod, actor, {"unit": unit, "name": name, "kind": kind, "parent": parent})
        for unit, name, kind, parent in rows
    ]
    UnitPeriod.objects.bulk_create(periods, batch_size=BATCH)
    rebuild_positions()
    return root, provinces, communes


def _money(
    actor: Actor, programme: Programme, root: Unit, provinces: list[Unit], communes: list[tuple[Unit, Unit]]
) -> None:
    shares = {province: 0 for province in provinces}
    for _commune, province in communes:
        shares[province] += EACH_VND
    gifts = [(root, province, amount) for province, amount in shares.items()]
    gifts += [(province, commune, EACH_VND) for commune, province in communes]
    rows = [
        build(
            Allocation,
            actor,
            {
                "programme": programme,
                "from_unit": giver,
                "to_unit": taker,
                "amount_vnd": amount,
                "effective_on": FIRST_DAY,
            },
        )
        for giver, taker, amount in gifts
    ]
    Allocation.objects.bulk_create(rows, batch_size=BATCH)
    moves = ledger.own(root.pk, sum(shares.values()))
    ledger.post(programme.pk, [*moves, *(move for row in rows for move in ledger.of_allocation(row))])


def _devices(
    actor: Actor, programme: Programme, communes: list[tuple[Unit, Unit]], count: int
) -> list[tuple[Device, Unit]]:
    made = []
    for number in range(count):
        unit = communes[number % len(communes)][0]
        kind = "scanner" if number // len(communes) % 2 else "computer"
        device = Device(
            id=uuid.UUID(int=number + 1),
            programme=programme,
            device_type_id=kind,
            first_unit=unit,
            number=str(number // len(communes) + 1),
        )
        made.append((device, unit))
    Device.objects.bulk_create([device for device, _unit in made], batch_size=BATCH)
    custodies = [build(Custody, actor, {"device": device, "unit": unit}) for device, unit in made]
    Custody.objects.bulk_create(custodies, batch_size=BATCH)
    return made


def _checks(actor: Actor, devices: list[tuple[Device, Unit]], count: int, chance: random.Random) -> None:
    rows = list(devices)
    for batch in _batches(count):
        checks = []
        for number in batch:
            device, unit = rows[number % len(rows)]
            values = {
                "device": device,
                "unit": unit,
                "observed_on": FIRST_DAY + dt.timedelta(days=chance.randrange(DAYS)),
                "kind": "inspected",
                "said": _said(chance),
            }
            checks.append(build(Check, actor, values, id=uuid.UUID(int=chance.getrandbits(128))))
        Check.objects.bulk_create(checks, batch_size=BATCH)
        Answer.objects.bulk_create([answer for check in checks for answer in _answers(check)], batch_size=BATCH)


def _batches(count: int) -> Iterator[range]:
    for start in range(0, count, BATCH):
        yield range(start, min(start + BATCH, count))


def _said(chance: random.Random) -> dict[str, str]:
    said = {
        "present": "no" if chance.random() < 0.02 else "yes",
        "meets_requirements": "no" if chance.random() < 0.05 else "yes",
        "placement": chance.choices(("one_stop", "outside", "elsewhere"), (90, 7, 3))[0],
        "use_mode": chance.choices(("dedicated", "shared", "staff", "unused"), (30, 60, 5, 5))[0],
    }
    return {name: value for name, value in said.items() if chance.random() > 0.1}


def _answers(check: Check) -> Iterator[Answer]:
    for attribute, value in check.said.items():
        yield Answer(
            check_record_id=check.pk,
            device_id=check.device_id,
            attribute=attribute,
            value=value,
            observed_on=check.observed_on,
            recorded_at=check.recorded_at,
        )


def _settlements(actor: Actor, programme: Programme, communes: list[tuple[Unit, Unit]], chance: random.Random) -> None:
    rows = []
    for unit, _province in communes:
        day = FIRST_DAY + dt.timedelta(days=chance.randrange(DAYS))
        values = {"programme": programme, "unit": unit, "step": "settled", "observed_on": day}
        rows.append(build(PurchaseStep, actor, {**values, "done": chance.random() < 0.9}))
    PurchaseStep.objects.bulk_create(rows, batch_size=BATCH)
