"""What our middleware puts on a request, for views to name as the type of theirs."""

import uuid
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from motcua.common.actor import Actor

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """Any request: `actor` is None where nobody is signed in, or holds no post today."""

    actor: Actor | None
    posts: list[Any]
    request_id: str
    htmx: "HtmxDetails"


class ActorRequest(Request):
    """A request that has passed `signed_in`."""

    actor: Actor


def person_id(request: Request) -> uuid.UUID | None:
    """Who is signed in, with a post or without."""
    return request.user.pk if request.user.is_authenticated else None


def actor_of(request: HttpRequest) -> Actor:
    """Who acts on a request that has been let in (by `signed_in`, or by the API's `InPost`)."""
    actor = getattr(request, "actor", None)
    assert isinstance(actor, Actor)
    return actor
