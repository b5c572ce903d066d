"""Behind a member: the devices, answers, checks, visits and papers that its verdict is taken from."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from motcua.equipment.models import Device
from motcua.equipment.queries import devices_held
from motcua.fieldwork import rules as fieldwork
from motcua.fieldwork.models import Answer
from motcua.fieldwork.queries import states, values
from motcua.funding.models import Allocation, Programme, PurchaseStep
from motcua.funding.queries import steps_done


@dataclass(frozen=True, slots=True)
class DeviceState:
    """A device with the answers that hold for it."""

    device: Device
    answers: dict[str, Answer]

    @property
    def is_computer(self) -> bool:
        return self.device.device_type.is_computer

    @property
    def values(self) -> dict[str, str]:
        return values(self.answers)

    @property
    def is_absent(self) -> bool:
        return self.values.get("present") == "no"


@dataclass(slots=True)
class Behind:
    """All that stands behind a commune's verdicts."""

    devices: list[DeviceState] = field(default_factory=list)
    allocations: list[Allocation] = field(default_factory=list)
    steps: dict[str, PurchaseStep] = field(default_factory=dict)

    @property
    def computers(self) -> list[DeviceState]:
        return [state for state in self.devices if state.is_computer]


def behind(
    programme: Programme, unit_ids: Iterable[uuid.UUID], as_of: dt.date, known_at: dt.datetime | None = None
) -> dict[uuid.UUID, Behind]:
    """The records behind some communes, in a number of queries that does not grow with them."""
    wanted = list(unit_ids)
    found = {unit_id: Behind() for unit_id in wanted}
    held = devices_held(wanted, programme.pk, as_of, known_at)
    answers = states([device.pk for _unit, device in held], as_of, known_at)
    for unit_id, device in held:
        found[unit_id].devices.append(DeviceState(device, answers.get(device.pk, {})))
    rows = Allocation.objects.as_of(as_of, known_at).filter(programme=programme, to_unit_id__in=wanted)
    for row in rows.order_by("effective_on", "pk"):
        found[row.to_unit_id].allocations.append(row)
    for (unit_id, step), said in steps_done(programme.pk, as_of, known_at, unit_ids=wanted).items():
        found[unit_id].steps[step] = said
    return found


VERDICTS = {
    "units_placed": fieldwork.placed,
    "units_dedicated": fieldwork.dedicated,
    "units_shared": fieldwork.shared,
    "units_meeting_requirements": fieldwork.meets,
}
"""What each figure asks of one device."""
