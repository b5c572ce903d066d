"""What every page has: the policy, no script or style of its own, the frame, the answers to what goes wrong."""

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path, reverse

from motcua.common.access import public
from motcua.common.errors import NotAllowed
from tests.cast import Cast

INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", re.I)


@public
def refuse(request: HttpRequest) -> HttpResponse:
    raise NotAllowed("Chỉ công chức cấp xã được ghi <hợp đồng>.")


@public
def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken")


urlpatterns = [path("refuse", refuse), path("fail", fail), path("", include("motcua.config.urls"))]
handler403 = "django.views.defaults.permission_denied"


def pages(client: Client, cast: Cast) -> list[HttpResponse]:
    answers = [client.get("/accounts/sign-in"), client.get("/not/there")]
    cast.sign_in(client, "clerk")
    return answers + [client.get(url) for url in ("/accounts/profile", "/accounts/password", "/not/there")]


def test_every_page_has_the_policy_and_nothing_inline(client, cast: Cast):
    for answer in pages(client, cast):
        assert "default-src 'self'" in answer["Content-Security-Policy"]
        assert not INLINE.search(answer.content.decode())


def test_every_page_takes_its_files_from_here(client, cast: Cast):
    for answer in pages(client, cast):
        files = re.findall(r"(?:src|href)=\"([^\"]+)\"", answer.content.decode())
        assert all(name.startswith(("/", "#")) for name in files)


def test_a_page_out_of_the_way_is_404_with_the_frame(client, cast: Cast):
    cast.sign_in(client, "clerk")
    answer = client.get("/not/there")
    assert answer.status_code == 404
    assert "Đặng Thị Phủ" in answer.content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_a_refusal_says_why(client, cast: Cast):
    cast.sign_in(client, "clerk")
    answer = client.get("/refuse")
    assert answer.status_code == 403
    assert "Chỉ công chức cấp xã được ghi &lt;hợp đồng&gt;." in answer.content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_a_failing_program_says_so_without_a_database(client):
    client.raise_request_exception = False
    answer = client.get("/fail")
    assert answer.status_code == 500
    assert "broken" not in answer.content.decode()


def test_a_form_with_a_stale_token_says_what_to_do(cast: Cast):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/accounts/sign-in", {"username": "clerk", "password": "x"})
    assert answer.status_code == 403


def test_the_banner_of_the_demonstration_names_its_day(client, db, settings):
    assert 'class="demonstration"' not in client.get("/accounts/sign-in").content.decode()
    settings.MOTCUA_DEMONSTRATION = True
    assert 'class="demonstration"' in client.get("/accounts/sign-in").content.decode()


class TestTheLanguage:
    def test_is_vietnamese_whatever_the_browser_asks_for(self, client, db):
        answer = client.get("/accounts/sign-in", headers={"Accept-Language": "en-US,en"})
        assert '<html lang="vi">' in answer.content.decode()

    def test_is_english_once_chosen(self, client, db):
        answer = client.post(reverse("set_language"), {"language": "en", "next": "/accounts/sign-in"})
        assert answer["Location"] == "/accounts/sign-in"
        assert '<html lang="en">' in client.get("/accounts/sign-in").content.decode()

    @pytest.mark.parametrize("wanted", ["xx", "../en", "fr"])
    def test_an_unknown_one_is_vietnamese(self, client, db, wanted):
        client.cookies["django_language"] = wanted
        assert '<html lang="vi">' in client.get("/accounts/sign-in").content.decode()


def test_a_refusal_says_why_and_leaves_one_line_in_the_servers_log(client, cast, caplog):
    cast.sign_in(client, "clerk")
    answer = client.get("/units/people/add")
    assert answer.status_code == 403
    assert "Chỉ quản trị viên" in answer.content.decode()
    assert [(line.levelname, line.exc_info) for line in caplog.records] == [("WARNING", None)]
