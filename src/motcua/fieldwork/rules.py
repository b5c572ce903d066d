"""What answers come to: the state of a device as of a day, and three-valued verdicts over devices.

DESIGN.md, "As of, exactly": answers are ordered by (observed on, record's UUID), never by arrival; an
empty answer says nothing; a device answered not present fails placement and use until it is seen again.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from motcua.catalogue import rules as catalogue
from motcua.fieldwork.enums import ANSWERS, Attribute, Placement, UseMode, YesNo

NOTES = {"placement_note": Attribute.PLACEMENT}
"""Free words that go with an answer."""
CRITERION = "criterion:"
"""What a question about one criterion of a requirement set begins with: "criterion:ram" is yes or no."""


@dataclass(frozen=True, slots=True)
class Said:
    """One answer in force, as the rules see it."""

    device: uuid.UUID
    attribute: str
    value: str
    observed_on: dt.date
    record: uuid.UUID


def faults(said: Mapping[str, str]) -> list[str]:
    """Questions whose answer is none of its choices, or that nobody asks."""
    return [name for name, value in said.items() if value and name not in NOTES and value not in _choices(name)]


def _choices(question: str) -> list[str]:
    if question.startswith(CRITERION):
        return YesNo.values
    return ANSWERS[question].values if question in ANSWERS else []


def criteria_answered(said: Mapping[str, str]) -> dict[str, str]:
    """What a check says of single criteria, by their keys."""
    return {name.removeprefix(CRITERION): value for name, value in said.items() if value and name.startswith(CRITERION)}


def whole_verdict(said: Mapping[str, str], keys: Collection[str]) -> str | None:
    """A check's answer on meeting the requirements: as said, else as the criteria in force (`keys`) come to."""
    if said.get(Attribute.MEETS):
        return said[Attribute.MEETS]
    verdict = catalogue.verdict(criteria_answered(said), keys)
    return None if verdict is None else (YesNo.YES if verdict else YesNo.NO)


def answers_round(seen_on: dt.date, begun: dt.date | None, reference_on: dt.date) -> bool:
    """Whether what was seen on a day answers a round that a directive of `begun` set going (None: not known)."""
    return (begun is None or begun <= seen_on) and seen_on <= reference_on


def latest(answers: Iterable[Said]) -> dict[tuple[uuid.UUID, str], Said]:
    """The answer that holds for each device and question."""
    held: dict[tuple[uuid.UUID, str], Said] = {}
    for answer in answers:
        key = (answer.device, answer.attribute)
        before = held.get(key)
        if before is None or (before.observed_on, before.record) < (answer.observed_on, answer.record):
            held[key] = answer
    return held


def conflicts(answers: Iterable[Said]) -> list[tuple[Said, Said]]:
    """Unlike answers of one day to one question about one device: both are kept, and flagged."""
    seen: dict[tuple[uuid.UUID, str, dt.date], Said] = {}
    found = []
    for answer in sorted(answers, key=lambda a: a.record):
        key = (answer.device, answer.attribute, answer.observed_on)
        other = seen.setdefault(key, answer)
        if other.value != answer.value:
            found.append((other, answer))
    return found


def placed(state: Mapping[str, str]) -> bool | None:
    """Whether a device stands in the one-stop section; `state` is its answers by question."""
    return _unless_absent(state, _is(state.get(Attribute.PLACEMENT), Placement.ONE_STOP))


def dedicated(state: Mapping[str, str]) -> bool | None:
    return _unless_absent(state, _is(state.get(Attribute.USE_MODE), UseMode.DEDICATED))


def shared(state: Mapping[str, str]) -> bool | None:
    return _unless_absent(state, _is(state.get(Attribute.USE_MODE), UseMode.SHARED))


def meets(state: Mapping[str, str]) -> bool | None:
    return _is(state.get(Attribute.MEETS), YesNo.YES)


def _unless_absent(state: Mapping[str, str], verdict: bool | None) -> bool | None:
    return False if state.get(Attribute.PRESENT) == YesNo.NO else verdict


def _is(value: str | None, wanted: str) -> bool | None:
    return None if value is None else value == wanted
