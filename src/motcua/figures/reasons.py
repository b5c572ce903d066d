"""Behind a verdict: each record that it is taken from, in words, with its date and who said it (law 3)."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from motcua.fieldwork.enums import Attribute
from motcua.fieldwork.models import Answer, Check, Visit
from motcua.fieldwork.queries import checks_by_record, visits_of
from motcua.figures.details import VERDICTS, Behind, DeviceState, behind
from motcua.figures.queries import Facts
from motcua.funding.enums import Step
from motcua.funding.models import Allocation, PurchaseStep
from motcua.registry.models import OfficialDocument
from motcua.registry.queries import documents
from motcua.units.queries import UnitAt, units_at
from vanban.words import format_vnd

ASKS = {
    "units_placed": (Attribute.PRESENT, Attribute.PLACEMENT),
    "units_dedicated": (Attribute.PRESENT, Attribute.USE_MODE),
    "units_shared": (Attribute.PRESENT, Attribute.USE_MODE),
    "units_meeting_requirements": (Attribute.MEETS,),
}
"""The questions whose answers decide a figure for one device."""
OF_ALL_DEVICES = {"units_meeting_requirements"}


@dataclass(frozen=True, slots=True)
class Reason:
    """One record, or (without a date and an identity) the want of one.

    `about` names the thing, `says` what is said of it; `verdict` is what that means for the figure.
    """

    about: str
    says: str = ""
    verdict: bool | None = None
    note: str = ""
    on: dt.date | None = None
    said_by: str = ""
    recorded_by: str = ""
    recorded_at: dt.datetime | None = None
    amount_vnd: int | None = None
    device_id: uuid.UUID | None = None
    check_id: uuid.UUID | None = None
    visit_id: uuid.UUID | None = None
    allocation_id: uuid.UUID | None = None
    is_step: bool = False
    document: OfficialDocument | None = None

    @property
    def is_record(self) -> bool:
        return self.recorded_at is not None

    @property
    def document_id(self) -> uuid.UUID | None:
        return self.document.origin_id if self.document else None

    @property
    def in_words(self) -> str:
        """For a spreadsheet's cell."""
        day = f"{self.on:%d/%m/%Y}" if self.on else ""
        amount = format_vnd(self.amount_vnd) if self.amount_vnd else ""
        said = self.says or (amount or _("unknown"))
        parts = (self.about, said, self.note, day, self.said_by)
        return ", ".join(part for part in parts if part)


@dataclass(slots=True)
class Member:
    """A unit of a figure's population on one of its sides; `reasons` are filled in for those that a page shows."""

    unit: UnitAt
    side: str
    reasons: list[Reason] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.unit.name

    @property
    def verdict(self) -> bool | None:
        return {"in": True, "out": False, "unknown": None}[self.side]


def members_of(facts: Facts, name: str) -> list[Member]:
    """A figure's population, those out first, then the unknown ones. Raises `NoSuchFigure`."""
    answer = facts.evaluate(name)
    return [Member(unit, side) for side in ("out", "unknown", "in") for unit in answer.side(side)]


def give_reasons(facts: Facts, name: str, members: Iterable[Member]) -> None:
    """Fill in what stands behind some members, in a number of queries that does not grow with them."""
    wanted = list(members)
    ids = [member.unit.id for member in wanted]
    found = behind(facts.programme, ids, facts.as_of, facts.known_at)
    sources = Sources.of(facts, found.values())
    for member in wanted:
        member.reasons = list(sources.reasons(name, member.unit, found[member.unit.id]))


def amount_reasons(facts: Facts, name: str) -> list[Reason]:
    """The allocations that an amount of money is the sum of (for the amount of each: all that the communes got)."""
    rows = Allocation.objects.as_of(facts.as_of, facts.known_at).filter(programme=facts.programme)
    if name == "amount_given_on":
        rows = rows.filter(from_unit_id=facts.unit.id)
    elif name == "amount_allocated":
        rows = rows.filter(to_unit_id=facts.unit.id)
    else:
        rows = rows.filter(to_unit_id__in=[unit.id for unit in facts.receivers])
    held = Behind(allocations=list(rows.order_by("effective_on", "to_unit_id", "pk")))
    return list(Sources.of(facts, [held]).of_money(held.allocations, to=name != "amount_allocated"))


