"""Where units stand through time, held against a slow obvious model: on each day, walk up from parent to parent."""

import datetime as dt
import uuid
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.common import records
from motcua.common.actor import operator as operator_named
from motcua.units import rules
from motcua.units.actions import rebuild_positions
from motcua.units.enums import Level
from motcua.units.models import Unit, UnitPeriod, UnitPosition

FIRST = dt.date(2024, 1, 1)
DAYS = [FIRST + dt.timedelta(days=n) for n in range(8)]
KINDS = ("tỉnh", "thành phố", "huyện", "xã")


@st.composite
def forests(draw):
    """Units with their lives: each life follows the one before after a gap or none, under an earlier unit or none."""
    lives = []
    units = [uuid.UUID(int=number + 1) for number in range(draw(st.integers(1, 6)))]
    for serial, unit in enumerate(units):
        bounds = sorted(draw(st.sets(st.sampled_from(DAYS), min_size=1, max_size=4)))
        bounds = [*([None] if draw(st.booleans()) else []), *bounds, *([None] if draw(st.booleans()) else [])]
        spans = [rules.Span(start, end) for start, end in pairwise(bounds)] or [rules.Span(None, None)]
        for number, span in enumerate(spans):
            if number == 0 or draw(st.booleans()):
                parent = draw(st.sampled_from([None, *units[:serial]]))
                key = uuid.UUID(int=(serial + 1) * 100 + number)
                lives.append(rules.Life(key, unit, serial, draw(st.sampled_from(KINDS)), parent, span))
    return lives


def life_on(lives, unit, day):
    return next((life for life in lives if life.unit == unit and life.span.holds(day)), None)


def walk_up(lives, unit, day):
    """The unit and those above it on a day, from itself up; a parent that does not live then is none."""
    line = []
    while (life := life_on(lives, unit, day)) is not None:
        line.append(unit)
        unit = life.parent
    return line


def asked_days():
    return [FIRST - dt.timedelta(days=400), *DAYS, FIRST + dt.timedelta(days=400)]


@given(forests())
@settings(deadline=None)
def test_a_subtree_as_of_a_day_is_what_walking_up_from_each_unit_finds(lives):
    spots, units = rules.place(lives), {life.unit for life in lives}
    for day in asked_days():
        path_of = {spot.unit: spot.path for spot in spots if spot.span.holds(day)}
        above = {unit: walk_up(lives, unit, day) for unit in units}
        assert path_of.keys() == {unit for unit, line in above.items() if line}
        for top, path in path_of.items():
            subtree = {unit for unit, other in path_of.items() if path <= other < path + rules.AFTER_EVERY_PATH}
            assert subtree == {unit for unit, line in above.items() if top in line}


@given(forests())
@settings(deadline=None)
def test_a_unit_stands_in_one_place_at_a_time_and_its_life_is_covered_whole(lives):
    spots = rules.place(lives)
    for day in asked_days():
        standing = [(spot.unit, spot.key) for spot in spots if spot.span.holds(day)]
        assert sorted(standing) == sorted((life.unit, life.key) for life in lives if life.span.holds(day))


@given(forests(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_in_which_lives_are_told_does_not_matter(lives, random):
    shuffled = random.sample(lives, len(lives))
    assert set(rules.place(shuffled)) == set(rules.place(lives))


@pytest.mark.django_db
@given(forests())
@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_answers_as_the_slow_model_does(lives):
    hand = operator_named("test")
    with transaction.atomic():
        units = {life.unit: life.serial for life in lives}
        Unit.objects.bulk_create(Unit(pk=pk, code=str(serial), serial=serial) for pk, serial in units.items())
        for life in lives:
            facts = {"unit": life.unit, "name": "A", "kind": life.kind, "parent": life.parent}
            span = {"valid_from": life.span.start, "ended_on": life.span.end}
            records.enter(UnitPeriod, hand, {**facts, **span}, id=life.key)
        rebuild_positions()
        for day in asked_days():
            path_of = dict(UnitPosition.objects.at(day).values_list("unit_id", "path"))
            for top, path in path_of.items():
                found = set(UnitPosition.objects.at(day).below(path).values_list("unit_id", flat=True))
                assert found == {unit for unit in units if top in walk_up(lives, unit, day)}
        transaction.set_rollback(True)


def test_units_in_a_circle_are_refused_with_their_names():
    first, second, third = (uuid.UUID(int=number) for number in (1, 2, 3))
    span = rules.Span(None, None)
    lives = [
        rules.Life(first, first, 1, "huyện", second, span),
        rules.Life(second, second, 2, "huyện", first, span),
        rules.Life(third, third, 3, "xã", first, span),
    ]
    with pytest.raises(rules.TreeError) as refusal:
        rules.place(lives)
    assert set(refusal.value.units) == {first, second}


@given(st.lists(st.integers(0, 36**4 - 1), min_size=2, max_size=2, unique=True))
def test_paths_sort_as_serial_numbers_and_stay_below_the_mark_after_them(serials):
    low, high = (rules.segment(serial) for serial in sorted(serials))
    assert low < high < low[:3] + rules.AFTER_EVERY_PATH or low[:3] != high[:3]
    assert len(low) == len(high) == rules.WIDTH


def test_more_units_than_a_path_can_number_are_refused():
    with pytest.raises(ValueError, match="more units"):
        rules.segment(36**4)


@pytest.mark.parametrize(
    ("kind", "has_parent", "level"),
    [
        ("tỉnh", False, Level.PROVINCE),
        ("thành phố", False, Level.PROVINCE),
        ("thành phố", True, Level.DISTRICT),
        ("thị xã", True, Level.DISTRICT),
        ("thị trấn", True, Level.COMMUNE),
        ("phường", True, Level.COMMUNE),
        ("đặc khu", True, Level.COMMUNE),
    ],
)
def test_the_level_follows_from_the_kind(kind, has_parent, level):
    assert rules.level(kind, has_parent) == level
