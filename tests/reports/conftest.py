"""The built-in case, loaded; and its people."""

import pytest

from motcua.accounts.models import Person
from motcua.common.actor import Actor, operator
from motcua.funding.models import Programme
from motcua.operations.demonstration import CASE
from motcua.operations.load import load_folder
from motcua.units.actions import give_post
from motcua.units.enums import Role
from motcua.units.middleware import actor_for
from motcua.units.models import Unit


@pytest.fixture(autouse=True)
def _early_2024(settings) -> None:
    """The case's units live until 30/6/2025: its day is the demonstration's."""
    import datetime as dt

    settings.MOTCUA_TODAY = dt.date(2024, 1, 5)
    settings.MOTCUA_STARTED_AT = dt.datetime.now(dt.UTC)


@pytest.fixture
def case(db: None) -> Programme:
    """The Bạch Thông programme as its folder has it."""
    load_folder(CASE, actor=operator("test"))
    return Programme.objects.get(key="bach-thong-2023")


def _actor(name: str, role: Role, code: str) -> Actor:
    person = Person.objects.create_user(name, "một mật khẩu đủ dài", full_name=name)
    unit = Unit.objects.filter(code=code).order_by("serial").first()
    assert unit
    return actor_for(give_post(actor=operator("test"), person=person, values={"unit": unit, "role": role}))


@pytest.fixture
def officer(case: Programme) -> Actor:
    """The district's programme officer."""
    return _actor("officer", Role.PROGRAMME_OFFICER, "063")


@pytest.fixture
def clerk(case: Programme) -> Actor:
    """The clerk of Nguyên Phúc."""
    return _actor("clerk", Role.CLERK, "01999")
