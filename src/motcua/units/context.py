"""For the header of every page: the posts between which a person may switch."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from motcua.common import clock
from motcua.units.models import Post
from motcua.units.queries import units_at


def own_posts(request: HttpRequest) -> dict[str, Any]:
    """`own_posts`: what the signed-in person may act in today, as `{id, title, unit, current}`, read when asked for."""
    held: list[Post] = getattr(request, "posts", [])
    actor = getattr(request, "actor", None)
    chosen = actor.post_id if actor else None
    return {"own_posts": SimpleLazyObject(lambda: described(held, chosen))}


def described(held: list[Post], chosen: object) -> list[dict[str, Any]]:
    """Posts as a page shows them, the unit by its name of today."""
    units = units_at((post.unit_id for post in held), clock.today())
    return [
        {
            "id": str(post.origin_id),
            "title": str(post),
            "unit": units[post.unit_id].full_name if post.unit_id in units else post.unit.code,
            "current": post.origin_id == chosen,
        }
        for post in held
    ]
