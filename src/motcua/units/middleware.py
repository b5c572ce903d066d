"""Puts the actor on the request: the signed-in person in the one post that they act in."""

import uuid
from collections.abc import Callable

from django.http import HttpResponse

from motcua.common import clock
from motcua.common.actor import Actor
from motcua.common.request import Request
from motcua.units.models import Post
from motcua.units.queries import last_known, unit_at

CHOSEN = "post"


def actor_for(post: Post, *, request_id: str = "", via: str = "page") -> Actor:
    """The plain value of a person acting in a post today."""
    unit = unit_at(post.unit_id, clock.today()) or last_known(post.unit_id)
    return Actor(
        name=post.person.full_name,
        role=post.role,
        person_id=post.person_id,
        post_id=post.origin_id,
        post_title=post.title or str(post.get_role_display()),
        unit_id=post.unit_id,
        unit_name=unit.full_name if unit else "",
        via=via,
        request_id=request_id,
    )


def posts_today(person_id: uuid.UUID) -> list[Post]:
    """The posts that a person may act in today."""
    return list(Post.objects.held_on(clock.today()).filter(person_id=person_id).select_related("person").order_by("pk"))


class ActorMiddleware:
    """Sets `request.actor` (None: not signed in, or no post today), `request.posts`, `request.request_id`."""

    def __init__(self, next_step: Callable[[Request], HttpResponse]) -> None:
        self.next_step = next_step

    def __call__(self, request: Request) -> HttpResponse:
        request.request_id = str(uuid.uuid4())
        request.actor, request.posts = None, []
        if request.user.is_authenticated:
            request.posts = posts_today(request.user.pk)
            chosen = request.session.get(CHOSEN)
            held = [post for post in request.posts if str(post.origin_id) == chosen] or request.posts
            if held:
                request.actor = actor_for(held[0], request_id=request.request_id)
        answer = self.next_step(request)
        if request.user.is_authenticated and not answer.has_header("Cache-Control"):
            # offices share machines: Back after signing out shows nothing
            answer["Cache-Control"] = "private, no-store"
        return answer
