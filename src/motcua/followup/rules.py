"""When something at a device was wrong: episodes read off its answers, day by day. Plain functions of plain values."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from motcua.fieldwork.enums import Attribute, Placement, UseMode, YesNo
from motcua.followup.enums import FindingKind

State = Mapping[str, "Seen"]


@dataclass(frozen=True, slots=True)
class Seen:
    """One answer in force; `check` is the identity of the check that says it, `record` that of its record."""

    attribute: str
    value: str
    observed_on: dt.date
    record: uuid.UUID
    check: uuid.UUID
    note: str = ""


@dataclass(slots=True)
class Episode:
    """Something wrong since the check that showed it, until the check that ended it (None: still)."""

    kind: str
    found_on: dt.date
    found_by: uuid.UUID
    ended_on: dt.date | None = None
    ended_by: uuid.UUID | None = None
    note: str = ""
    shown_by: set[uuid.UUID] = field(default_factory=set)


def _value(state: State, attribute: str) -> str:
    return state[attribute].value if attribute in state else ""


def _is_outside(state: State) -> bool:
    return _value(state, Attribute.PLACEMENT) in (Placement.OUTSIDE, Placement.ELSEWHERE) and not _is_absent(state)


def _is_shared(state: State) -> bool:
    return _value(state, Attribute.USE_MODE) == UseMode.SHARED and not _is_absent(state)


def _is_absent(state: State) -> bool:
    return _value(state, Attribute.PRESENT) == YesNo.NO


def _is_below(state: State) -> bool:
    return _value(state, Attribute.MEETS) == YesNo.NO


WRONG: dict[str, tuple[str, Callable[[State], bool]]] = {
    FindingKind.PLACED_OUTSIDE: (Attribute.PLACEMENT, _is_outside),
    FindingKind.SHARED: (Attribute.USE_MODE, _is_shared),
    FindingKind.NOT_PRESENT: (Attribute.PRESENT, _is_absent),
    FindingKind.BELOW_REQUIREMENTS: (Attribute.MEETS, _is_below),
}
"""Each kind of finding: the question that it turns on, and the test of a device's state."""
OF_COMPUTERS = (FindingKind.SHARED,)


def episodes(answers: Iterable[Seen], *, is_computer: bool) -> list[Episode]:
    """What was wrong with one device and when, each kind in the order of time.

    Days are looked at as a whole: of unlike answers of one day, the one that holds by "As of, exactly" counts.
    """
    ordered = sorted(answers, key=lambda seen: (seen.observed_on, seen.record))
    kinds = [kind for kind in WRONG if is_computer or kind not in OF_COMPUTERS]
    state: dict[str, Seen] = {}
    open_now: dict[str, Episode] = {}
    found: list[Episode] = []
    for day, group in groupby(ordered, key=lambda seen: seen.observed_on):
        state.update({seen.attribute: seen for seen in group})
        for kind in kinds:
            step = _step(kind, state, day, open_now.get(kind))
            if step is not None and kind not in open_now:
                found.append(step)
                open_now[kind] = step
            elif step is not None and step.ended_on is not None:
                del open_now[kind]
    return found


def _step(kind: str, state: State, day: dt.date, running: Episode | None) -> Episode | None:
    """The episode of a kind that runs, begins or ends on a day; None where all was and is well."""
    question, is_wrong = WRONG[kind]
    of_today = [state[name] for name in (question, Attribute.PRESENT) if name in state]
    by = next((seen.check for seen in of_today if seen.observed_on == day), None)
    if by is None:
        return running
    if not is_wrong(state):
        if running is not None:
            running.ended_on, running.ended_by = day, by
        return running
    episode = running or Episode(kind, day, by)
    episode.shown_by.add(by)
    said = state.get(question)
    episode.note = (said.note if said else "") or episode.note
    return episode


@dataclass(frozen=True, slots=True)
class Known:
    """A finding in force, as the pairing sees it."""

    id: uuid.UUID
    kind: str
    found_on: dt.date
    found_by: uuid.UUID


def paired(found: Sequence[Episode], known: Iterable[Known]) -> list[uuid.UUID | None]:
    """For each episode the finding that already tells of it (None: a new one).

    A finding goes on where the check that raised it still shows the same thing, also when an earlier check
    arrives late: its remedies stay with it.
    """
    left = sorted(known, key=lambda one: (one.found_on, one.id))
    pairs: list[uuid.UUID | None] = []
    for episode in found:
        fits = [one for one in left if one.kind == episode.kind and one.found_by in episode.shown_by]
        if fits:
            left.remove(fits[0])
        pairs.append(fits[0].id if fits else None)
    return pairs
