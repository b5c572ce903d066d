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
from motcua.funding import access, dating, ledger
from motcua.funding.models import Allocation, Programme, ProgrammeTerms, PurchaseStep
from motcua.units.models import Unit
from motcua.units.queries import last_known
from vanban.words import format_vnd


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
    """Enter money of a unit's own into a programme: it may then be spent or given on."""
    allow(access.may_allocate(actor, unit.pk), _("Money of a unit is entered by its programme officer."))
    _refuse_no_amount([amount_vnd])
    (entry,) = ledger.post(programme.pk, ledger.own(unit.pk, amount_vnd))
    audit.record(actor, "record_own_money", entry, after={"amount_vnd": amount_vnd}, reason=reason)


@transaction.atomic
def take_back_own_money(*, actor: Actor, programme: Programme, unit: Unit, amount_vnd: int, reason: str) -> None:
    """Take money of a unit's own out again, entered too high. Raises `Refused` beyond what was entered or is left."""
    allow(access.may_allocate(actor, unit.pk), _("Money of a unit is entered by its programme officer."))
    _refuse_no_amount([amount_vnd])
    (entry,) = ledger.post(programme.pk, ledger.own(unit.pk, -amount_vnd))
    if ledger.own_money(programme.pk, unit.pk) < 0:
        raise Refused(_("More would be taken back than was entered as the unit's own. Nothing was changed."))
    audit.record(actor, "take_back_own_money", entry, after={"amount_vnd": -amount_vnd}, reason=reason)


@transaction.atomic
def allocate(
    *, actor: Actor, programme: Programme, giver: Unit, shares: Sequence[tuple[Unit, int]], values: Mapping[str, Any]
) -> list[Allocation]:
    """Give a unit's money on, to one or many at once. `values`: purpose, decision, effective_on.

    Without a day of its own an allocation holds from its decision's day, without a decision from that of the
    receipt it is paid from. Raises `Refused` where the shares exceed what the giver still has, an amount is not
    above zero, or the money would flow in a circle.
    """
    allow(access.may_allocate(actor, giver.pk), _("A unit's money is given on by its own programme officer."))
    if not shares:
        raise Refused(_("Nobody is named to give money to."))
    _refuse_no_amount([amount for _unit, amount in shares])
    dates = dating.dates_of_new(programme, giver.pk, [(unit.pk, amount) for unit, amount in shares], values)
    made = [
        records.enter(
            Allocation,
            actor,
            {
                **values,
                "programme": programme,
                "from_unit": giver,
                "to_unit": unit,
                "amount_vnd": amount,
                "effective_on": date,
            },
        )
        for (unit, amount), date in zip(shares, dates, strict=True)
    ]
    ledger.post(programme.pk, [move for allocation in made for move in ledger.of_allocation(allocation)])
    return made


@transaction.atomic
def correct_allocation(current: Allocation, *, actor: Actor, values: Mapping[str, Any], reason: str) -> Allocation:
    """Correct an allocation whole; the money moves accordingly or nothing is changed.

    What was given on out of it without a decision takes its day along.
    """
    why = _("An allocation is corrected by the programme officer of the unit that gave it.")
    allow(access.may_allocate(actor, current.from_unit_id), why)
    programme = current.programme
    kept = {"programme": programme, "from_unit": current.from_unit_id, "to_unit": current.to_unit_id}
    said = {**kept, "amount_vnd": current.amount_vnd, **values}
    _refuse_no_amount([said["amount_vnd"]])
    before = dating.derived_dates(programme)
    share = (current.to_unit_id, said["amount_vnd"])
    (date,) = dating.dates_of_new(programme, current.from_unit_id, [share], said, without=current)
    new = records.correct(current, actor, {**said, "effective_on": date}, reason=reason)
    if new.amount_vnd != current.amount_vnd:
        ledger.post(programme.pk, [*ledger.undoing(current), *ledger.of_allocation(new)])
    _let_days_follow(programme, before, actor)
    return new


@transaction.atomic
def withdraw_allocation(current: Allocation, *, actor: Actor, reason: str) -> Allocation:
    """Say that an allocation was never made; its money goes back."""
    why = _("An allocation is withdrawn by the programme officer of the unit that gave it.")
    allow(access.may_allocate(actor, current.from_unit_id), why)
    before = dating.derived_dates(current.programme)
    new = records.withdraw(current, actor, reason=reason)
    ledger.post(current.programme_id, ledger.undoing(current))
    _let_days_follow(current.programme, before, actor)
    return new


def _let_days_follow(programme: Programme, before: Mapping[object, Any], actor: Actor) -> None:
    """What is paid out of money received holds from the day of that: a consequence, so no permission is asked."""
    reason = _("The allocation that it is paid from was corrected.")
    for allocation, day in dating.moved(programme, before):
        values = {**records.facts(allocation), "effective_on": day}
        records.correct(allocation, actor, values, reason=reason)


def _refuse_no_amount(amounts: Sequence[int]) -> None:
    if any(amount <= 0 for amount in amounts):
        raise Refused(_("An amount must be above zero."))


@transaction.atomic
def record_step(
    *, actor: Actor, programme: Programme, unit: Unit, values: Mapping[str, Any], id: uuid.UUID | None = None
) -> PurchaseStep:
    """Say how one step of a unit's purchase stands.

    `values`: step, observed_on, done, done_on, amount_vnd, document, note. Raises `Refused` where the amount
    exceeds what the unit has in the programme.
    """
    why = _("A purchase is recorded by the unit's clerk, an inspector or the programme officer above.")
    allow(access.may_record_step(actor, unit.pk), why)
    _refuse_bad_step(programme, unit.pk, values)
    return records.enter(PurchaseStep, actor, {**values, "programme": programme, "unit": unit}, id=id)


@transaction.atomic
def correct_step(current: PurchaseStep, *, actor: Actor, values: Mapping[str, Any], reason: str) -> PurchaseStep:
    """Correct what was said of a step, whole."""
    why = _("A purchase is recorded by the unit's clerk, an inspector or the programme officer above.")
    allow(access.may_record_step(actor, current.unit_id), why)
    _refuse_bad_step(current.programme, current.unit_id, values)
    kept = {"programme": current.programme, "unit": current.unit_id}
    return records.correct(current, actor, {**kept, **values}, reason=reason)


@transaction.atomic
def withdraw_step(current: PurchaseStep, *, actor: Actor, reason: str) -> PurchaseStep:
    """Say that a step should never have been recorded."""
    why = _("A purchase is recorded by the unit's clerk, an inspector or the programme officer above.")
    allow(access.may_record_step(actor, current.unit_id), why)
    return records.withdraw(current, actor, reason=reason)


def _refuse_bad_step(programme: Programme, unit_id: uuid.UUID, values: Mapping[str, Any]) -> None:
    """Law 6: what is entered by hand never spends more than a unit received and has of its own."""
    if values.get("done_on") and not values.get("done"):
        raise Refused(_("A day is given on which the step was done, but not that it was done."))
    amount, limit = values.get("amount_vnd") or 0, ledger.available(programme.pk, unit_id)
    if amount > limit:
        unit = last_known(unit_id)
        message = _(
            "%(amount)s is more than the %(limit)s that %(unit)s has in this programme. "
            "Check the amount, or enter the missing money first."
        )
        said = {"amount": format_vnd(amount), "limit": format_vnd(limit), "unit": unit.committee if unit else unit_id}
        raise Refused(message % said)
