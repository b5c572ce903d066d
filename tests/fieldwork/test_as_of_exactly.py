"""DESIGN.md, "As of, exactly": any day, any moment of knowledge, any order of arrival, against a slow obvious model."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.equipment.models import Device
from motcua.fieldwork.actions import correct_check, record_check, withdraw_check
from motcua.fieldwork.enums import ANSWERS, Source
from motcua.fieldwork.models import Check
from motcua.fieldwork.queries import states, values
from motcua.figures.facts import device_tallies
from motcua.units.queries import unit_at
from tests.cast import Cast
from tests.fieldwork.programme import Field

FIRST = dt.date(2023, 12, 20)
DAYS = [FIRST + dt.timedelta(days=number) for number in range(5)]

said = st.fixed_dictionaries(
    {},
    optional={name: st.sampled_from(["", *choices.values]) for name, choices in ANSWERS.items()},
)
amendment = st.one_of(st.none(), st.tuples(st.sampled_from(DAYS), said))  # None: withdrawn


@dataclass(frozen=True)
class Story:
    """A check with what becomes of it: corrections (day, answers), or a withdrawal (None) at the end."""

    id: uuid.UUID
    device: int
    first: tuple[dt.date, dict[str, str]]
    rest: tuple[Any, ...]


@st.composite
def stories(draw: st.DrawFn) -> Story:
    first = draw(st.tuples(st.sampled_from(DAYS), said.filter(lambda answers: any(answers.values()))))
    rest: list[Any] = []
    for step in draw(st.lists(amendment, max_size=3)):
        rest.append(step)
        if step is None:
            break
    return Story(draw(st.uuids()), draw(st.integers(0, 2)), first, tuple(rest))


@st.composite
def deliveries(draw: st.DrawFn) -> list[tuple[Story, Any]]:
    """Some checks and their amendments, interleaved at random: of one check its steps stay in order."""
    told = draw(st.lists(stories(), min_size=1, max_size=5, unique_by=lambda story: story.id))
    turns = draw(st.permutations([number for number, story in enumerate(told) for _step in (0, *story.rest)]))
    waiting = [iter((story.first, *story.rest)) for story in told]
    return [(told[number], next(waiting[number])) for number in turns]


@dataclass(frozen=True)
class Line:
    """The model's diary: what one delivery said; `said` None: the check never was."""

    at: dt.datetime
    check: uuid.UUID
    record: uuid.UUID
    device: uuid.UUID
    day: dt.date
    said: dict[str, str] | None


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is rolled back, so that each example starts from the same facts."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def deliver(
    cast: Cast, field: Field, told: list[tuple[Story, Any]], after_each: Callable[[], object] = bool
) -> list[Line]:
    """Send everything in, a minute apart; returns the diary."""
    diary: list[Line] = []
    in_force: dict[uuid.UUID, Check] = {}
    start = timezone.now() + dt.timedelta(hours=1)
    for minute, (story, step) in enumerate(told):
        at = start + dt.timedelta(minutes=minute)
        device = field.devices[story.device]
        with time_machine.travel(at, tick=False):
            check = in_force[story.id] = _send(cast, device, story, step, in_force.get(story.id))
            after_each()
        answers = None if step is None else step[1]
        diary.append(Line(check.recorded_at, story.id, check.pk, device.pk, check.observed_on, answers))
    return diary


def _send(cast: Cast, device: Device, story: Story, step: Any, before: Check | None) -> Check:
    if before is None:
        facts = {"device": device, "unit": device.first_unit, "visit": None, "kind": Source.INSPECTED}
        whole = {**facts, "observed_on": step[0], "said": step[1]}
        return record_check(actor=cast.inspector, values=whole, id=story.id)
    if step is None:
        return withdraw_check(before, actor=cast.inspector, reason="nhầm")
    return correct_check(before, actor=cast.inspector, values={"observed_on": step[0], "said": step[1]}, reason="sửa")


def slow_states(diary: list[Line], as_of: dt.date, known_at: dt.datetime) -> dict[uuid.UUID, dict[str, str]]:
    """The state of each device, by reading the whole diary each time."""
    last: dict[uuid.UUID, Line] = {}
    for line in diary:
        if line.at <= known_at:
            last[line.check] = line
    held: dict[uuid.UUID, dict[str, str]] = {}
    for line in sorted(last.values(), key=lambda one: (one.day, one.record.int)):
        if line.said is not None and line.day <= as_of:
            answered = {name: value for name, value in line.said.items() if value}
            held.setdefault(line.device, {}).update(answered)
    return {device: state for device, state in held.items() if state}


def slow_tallies(field: Field, held: dict[uuid.UUID, dict[str, str]]) -> dict[uuid.UUID, dict[str, list[int]]]:
    """Per commune and question [yes, no, unknown], one device after the other."""
    counts: dict[uuid.UUID, dict[str, list[int]]] = {}
    for device in field.devices:
        state = held.get(device.pk, {})
        questions = {"meets": _verdict(state.get("meets_requirements"), "yes")}
        seen = {"placed": ("placement", "one_stop"), "dedicated": ("use_mode", "dedicated")}
        for name, (attribute, wanted) in {**seen, "shared": ("use_mode", "shared")}.items():
            gone = state.get("present") == "no"
            questions[name] = 1 if gone else _verdict(state.get(attribute), wanted)
        mine = counts.setdefault(device.first_unit_id, {name: [0, 0, 0] for name in questions})
        for name, place in questions.items():
            if name == "meets" or device.device_type_id == "computer":
                mine[name][place] += 1
    return counts


def _verdict(value: str | None, wanted: str) -> int:
    return 2 if value is None else 0 if value == wanted else 1


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(told=deliveries())
def test_states_and_tallies_are_right_for_every_day_and_moment_whatever_the_order(cast, field, told):
    path = unit_at(cast.units["063"].pk, FIRST).path
    ids = [device.pk for device in field.devices]
    with undone():
        diary = deliver(cast, field, told)
        before = diary[0].at - dt.timedelta(seconds=1)
        for moment in [before, *(line.at for line in diary), None]:
            for day in [FIRST - dt.timedelta(days=1), *DAYS]:
                expected = slow_states(diary, day, moment or diary[-1].at)
                asked = states(ids, day, moment)
                assert {device: values(state) for device, state in asked.items()} == expected
                counted = device_tallies(path, field.programme.pk, day, moment)
                plain = {
                    unit: {name: list(tally) for name, tally in tallies.items()} for unit, tallies in counted.items()
                }
                assert plain == slow_tallies(field, expected)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(told=st.lists(stories(), min_size=2, max_size=5, unique_by=lambda story: story.id), rng=st.randoms())
def test_the_order_in_which_checks_arrive_changes_nothing_in_the_end(cast, field, told, rng):
    ids = [device.pk for device in field.devices]

    def outcome(order: list[Story]) -> list[dict[uuid.UUID, dict[str, str]]]:
        with undone():
            deliver(cast, field, [(story, step) for story in order for step in (story.first, *story.rest)])
            return [{key: values(state) for key, state in states(ids, day).items()} for day in DAYS]

    shuffled = list(told)
    rng.shuffle(shuffled)
    assert outcome(told) == outcome(shuffled)
