"""Units and posts are changed by those who may, and a refusal says why."""

import datetime as dt

import pytest
from django.utils import translation

from motcua.accounts.models import Person
from motcua.common.errors import NotAllowed, Refused
from motcua.common.models import AuditEntry
from motcua.units import access, queries
from motcua.units.actions import add_unit, correct_unit, end_post, give_post
from motcua.units.enums import Role
from motcua.units.middleware import actor_for, posts_today
from motcua.units.models import Post, Unit, UnitPeriod

TODAY = dt.date(2024, 1, 5)


@pytest.fixture(autouse=True)
def _on_a_day(settings):
    """English messages, on a day of the story."""
    settings.MOTCUA_TODAY = TODAY
    with translation.override("en"):
        yield


def commune(cast, name="Tân Tiến", **values):
    return {"name": name, "kind": "xã", "parent": cast.units["063"], **values}


def period_of(unit):
    return UnitPeriod.objects.known().get(unit=unit)


class TestAddUnit:
    def test_the_administrator_above_adds_a_unit_that_stands_in_the_tree_at_once(self, cast):
        unit = add_unit(actor=cast.administrator, code="02000", values=commune(cast))
        assert queries.unit_at(unit.pk, TODAY).full_name == "xã Tân Tiến"
        assert unit in access.units_for(cast.district_officer)
        entry = AuditEntry.objects.get(verb="add_unit", object_id=str(unit.pk))
        assert entry.actor["name"] == "Hoàng Văn Quản"
        assert entry.actor["unit"] == "tỉnh Bắc Kạn"

    @pytest.mark.parametrize("who", ["province_officer", "district_officer", "clerk", "auditor", "stranger"])
    def test_nobody_else_adds_a_unit(self, cast, who):
        before = Unit.objects.count()
        with pytest.raises(NotAllowed, match="Only the administrator of the unit above"):
            add_unit(actor=getattr(cast, who), code="02000", values=commune(cast))
        assert Unit.objects.count() == before

    def test_a_new_root_is_the_operators(self, cast, operator):
        with pytest.raises(NotAllowed):
            add_unit(actor=cast.administrator, code="02", values={"name": "Hà Giang", "kind": "tỉnh", "parent": None})
        add_unit(actor=operator, code="02", values={"name": "Hà Giang", "kind": "tỉnh", "parent": None})
        assert queries.by_code("02", TODAY).depth == 0

    def test_a_code_may_not_live_twice_at_once_but_may_live_again(self, cast):
        with pytest.raises(Refused, match="The code 01999 belongs to xã Nguyên Phúc"):
            add_unit(actor=cast.administrator, code="01999", values=commune(cast))
        correct_unit(
            period_of(cast.units["01999"]),
            actor=cast.administrator,
            values={"name": "Nguyên Phúc", "kind": "xã", "parent": cast.units["063"], "ended_on": dt.date(2025, 7, 1)},
            reason="Sắp xếp",
        )
        add_unit(actor=cast.administrator, code="01999", values=commune(cast, valid_from=dt.date(2025, 7, 1)))
        assert queries.by_code("01999", dt.date(2025, 7, 1)).name == "Tân Tiến"
        assert queries.by_code("01999", TODAY).name == "Nguyên Phúc"


class TestCorrectUnit:
    def test_a_circle_is_refused_and_nothing_is_written(self, cast):
        province = period_of(cast.units["06"])
        values = {"name": "Bắc Kạn", "kind": "tỉnh", "parent": cast.units["063"]}
        with pytest.raises(Refused, match=r"in a circle: .*huyện Bạch Thông"):
            correct_unit(province, actor=cast.administrator, values=values, reason="Thử")
        assert period_of(cast.units["06"]) == province

    def test_what_stood_before_the_correction_is_still_answered(self, cast):
        unit = cast.units["01999"]
        before = period_of(unit).recorded_at
        values = {"name": "Nguyên Phúc mới", "kind": "xã", "parent": cast.units["063"]}
        corrected = correct_unit(period_of(unit), actor=cast.administrator, values=values, reason="Đổi tên")
        assert queries.unit_at(unit.pk, TODAY).name == "Nguyên Phúc mới"
        just_before = corrected.recorded_at - dt.timedelta(microseconds=1)
        assert before < corrected.recorded_at
        assert queries.unit_at(unit.pk, TODAY, just_before).name == "Nguyên Phúc"

    def test_an_administrator_of_another_province_may_not(self, cast, operator):
        other = Person.objects.create_user("other_administrator", full_name="Người tỉnh khác")
        post = give_post(actor=operator, person=other, values={"unit": cast.units["19"], "role": Role.ADMINISTRATOR})
        with pytest.raises(NotAllowed):
            correct_unit(period_of(cast.units["063"]), actor=actor_for(post), values=commune(cast), reason="Thử")


