"""Finding what a command line names, with messages that help."""

import datetime as dt
import unicodedata

from django.utils.translation import gettext as _

from motcua.common import clock
from motcua.common.errors import Refused
from motcua.funding.models import Programme
from motcua.units.enums import Role
from motcua.units.models import Post
from motcua.units.queries import UnitAt, by_code, lives_of_code


def programme_called(key: str) -> Programme:
    """The programme with a key. Raises `Refused` with the keys there are."""
    programme = Programme.objects.filter(key=unicodedata.normalize("NFC", key)).first()
    if programme:
        return programme
    known = ", ".join(Programme.objects.values_list("key", flat=True)[:20]) or "–"
    raise Refused(_("There is no programme “%(key)s”. There are: %(known)s.") % {"key": key, "known": known})


def unit_living(code: str, as_of: dt.date, known_at: dt.datetime | None = None) -> UnitAt:
    """The unit that bears a code on a day. Raises `Refused` that says when the code lived."""
    if not clock.fits_as_of(as_of):
        message = _("The date %(day)s cannot be asked: it must lie between %(first)s and %(last)s.")
        said = {"day": as_of, "first": clock.EARLIEST, "last": clock.latest_askable()}
        raise Refused(message % {name: f"{day:%d/%m/%Y}" for name, day in said.items()})
    unit = by_code(code, as_of, known_at)
    if unit:
        return unit
    if known_at and by_code(code, as_of):
        message = _("At %(moment)s nothing was known yet of a unit with the code %(code)s on %(day)s.")
        raise Refused(message % {"moment": f"{known_at:%H:%M %d/%m/%Y}", "code": code, "day": f"{as_of:%d/%m/%Y}"})
    lives = lives_of_code(code)
    if not lives:
        raise Refused(_("There is no unit with the code %(code)s.") % {"code": code})
    message = _("No unit with the code %(code)s lives on %(day)s; it lived: %(lives)s.")
    spans = "; ".join(f"{spot.period} {_span(spot.from_on, spot.ended_on)}" for spot in lives)
    raise Refused(message % {"code": code, "day": f"{as_of:%d/%m/%Y}", "lives": spans})


def _span(start: dt.date | None, end: dt.date | None) -> str:
    first = f"{start:%d/%m/%Y}" if start else "…"
    last = f"{end - dt.timedelta(days=1):%d/%m/%Y}" if end else "…"
    return f"{first} – {last}"


def refuse_second_setup() -> None:
    """Raise `Refused` where an administrator is there already."""
    first = Post.objects.held_on(clock.today()).filter(role=Role.ADMINISTRATOR).select_related("person").first()
    if first:
        message = _(
            "Motcua is set up already: %(name)s (%(username)s) is an administrator. Further people and units are added "
            "on its pages."
        )
        raise Refused(message % {"name": first.person.full_name, "username": first.person.username})
