"""How much may be sent at once: more is refused before any of it is read, so that nobody fills up the disk."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

AROUND_A_FILE = 2 * 1024 * 1024
"""What a form sends beside its one file."""


class SizeMiddleware:
    """Answers 413 to a request whose body is longer than a file may be, with the form around it."""

    def __init__(self, next_step: Callable[[HttpRequest], HttpResponse]) -> None:
        self.next_step = next_step

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.META.get("CONTENT_LENGTH") or "0"
        if sent.isdecimal() and len(sent) < 20 and int(sent) <= settings.MOTCUA_FILE_LIMIT + AROUND_A_FILE:
            return self.next_step(request)
        return render(request, "413.html", status=413)
