"""Signing in: by name and password, back to the page asked for, slowed down when somebody guesses."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from motcua.accounts import rules
from motcua.accounts.models import SignInFailure
from motcua.common.models import AuditEntry
from motcua.units.actions import add_person, give_post
from tests.cast import PASSWORD, Cast

NOW = dt.datetime(2024, 1, 5, 8, tzinfo=dt.UTC)
SIGN_IN = "/accounts/sign-in"


def attempt(client, username, password=PASSWORD, address="10.0.0.1", **more):
    return client.post(SIGN_IN, {"username": username, "password": password, **more}, REMOTE_ADDR=address)


def test_the_right_password_opens_a_session_of_its_own_and_is_written_in_the_log(client, cast: Cast):
    client.get("/accounts/profile")
    client.session["before"] = True
    before = client.session.session_key
    answer = attempt(client, " clerk ")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session.session_key != before
    entry = AuditEntry.objects.get(verb="sign_in")
    assert (entry.actor["name"], entry.object_name) == ("Đặng Thị Phủ", "Đặng Thị Phủ")
    assert PASSWORD not in str(entry.__dict__)


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(client, cast: Cast):
    wrong, unknown = attempt(client, "clerk", "sai mật khẩu"), attempt(client, "nobody")
    assert wrong.status_code == unknown.status_code == 422
    said = [list(answer.context["form"].non_field_errors()) for answer in (wrong, unknown)]
    assert said[0] == said[1] != []
    assert "_auth_user_id" not in client.session


def test_nobody_signs_in_who_may_not_any_more(client, cast: Cast):
    person = cast.people["clerk"]
    person.is_active = False
    person.save()
    assert attempt(client, "clerk").status_code == 422


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example", "http:///evil.example"],
)
def test_a_page_elsewhere_is_not_gone_to(client, cast: Cast, wanted):
    assert attempt(client, "clerk", next=wanted)["Location"] == "/"


def test_the_page_asked_for_comes_after_signing_in_with_its_question(client, cast: Cast):
    wanted = reverse("accounts:profile") + "?as_of=2023-12-31"
    to = client.get(wanted)["Location"]
    assert to == f"{SIGN_IN}?next=%2Faccounts%2Fprofile%3Fas_of%3D2023-12-31"
    assert f'value="{wanted}"' in client.get(to).content.decode()
    assert attempt(client, "clerk", next=wanted)["Location"] == wanted


def test_a_form_sent_after_the_session_ended_comes_back_by_get(client, db):
    answer = client.post(reverse("accounts:change_own_password") + "?a=1", {"old": "x"})
    assert (answer.status_code, answer["Location"]) == (302, f"{SIGN_IN}?next=%2Faccounts%2Fpassword%3Fa%3D1")


def test_a_part_of_a_page_asked_for_after_the_session_ended_takes_the_whole_page_to_the_sign_in(client, db):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/units/?q=a"}
    answer = client.get(reverse("accounts:profile"), headers=headers)
    assert answer["HX-Redirect"] == f"{SIGN_IN}?next=%2Funits%2F%3Fq%3Da"


def test_after_five_failures_the_password_is_not_even_looked_at_until_some_minutes_have_passed(client, cast: Cast):
    for _number in range(5):
        assert attempt(client, "clerk", "sai").status_code == 422
    refused = attempt(client, "CLERK")
    assert refused.status_code == 422
    assert "15" in str(refused.context["form"].non_field_errors())
    SignInFailure.objects.update(at=dt.datetime.now(dt.UTC) - dt.timedelta(minutes=16))
    assert attempt(client, "clerk").status_code == 302
    assert not SignInFailure.objects.filter(username="clerk").exists()


def test_one_account_that_is_guessed_does_not_shut_out_the_others_of_the_office(client, cast: Cast):
    for number in range(40):
        attempt(client, f"guess{number % 8}", "sai")
    assert attempt(client, "guess0", "sai").status_code == 422
    assert attempt(client, "inspector").status_code == 302
    assert attempt(Client(), "clerk", address="10.0.0.2").status_code == 302


def test_from_a_guessing_address_each_account_has_one_failure_left():
    assert rules.wait_until([], 500, NOW) is None
    assert rules.wait_until([NOW], 29, NOW) is None
    assert rules.wait_until([NOW], 30, NOW) == NOW + rules.WINDOW


def test_old_failures_no_longer_count():
    assert rules.wait_until([NOW - rules.WINDOW] * 9, 0, NOW) is None
    minutes = [NOW - dt.timedelta(minutes=n) for n in range(5)]
    assert rules.wait_until(minutes, 5, NOW) == NOW + dt.timedelta(minutes=11)


def test_machines_of_one_ipv6_network_are_counted_together():
    assert rules.counted_address("2001:db8:1:2::5") == rules.counted_address("2001:db8:1:2:9::1") == "2001:db8:1:2::/64"
    assert rules.counted_address("10.0.0.1") == "10.0.0.1"
    assert rules.counted_address("") == ""


def test_whoever_is_signed_in_is_sent_on(client, cast: Cast):
    cast.sign_in(client, "clerk")
    assert client.get(SIGN_IN)["Location"] == "/"


def test_signing_out_takes_a_post(client, cast: Cast):
    cast.sign_in(client, "clerk")
    assert client.get(reverse("accounts:sign_out")).status_code == 405
    assert client.post(reverse("accounts:sign_out"))["Location"] == SIGN_IN
    assert "_auth_user_id" not in client.session


class TestTheDemonstration:
    def test_the_cast_is_listed_with_posts_and_units(self, client, cast: Cast, settings):
        settings.MOTCUA_DEMONSTRATION = True
        text = client.get(SIGN_IN).content.decode()
        assert "Đặng Thị Phủ" in text
        assert "thị trấn Phủ Thông" in text
        assert 'name="username" value="clerk"' in text

    def test_people_added_later_are_not_of_the_cast(self, client, cast: Cast, settings):
        settings.MOTCUA_DEMONSTRATION = True
        values = {"unit": cast.units["063"], "role": "clerk"}
        new = add_person(actor=cast.administrator, username="moi", full_name="Người Mới", password="mat-khau-rieng-1")
        give_post(actor=cast.administrator, person=new, values=values)
        assert "Người Mới" not in client.get(SIGN_IN).content.decode()

    def test_real_work_lists_nobody(self, client, cast: Cast):
        text = client.get(SIGN_IN).content.decode()
        assert "Đặng Thị Phủ" not in text
        assert "trinh-dien" not in text
