"""Three-valued counting (Kleene): plain functions of plain values."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Tally(NamedTuple):
    """How many devices answer a question yes, no, or not at all."""

    yes: int = 0
    no: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        return self.yes + self.no + self.unknown


def every(tally: Tally) -> bool | None:
    """Whether all do. One "no" decides; over nothing the answer is unknown."""
    if tally.no:
        return False
    return None if tally.unknown or not tally.total else True


def some(tally: Tally) -> bool | None:
    """Whether any does. One "yes" decides; over nothing the answer is unknown."""
    if tally.yes:
        return True
    return None if tally.unknown or not tally.total else False


def both(one: bool | None, other: bool | None) -> bool | None:
    """Kleene's and."""
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


NO_DEVICE = Tally()


def negated(value: bool | None) -> bool | None:
    """Kleene's not."""
    return None if value is None else not value


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What a commune's verdicts are taken from."""

    received_vnd: int = 0
    settled: bool | None = None
    meets: Tally = NO_DEVICE
    placed: Tally = NO_DEVICE
    dedicated: Tally = NO_DEVICE
    shared: Tally = NO_DEVICE


def received_money(facts: UnitFacts) -> bool | None:
    return facts.received_vnd > 0


def has_settled(facts: UnitFacts) -> bool | None:
    return facts.settled


def meets_requirements(facts: UnitFacts) -> bool | None:
    """All its devices meet the published requirements."""
    return every(facts.meets)


def is_placed(facts: UnitFacts) -> bool | None:
    """All its computers stand in the one-stop section."""
    return every(facts.placed)


def is_dedicated(facts: UnitFacts) -> bool | None:
    """Any of its computers is for citizens alone."""
    return some(facts.dedicated)


def is_shared(facts: UnitFacts) -> bool | None:
    """Not dedicated, and any of its computers is shared with officials."""
    return both(negated(is_dedicated(facts)), some(facts.shared))


class ClassesDoNotPart(ValueError):
    """Classes that should part a population overlap, or leave someone out."""

    def __init__(self, twice: frozenset[Hashable], left_out: frozenset[Hashable], foreign: frozenset[Hashable]) -> None:
        self.twice, self.left_out, self.foreign = twice, left_out, foreign
        super().__init__(f"twice: {set(twice)}, left out: {set(left_out)}, foreign: {set(foreign)}")


def check_parting(population: Iterable[Hashable], classes: Mapping[str, Iterable[Hashable]]) -> None:
    """Raise `ClassesDoNotPart` unless every member stands in exactly one class, and nobody else does."""
    seen: set[Hashable] = set()
    twice: set[Hashable] = set()
    for members in classes.values():
        for member in members:
            (twice if member in seen else seen).add(member)
    whole = set(population)
    if twice or seen != whole:
        raise ClassesDoNotPart(frozenset(twice), frozenset(whole - seen), frozenset(seen - whole))
