"""Devices with what is known of them and who holds them."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import QuerySet

from motcua.equipment.models import Custody, Device, DeviceDescription
from motcua.units.models import holds_on


def custodies_at(as_of: dt.date, known_at: dt.datetime | None = None) -> QuerySet[Custody]:
    """Who holds what on a day."""
    return Custody.objects.known(known_at).filter(holds_on(as_of, "valid_from", "ended_on"))


def devices_held(
    unit_ids: Iterable[uuid.UUID], programme_id: uuid.UUID, as_of: dt.date, known_at: dt.datetime | None = None
) -> list[tuple[uuid.UUID, Device]]:
    """(unit, device) for the devices of a programme that units hold on a day."""
    rows = custodies_at(as_of, known_at).filter(unit_id__in=list(unit_ids), device__programme_id=programme_id)
    ordered = rows.select_related("device__device_type").order_by("unit_id", "device__device_type_id", "device__number")
    return [(row.unit_id, row.device) for row in ordered]


def descriptions(
    device_ids: Iterable[uuid.UUID], known_at: dt.datetime | None = None
) -> dict[uuid.UUID, DeviceDescription]:
    """What is known of devices, by device."""
    rows = DeviceDescription.objects.known(known_at).filter(device_id__in=list(device_ids))
    return {row.device_id: row for row in rows}


def custody_history(device: Device) -> list[Custody]:
    """Who has held a device, the first holder first."""
    rows = Custody.objects.known().filter(device=device)
    return sorted(rows, key=lambda row: row.valid_from or dt.date.min)


def description_of(device: Device, known_at: dt.datetime | None = None) -> DeviceDescription | None:
    return descriptions([device.pk], known_at).get(device.pk)
