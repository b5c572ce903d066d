"""What was typed and not sent survives a lost sign-in, for the same person, until it has been sent."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django import forms
from django.contrib.sessions.models import Session
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from playwright.sync_api import Page, sync_playwright

from motcua.common.access import signed_in
from motcua.common.forms import Form, YesNoField
from motcua.common.forms_outcome import done, refusals
from tests.cast import PASSWORD, Cast

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PAGE = """{% extends "base.html" %}{% block title %}F{% endblock %}{% block content %}
<form method="post" novalidate{% draft form "visit" %}>{% csrf_token %}{% error_summary form %}{% form_fields form %}
<button class="btn btn-primary">Save</button></form>{% endblock %}"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is missing: apt-get install -y chromium"),
]


class VisitForm(Form):
    note = forms.CharField()
    present = YesNoField()
    secret = forms.CharField(required=False, widget=forms.PasswordInput())


@signed_in
def visit(request: HttpRequest) -> HttpResponse:
    form = VisitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            return done(request, "Saved", "accounts:profile")
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": form}, request))


urlpatterns = [path("visit", visit), path("", include("motcua.config.urls"))]


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        yield page
        browser.close()
        connections.close_all()  # the one that this test asked through: the browser's loop has a context of its own
        assert faults == []


def sign_in(page: Page, name: str) -> None:
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("form .btn-primary")


def test_a_draft_survives_a_lost_sign_in_and_goes_once_it_has_been_sent(page, live_server, cast: Cast, settings):
    settings.ROOT_URLCONF = __name__
    address = f"{live_server.url}/visit?device=1"
    page.goto(address)
    sign_in(page, "inspector")
    page.fill("#id_note", "máy đặt cạnh cầu thang")
    page.check("input[name=present][value=no]")
    page.fill("#id_secret", "not to be kept")
    Session.objects.all().delete()
    page.click("form[data-draft] .btn-primary")
    assert "/accounts/sign-in" in page.url
    sign_in(page, "inspector")
    assert page.url == address
    assert page.input_value("#id_note") == "máy đặt cạnh cầu thang"
    assert page.is_checked("input[name=present][value=no]")
    assert page.input_value("#id_secret") == ""
    assert page.is_visible(".draft-notice")

    page.click("form[data-draft] > button")
    page.wait_for_url("**/accounts/profile")
    page.goto(address)
    assert page.input_value("#id_note") == ""
    assert not page.is_visible(".draft-notice")


def test_a_draft_is_shown_to_nobody_else_and_can_be_discarded(page, live_server, cast: Cast, settings):
    settings.ROOT_URLCONF = __name__
    address = f"{live_server.url}/visit"
    page.goto(address)
    sign_in(page, "inspector")
    page.fill("#id_note", "nháp")
    page.locator("#id_note").blur()
    page.context.clear_cookies()
    page.goto(address)
    sign_in(page, "clerk")
    assert page.input_value("#id_note") == ""
    page.context.clear_cookies()
    page.goto(address)
    sign_in(page, "inspector")
    assert page.input_value("#id_note") == "nháp"
    page.click(".draft-notice button")
    assert page.input_value("#id_note") == ""
    page.reload()
    assert page.input_value("#id_note") == ""


def test_a_form_sent_back_with_faults_keeps_what_was_sent(page, live_server, cast: Cast, settings):
    settings.ROOT_URLCONF = __name__
    page.goto(f"{live_server.url}/visit")
    sign_in(page, "inspector")
    page.check("input[name=present][value=yes]")
    page.click("form[data-draft] > button")
    assert page.is_visible(".error-summary")
    assert not page.is_visible(".draft-notice")
    assert page.is_checked("input[name=present][value=yes]")
