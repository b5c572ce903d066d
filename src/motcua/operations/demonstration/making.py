"""Making the demonstration: the neighbour, the facts of the case, the cast. Again, it changes nothing."""

from pathlib import Path

from django.db import transaction

from motcua.accounts.demonstration import CAST_PASSWORD
from motcua.accounts.models import Person
from motcua.common import clock
from motcua.common.actor import Actor
from motcua.operations.demonstration import CASE, CAST, NEIGHBOUR
from motcua.operations.load import load_folder
from motcua.units.actions import add_person, add_unit, give_post
from motcua.units.enums import UnitKind
from motcua.units.models import Unit
from motcua.units.queries import by_code


@transaction.atomic
def make(*, actor: Actor, case: Path = CASE) -> None:
    """Take the case in, and the cast. The province that takes over in 2025 is there first: the case finds it."""
    if by_code(NEIGHBOUR, clock.today()) is None:
        values = {"name": "Thái Nguyên", "kind": UnitKind.TINH, "parent": None}
        add_unit(actor=actor, code=NEIGHBOUR, values=values)
    load_folder(case, actor=actor)
    play(actor=actor)


def play(*, actor: Actor) -> None:
    """Everybody of the cast who is not there yet, in the post that they play."""
    known = set(Person.objects.values_list("username", flat=True))
    for member in CAST:
        if member.username in known:
            continue
        spot = by_code(member.code, clock.today())
        if spot is None:
            raise LookupError(f"the demonstration lacks the unit {member.code}")
        person = add_person(actor=actor, username=member.username, full_name=member.full_name, password=CAST_PASSWORD)
        unit = Unit.objects.get(pk=spot.id)
        give_post(actor=actor, person=person, values={"unit": unit, "role": member.role, "title": member.title})
