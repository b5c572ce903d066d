"""What every operation of the API has: who calls it, what it answers when it cannot, and how JSON is written."""

import datetime as dt
from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Query, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.renderers import BaseRenderer
from ninja.security import SessionAuth
from pydantic import Field

from motcua.common import clock
from motcua.common.errors import NotAllowed

PAGE_SIZE = 200


class Said(Schema):
    """Why there is no answer."""

    detail: str


class Fault(Schema):
    """One parameter that cannot be read."""

    place: list[str]
    message: str


class NotReadable(Schema):
    """What of the question cannot be read."""

    detail: str
    faults: list[Fault] = []


class AskedTimes(Schema):
    """The two times of every question: as of a day (default today), as known at a moment (default now)."""

    as_of: dt.date | None = Field(None, description="The day that the answer speaks of; today where it is left out.")
    known_at: dt.datetime | None = Field(None, description="As known at this moment; now where it is left out.")

    @property
    def day(self) -> dt.date:
        """The day asked. Raises `HttpError` 422 for one that cannot be asked."""
        day = self.as_of or clock.today()
        if not clock.fits_as_of(day):
            raise HttpError(422, _("This day cannot be asked."))
        return day

    @property
    def moment(self) -> dt.datetime | None:
        """The moment of knowledge, in Việt Nam where it names no zone. Raises `HttpError` 422 as `day` does."""
        if self.known_at is None:
            return None
        if not clock.fits_as_of(self.known_at.date()):
            raise HttpError(422, _("This moment cannot be asked."))
        return self.known_at if self.known_at.tzinfo else self.known_at.replace(tzinfo=clock.HANOI)


AskedBy = Query[AskedTimes]
REFUSALS: dict[Any, Any] = {401: Said, 403: Said, 404: Said, 422: NotReadable}
"""Goes into the `response` of every operation, beside its 200."""


class InPost(SessionAuth):
    """The session of somebody signed in on the pages, who holds a post today."""

    def authenticate(self, request: HttpRequest, key: str | None) -> object | None:
        if not request.user.is_authenticated:
            return None
        actor = getattr(request, "actor", None)
        if actor is None:
            raise HttpError(403, _("You hold no post today, so nothing is in your reach."))
        return actor


class Orjson(BaseRenderer):
    """JSON with Vietnamese letters as they are."""

    media_type = "application/json"
    charset = "utf-8"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data, option=orjson.OPT_NON_STR_KEYS)


def answer_refusals(api: NinjaAPI) -> None:
    """Give an API our words for what it cannot answer."""

    def say(request: HttpRequest, status: int, detail: str, **more: Any) -> HttpResponse:
        return api.create_response(request, {"detail": detail, **more}, status=status)

    def unknown(request: HttpRequest, _error: Http404 | type[Http404]) -> HttpResponse:
        return say(request, 404, _("There is nothing here in your reach."))

    def not_allowed(request: HttpRequest, error: NotAllowed | type[NotAllowed]) -> HttpResponse:
        return say(request, 403, str(error))

    def not_signed_in(request: HttpRequest, _error: AuthenticationError | type[AuthenticationError]) -> HttpResponse:
        return say(request, 401, _("Sign in first."))

    def unreadable(request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
        found = error.errors if isinstance(error, ValidationError) else []
        faults = [{"place": [str(step) for step in each["loc"]], "message": each["msg"]} for each in found]
        return say(request, 422, _("The question cannot be read."), faults=faults)

    api.add_exception_handler(Http404, unknown)
    api.add_exception_handler(NotAllowed, not_allowed)
    api.add_exception_handler(AuthenticationError, not_signed_in)
    api.add_exception_handler(ValidationError, unreadable)
