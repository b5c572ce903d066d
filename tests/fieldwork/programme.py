"""A small programme for the tests of fieldwork and what stands on it: two communes, each with devices."""

import datetime as dt
from dataclasses import dataclass

from motcua.catalogue.actions import know_device_types
from motcua.catalogue.models import DeviceType
from motcua.common.actor import operator
from motcua.equipment.actions import enter_device
from motcua.equipment.models import Device
from motcua.fieldwork.actions import open_round, record_check
from motcua.fieldwork.enums import RoundKind, Source
from motcua.fieldwork.models import Check, Round
from motcua.funding.actions import allocate, record_own_money, start_programme
from motcua.funding.models import Programme
from motcua.units.models import Unit
from tests.cast import Cast

KEY = "nam-2023"
DAY = dt.date(2023, 12, 27)


@dataclass(frozen=True, slots=True)
class Field:
    """The programme, its communes and their devices."""

    programme: Programme
    commune: Unit
    other_commune: Unit
    computer: Device
    scanner: Device
    other_computer: Device

    @property
    def devices(self) -> list[Device]:
        return [self.computer, self.scanner, self.other_computer]


def small_field(cast: Cast) -> Field:
    """The district's programme; each commune has money, Phủ Thông a computer and a scanner, Nguyên Phúc a computer."""
    values = {"name": "Trang bị máy tính, máy scan năm 2023", "year": 2023, "device_type_keys": ["computer", "scanner"]}
    programme = start_programme(actor=cast.district_officer, key=KEY, owner=cast.units["063"], values=values)
    first, second = cast.units["01969"], cast.units["01999"]
    money = {"actor": cast.district_officer, "programme": programme}
    record_own_money(**money, unit=cast.units["063"], amount_vnd=57_600_000, reason="ngân sách huyện")
    allocate(**money, giver=cast.units["063"], shares=[(first, 28_800_000), (second, 28_800_000)], values={})
    know_device_types(["computer", "scanner"], actor=operator("test"))
    types = {kind.pk: kind for kind in DeviceType.objects.all()}

    def device(unit: Unit, kind: str) -> Device:
        return enter_device(
            actor=cast.district_officer,
            programme=programme,
            unit=unit,
            device_type=types[kind],
            number="1",
            values={},
        )

    computer, scanner = device(first, "computer"), device(first, "scanner")
    return Field(programme, first, second, computer, scanner, device(second, "computer"))


def inspect(cast: Cast, device: Device, day: dt.date = DAY, **said: str) -> Check:
    """What the inspector says of a device on a day."""
    facts = {"device": device, "unit": device.first_unit, "visit": None, "observed_on": day}
    return record_check(actor=cast.inspector, values={**facts, "kind": Source.INSPECTED, "said": said})


def ask(cast: Cast, field: Field, **changes: object) -> Round:
    """A round of the district to both communes, referring to DAY."""
    values = {
        "programme": field.programme,
        "owner_unit": cast.units["063"],
        "kind": RoundKind.REPORT,
        "title": "Báo cáo tình hình sử dụng thiết bị",
        "reference_on": DAY,
        "due_on": dt.date(2024, 1, 5),
        "directive": None,
    }
    asked = [field.commune, field.other_commune]
    return open_round(actor=cast.district_officer, values={**values, **changes}, asked=asked)
