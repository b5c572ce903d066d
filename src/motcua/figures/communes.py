"""The programme's table: a commune a row, each verdict as the figures have it, and the records it opens into."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.fieldwork import rules as fieldwork
from motcua.fieldwork.enums import Attribute
from motcua.fieldwork.models import Answer
from motcua.fieldwork.queries import checks_by_record
from motcua.figures import rules
from motcua.figures.details import DeviceState, behind
from motcua.figures.queries import Facts
from motcua.funding.enums import Step
from motcua.funding.models import PurchaseStep
from motcua.funding.queries import steps_done
from motcua.units.queries import UnitAt

DEDICATED, SHARED, NEITHER, UNKNOWN = "dedicated", "shared", "neither", "unknown"
USES = {
    DEDICATED: gettext_lazy("dedicated to citizens"),
    SHARED: gettext_lazy("shared with officials"),
    NEITHER: gettext_lazy("neither dedicated nor shared"),
    UNKNOWN: gettext_lazy("unknown"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """An answer about a device that a cell shows, with the check that it opens."""

    device: DeviceState
    answer: Answer
    check_id: uuid.UUID | None
    verdict: bool | None

    @property
    def mark(self) -> str:
        """The badge: an answer that is known is a yes or a no."""
        return "yes" if self.verdict else "no"

    @property
    def words(self) -> str:
        note = f" ({self.answer.note})" if self.answer.note else ""
        return f"{self.label}{note}"

    @property
    def label(self) -> str:
        return _("not present") if self.answer.attribute == Attribute.PRESENT else self.answer.value_label


@dataclass(slots=True)
class CommuneRow:
    """One commune. `use` is the class of use mode that it stands in; `placements` and `uses` hold the
    answers about its computers, filled in by `give_answers` for the rows that a page shows."""

    unit: UnitAt
    allocated_vnd: int
    steps: dict[str, PurchaseStep]
    meets: bool | None
    settled: bool | None
    placed: bool | None
    use: str
    placements: list[Seen] = field(default_factory=list)
    uses: list[Seen] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.unit.name

    @property
    def bought_step(self) -> PurchaseStep | None:
        """The last step before settlement that is known to be done, else the first known not to be."""
        said = [self.steps[step] for step in Step.values if step != Step.SETTLED and step in self.steps]
        return next((step for step in reversed(said) if step.done), said[0] if said else None)

    @property
    def bought(self) -> bool | None:
        """Whether anything was bought: a settled purchase was, also where its earlier steps are not known."""
        step = self.bought_step
        return True if self.settled else step.done if step else None

    @property
    def use_label(self) -> str:
        return str(USES[self.use])

    @property
    def placement_words(self) -> str:
        return "; ".join(seen.words for seen in self.placements)

    @property
    def use_words(self) -> str:
        return "; ".join(seen.words for seen in self.uses)


def commune_rows(facts: Facts) -> list[CommuneRow]:
    """Every receiving commune at or below the unit asked, in the order of the tree."""
    steps: dict[uuid.UUID, dict[str, PurchaseStep]] = {}
    ids = [unit.id for unit in facts.communes]
    said = steps_done(facts.programme.pk, facts.as_of, facts.known_at, unit_ids=ids)
    for (unit_id, step), row in said.items():
        steps.setdefault(unit_id, {})[step] = row
    return [_row(unit, facts.by_unit[unit.id], steps.get(unit.id, {})) for unit in facts.receivers]


def _row(unit: UnitAt, known: rules.UnitFacts, steps: dict[str, PurchaseStep]) -> CommuneRow:
    return CommuneRow(
        unit=unit,
        allocated_vnd=known.received_vnd,
        steps=steps,
        meets=rules.meets_requirements(known),
        settled=rules.has_settled(known),
        placed=rules.is_placed(known),
        use=use_class(known),
    )


def use_class(known: rules.UnitFacts) -> str:
    """The class of use mode in which a commune stands: the four part the population."""
    dedicated, shared = rules.is_dedicated(known), rules.is_shared(known)
    if dedicated:
        return DEDICATED
    if shared:
        return SHARED
    return UNKNOWN if dedicated is None or shared is None else NEITHER


def give_answers(facts: Facts, rows: Iterable[CommuneRow]) -> None:
    """Fill in the answers behind some rows, in a number of queries that does not grow with them."""
    wanted = list(rows)
    found = behind(facts.programme, [row.unit.id for row in wanted], facts.as_of, facts.known_at)
    states = [state for held in found.values() for state in held.devices]
    checks = checks_by_record(answer.check_record_id for state in states for answer in state.answers.values())
    origins = {record: check.origin_id for record, check in checks.items()}
    for row in wanted:
        held = found[row.unit.id]
        row.placements = _seen(held.computers, Attribute.PLACEMENT, origins)
        row.uses = _seen(held.computers, Attribute.USE_MODE, origins)


def _seen(states: list[DeviceState], question: Attribute, origins: dict[uuid.UUID, uuid.UUID]) -> list[Seen]:
    """The answer of each computer to a question; one that is not present answers that instead."""
    seen = []
    judge = fieldwork.placed if question == Attribute.PLACEMENT else fieldwork.dedicated
    for state in states:
        answer = state.answers.get(Attribute.PRESENT if state.is_absent else question)
        if answer:
            seen.append(Seen(state, answer, origins.get(answer.check_record_id), judge(state.values)))
    return seen