class TestPosts:
    def test_a_post_holds_from_its_first_to_its_last_day(self, cast, settings):
        person = Person.objects.create_user("nga", full_name="Nga")
        values = {"unit": cast.units["01999"], "role": Role.CLERK, "valid_from": TODAY}
        post = give_post(actor=cast.administrator, person=person, values=values)
        end_post(post, actor=cast.administrator, last_day=TODAY, reason="Nghỉ")
        assert [held.role for held in posts_today(person.pk)] == [Role.CLERK]
        for day in (TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)):
            settings.MOTCUA_TODAY = day
            assert posts_today(person.pk) == []

    def test_a_post_may_not_end_before_it_began(self, cast):
        post = Post.objects.known().get(person=cast.people["clerk"])
        person = Person.objects.create_user("nga", full_name="Nga")
        values = {"unit": post.unit, "role": Role.CLERK, "valid_from": TODAY}
        given = give_post(actor=cast.administrator, person=person, values=values)
        with pytest.raises(Refused, match="The last day must not lie before the first"):
            end_post(given, actor=cast.administrator, last_day=TODAY - dt.timedelta(days=1), reason="Nhầm")

    @pytest.mark.parametrize("who", ["district_officer", "district_leader", "clerk", "stranger"])
    def test_only_an_administrator_gives_posts(self, cast, who):
        with pytest.raises(NotAllowed, match="may give a post"):
            give_post(
                actor=getattr(cast, who),
                person=cast.people["clerk"],
                values={"unit": cast.units["01999"], "role": Role.LEADER},
            )


class TestReach:
    @pytest.mark.parametrize(
        ("who", "codes"),
        [
            ("province_officer", {"06", "063", "01969", "01999"}),
            ("auditor", {"06", "063", "01969", "01999"}),
            ("district_leader", {"063", "01969", "01999"}),
            ("inspector", {"063", "01969", "01999"}),
            ("clerk", {"01969"}),
            ("stranger", {"19", "05443"}),
        ],
    )
    def test_each_reaches_the_own_unit_and_those_below(self, cast, who, codes):
        actor = getattr(cast, who)
        assert {unit.code for unit in access.units_for(actor)} == codes
        assert {post.unit.code for post in access.posts_for(actor).select_related("unit")} <= codes

    def test_an_operator_reaches_every_unit(self, cast, operator):
        assert access.units_for(operator).count() == len(cast.units)

    def test_a_role_writes_only_what_its_unit_owns(self, cast):
        own, other = cast.units["01969"].pk, cast.units["01999"].pk
        assert access.may_write(cast.clerk, own, Role.CLERK)
        assert not access.may_write(cast.clerk, other, Role.CLERK)
        assert not access.may_write(cast.clerk, own, Role.INSPECTOR)
        assert not access.may_write(cast.clerk, None, Role.CLERK)
        assert access.may_write(cast.administrator, own, Role.CLERK)
        assert not access.may_write(cast.auditor, own, Role.CLERK)

    def test_the_units_above_are_those_on_the_way_up(self, cast):
        assert {unit.code for unit in access.units_above(cast.clerk, TODAY)} == {"06", "063"}
        assert not access.units_above(cast.stranger, TODAY).exists()


def test_pages_of_a_person_are_not_kept_by_a_shared_machine(client, cast):
    answer = cast.sign_in(client, "clerk").get("/")
    assert answer["Cache-Control"] == "private, no-store"
