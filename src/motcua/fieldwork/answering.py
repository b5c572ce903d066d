"""The answers that a check comes to: those given, and the whole verdict that its criteria come to."""

import datetime as dt
import uuid
from collections.abc import Iterable

from motcua.catalogue.queries import criteria_in_force
from motcua.equipment.models import Device
from motcua.fieldwork import rules
from motcua.fieldwork.enums import Attribute
from motcua.fieldwork.models import Answer, Check


def answers_of(checks: Iterable[Check]) -> list[Answer]:
    """One row for each answer, not yet stored. A check that judges single criteria and says nothing of the whole
    is held against the requirement sets in force for the device's type on that day."""
    criteria = _Criteria()
    return [answer for check in checks for answer in _answers(check, criteria)]


class _Criteria:
    """Keys of the criteria in force, asked once for a type, unit and day."""

    def __init__(self) -> None:
        self._types: dict[uuid.UUID, str] = {}
        self._keys: dict[tuple[str, uuid.UUID, dt.date], list[str]] = {}

    def asked_of(self, check: Check) -> list[str]:
        if check.device_id not in self._types:
            device = Device.objects.filter(pk=check.device_id).values_list("device_type_id", flat=True)
            self._types[check.device_id] = device.get()
        asked = (self._types[check.device_id], check.unit_id, check.observed_on)
        if asked not in self._keys:
            self._keys[asked] = [criterion["key"] for criterion in criteria_in_force(*asked)]
        return self._keys[asked]


def _answers(check: Check, criteria: _Criteria) -> list[Answer]:
    judged = rules.criteria_answered(check.said)
    whole = {Attribute.MEETS: rules.whole_verdict(check.said, criteria.asked_of(check) if judged else ())}
    asked = {name: value for name, value in check.said.items() if not name.startswith(rules.CRITERION)}
    notes = {question: check.said.get(note, "") for note, question in rules.NOTES.items()}
    given = [(name, "", value) for name, value in {**asked, **whole}.items() if value and name not in rules.NOTES]
    given += [(Attribute.MEETS, key, value) for key, value in judged.items()]
    return [
        Answer(
            check_record_id=check.pk,
            device_id=check.device_id,
            attribute=name,
            criterion=key,
            value=value,
            note=notes.get(name, "")[:300],
            observed_on=check.observed_on,
            recorded_at=check.recorded_at,
        )
        for name, key, value in given
    ]
