"""What an operator does to a new installation."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from motcua.accounts.models import Person
from motcua.common import clock
from motcua.common.actor import Actor
from motcua.common.errors import Refused
from motcua.operations.asking import refuse_second_setup
from motcua.units.actions import add_person, add_unit, give_post
from motcua.units.enums import Role, UnitKind
from motcua.units.models import Post, Unit
from motcua.units.queries import by_code


@transaction.atomic
def set_up(*, actor: Actor, unit: Mapping[str, str], person: Mapping[str, str], password: str) -> Post:
    """Make the root unit and its first administrator. `unit`: code, name, kind; `person`: full_name, username.

    A unit with the code that stands at the top already (from a folder taken in before) is used.
    Raises `Refused` where an administrator is there already, or something given is not good.
    """
    refuse_second_setup()
    _refuse_bad(unit, person)
    _refuse_weak(password, person)
    root = _root(unit, actor=actor)
    somebody = add_person(actor=actor, username=person["username"], full_name=person["full_name"], password=password)
    return give_post(actor=actor, person=somebody, values={"unit": root, "role": Role.ADMINISTRATOR})


def _root(unit: Mapping[str, str], *, actor: Actor) -> Unit:
    known = by_code(unit["code"], clock.today())
    if known is None:
        values = {"name": unit["name"], "kind": unit["kind"], "parent": None}
        return add_unit(actor=actor, code=unit["code"], values=values)
    if (known.kind, known.name) != (unit["kind"], unit["name"]) or known.depth:
        message = _("The code %(code)s belongs to %(unit)s already; the first unit must stand at the top.")
        raise Refused(message % {"code": unit["code"], "unit": known.full_name})
    return Unit.objects.get(pk=known.id)


def _refuse_bad(unit: Mapping[str, str], person: Mapping[str, str]) -> None:
    for values, model in ((unit, "unit"), (person, "person")):
        empty = [name for name, value in values.items() if not value.strip()]
        if empty:
            raise Refused(_("Nothing may be empty: %(names)s.") % {"names": ", ".join(f"{model} {n}" for n in empty)})
    if unit["kind"] not in UnitKind.values:
        message = _("“%(kind)s” is no kind of unit. There are: %(known)s.")
        raise Refused(message % {"kind": unit["kind"], "known": ", ".join(UnitKind.values)})
    longest: dict[str, Any] = {"username": 60, "full_name": 120}
    for name, most in longest.items():
        if len(person[name]) > most:
            raise Refused(_("“%(text)s” is longer than %(most)s characters.") % {"text": person[name], "most": most})


def _refuse_weak(password: str, person: Mapping[str, str]) -> None:
    try:
        validate_password(password, Person(**person))
    except ValidationError as error:
        raise Refused(_("The password is not good enough: %(why)s") % {"why": " ".join(error.messages)}) from error
