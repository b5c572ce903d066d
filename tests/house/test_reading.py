"""A GET cannot write."""

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from motcua.accounts.models import Person
from motcua.common.reading import ReadOnlyMiddleware, WriteDuringRead

pytestmark = pytest.mark.django_db


def asked(method, view):
    return ReadOnlyMiddleware(view)(RequestFactory().generic(method, "/"))


def write(request):
    Person.objects.create_user("nga", full_name="Nga")
    return HttpResponse()


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_page_that_is_only_read_cannot_write(method):
    with pytest.raises(WriteDuringRead, match="INSERT INTO"), transaction.atomic():
        asked(method, write)
    assert not Person.objects.exists()


@pytest.mark.parametrize("change", [lambda p: p.update(full_name="Ngà"), lambda p: p.delete()])
def test_neither_change_nor_deletion_passes(change):
    write(None)
    with pytest.raises(WriteDuringRead):
        asked("GET", lambda request: change(Person.objects.all()))


def test_a_form_that_is_sent_may_write():
    asked("POST", write)
    assert Person.objects.count() == 1


def test_a_page_may_read_and_touch_its_own_session():
    def view(request):
        Session.objects.create(session_key="s", session_data="", expire_date=timezone.now())
        return HttpResponse(str(Person.objects.count()))

    assert asked("GET", view).content == b"0"


def test_the_guard_stands_in_the_settings(settings):
    assert "motcua.common.reading.ReadOnlyMiddleware" in settings.MIDDLEWARE
