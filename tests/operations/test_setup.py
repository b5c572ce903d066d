"""`motcua setup`: the root unit and the first administrator, once."""

import pytest
from django.test import Client

from motcua.accounts.models import Person
from motcua.common.models import AuditEntry
from motcua.units.models import Post, Unit

pytestmark = pytest.mark.django_db
PASSWORD = "mật khẩu rất riêng tư"


@pytest.fixture
def given(tmp_path):
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n", encoding="utf-8")
    return {
        "--unit-code": "06",
        "--unit-name": "Bắc Kạn",
        "--unit-kind": "tỉnh",
        "--name": "Hoàng Văn Quân",
        "--username": "quan-tri",
        "--password-file": str(file),
    }


def setup(command, given, **changed):
    options = {**given, **{f"--{name.replace('_', '-')}": value for name, value in changed.items()}}
    return command("setup", *[part for option in options.items() if option[1] for part in option])


def test_the_administrator_signs_in_for_the_root_unit(command, given):
    said = setup(command, given)
    assert said.code == 0
    assert "Hoàng Văn Quân" in said.err
    post = Post.objects.get()
    assert (post.role, post.unit.code) == ("administrator", "06")
    assert Client().login(username="quan-tri", password=PASSWORD)
    assert {"add_unit", "add_person"} <= set(AuditEntry.objects.values_list("verb", flat=True))


def test_a_second_setup_is_refused_and_names_the_first(command, given):
    setup(command, given)
    said = setup(command, given, username="ke-khac", unit_code="07")
    assert said.code == 1
    assert "quan-tri" in said.err
    assert Person.objects.count() == 1
    assert Unit.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"password": "ngắn"}, "10"),
        ({"password": "1234567890"}, "Mật khẩu"),
        ({"password": "quan-tri-2024"}, "Mật khẩu"),
        ({"password": ""}, "Mật khẩu"),
        ({"username": "x" * 61}, "60"),
        ({"unit_name": "   "}, "unit name"),
    ],
)
def test_what_is_not_good_is_refused_and_nothing_is_made(command, given, tmp_path, changed, said):
    if "password" in changed:
        (tmp_path / "password").write_text(changed.pop("password"), encoding="utf-8")
    answer = setup(command, given, **changed)
    assert answer.code == 1
    assert said in answer.err
    assert not Unit.objects.exists()
    assert not Person.objects.exists()


def test_what_is_missing_is_named_where_nobody_can_be_asked(command, given):
    said = setup(command, given, username="", password_file="")
    assert said.code == 2
    assert "--username, --password-file" in said.err


def test_a_kind_that_is_none_is_a_wrong_call(command, given):
    assert setup(command, given, unit_kind="làng").code == 2


def test_the_province_of_a_folder_taken_in_before_is_used(command, given, case):
    command("load", case)
    units = Unit.objects.count()
    assert setup(command, given).code == 1  # its province has ended by today
    said = setup(command, given, unit_code="19", unit_name="Thái Nguyên")
    assert said.code == 0
    assert Unit.objects.count() == units + 1


def test_a_code_of_another_unit_is_refused(command, given, operator):
    from motcua.units.actions import add_unit

    add_unit(actor=operator, code="06", values={"name": "Cao Bằng", "kind": "tỉnh", "parent": None})
    said = setup(command, given)
    assert said.code == 1
    assert "tỉnh Cao Bằng" in said.err
    assert not Person.objects.exists()
