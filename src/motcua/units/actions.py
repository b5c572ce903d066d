"""Verbs on units and posts. Each is one transaction, asks its own permission and leaves audit entries."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.accounts.models import Person
from motcua.common import audit, clock, records
from motcua.common.access import allow
from motcua.common.actor import Actor
from motcua.common.errors import Refused
from motcua.units import access, rules
from motcua.units.enums import Extent
from motcua.units.models import Post, Succession, Unit, UnitChange, UnitPeriod, UnitPosition, holds_on
from vanban.words import fold


def make_unit(code: str, *, id: uuid.UUID | None = None) -> Unit:
    """A unit's identity with the next serial number; its facts follow as a period."""
    return Unit.objects.create(id=id or uuid.uuid4(), code=code, serial=next_serial())


def next_serial() -> int:
    """The number that the next unit gets."""
    last = Unit.objects.order_by("-serial").values_list("serial", flat=True).first()
    return (last or 0) + 1


@transaction.atomic
def add_unit(*, actor: Actor, code: str, values: Mapping[str, Any]) -> Unit:
    """Enter a unit. `values`: name, kind, parent, valid_from, ended_on of `UnitPeriod`.

    Raises `Refused` where the code already lives in that time, or the tree would close a circle.
    """
    parent = values.get("parent")
    outside = parent is None and not actor.is_operator
    allow(access.may_administer(actor) and not outside, _("Only the administrator of the unit above may add a unit."))
    if parent is not None:
        allow(access.may_change_unit(actor, parent.pk), _("Only the administrator of the unit above may add a unit."))
    _refuse_code_twice(code, values, None)
    unit = make_unit(code)
    records.enter(UnitPeriod, actor, {**values, "unit": unit})
    rebuild_positions()
    audit.record(actor, "add_unit", unit, after={"code": code})
    return unit


@transaction.atomic
def correct_unit(period: UnitPeriod, *, actor: Actor, values: Mapping[str, Any], reason: str) -> UnitPeriod:
    """Correct what is recorded of a unit's period. Under another parent it is moved only by who has that one too."""
    allow(
        access.may_change_unit(actor, period.unit_id), _("Only the administrator of the unit above may correct a unit.")
    )
    parent = values.get("parent")
    if (parent.pk if parent else None) != period.parent_id and not actor.is_operator:
        has_parent = parent is not None and access.may_change_unit(actor, parent.pk)
        allow(has_parent, _("A unit is moved only to a unit that you administer."))
    _refuse_code_twice(period.unit.code, values, period)
    new = records.correct(period, actor, {**values, "unit": period.unit}, reason=reason)
    rebuild_positions()
    return new


@transaction.atomic
def record_unit_change(
    *, actor: Actor, old: Unit, new: Unit, changed_on: dt.date, extent: Extent, citation: str, ends_old: bool = False
) -> UnitChange:
    """Say that a unit became another one: succession of reach follows at once.

    `ends_old`: the day before the change is the old unit's last.
    """
    allow(
        access.may_record_unit_change(actor, old.pk, new.pk),
        _("Only an administrator who has both the old unit and the new one may record what became of it."),
    )
    values = {"old_unit": old, "new_unit": new, "changed_on": changed_on, "extent": extent, "citation": citation}
    change = records.enter(UnitChange, actor, values)
    if ends_old:
        _end_unit(old, changed_on, actor, citation)
    rebuild_successions()
    return change


def _end_unit(unit: Unit, ended_on: dt.date, actor: Actor, citation: str) -> None:
    living = UnitPeriod.objects.known().filter(holds_on(ended_on - dt.timedelta(days=1), "valid_from", "ended_on"))
    period = living.filter(unit=unit).first()
    if period is None:
        raise Refused(_("The old unit did not live on the day before the change."))
    if period.ended_on is None or period.ended_on > ended_on:
        values = {**records.facts(period), "ended_on": ended_on}
        records.correct(period, actor, values, reason=citation or _("It became another unit."))
        rebuild_positions()


@transaction.atomic
def add_person(*, actor: Actor, username: str, full_name: str, email: str = "", password: str | None = None) -> Person:
    """Let somebody sign in by name and password, checked already; what they may do follows from the posts they get.

    Raises `Refused` where somebody has the sign-in name.
    """
    allow(access.may_administer(actor), _("Only an administrator may add a person."))
    if Person.objects.filter(username=username).exists():
        raise Refused(_("Somebody already has the sign-in name %(username)s.") % {"username": username})
    person = Person.objects.create_user(username, password, full_name=full_name, email=email)
    audit.record(actor, "add_person", person, after={"username": username, "full_name": full_name})
    return person


@transaction.atomic
def correct_person(person: Person, *, actor: Actor, full_name: str, email: str) -> Person:
    """Another name or address of a person; the sign-in name stays."""
    allow(access.may_manage_person(actor, person), _not_theirs())
    before = {"full_name": person.full_name, "email": person.email}
    person.full_name, person.email = full_name, email
    person.save(update_fields=["full_name", "email"])
    audit.record(actor, "correct_person", person, before=before, after={"full_name": full_name, "email": email})
    return person


@transaction.atomic
def give_password(person: Person, *, actor: Actor, password: str) -> None:
    """A new password, checked already, for somebody who has forgotten theirs; their sessions end."""
    allow(access.may_manage_person(actor, person), _not_theirs())
    person.set_password(password)
    person.save(update_fields=["password"])
    audit.record(actor, "give_password", person)


