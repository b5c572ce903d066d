"""What the tests of the units' pages share."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.cast import Cast


def opened(client: Client, cast: Cast, who: str, route: str, *args: Any, **query: str) -> HttpResponse:
    """A page as somebody of the cast gets it."""
    return cast.sign_in(client, who).get(reverse(route, args=args), query)


def sent(client: Client, cast: Cast, who: str, route: str, *args: Any, **values: Any) -> HttpResponse:
    """The answer to a form that somebody of the cast sends."""
    return cast.sign_in(client, who).post(reverse(route, args=args), values)


def errors_of(answer: HttpResponse) -> str:
    """All errors of the form shown, as one text."""
    return str(answer.context["form"].errors.as_text())
