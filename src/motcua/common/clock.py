"""The one clock: what day it is, and what moment a record is made at.

The demonstration pins *today* to a day of its story and lets *now* run on from
that day's morning, so that moments stay in order and near the story.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
EARLIEST = dt.date(1945, 9, 2)
YEARS_AHEAD = 5
LOADED_AT = timezone.now()  # for a pinned day without the moment at which its demonstration was made


def pinned_today() -> dt.date | None:
    """The day that the demonstration is set to, or None in real work."""
    return settings.MOTCUA_TODAY


def today() -> dt.date:
    """Today in Việt Nam."""
    return pinned_today() or timezone.now().astimezone(HANOI).date()


def now() -> dt.datetime:
    """The moment of recording, aware, never earlier than one given before."""
    pinned = pinned_today()
    if pinned is None:
        return timezone.now()
    morning = dt.datetime.combine(pinned, dt.time(8), tzinfo=HANOI)
    started = settings.MOTCUA_STARTED_AT or LOADED_AT
    return morning + max(timezone.now() - started, dt.timedelta(0))


def latest_askable() -> dt.date:
    """The last day that a screen may be asked as of: plans are known some years ahead."""
    return today().replace(day=1) + dt.timedelta(days=366 * YEARS_AHEAD)


def fits_as_of(day: dt.date) -> bool:
    """Whether a question as of this day makes sense."""
    return EARLIEST <= day <= latest_askable()


def fits_fact(day: dt.date) -> bool:
    """Whether something can have happened on this day: not before 1945, not after today."""
    return EARLIEST <= day <= today()
