"""Every page says who may call it; a test lists those that do not."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode
from django.views.defaults import permission_denied
from django_htmx.http import HttpResponseClientRedirect

from motcua.common.errors import NotAllowed
from motcua.common.request import Request

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
M = TypeVar("M", bound=models.Model)


def public(view: View) -> View:
    """A page that anyone may open, signed in or not."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """A page for people with a post that is valid today; its rows pass the actor's reach."""

    @functools.wraps(view)
    def checked(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if request.actor is None:
            return redirect("units:no_post")
        return view(request, *args, **kwargs)

    checked.access = "signed_in"  # type: ignore[attr-defined]
    return checked  # type: ignore[return-value]


def in_reach(rows: models.QuerySet[M], **lookup: Any) -> M:
    """One row of what the actor reaches; out of reach and not there look the same (404)."""
    if any("\x00" in value for value in lookup.values() if isinstance(value, str)):
        raise Http404  # PostgreSQL refuses the character in any question
    try:
        return rows.get(**lookup)
    except (ObjectDoesNotExist, ValidationError, ValueError, TypeError) as error:
        raise Http404 from error


def allow(allowed: bool, reason: str) -> None:
    """Raise `NotAllowed` with the reason (shown on the 403 page) unless allowed."""
    if not allowed:
        raise NotAllowed(reason)


class NotAllowedMiddleware:
    """Turns `NotAllowed` into a 403 page that says why."""

    def __init__(self, next_step: Callable[[HttpRequest], HttpResponse]) -> None:
        self.next_step = next_step

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.next_step(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answered here and not raised on: a refusal is no fault, and fills no log with its traceback."""
        return permission_denied(request, exception) if isinstance(exception, NotAllowed) else None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and then, by GET, back to where one was: a form finds its draft at its own address."""
    htmx = getattr(request, "htmx", None)
    where = (htmx.current_url_abs_path if htmx else None) or request.get_full_path()
    sign_in = f"{resolve_url('accounts:sign_in')}?{urlencode({'next': where})}"
    return HttpResponseClientRedirect(sign_in) if htmx else redirect(sign_in)