@transaction.atomic
def deactivate_person(person: Person, *, actor: Actor, reason: str) -> None:
    """From now on the person cannot sign in, and open sessions end; what they did still names them."""
    allow(access.may_manage_person(actor, person), _not_theirs())
    if person.pk == actor.person_id:
        raise Refused(_("You cannot end your own sign-in. Ask another administrator."))
    _switch(person, False, "deactivate_person", actor, reason)


@transaction.atomic
def reactivate_person(person: Person, *, actor: Actor, reason: str) -> None:
    """The person may sign in again, with the password from before."""
    allow(access.may_manage_person(actor, person), _not_theirs())
    _switch(person, True, "reactivate_person", actor, reason)


def _switch(person: Person, is_active: bool, verb: str, actor: Actor, reason: str) -> None:
    before = {"is_active": person.is_active}
    person.is_active = is_active
    person.save(update_fields=["is_active"])
    audit.record(actor, verb, person, before=before, after={"is_active": is_active}, reason=reason)


def _not_theirs() -> str:
    return _("Only an administrator of every unit at which the person holds a post may do this.")


@transaction.atomic
def give_post(*, actor: Actor, person: Person, values: Mapping[str, Any]) -> Post:
    """Give a person a post. `values`: unit, role, title, valid_from, ended_on."""
    unit = values["unit"]
    allow(
        access.may_change_unit(actor, unit.pk),
        _("Only the administrator of this unit or of one above may give a post."),
    )
    return records.enter(Post, actor, {**values, "person": person})


@transaction.atomic
def end_post(post: Post, *, actor: Actor, last_day: dt.date, reason: str) -> Post:
    """Let a post end; what was done in it stays."""
    allow(
        access.may_change_unit(actor, post.unit_id),
        _("Only the administrator of this unit or of one above may end a post."),
    )
    if post.valid_from and last_day < post.valid_from:
        raise Refused(_("The last day must not lie before the first."))
    values = {**records.facts(post), "ended_on": last_day + dt.timedelta(days=1)}
    return records.correct(post, actor, values, reason=reason)


def rebuild_positions() -> None:
    """Derive the tree anew from the periods in force. Only what differs is written; what stood before stays readable.

    Raises `Refused` for a circle.
    """
    periods = list(UnitPeriod.objects.known().select_related("unit"))
    try:
        spots = rules.place(_life(period) for period in periods)
    except rules.TreeError as error:
        names = ", ".join(str(period) for period in periods if period.unit_id in error.units)
        raise Refused(
            _("These units would stand above each other in a circle: %(names)s.") % {"names": names}
        ) from error
    wanted = {(s.key, s.path, s.level.value, s.span.start, s.span.end): s for s in spots}
    held = UnitPosition.objects.filter(replaced_at__isnull=True)
    standing = {(p.period_id, p.path, p.level, p.from_on, p.ended_on): p.pk for p in held}
    moment = clock.now()
    folded = {period.pk: fold(f"{period.unit.code} {period}") for period in periods}
    gone = [pk for key, pk in standing.items() if key not in wanted]
    for start in range(0, len(gone), 500):
        UnitPosition.objects.filter(pk__in=gone[start : start + 500]).update(replaced_at=moment)
    UnitPosition.objects.bulk_create(
        [_position(spot, folded[spot.key], moment) for key, spot in wanted.items() if key not in standing],
        batch_size=1000,
    )


def rebuild_successions() -> None:
    """Derive who has succeeded whom, and since when, through any number of changes."""
    before: dict[uuid.UUID, list[rules.Became[uuid.UUID]]] = {}
    for new, old, day in UnitChange.objects.known().values_list("new_unit_id", "old_unit_id", "changed_on"):
        before.setdefault(new, []).append(rules.Became(old, day))
    wanted = {(new, old, since) for new in before for old, since in rules.succeeded(new, before).items()}
    standing = set(Succession.objects.values_list("successor_id", "predecessor_id", "since"))
    for new, old, _since in standing - wanted:
        Succession.objects.filter(successor_id=new, predecessor_id=old).delete()
    rows = [Succession(successor_id=new, predecessor_id=old, since=since) for new, old, since in wanted - standing]
    Succession.objects.bulk_create(rows, batch_size=1000)


def _life(period: UnitPeriod) -> rules.Life:
    span = rules.Span(period.valid_from, period.ended_on)
    return rules.Life(period.pk, period.unit_id, period.unit.serial, period.kind, period.parent_id, span)


def _position(spot: rules.Place, folded: str, moment: dt.datetime) -> UnitPosition:
    return UnitPosition(
        unit_id=spot.unit,
        period_id=spot.key,
        path=spot.path,
        folded=folded,
        level=spot.level,
        from_on=spot.span.start,
        ended_on=spot.span.end,
        recorded_at=moment,
    )


def _refuse_code_twice(code: str, values: Mapping[str, Any], period: UnitPeriod | None) -> None:
    span = rules.Span(values.get("valid_from"), values.get("ended_on"))
    others = UnitPeriod.objects.known().filter(unit__code=code)
    for other in others.exclude(pk=period.pk) if period else others:
        if span.cut(rules.Span(other.valid_from, other.ended_on)):
            raise Refused(
                _("The code %(code)s belongs to %(unit)s in that time. Codes are unique among units that live at once.")
                % {"code": code, "unit": other}
            )
