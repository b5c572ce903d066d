"""Posts as lists of people show them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.accounts.models import Person
from motcua.common import clock
from motcua.units.models import Post
from motcua.units.queries import UnitAt, units_at

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PostLine:
    """One post of one person, the unit by its name of today."""

    post: Post
    person: Person
    unit: UnitAt | None

    @property
    def name(self) -> str:
        return self.person.full_name

    @property
    def username(self) -> str:
        return self.person.username

    @property
    def title(self) -> str:
        return str(self.post)

    @property
    def unit_name(self) -> str:
        return self.unit.full_name if self.unit else self.post.unit.code

    @property
    def last_day(self) -> dt.date | None:
        return self.post.ended_on - ONE_DAY if self.post.ended_on else None

    @property
    def state(self) -> str:
        """held, ended, to_come, or shut: the person cannot sign in."""
        today = clock.today()
        if not self.person.is_active:
            return "shut"
        if self.is_over:
            return "ended"
        return "to_come" if self.post.valid_from and self.post.valid_from > today else "held"

    @property
    def is_over(self) -> bool:
        return self.post.ended_on is not None and self.post.ended_on <= clock.today()

    @property
    def state_word(self) -> str:
        return {
            "held": _("in office"),
            "ended": _("post has ended"),
            "to_come": _("post begins later"),
            "shut": _("cannot sign in"),
        }[self.state]


def post_lines(posts: Iterable[Post]) -> list[PostLine]:
    """Posts (with their person and unit) as lines, in the order given."""
    listed = list(posts)
    units = units_at((post.unit_id for post in listed), clock.today())
    return [PostLine(post, post.person, units.get(post.unit_id)) for post in listed]
