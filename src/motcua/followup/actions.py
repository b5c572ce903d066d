"""Verbs of the follow-up: findings that arise from checks, remedies, and what people judge."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.common import clock, records
from motcua.common.access import allow
from motcua.common.actor import Actor
from motcua.common.errors import Refused
from motcua.common.records import Difference, Intake
from motcua.equipment.models import Device
from motcua.fieldwork.models import Answer
from motcua.followup import access, rules
from motcua.followup.models import Finding, Judgement, Remedy
from motcua.funding.models import Programme
from motcua.registry.files import store_file
from motcua.units.models import Unit

AT_ONCE = 500
Upload = tuple[str, bytes]


@transaction.atomic
def derive_findings(device_ids: Sequence[uuid.UUID], *, actor: Actor) -> Intake:
    """Make the findings about some devices equal to what their checks show. A second time changes nothing."""
    intake = Intake()
    ordered = sorted(set(device_ids))
    for start in range(0, len(ordered), AT_ONCE):
        part = ordered[start : start + AT_ONCE]
        locked = Device.objects.select_for_update(of=("self",)).filter(pk__in=part)
        devices = list(locked.select_related("device_type").order_by("pk"))
        records.store(Finding, _difference(devices, actor), actor=actor, intake=intake)
    return intake


def _difference(devices: Sequence[Device], actor: Actor) -> Difference:
    ids = [device.pk for device in devices]
    answers: dict[uuid.UUID, list[Answer]] = {}
    rows = Answer.objects.filter(device_id__in=ids, replaced_at__isnull=True, criterion="")
    for row in rows.select_related("check_record"):
        answers.setdefault(row.device_id, []).append(row)
    known: dict[uuid.UUID, dict[uuid.UUID, Finding]] = {}
    for finding in Finding.objects.filter(device_id__in=ids, replaced_at__isnull=True):
        known.setdefault(finding.device_id, {})[finding.origin_id] = finding
    total = Difference([], [], [])
    for device in devices:
        _derive(device, answers.get(device.pk, []), known.get(device.pk, {}), actor, total)
    return total


def _derive(
    device: Device, answers: Sequence[Answer], known: Mapping[uuid.UUID, Finding], actor: Actor, total: Difference
) -> None:
    """Add to `total` what one device's answers change in its findings (`known` holds withdrawn ones too)."""
    units = {row.check_record.origin_id: row.check_record.unit_id for row in answers}
    found = rules.episodes(map(_seen, answers), is_computer=device.device_type.is_computer)
    standing = [
        rules.Known(key, row.kind, row.found_on, row.found_by_id) for key, row in known.items() if not row.withdrawn
    ]
    pairs = rules.paired(found, standing)
    kept = {key for key in pairs if key is not None}
    for episode, pair in zip(found, pairs, strict=True):
        key = pair or _free_id(device, episode, kept)
        kept.add(key)
        values = _facts(device, episode, units[episode.found_by])
        before = known.get(key)
        if before is None:
            total.created.append(records.build(Finding, actor, values, id=key))
        elif before.withdrawn or records.facts(before) != values:
            reason = _("The checks show something else now.")
            total.changed.append((before, records.build_correction(before, actor, values, reason=reason)))
    for key, row in known.items():
        if not row.withdrawn and key not in kept:
            reason, facts = _("The check that showed it says something else now."), records.facts(row)
            new = records.build_correction(row, actor, facts, reason=reason, withdrawn=True)
            total.withdrawn.append((row, new))


def _seen(answer: Answer) -> rules.Seen:
    check = answer.check_record
    return rules.Seen(answer.attribute, answer.value, answer.observed_on, check.pk, check.origin_id, answer.note)


def _facts(device: Device, episode: rules.Episode, unit_id: uuid.UUID) -> dict[str, Any]:
    return {
        "programme": device.programme_id,
        "unit": unit_id,
        "device": device.pk,
        "kind": episode.kind,
        "found_on": episode.found_on,
        "found_by": episode.found_by,
        "ended_on": episode.ended_on,
        "ended_by": episode.ended_by,
        "note": episode.note,
    }


def _free_id(device: Device, episode: rules.Episode, taken: set[uuid.UUID]) -> uuid.UUID:
    """An identity that follows from what was found; one of a withdrawn finding is taken up again."""
    number = 1
    while True:
        key = uuid.uuid5(device.pk, f"finding/{episode.kind}/{episode.found_by}/{number}")
        if key not in taken:
            return key
        number += 1


