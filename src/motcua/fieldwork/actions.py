"""Verbs in the field: rounds, visits, checks."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.common import outbox, records
from motcua.common.access import allow
from motcua.common.actor import Actor
from motcua.common.errors import Refused
from motcua.common.records import Difference
from motcua.equipment.models import Custody, Device
from motcua.fieldwork import access, rules
from motcua.fieldwork.enums import Source
from motcua.fieldwork.models import Answer, Check, Round, RoundUnit, Visit
from motcua.funding.models import Programme
from motcua.units.models import Unit, holds_on

CHECKS_RECORDED = "checks_recorded"


@transaction.atomic
def open_round(*, actor: Actor, values: Mapping[str, Any], asked: Sequence[Unit]) -> Round:
    """Put a question to units. `values`: programme, owner_unit, kind, title, reference_on, due_on, directive."""
    why = _("A round is opened by the programme officer of the unit that asks.")
    allow(access.may_open_round(actor, values["owner_unit"].pk), why)
    if not asked:
        raise Refused(_("The round asks no unit; choose at least one."))
    opened = records.enter(Round, actor, values)
    for unit in asked:
        records.enter(RoundUnit, actor, {"round": opened, "unit": unit})
    return opened


@transaction.atomic
def correct_round(current: Round, *, actor: Actor, values: Mapping[str, Any], reason: str) -> Round:
    why = _("A round is changed by the programme officer of the unit that asks.")
    allow(access.may_open_round(actor, current.owner_unit_id), why)
    kept = {"programme": current.programme_id, "owner_unit": current.owner_unit_id}
    return records.correct(current, actor, {**kept, **values}, reason=reason)


@transaction.atomic
def record_visit(
    *,
    actor: Actor,
    programme: Programme,
    unit: Unit,
    values: Mapping[str, Any],
    checks: Sequence[tuple[Device, Mapping[str, str]]] = (),
    id: uuid.UUID | None = None,
) -> Visit:
    """Write down a visit with what it says of each device. A second delivery of the same identity changes nothing.

    `values`: visited_on, inspected_by, assigned_by, assigned_on, round, note; `checks`: answers by question.
    """
    why = _("A visit is written down by an inspector or a programme officer of this unit or of one above.")
    allow(access.may_record_visit(actor, unit.pk), why)
    known = Visit.objects.filter(pk=id).first() if id else None
    if known:
        return known
    visit = records.enter(Visit, actor, {**values, "programme": programme, "unit": unit}, id=id)
    for device, said in checks:
        facts = {"device": device, "unit": unit, "visit": visit, "observed_on": visit.visited_on}
        _record(actor, {**facts, "kind": Source.INSPECTED, "said": said}, _check_id(id, device))
    return visit


@transaction.atomic
def correct_visit(current: Visit, *, actor: Actor, values: Mapping[str, Any], reason: str) -> Visit:
    """Correct a visit. Its checks keep their day: a check is corrected for itself."""
    why = _("A visit is corrected by an inspector or a programme officer of this unit or of one above.")
    allow(access.may_record_visit(actor, current.unit_id), why)
    kept = {"programme": current.programme_id, "unit": current.unit_id}
    return records.correct(current, actor, {**kept, **values}, reason=reason)


@transaction.atomic
def record_check(*, actor: Actor, values: Mapping[str, Any], id: uuid.UUID | None = None) -> Check:
    """Record what is said of one device. `values`: device, unit, visit, observed_on, kind, said.

    Raises `Refused` where the unit did not hold the device that day, or an answer is none of the choices.
    """
    why = _("A check is recorded by an inspector or officer, and declared by the unit's own clerk.")
    allow(access.may_record_check(actor, values["unit"].pk), why)
    if values["kind"] != Source.DECLARED:
        allow(access.may_record_visit(actor, values["unit"].pk), _("A clerk declares; only inspectors inspect."))
    return _record(actor, values, id)


@transaction.atomic
def correct_check(current: Check, *, actor: Actor, values: Mapping[str, Any], reason: str) -> Check:
    """Replace a check whole: an answer left blank is blank again."""
    why = _("This check is corrected by those who may record it.")
    allow(access.may_correct_check(actor, current), why)
    kept = {"device": current.device_id, "unit": current.unit_id, "visit": current.visit_id, "kind": current.kind}
    merged = {**kept, "observed_on": current.observed_on, **values}
    _refuse_bad_answers(merged["said"])
    new = records.correct(current, actor, merged, reason=reason)
    derive_answers(Difference([], [(current, new)], []))
    return new


@transaction.atomic
def withdraw_check(current: Check, *, actor: Actor, reason: str) -> Check:
    """Say that a check should never have been made."""
    allow(access.may_correct_check(actor, current), _("This check is withdrawn by those who may record it."))
    new = records.withdraw(current, actor, reason=reason)
    derive_answers(Difference([], [], [(current, new)]))
    return new


def derive_answers(difference: Difference) -> None:
    """Keep the answers equal to the checks: those of a replaced check end with it, those of a new one begin.

    Tells `checks_recorded` upwards with the devices concerned.
    """
    replaced = [*difference.changed, *difference.withdrawn]
    for old, new in replaced:
        in_force = Answer.objects.filter(check_record_id=old.pk, replaced_at__isnull=True)
        in_force.update(replaced_at=new.recorded_at)
    fresh = [*difference.created, *(new for _old, new in difference.changed)]
    Answer.objects.bulk_create([answer for check in fresh for answer in _answers(check)], batch_size=500)
    devices = {str(check.device_id) for check in [*fresh, *(old for old, _new in replaced)]}
    if devices:
        outbox.append(CHECKS_RECORDED, devices=sorted(devices))


def _answers(check: Check) -> list[Answer]:
    notes = {question: check.said.get(note, "") for note, question in rules.NOTES.items()}
    return [
        Answer(
            check_record_id=check.pk,
            device_id=check.device_id,
            attribute=name,
            value=value,
            note=notes.get(name, "")[:300],
            observed_on=check.observed_on,
            recorded_at=check.recorded_at,
        )
        for name, value in check.said.items()
        if value and name not in rules.NOTES
    ]


def _record(actor: Actor, values: Mapping[str, Any], id: uuid.UUID | None) -> Check:
    known = Check.objects.filter(pk=id).first() if id else None
    if known:
        return known
    _refuse_bad_answers(values["said"])
    _refuse_foreign_device(values)
    check = records.enter(Check, actor, values, id=id)
    derive_answers(Difference([check], [], []))
    return check


def _check_id(visit_id: uuid.UUID | None, device: Device) -> uuid.UUID | None:
    return uuid.uuid5(visit_id, str(device.pk)) if visit_id else None


def _refuse_bad_answers(said: Mapping[str, str]) -> None:
    wrong = rules.faults(said)
    if wrong:
        message = _("These answers are none of the choices: %(names)s.")
        raise Refused(message % {"names": ", ".join(f"{name} = {said[name]}" for name in wrong)})


def _refuse_foreign_device(values: Mapping[str, Any]) -> None:
    device, unit = values["device"], values["unit"]
    held = Custody.objects.known().filter(holds_on(values["observed_on"], "valid_from", "ended_on"))
    if not held.filter(device=device, unit=unit).exists():
        message = _("%(device)s is not held by this unit on that day; check which unit holds it.")
        raise Refused(message % {"device": device})
