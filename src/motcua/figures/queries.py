"""Evaluating figures: one snapshot of facts answers all of them for a programme, a unit, a day."""

import datetime as dt
import functools
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from motcua.common.snapshot import snapshot
from motcua.figures import facts, rules
from motcua.figures.definitions import FIGURES, POPULATION_FIGURE, Figure
from motcua.funding.enums import Step
from motcua.funding.models import Programme, PurchaseStep
from motcua.funding.queries import steps_done
from motcua.units.enums import Level
from motcua.units.queries import UnitAt, subtree


class NoSuchFigure(LookupError):
    """A name that no figure bears; `name` is it."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A figure's answer. Amounts are đồng and have no population; `value` None: there is no such one amount."""

    figure: Figure
    value: int | None
    population: int | None = None
    members_in: tuple[UnitAt, ...] = ()
    members_out: tuple[UnitAt, ...] = ()
    members_unknown: tuple[UnitAt, ...] = ()

    def side(self, name: str) -> tuple[UnitAt, ...]:
        """The members on a side: "in", "out" or "unknown"."""
        return {"in": self.members_in, "out": self.members_out, "unknown": self.members_unknown}[name]


@dataclass(frozen=True)
class Facts:
    """All that the figures of one programme, unit, day and moment are taken from."""

    programme: Programme
    unit: UnitAt
    as_of: dt.date
    known_at: dt.datetime | None
    communes: tuple[UnitAt, ...]
    by_unit: Mapping[uuid.UUID, rules.UnitFacts]
    received_vnd: int
    given_on_vnd: int
    read: frozenset[str] = frozenset(FIGURES)

    @functools.cached_property
    def receivers(self) -> tuple[UnitAt, ...]:
        """The population of the figures about equipment: the communes that received money."""
        return tuple(unit for unit in self.communes if rules.received_money(self.by_unit[unit.id]))

    def evaluate(self, name: str) -> Evaluation:
        """One figure. Raises `NoSuchFigure`."""
        figure = FIGURES.get(name)
        if figure is None:
            raise NoSuchFigure(name)
        if name not in self.read:
            raise ValueError(f"the facts of {name} were not read")
        if figure.verdict is None:
            return Evaluation(figure, self._amount(name))
        population = self.communes if name == POPULATION_FIGURE else self.receivers
        sides: dict[bool | None, list[UnitAt]] = {True: [], False: [], None: []}
        for unit in population:
            sides[figure.verdict(self.by_unit[unit.id])].append(unit)
        found, missed, unknown = (tuple(sides[side]) for side in (True, False, None))
        return Evaluation(figure, len(found), len(population), found, missed, unknown)

    def _amount(self, name: str) -> int | None:
        if name == "amount_allocated":
            return self.received_vnd
        if name == "amount_given_on":
            return self.given_on_vnd
        amounts = {self.by_unit[unit.id].received_vnd for unit in self.receivers}
        return amounts.pop() if len(amounts) == 1 else None

    def use_classes(self) -> dict[str, tuple[UnitAt, ...]]:
        """Dedicated, shared, neither, unknown: they part the population, or `ClassesDoNotPart` is raised."""
        dedicated, shared = self.evaluate("units_dedicated"), self.evaluate("units_shared")
        open_ones = {u.id: u for u in (*dedicated.members_unknown, *shared.members_unknown)}
        out_of_both = {u.id for u in dedicated.members_out} & {u.id for u in shared.members_out}
        classes = {
            "dedicated": dedicated.members_in,
            "shared": shared.members_in,
            "neither": tuple(u for u in self.receivers if u.id in out_of_both),
            "unknown": tuple(open_ones.values()),
        }
        rules.check_parting(self.receivers, classes)
        return classes

    def check(self) -> None:
        """Hold every class against its population. Raises `ClassesDoNotPart`."""
        self.use_classes()
        for figure in FIGURES.values():
            if not figure.is_amount:
                answer = self.evaluate(figure.name)
                population = self.communes if figure.name == POPULATION_FIGURE else self.receivers
                rules.check_parting(population, {side: answer.side(side) for side in ("in", "out", "unknown")})


def read_facts(
    programme: Programme,
    unit: UnitAt,
    as_of: dt.date,
    known_at: dt.datetime | None = None,
    *,
    figures: Collection[str] = tuple(FIGURES),
) -> Facts:
    """Read the facts of the named figures (all, unless said otherwise) in one snapshot of the database."""
    questions = {question for name in figures for question in FIGURES[name].questions}
    tallies: dict[uuid.UUID, dict[str, rules.Tally]] = {}
    settled: dict[tuple[uuid.UUID, str], PurchaseStep] = {}
    with snapshot():
        communes = tuple(subtree(unit.path, as_of, known_at, level=Level.COMMUNE))
        received = facts.amounts_received(programme.pk, None, as_of, known_at)
        given = facts.amounts_given_on(programme.pk, [unit.id], as_of, known_at)
        if questions:
            tallies = facts.device_tallies(unit.path, programme.pk, as_of, known_at, questions=questions)
        if "units_settled" in figures:
            settled = steps_done(programme.pk, as_of, known_at, steps=[Step.SETTLED], unit_ids=(c.id for c in communes))
    by_unit = {}
    for commune in communes:
        step = settled.get((commune.id, Step.SETTLED))
        done = step.done if step else None
        by_unit[commune.id] = rules.UnitFacts(received.get(commune.id, 0), done, **tallies.get(commune.id, {}))
    own = (received.get(unit.id, 0), given.get(unit.id, 0))
    return Facts(programme, unit, as_of, known_at, communes, by_unit, *own, frozenset(figures))


def evaluate_all(
    programme: Programme, unit: UnitAt, as_of: dt.date, known_at: dt.datetime | None = None
) -> dict[str, Evaluation]:
    """Every figure, by name, after holding the classes against their populations."""
    held = read_facts(programme, unit, as_of, known_at)
    held.check()
    return {name: held.evaluate(name) for name in FIGURES}
