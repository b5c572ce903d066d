"""People for a district of our own (tests/districts.py): it is loaded, and some hold posts in it.

`loaded(folder, "district_officer")` gives the district with its people as actors, and signs them in.
"""

from dataclasses import dataclass
from pathlib import Path

from django.test import Client

from motcua.accounts.models import Person
from motcua.common.actor import Actor, operator
from motcua.operations.load import load_folder
from motcua.units.actions import give_post
from motcua.units.enums import Role
from motcua.units.middleware import actor_for
from motcua.units.models import Unit
from tests.districts import DISTRICT, District, code_of, write

POSTS = (
    ("officer", Role.PROGRAMME_OFFICER, DISTRICT),
    ("leader", Role.LEADER, DISTRICT),
    ("first_clerk", Role.CLERK, code_of(0)),
    ("second_clerk", Role.CLERK, code_of(1)),
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A loaded district: the programme's key, and its people by name."""

    key: str
    people: dict[str, Person]
    actors: dict[str, Actor]

    def sign_in(self, client: Client, name: str) -> Client:
        client.force_login(self.people[name])
        return client

    @property
    def page(self) -> str:
        return f"/figures/{self.key}/"


def load(district: District, folder: Path) -> Loaded:
    """Load a district; the folder's name is the programme's key."""
    hand = operator("test")
    load_folder(write(district, folder), actor=hand)
    people, actors = {}, {}
    for name, role, code in POSTS:
        unit = Unit.objects.filter(code=code).first()
        if unit:
            people[name] = Person.objects.create_user(name, "một mật khẩu đủ dài", full_name=f"Người {name}")
            actors[name] = actor_for(give_post(actor=hand, person=people[name], values={"unit": unit, "role": role}))
    return Loaded(folder.name, people, actors)
