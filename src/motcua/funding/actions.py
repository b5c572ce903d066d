"""Verbs on programmes, money and purchases."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.catalogue.actions import know_device_types
from motcua.common import audit, records
from motcua.common.access import allow
from motcua.common.actor import Actor
from motcua.common.errors import Refused
from motcua.funding import access, ledger
from motcua.funding.models import Allocation, Programme, ProgrammeTerms, PurchaseStep
from motcua.units.models import Unit


@transaction.atomic
def start_programme(*, actor: Actor, key: str, owner: Unit, values: Mapping[str, Any]) -> Programme:
    """Start a programme of a unit. `values`: name, year, device_type_keys."""
    allow(access.may_run_programme(actor, owner.pk), _("A programme is started by the programme officer of its unit."))
    programme = Programme.objects.create(key=key, owner_unit=owner)
    know_device_types(list(values.get("device_type_keys") or []), actor=actor)
    records.enter(ProgrammeTerms, actor, {**values, "programme": programme})
    audit.record(actor, "start_programme", programme, after={"key": key})
    return programme


@transaction.atomic
def correct_programme(terms: ProgrammeTerms, *, actor: Actor, values: Mapping[str, Any], reason: str) -> ProgrammeTerms:
    """Correct what a programme is called, its year or what it pays for."""
    programme = terms.programme
    why = _("A programme is changed by the programme officer of its unit.")
    allow(access.may_run_programme(actor, programme.owner_unit_id), why)
    know_device_types(list(values.get("device_type_keys") or []), actor=actor)
    return records.correct(terms, actor, {**values, "programme": programme}, reason=reason)


@transaction.atomic
def record_own_money(*, actor: Actor, programme: Programme, unit: Unit, amount_vnd: int, reason: str) -> None:
    """Enter money of a unit's own into a programme: it may then be given on."""
    allow(access.may_allocate(actor, unit.pk), _("Money of a unit is entered by its programme officer."))
    if amount_vnd <= 0:
        raise Refused(_("An amount must be above zero."))
    ledger.post(programme.pk, ledger.own(unit.pk, amount_vnd))
    after = {"unit": str(unit.pk), "amount_vnd": amount_vnd}
    audit.record(actor, "record_own_money", programme, after=after, reason=reason)


@transaction.atomic
def allocate(
    *, actor: Actor, programme: Programme, giver: Unit, shares: Sequence[tuple[Unit, int]], values: Mapping[str, Any]
) -> list[Allocation]:
    """Give a unit's money on, to one or many at once. `values`: purpose, decision, effective_on.

    Raises `Refused` where the shares exceed what the giver still has, or an amount is not above zero.
    """
    allow(access.may_allocate(actor, giver.pk), _("A unit's money is given on by its own programme officer."))
    if not shares:
        raise Refused(_("Nobody is named to give money to."))
    if any(amount <= 0 for _unit, amount in shares):
        raise Refused(_("An amount must be above zero."))
    made = [
        records.enter(
            Allocation,
            actor,
            {**values, "programme": programme, "from_unit": giver, "to_unit": unit, "amount_vnd": amount},
        )
        for unit, amount in shares
    ]
    ledger.post(programme.pk, [move for allocation in made for move in ledger.of_allocation(allocation)])
    return made


@transaction.atomic
def correct_allocation(current: Allocation, *, actor: Actor, values: Mapping[str, Any], reason: str) -> Allocation:
    """Correct an allocation whole; the money moves accordingly or nothing is changed."""
    why = _("An allocation is corrected by the programme officer of the unit that gave it.")
    allow(access.may_allocate(actor, current.from_unit_id), why)
    kept = {"programme": current.programme_id, "from_unit": current.from_unit_id, "to_unit": current.to_unit_id}
    new = records.correct(current, actor, {**kept, **values}, reason=reason)
    ledger.post(current.programme_id, [*ledger.undoing(current), *ledger.of_allocation(new)])
    return new


@transaction.atomic
def withdraw_allocation(current: Allocation, *, actor: Actor, reason: str) -> Allocation:
    """Say that an allocation was never made; its money goes back."""
    why = _("An allocation is withdrawn by the programme officer of the unit that gave it.")
    allow(access.may_allocate(actor, current.from_unit_id), why)
    new = records.withdraw(current, actor, reason=reason)
    ledger.post(current.programme_id, ledger.undoing(current))
    return new


@transaction.atomic
def record_step(
    *, actor: Actor, programme: Programme, unit: Unit, values: Mapping[str, Any], id: uuid.UUID | None = None
) -> PurchaseStep:
    """Say how one step of a unit's purchase stands.

    `values`: step, observed_on, done, done_on, amount_vnd, document, note.
    """
    why = _("A purchase is recorded by the unit's clerk, an inspector or the programme officer above.")
    allow(access.may_record_step(actor, unit.pk), why)
    return records.enter(PurchaseStep, actor, {**values, "programme": programme, "unit": unit}, id=id)


@transaction.atomic
def correct_step(current: PurchaseStep, *, actor: Actor, values: Mapping[str, Any], reason: str) -> PurchaseStep:
    """Correct what was said of a step, whole."""
    why = _("A purchase is recorded by the unit's clerk, an inspector or the programme officer above.")
    allow(access.may_record_step(actor, current.unit_id), why)
    kept = {"programme": current.programme_id, "unit": current.unit_id}
    return records.correct(current, actor, {**kept, **values}, reason=reason)
