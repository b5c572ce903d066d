"""The demonstration's cast, for its sign-in page."""

from dataclasses import dataclass

from motcua.common import clock
from motcua.units.context import described
from motcua.units.models import Post


@dataclass(frozen=True, slots=True)
class CastMember:
    """Somebody who can be played: one line for each post held today."""

    name: str
    username: str
    post: str
    unit: str


def cast() -> list[CastMember]:
    """Everybody who may sign in and holds a post today, in the order in which posts were given.

    Only posts given by whoever gave the first, the demonstration: people added later have passwords of their own.
    """
    held = Post.objects.held_on(clock.today()).filter(person__is_active=True).select_related("person", "unit")
    given = list(held.order_by("recorded_at", "pk")[:50])
    posts = [post for post in given if post.recorded_by == given[0].recorded_by]
    return [
        CastMember(post.person.full_name, post.person.username, shown["title"], shown["unit"])
        for post, shown in zip(posts, described(posts, None), strict=True)
    ]
