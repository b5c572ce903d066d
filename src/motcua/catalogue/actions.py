"""Verbs on the catalogue."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.catalogue import access, rules
from motcua.catalogue.models import DeviceType, RequirementSet
from motcua.common import audit, records
from motcua.common.access import allow
from motcua.common.actor import Actor
from motcua.common.errors import Refused

BUILT_IN = {
    "computer": ("máy tính", "computer", True),
    "laptop": ("máy tính xách tay", "laptop", True),
    "scanner": ("máy scan", "scanner", False),
    "printer": ("máy in", "printer", False),
    "kiosk": ("ki-ốt tra cứu", "kiosk", False),
    "tablet": ("máy tính bảng", "tablet", False),
    "ups": ("bộ lưu điện", "UPS", False),
    "display": ("màn hình", "display", False),
}


@transaction.atomic
def know_device_types(keys: list[str], *, actor: Actor) -> None:
    """Make sure that the types exist; one that is not built in is named by its key until somebody names it."""
    known = set(DeviceType.objects.filter(pk__in=keys).values_list("key", flat=True))
    for key in dict.fromkeys(keys):
        if key not in known:
            vi, en, is_computer = BUILT_IN.get(key, (key, key, False))
            made = DeviceType.objects.create(key=key, name_vi=vi, name_en=en, is_computer=is_computer)
            audit.record(actor, "know_device_type", made, after={"name_vi": vi, "name_en": en})


@transaction.atomic
def publish_requirements(*, actor: Actor, values: Mapping[str, Any]) -> RequirementSet:
    """Publish a requirement set of `values["owner_unit"]`. Raises `Refused` for criteria without key or wording."""
    _allow(actor, values)
    know_device_types([_key(values["device_type"])], actor=actor)
    _refuse_bad_criteria(values)
    return records.enter(RequirementSet, actor, values)


@transaction.atomic
def correct_requirements(
    current: RequirementSet, *, actor: Actor, values: Mapping[str, Any], reason: str
) -> RequirementSet:
    """Correct a requirement set whole."""
    values = {"owner_unit": current.owner_unit, **values}
    _allow(actor, values)
    know_device_types([_key(values["device_type"])], actor=actor)
    _refuse_bad_criteria(values)
    return records.correct(current, actor, values, reason=reason)


def _key(device_type: DeviceType | str) -> str:
    return device_type if isinstance(device_type, str) else device_type.pk


def _allow(actor: Actor, values: Mapping[str, Any]) -> None:
    reason = _("Requirements are published by the programme officer of the unit that sets them.")
    allow(access.may_publish_requirements(actor, values["owner_unit"].pk), reason)


def _refuse_bad_criteria(values: Mapping[str, Any]) -> None:
    wrong = rules.faults(values.get("criteria") or [])
    if wrong:
        message = _("Criteria number %(rows)s lack a key or a wording, or the key stands twice.")
        raise Refused(message % {"rows": ", ".join(wrong)})
