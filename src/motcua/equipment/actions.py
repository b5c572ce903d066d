"""Verbs on devices."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.catalogue.actions import know_device_types
from motcua.catalogue.models import DeviceType
from motcua.common import audit, records
from motcua.common.access import allow
from motcua.common.actor import Actor
from motcua.common.errors import Refused
from motcua.common.records import Intake
from motcua.equipment import access
from motcua.equipment.models import Custody, Device, DeviceDescription
from motcua.funding.models import Programme
from motcua.units.models import Unit

DeviceKey = tuple[uuid.UUID, str, str]
"""First unit, device type, running number."""


def device_id(programme: Programme, key: DeviceKey) -> uuid.UUID:
    """The identity of a device that a source numbers: the same number is the same machine."""
    unit_id, device_type, number = key
    return uuid.uuid5(programme.pk, f"device/{unit_id}/{device_type}/{number}")


@transaction.atomic
def enter_device(
    *, actor: Actor, programme: Programme, unit: Unit, device_type: DeviceType, number: str, values: Mapping[str, Any]
) -> Device:
    """Enter a device that a unit holds. `values` describe it; `held_since` may say since when.

    Without a `number` it gets the next one of its type at the unit.
    """
    allow(
        access.may_enter_device(actor, unit.pk), _("A unit's devices are entered by its clerk or the officers above.")
    )
    number = number or _next_number(programme, unit, device_type)
    if Device.objects.filter(programme=programme, first_unit=unit, device_type=device_type, number=number).exists():
        raise Refused(_("This unit already has a device of this type with this number."))
    identity = device_id(programme, (unit.pk, device_type.pk, number))
    device = Device.objects.create(
        id=identity, programme=programme, device_type=device_type, first_unit=unit, number=number
    )
    described = dict(values)
    held_since = described.pop("held_since", None)
    records.enter(DeviceDescription, actor, {**described, "device": device})
    records.enter(Custody, actor, {"device": device, "unit": unit, "valid_from": held_since})
    audit.record(actor, "enter_device", device, after={"number": number, "type": device_type.pk})
    return device


@transaction.atomic
def describe_device(
    current: DeviceDescription, *, actor: Actor, values: Mapping[str, Any], reason: str
) -> DeviceDescription:
    """Correct what is known of a device, whole: what is left out becomes unknown."""
    why = _("A device is described by the clerk of the unit that holds it, or the officers above.")
    allow(access.may_describe_device(actor, current.device), why)
    return records.correct(current, actor, {**values, "device": current.device_id}, reason=reason)


@transaction.atomic
@transaction.atomic
def correct_custody(current: Custody, *, actor: Actor, values: Mapping[str, Any], reason: str) -> Custody:
    """Correct since when a unit holds a device. `values`: valid_from, ended_on."""
    why = _("Who holds a device is corrected by the clerk of the unit that holds it, or the officers above.")
    allow(access.may_enter_device(actor, current.unit_id), why)
    kept = {"device": current.device_id, "unit": current.unit_id, "ended_on": current.ended_on}
    return records.correct(current, actor, {**kept, **values}, reason=reason)


@transaction.atomic
def withdraw_device(device: Device, *, actor: Actor, reason: str) -> None:
    """Say that a device should never have been entered: nobody holds it, on any day, and no figure counts it."""
    why = _("A device is withdrawn by the clerk of the unit that holds it, or the officers above.")
    allow(access.may_describe_device(actor, device), why)
    for model in (Custody, DeviceDescription):
        for row in model.objects.known().filter(device=device):
            records.withdraw(row, actor, reason=reason)
    audit.record(actor, "withdraw_device", device, reason=reason)


def _next_number(programme: Programme, unit: Unit, device_type: DeviceType) -> str:
    rows = Device.objects.filter(programme=programme, first_unit=unit, device_type=device_type)
    taken = [int(number) for number in rows.values_list("number", flat=True) if number.isdecimal()]
    return str(max(taken, default=0) + 1)


@transaction.atomic
def take_devices(
    keys: Sequence[tuple[DeviceKey, bool]], programme: Programme, *, actor: Actor, source: str, intake: Intake
) -> dict[DeviceKey, uuid.UUID]:
    """Make sure that the devices of a folder exist (key, whether only assumed); returns identities by key.

    A device that the folder named before and no longer names is held by nobody: it is counted no more.
    """
    know_device_types([key[1] for key, _assumed in keys], actor=actor)
    ids = {key: device_id(programme, key) for key, _assumed in keys}
    known = set(Device.objects.filter(pk__in=list(ids.values())).values_list("pk", flat=True))
    types = DeviceType.objects.in_bulk({key[1] for key in ids})
    fresh = [
        Device(id=ids[key], programme=programme, first_unit_id=key[0], device_type=types[key[1]], number=key[2])
        for key in ids
        if ids[key] not in known
    ]
    Device.objects.bulk_create(fresh, batch_size=500)
    audit.record_all(
        audit.entry(actor, "enter_device", row, after={"number": row.number, "type": row.device_type_id})
        for row in fresh
    )
    intake.count(intake.created, Device, len(fresh))
    described = {
        uuid.uuid5(ids[key], "description"): {"device": ids[key], "is_assumed": assumed} for key, assumed in keys
    }
    held = {uuid.uuid5(ids[key], "custody"): {"device": ids[key], "unit": key[0]} for key in ids}
    for model, wanted in ((DeviceDescription, described), (Custody, held)):
        records.reconcile(model, wanted, actor=actor, source=source, intake=intake)
    return ids
