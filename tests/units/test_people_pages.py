"""People and their posts: added, given, ended and shut out by the administrator who has their units."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from motcua.accounts.models import Person
from motcua.common.errors import NotAllowed
from motcua.common.models import AuditEntry
from motcua.units import access
from motcua.units.actions import add_unit, deactivate_person, give_password, give_post
from motcua.units.enums import Role
from motcua.units.middleware import actor_for
from motcua.units.models import Post
from tests.cast import PASSWORD
from tests.text import rows_of, text_of
from tests.units.pages import errors_of, opened, sent

TODAY = dt.date(2024, 1, 5)
NEW = {
    "full_name": "Lương Thị Mai",
    "username": "luong-mai",
    "email": "",
    "password": "bảy con ngựa đỏ",
    "unit_text": "01999",
    "role": "clerk",
    "title": "Công chức Văn phòng",
    "valid_from": "",
    "last_day": "",
}


@pytest.fixture(autouse=True)
def _on_a_day(settings, client):
    settings.MOTCUA_TODAY = TODAY
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        yield


@pytest.fixture
def district_administrator(cast, operator):
    person = Person.objects.create_user("district_administrator", full_name="Quản trị huyện")
    cast.people["district_administrator"] = person
    values = {"unit": cast.units["063"], "role": Role.ADMINISTRATOR}
    return actor_for(give_post(actor=operator, person=person, values=values))


class TestPeople:
    def test_everybody_with_a_post_in_reach_is_listed(self, client, cast):
        assert set(rows_of(opened(client, cast, "district_officer", "units:people"))) == {
            "Triệu Văn Huyện", "Hà Thị Lãnh", "Lý Văn Tra", "Đặng Thị Phủ", "Bàn Văn Nguyên",
        }  # fmt: skip

    def test_names_are_found_without_diacritics(self, client, cast):
        assert list(rows_of(opened(client, cast, "auditor", "units:people", q="dang thi phu"))) == ["Đặng Thị Phủ"]

    def test_somebody_from_elsewhere_is_not_found(self, client, cast):
        assert "Đặng Thị Phủ" not in text_of(opened(client, cast, "stranger", "units:people"))
        assert opened(client, cast, "stranger", "units:person", cast.people["clerk"].pk).status_code == 404

    def test_a_long_list_needs_no_more_queries(self, client, cast, django_assert_max_num_queries):
        opened(client, cast, "administrator", "units:people")
        for number in range(8):
            values = {"name": f"Mới {number}", "kind": "xã", "parent": cast.units["063"]}
            unit = add_unit(actor=cast.administrator, code=f"9{number:04}", values=values)
            person = Person.objects.create_user(f"p{number}", full_name=f"Người {number}")
            give_post(actor=cast.administrator, person=person, values={"unit": unit, "role": Role.CLERK})
        with django_assert_max_num_queries(12):
            assert len(rows_of(client.get(reverse("units:people")))) == 16


class TestAddPerson:
    def test_a_person_with_a_first_post_signs_in(self, client, cast):
        answer = sent(client, cast, "administrator", "units:add_person", **NEW)
        person = Person.objects.get(username="luong-mai")
        assert answer["Location"] == reverse("units:person", args=[person.pk])
        assert Post.objects.known().get(person=person).unit == cast.units["01999"]
        assert client.login(username="luong-mai", password=NEW["password"])
        entry = AuditEntry.objects.get(verb="add_person", object_id=str(person.pk))
        assert NEW["password"] not in str(entry.after)

    def test_without_a_legal_post_nobody_is_added(self, client, cast):
        answer = sent(client, cast, "administrator", "units:add_person", **{**NEW, "unit_text": "05443"})
        assert "No unit in your reach" in errors_of(answer)
        assert not Person.objects.filter(username="luong-mai").exists()

    def test_a_taken_name_and_a_weak_password_are_refused(self, client, cast):
        answer = sent(client, cast, "administrator", "units:add_person", **{**NEW, "username": "clerk"})
        assert "Somebody already has the sign-in name clerk" in errors_of(answer)
        answer = sent(client, cast, "administrator", "units:add_person", **{**NEW, "password": "ngắn"})
        assert answer.status_code == 422
        assert NEW["full_name"] in answer.content.decode()

    @pytest.mark.parametrize("who", ["district_leader", "clerk", "stranger"])
    def test_others_are_told_why_they_may_not(self, client, cast, who):
        for answer in (
            opened(client, cast, who, "units:add_person"),
            sent(client, cast, who, "units:add_person", **NEW),
        ):
            assert answer.status_code == 403
            assert "Only an administrator" in answer.content.decode()


class TestPosts:
    def test_a_post_is_given_and_ended(self, client, cast):
        person = cast.people["clerk"]
        values = {"person": person.pk, "unit_text": "huyện Bạch Thông", "role": "inspector", "title": "Tổ kiểm tra"}
        sent(client, cast, "administrator", "units:give_post", **values)
        post = Post.objects.known().get(person=person, role=Role.INSPECTOR)
        assert post.unit == cast.units["063"]
        values = {"last_day": "05/01/2024", "reason": "Hết nhiệm vụ"}
        answer = sent(client, cast, "administrator", "units:end_post", post.origin_id, **values)
        assert "ends on 05/01/2024" in text_of(client.get(answer["Location"]))
        assert Post.objects.known().get(origin_id=post.origin_id).ended_on == dt.date(2024, 1, 6)

    def test_a_post_above_the_own_unit_is_nobodys_to_give(self, client, cast, district_administrator):
        values = {"person": cast.people["clerk"].pk, "unit_text": "06", "role": "administrator"}
        answer = sent(client, cast, "district_administrator", "units:give_post", **values)
        assert "No unit in your reach" in errors_of(answer)

    def test_a_person_out_of_reach_cannot_be_chosen(self, client, cast, district_administrator):
        values = {"person": cast.people["auditor"].pk, "unit_text": "063", "role": "clerk"}
        answer = sent(client, cast, "district_administrator", "units:give_post", **values)
        assert answer.status_code == 422
        page = opened(client, cast, "district_administrator", "units:give_post", person=str(cast.people["auditor"].pk))
        assert page.status_code == 404

    def test_ending_is_refused_to_others(self, client, cast):
        post = Post.objects.known().get(person=cast.people["clerk"])
        assert opened(client, cast, "district_leader", "units:end_post", post.origin_id).status_code == 403
        assert opened(client, cast, "stranger", "units:end_post", post.origin_id).status_code == 404


class TestSignIn:
    def test_a_deactivated_person_is_out_at_once_and_cannot_come_back(self, client, cast):
        person = cast.people["clerk"]
        answer = sent(client, cast, "administrator", "units:deactivate_person", person.pk, reason="Nghỉ việc")
        assert "can no longer sign in" in text_of(client.get(answer["Location"]))
        cast.sign_in(client, "clerk")
        assert reverse("accounts:sign_in") in client.get(reverse("units:units"))["Location"]
        assert not client.login(username="clerk", password=PASSWORD)
        assert AuditEntry.objects.get(verb="deactivate_person").reason == "Nghỉ việc"

    def test_an_open_session_ends(self, client, cast):
        cast.sign_in(client, "clerk")
        assert client.get(reverse("units:units")).status_code == 200
        deactivate_person(cast.people["clerk"], actor=cast.administrator, reason="Nghỉ việc")
        assert client.get(reverse("units:units")).status_code == 302

    def test_somebody_is_let_in_again(self, client, cast):
        person = cast.people["clerk"]
        sent(client, cast, "administrator", "units:deactivate_person", person.pk, reason="Nghỉ")
        sent(client, cast, "administrator", "units:reactivate_person", person.pk, reason="Trở lại")
        assert client.login(username="clerk", password=PASSWORD)

    def test_nobody_shuts_themselves_out(self, client, cast):
        own = cast.people["administrator"]
        answer = sent(client, cast, "administrator", "units:deactivate_person", own.pk, reason="Nhầm")
        assert "You cannot end your own sign-in" in errors_of(answer)

    def test_a_new_password_ends_the_old_one(self, client, cast):
        person = cast.people["clerk"]
        sent(client, cast, "administrator", "units:give_password", person.pk, password="tám con ngựa vàng")
        assert not client.login(username="clerk", password=PASSWORD)
        assert client.login(username="clerk", password="tám con ngựa vàng")

    def test_an_administrator_below_cannot_take_over_somebody_with_a_post_above(
        self, client, cast, district_administrator, operator
    ):
        person = cast.people["province_officer"]
        give_post(actor=operator, person=person, values={"unit": cast.units["063"], "role": Role.INSPECTOR})
        assert person in access.people_for(district_administrator)
        with pytest.raises(NotAllowed, match="every unit at which the person holds a post"):
            give_password(person, actor=district_administrator, password="chín con ngựa trắng")
        answer = opened(client, cast, "district_administrator", "units:give_password", person.pk)
        assert answer.status_code == 403
        person.refresh_from_db()
        assert person.check_password(PASSWORD)

    @pytest.mark.parametrize("route", ["deactivate_person", "give_password", "correct_person", "reactivate_person"])
    def test_others_may_not(self, client, cast, route):
        person = cast.people["clerk"]
        assert opened(client, cast, "district_officer", f"units:{route}", person.pk).status_code == 403
        assert opened(client, cast, "stranger", f"units:{route}", person.pk).status_code == 404

    def test_a_sign_in_is_written_for_the_unit_of_the_post(self, client, cast):
        client.post(reverse("accounts:sign_in"), {"username": "clerk", "password": PASSWORD})
        assert AuditEntry.objects.get(verb="sign_in").unit_id == cast.units["01969"].pk