@dataclass(frozen=True)
class Sources:
    """The checks, visits, papers and units that the records of some communes refer to."""

    facts: Facts
    checks: dict[uuid.UUID, Check]
    visits: dict[uuid.UUID, Visit]
    papers: dict[uuid.UUID, OfficialDocument]
    units: dict[uuid.UUID, UnitAt]

    @classmethod
    def of(cls, facts: Facts, held: Iterable[Behind]) -> "Sources":
        behind_all = list(held)
        states = [state for each in behind_all for state in each.devices]
        checks = checks_by_record(a.check_record_id for state in states for a in state.answers.values())
        money = [row for each in behind_all for row in each.allocations]
        steps = [step for each in behind_all for step in each.steps.values()]
        papers = [row.decision_id for row in money] + [step.document_id for step in steps]
        parties = {row.from_unit_id for row in money} | {row.to_unit_id for row in money}
        return cls(
            facts,
            checks,
            visits_of((check.visit_id for check in checks.values()), facts.known_at),
            documents(papers, facts.known_at),
            units_at(parties, facts.as_of, facts.known_at),
        )

    def reasons(self, name: str, unit: UnitAt, held: Behind) -> Iterator[Reason]:
        """What decides a figure for one unit."""
        if name == "units_allocated":
            yield from self.of_money(held.allocations)
            if not held.allocations:
                yield Reason(_("Allocation"), _("no allocation to this unit is recorded"), False)
        elif name == "units_settled":
            yield self.of_step(held.steps.get(Step.SETTLED))
        else:
            yield from self.of_devices(name, held)

    def of_devices(self, name: str, held: Behind) -> Iterator[Reason]:
        """Each device of the asked kind with the answer that decides."""
        asked = held.devices if name in OF_ALL_DEVICES else held.computers
        for state in asked:
            yield self.of_device(name, state)
        if not asked and name in OF_ALL_DEVICES:
            yield Reason(_("Devices"), _("no device of this unit is recorded"))
        elif not asked:
            yield Reason(_("Computers"), _("no computer of this unit is recorded"))

    def of_device(self, name: str, state: DeviceState) -> Reason:
        verdict = VERDICTS[name](state.values)
        answers = [state.answers[question] for question in ASKS[name] if question in state.answers]
        if state.is_absent and Attribute.PRESENT in ASKS[name]:
            answers = [state.answers[Attribute.PRESENT]]
        decisive = [answer for answer in answers if answer.attribute != Attribute.PRESENT or answer.value == "no"]
        if not decisive:
            return Reason(str(state.device), device_id=state.device.pk)
        return self.of_answer(state, decisive[-1], verdict)

    def of_answer(self, state: DeviceState, answer: Answer, verdict: bool | None) -> Reason:
        check = self.checks[answer.check_record_id]
        visit = self.visits.get(check.visit_id) if check.visit_id else None
        return Reason(
            str(state.device),
            _("not present") if answer.attribute == Attribute.PRESENT else _answer_words(answer),
            verdict,
            note=answer.note,
            on=answer.observed_on,
            said_by=visit.inspected_by if visit else str(check.get_kind_display()),
            recorded_by=check.recorded_by,
            recorded_at=check.recorded_at,
            device_id=state.device.pk,
            check_id=check.origin_id,
            visit_id=check.visit_id,
        )

    def of_step(self, step: PurchaseStep | None) -> Reason:
        if step is None:
            return Reason(str(Step.SETTLED.label))
        return Reason(
            str(step.get_step_display()),
            {True: _("done"), False: _("not done"), None: ""}[step.done],
            step.done,
            note=step.note,
            on=step.done_on or step.observed_on,
            recorded_by=step.recorded_by,
            recorded_at=step.recorded_at,
            amount_vnd=step.amount_vnd,
            is_step=True,
            document=self.papers.get(step.document_id) if step.document_id else None,
        )

    def of_money(self, rows: Iterable[Allocation], *, to: bool = False) -> Iterator[Reason]:
        """Allocations, named by who gave (or, with `to`, by who received)."""
        for row in rows:
            other = self.units.get(row.to_unit_id if to else row.from_unit_id)
            name = other.committee if other else ""
            yield Reason(
                (_("to %(unit)s") if to else _("from %(unit)s")) % {"unit": name},
                "",
                True,
                note=row.purpose,
                on=row.effective_on,
                recorded_by=row.recorded_by,
                recorded_at=row.recorded_at,
                amount_vnd=row.amount_vnd,
                allocation_id=row.origin_id,
                document=self.papers.get(row.decision_id) if row.decision_id else None,
            )


def _answer_words(answer: Answer) -> str:
    if answer.attribute == Attribute.MEETS:
        return _("meets the requirements") if answer.value == "yes" else _("does not meet the requirements")
    return answer.value_label
