"""Devices with what is known of them and who holds them."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import CharField, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat

from motcua.equipment.models import Custody, Device, DeviceDescription
from motcua.units.models import UnitPosition, holds_on


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


def listed(custodies: QuerySet[Custody], as_of: dt.date, known_at: dt.datetime | None = None) -> QuerySet[Custody]:
    """Holdings on a day as the list of devices shows them: `described` is what is known of the device then,
    `unit_name` what the holder was called that day (or was called last)."""
    then = UnitPosition.objects.at(as_of, known_at).filter(unit_id=OuterRef("unit_id"))
    ever = UnitPosition.objects.filter(unit_id=OuterRef("unit_id"), replaced_at__isnull=True)
    last = ever.order_by(F("from_on").desc(nulls_last=True))
    name = Concat("period__kind", Value(" "), "period__name", output_field=CharField())
    of_device = "device__descriptions"
    described = Q(**{f"{of_device}__replaced_at__isnull": True})
    if known_at is not None:
        described |= Q(**{f"{of_device}__replaced_at__gt": known_at})
        described &= Q(**{f"{of_device}__recorded_at__lte": known_at})
    rows = custodies.filter(holds_on(as_of, "valid_from", "ended_on")).annotate(
        described=FilteredRelation(of_device, condition=described & Q(**{f"{of_device}__withdrawn": False})),
        unit_name=Coalesce(Subquery(then.values(name=name)[:1]), Subquery(last.values(name=name)[:1])),
        **{field: F(f"described__{field}") for field in ("serial_number", "make", "model", "is_assumed", "price_vnd")},
        in_use_since=F("described__in_use_since"),
    )
    return rows.select_related("device__device_type", "device__programme")


def holders(custodies: QuerySet[Custody], as_of: dt.date, most: int) -> list[uuid.UUID]:
    """The units that hold something on a day; none where they are more than `most`."""
    rows = custodies.filter(holds_on(as_of, "valid_from", "ended_on")).values_list("unit_id", flat=True)
    found = list(rows.order_by("unit_id").distinct()[: most + 1])
    return found if len(found) <= most else []


def custody_now(device: Device) -> Custody | None:
    """Who holds a device with no end set."""
    return Custody.objects.known().filter(device=device, ended_on__isnull=True).select_related("unit").first()
