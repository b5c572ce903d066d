"""One clock: today in Việt Nam, or the day of the demonstration's story."""

import datetime as dt

import pytest
import time_machine

from motcua.common import clock

STORY = dt.date(2024, 1, 5)


@time_machine.travel("2026-03-01T17:30:00Z", tick=False)
def test_today_is_the_day_in_viet_nam():
    assert clock.today() == dt.date(2026, 3, 2)


def test_the_demonstration_stays_in_its_day_and_its_moments_run_on(settings):
    settings.MOTCUA_TODAY = STORY
    settings.MOTCUA_STARTED_AT = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    with time_machine.travel("2026-03-01T12:10:00Z", tick=False):
        assert clock.today() == STORY
        assert clock.now() == dt.datetime(2024, 1, 5, 8, 10, tzinfo=clock.HANOI)
    with time_machine.travel("2026-02-28T12:00:00Z", tick=False):
        assert clock.now() == dt.datetime(2024, 1, 5, 8, 0, tzinfo=clock.HANOI)


@pytest.mark.parametrize(
    ("day", "fits"),
    [(dt.date(1945, 9, 1), False), (dt.date(1945, 9, 2), True), (STORY, True), (dt.date(2024, 1, 6), False)],
)
def test_a_fact_lies_between_independence_and_today(settings, day, fits):
    settings.MOTCUA_TODAY = STORY
    assert clock.fits_fact(day) is fits


def test_a_question_may_look_some_years_ahead_but_not_to_2203(settings):
    settings.MOTCUA_TODAY = STORY
    assert clock.fits_as_of(dt.date(2028, 1, 1))
    assert not clock.fits_as_of(dt.date(2203, 12, 27))
