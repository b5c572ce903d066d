"""A programme in a few numbers, for the page that everybody begins on."""

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.common import clock
from motcua.common.actor import Actor
from motcua.figures.access import figures_in_reach
from motcua.figures.definitions import FIGURES
from motcua.figures.queries import Evaluation, Facts, read_facts
from motcua.figures.rules import ClassesDoNotPart
from motcua.overview.todo import programmes_of
from motcua.units.queries import UnitAt

WANTED = {
    "units_settled": "out",
    "units_meeting_requirements": "out",
    "units_placed": "out",
    "units_shared": "in",
}
"""The side of a figure on which nobody should stand."""
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure with how many stand where nobody should."""

    answer: Evaluation
    side: str

    @property
    def wrong(self) -> Sequence[UnitAt]:
        return self.answer.side(self.side) if self.side else ()

    @property
    def wrong_word(self) -> str:
        figure = self.answer.figure
        return str(figure.outside if self.side == "out" else figure.inside)


@dataclass(frozen=True, slots=True)
class Card:
    """A programme as somebody begins on it. `unit` None: none of the units meant lives today."""

    key: str
    name: str
    unit: UnitAt | None
    received_vnd: int | None
    given_on_vnd: int | None
    tiles: tuple[Tile, ...]
    contradicts: bool


def cards(actor: Actor) -> list[Card]:
    """The latest programmes in reach, each for the unit that the actor would be shown."""
    return [_card(actor, programme.key, name) for programme, name in programmes_of(actor)[:SHOWN]]


def _card(actor: Actor, key: str, name: str) -> Card:
    today = clock.today()
    reach = figures_in_reach(actor, key, "", today)
    if reach.unit is None:
        return Card(key, name, None, None, None, (), False)
    facts = read_facts(reach.programme, reach.unit, today)
    tiles = tuple(
        Tile(facts.evaluate(figure.name), WANTED.get(figure.name, "")) for figure in FIGURES.values() if figure.verdict
    )
    return Card(key, name, reach.unit, facts.received_vnd, facts.given_on_vnd, tiles, _contradict(facts))


def _contradict(facts: Facts) -> bool:
    try:
        facts.check()
    except ClassesDoNotPart:
        return True
    return False
