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
from motcua.common.models import Record
from motcua.common.records import Difference
from motcua.equipment.models import Custody, Device
from motcua.fieldwork import access, rules
from motcua.fieldwork.answering import answers_of
from motcua.fieldwork.enums import Source
from motcua.fieldwork.models import Answer, Check, Round, RoundUnit, Visit
from motcua.funding.models import Programme
from motcua.units.access import own_units
from motcua.units.models import Unit, holds_on
from motcua.units.queries import units_at

CHECKS_RECORDED = "checks_recorded"


@transaction.atomic
def open_round(*, actor: Actor, values: Mapping[str, Any], asked: Sequence[Unit]) -> Round:
    """Put a question to units. `values`: programme, owner_unit, kind, title, reference_on, due_on, directive."""
    why = _("A round is opened by the programme officer of the unit that asks.")
    allow(access.may_open_round(actor, values["owner_unit"].pk), why)
    _refuse_asking(actor, asked)
    opened = records.enter(Round, actor, values)
    for unit in asked:
        records.enter(RoundUnit, actor, {"round": opened, "unit": unit})
    return opened


@transaction.atomic
def correct_round(
    current: Round, *, actor: Actor, values: Mapping[str, Any], reason: str, asked: Sequence[Unit] | None = None
) -> Round:
    """Correct a round whole; `asked`: the units that it shall ask from now on (None: as before)."""
    why = _("A round is changed by the programme officer of the unit that asks.")
    allow(access.may_open_round(actor, current.owner_unit_id), why)
    kept = {"programme": current.programme_id, "owner_unit": current.owner_unit_id}
    new = records.correct(current, actor, {**kept, **values}, reason=reason)
    if asked is not None:
        _ask(new, asked, actor=actor, reason=reason)
    return new


def _refuse_asking(actor: Actor, asked: Sequence[Unit]) -> None:
    if not asked:
        raise Refused(_("The round asks no unit; choose at least one."))
    wanted = {unit.pk for unit in asked}
    if own_units(actor).filter(pk__in=wanted).count() < len(wanted):
        raise Refused(_("A round asks only units at or below the unit that puts it."))


def _ask(round: Round, asked: Sequence[Unit], *, actor: Actor, reason: str) -> None:
    _refuse_asking(actor, asked)
    before = {row.unit_id: row for row in RoundUnit.objects.known().filter(round_id=round.origin_id)}
    for unit in asked:
        if unit.pk not in before:
            records.enter(RoundUnit, actor, {"round": round, "unit": unit})
    for unit_id in before.keys() - {unit.pk for unit in asked}:
        records.withdraw(before[unit_id], actor, reason=reason)


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
    known = Visit.objects.filter(pk=id).first() if id and _takes_turn(unit) else None
    if known:
        _refuse_other_unit(known.unit_id, unit)
        _refuse_other_content(known, {**values, "programme": programme})
        for device, said in checks:
            if any(said.values()):
                _refuse_other_content(
                    Check.objects.filter(pk=uuid.uuid5(known.pk, str(device.pk))).first(), {"said": said}
                )
        return known
    visit = records.enter(Visit, actor, {**values, "programme": programme, "unit": unit}, id=id)
    for device, said in checks:
        if not any(said.values()):
            continue
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
    _refuse_bad_answers(current.device, merged["said"])
    if merged["observed_on"] != current.observed_on:
        _refuse_foreign_device({**merged, "device": current.device, "unit": current.unit})
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
    Answer.objects.bulk_create(answers_of(fresh), batch_size=500)
    devices = {str(check.device_id) for check in [*fresh, *(old for old, _new in replaced)]}
    if devices:
        outbox.append(CHECKS_RECORDED, devices=sorted(devices))


def _record(actor: Actor, values: Mapping[str, Any], id: uuid.UUID | None) -> Check:
    known = Check.objects.filter(pk=id).first() if id and _takes_turn(values["unit"]) else None
    if known:
        _refuse_other_unit(known.unit_id, values["unit"])
        _refuse_other_content(known, values)
        return known
    if not any(values["said"].values()):
        raise Refused(_("Nothing is said of the device; answer at least one question."))
    _refuse_bad_answers(values["device"], values["said"])
    _refuse_foreign_device(values)
    check = records.enter(Check, actor, values, id=id)
    derive_answers(Difference([check], [], []))
    return check


def _check_id(visit_id: uuid.UUID | None, device: Device) -> uuid.UUID | None:
    return uuid.uuid5(visit_id, str(device.pk)) if visit_id else None


def _takes_turn(unit: Unit) -> bool:
    """Deliveries about one unit wait for each other: a packet sent twice at once is known to the second."""
    return Unit.objects.select_for_update().filter(pk=unit.pk).first() is not None


def _refuse_other_unit(known_unit_id: uuid.UUID, unit: Unit) -> None:
    """An identity that a second delivery brings belongs to the record of the first, at the same unit."""
    if known_unit_id != unit.pk:
        raise Refused(_("This identity belongs to a record of another unit."))


def _refuse_other_content(known: Record | None, values: Mapping[str, Any]) -> None:
    """A second delivery says what the first one said: what it says otherwise would be lost without a word."""
    said = records.facts(known) if known else {}
    same = all(
        name in said and said[name] == getattr(value, "origin_id", getattr(value, "pk", value))
        for name, value in values.items()
    )
    if not same:
        message = _(
            "This has been sent already, and now says something else. What was sent first is kept: open the form "
            "anew for something new, or correct the record."
        )
        raise Refused(message)


def _refuse_bad_answers(device: Device, said: Mapping[str, str]) -> None:
    wrong = rules.faults(said)
    if wrong:
        message = _("These answers are none of the choices: %(names)s.")
        raise Refused(message % {"names": ", ".join(f"{name} = {said[name]}" for name in wrong)})
    if any(said.get(note) and not said.get(question) for note, question in rules.NOTES.items()):
        message = _(
            "%(device)s: a place is noted, but not whether it is in the one-stop section. Answer the placement."
        )
        raise Refused(message % {"device": device})


def _refuse_foreign_device(values: Mapping[str, Any]) -> None:
    device, unit, day = values["device"], values["unit"], values["observed_on"]
    held = Custody.objects.known().filter(holds_on(day, "valid_from", "ended_on"), device=device)
    holders = list(held.values_list("unit_id", flat=True))
    if unit.pk in holders:
        return
    names = units_at([*holders, unit.pk], day)
    said = {
        "device": device,
        "unit": names[unit.pk].full_name if unit.pk in names else unit,
        "holder": ", ".join(names[holder].full_name for holder in holders if holder in names),
        "day": f"{day:%d/%m/%Y}",
    }
    if not holders:
        raise Refused(_("On %(day)s, %(device)s was held by no unit, so %(unit)s cannot say how it stands.") % said)
    message = _("On %(day)s, %(device)s was held by %(holder)s, not by %(unit)s. Record the check for %(holder)s.")
    raise Refused(message % said)
