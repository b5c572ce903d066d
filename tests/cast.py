"""The standing cast: one person per level, each in a post, and a stranger who must see nothing of their work.

Made by the real actions. Use the `cast` fixture: `cast.district_officer` is an actor, `cast.units["063"]` a unit,
`cast.sign_in(client, "district_officer")` signs the person in.
"""

from dataclasses import dataclass, field

from django.test import Client

from motcua.accounts.models import Person
from motcua.common.actor import Actor, operator
from motcua.units.actions import add_unit, give_post
from motcua.units.enums import Role, UnitKind
from motcua.units.middleware import actor_for
from motcua.units.models import Unit

PASSWORD = "một mật khẩu đủ dài"
UNITS = (
    # code, kind, name, parent
    ("06", UnitKind.TINH, "Bắc Kạn", None),
    ("063", UnitKind.HUYEN, "Bạch Thông", "06"),
    ("01969", UnitKind.THI_TRAN, "Phủ Thông", "063"),
    ("01999", UnitKind.XA, "Nguyên Phúc", "063"),
    ("19", UnitKind.TINH, "Thái Nguyên", None),
    ("05443", UnitKind.PHUONG, "Quán Triều", "19"),
)
PEOPLE = (
    # sign-in name, full name, role, unit
    ("administrator", "Hoàng Văn Quản", Role.ADMINISTRATOR, "06"),
    ("province_officer", "Nông Thị Tỉnh", Role.PROGRAMME_OFFICER, "06"),
    ("district_officer", "Triệu Văn Huyện", Role.PROGRAMME_OFFICER, "063"),
    ("district_leader", "Hà Thị Lãnh", Role.LEADER, "063"),
    ("inspector", "Lý Văn Tra", Role.INSPECTOR, "063"),
    ("clerk", "Đặng Thị Phủ", Role.CLERK, "01969"),
    ("other_clerk", "Bàn Văn Nguyên", Role.CLERK, "01999"),
    ("auditor", "Ma Thị Toán", Role.AUDITOR, "06"),
    ("stranger", "Nguyễn Văn Lạ", Role.PROGRAMME_OFFICER, "19"),
)


@dataclass(frozen=True, slots=True)
class Cast:
    """The people as actors, by what they do; `units` by code, `people` by sign-in name."""

    administrator: Actor
    province_officer: Actor
    district_officer: Actor
    district_leader: Actor
    inspector: Actor
    clerk: Actor
    other_clerk: Actor
    auditor: Actor
    stranger: Actor
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def sign_in(self, client: Client, name: str) -> Client:
        client.force_login(self.people[name])
        return client


def standing_cast() -> Cast:
    """Two provinces with their people. Names of units come with diacritics, as on paper."""
    hand = operator("test")
    units = add_units(hand)
    people: dict[str, Person] = {}
    actors: dict[str, Actor] = {}
    for name, full_name, role, code in PEOPLE:
        people[name] = Person.objects.create_user(name, PASSWORD, full_name=full_name)
        post = give_post(actor=hand, person=people[name], values={"unit": units[code], "role": role})
        actors[name] = actor_for(post)
    return Cast(**actors, units=units, people=people)


def add_units(hand: Actor) -> dict[str, Unit]:
    """The small tree, by code: province 06, district 063 and its communes 01969 and 01999; province 19, ward 05443."""
    units: dict[str, Unit] = {}
    for code, kind, name, parent in UNITS:
        values = {"name": name, "kind": kind, "parent": units[parent] if parent else None}
        units[code] = add_unit(actor=hand, code=code, values=values)
    return units