@transaction.atomic
def order_remedy(finding: Finding, *, actor: Actor, values: Mapping[str, Any]) -> Remedy:
    """Say what must be done about a finding. `values`: wording, responsible_unit, due_on."""
    why = _("A remedy is ordered by an officer, inspector or leader of this unit or of one above.")
    allow(access.may_order_remedy(actor, finding), why)
    if values.get("due_on") and values["due_on"] < clock.today():
        raise Refused(_("A remedy cannot be due before today."))
    return records.enter(Remedy, actor, {**values, "finding": finding})


@transaction.atomic
def correct_remedy(current: Remedy, *, actor: Actor, values: Mapping[str, Any], reason: str) -> Remedy:
    """Change what must be done, by whom or by when."""
    why = _("A remedy is changed by those who may order one, before it is confirmed.")
    allow(access.may_change_remedy(actor, current), why)
    return records.correct(current, actor, {**records.facts(current), **values}, reason=reason)


@transaction.atomic
def report_remedy_done(
    current: Remedy, *, actor: Actor, values: Mapping[str, Any], upload: Upload | None = None
) -> Remedy:
    """Say that it was done. `values`: done_on, done_note; `upload`: a photo or paper that shows it (name, content)."""
    why = _("The unit that must do it reports it done, once.")
    allow(access.may_report_remedy_done(actor, current), why)
    said = {**values, "done_by": actor.name, "done_person": actor.person_id}
    if upload:
        said["evidence"] = store_file(*upload)
    return records.correct(current, actor, {**records.facts(current), **said}, reason=_("Reported as done."))


@transaction.atomic
def confirm_remedy(current: Remedy, *, actor: Actor, seen_on: dt.date) -> Remedy:
    """A second person has seen that it was done: the remedy is closed."""
    allow(not access.did_it(actor, current), _("You reported it done; somebody else must confirm it."))
    why = _("A remedy that was reported done is confirmed by an officer, inspector or leader of this unit or above.")
    allow(access.may_confirm_remedy(actor, current), why)
    if current.done_on and seen_on < current.done_on:
        raise Refused(_("It cannot have been seen before it was done."))
    said = {"seen_on": seen_on, "seen_by": actor.name, "seen_person": actor.person_id}
    return records.correct(current, actor, {**records.facts(current), **said}, reason=_("Seen and confirmed."))


@transaction.atomic
def reopen_remedy(current: Remedy, *, actor: Actor, reason: str) -> Remedy:
    """A second person has seen that it was not done: it must be reported again."""
    why = _("Only a remedy that was reported done, and not by yourself, can be sent back.")
    allow(access.may_confirm_remedy(actor, current), why)
    empty = {"done_on": None, "done_note": "", "done_by": "", "done_person": None, "evidence": None}
    return records.correct(current, actor, {**records.facts(current), **empty}, reason=reason)


@transaction.atomic
def enter_judgement(*, actor: Actor, programme: Programme, unit: Unit, values: Mapping[str, Any]) -> Judgement:
    """Write down what a unit judges. `values`: kind, concerns (checked by `figures.sides`), wording, gloss."""
    allow(access.may_judge(actor, unit.pk), _("Judgements are written by the unit's programme officer or leader."))
    mine = Judgement.objects.known().filter(programme=programme, unit=unit)
    position = max(mine.values_list("position", flat=True), default=-1) + 1
    return records.enter(Judgement, actor, {**values, "programme": programme, "unit": unit, "position": position})


@transaction.atomic
def correct_judgement(current: Judgement, *, actor: Actor, values: Mapping[str, Any], reason: str) -> Judgement:
    """Correct a judgement whole; its place among the others stays."""
    allow(
        access.may_judge(actor, current.unit_id), _("Judgements are written by the unit's programme officer or leader.")
    )
    kept = {"programme": current.programme_id, "unit": current.unit_id, "position": current.position}
    return records.correct(current, actor, {**values, **kept}, reason=reason)


@transaction.atomic
def withdraw_judgement(current: Judgement, *, actor: Actor, reason: str) -> Judgement:
    """Take a judgement back."""
    allow(
        access.may_judge(actor, current.unit_id), _("Judgements are written by the unit's programme officer or leader.")
    )
    return records.withdraw(current, actor, reason=reason)
