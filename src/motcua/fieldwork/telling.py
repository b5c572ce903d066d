"""Checks in words: what each answer says, what a correction changed, and a device with all that is said of it."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.queries import criteria_in_force
from motcua.common.models import RecordQuerySet
from motcua.equipment.models import Device
from motcua.fieldwork import rules
from motcua.fieldwork.enums import ANSWERS, Attribute, YesNo
from motcua.fieldwork.models import Answer, Check
from motcua.units.queries import UnitAt, units_at

QUESTIONS = {
    Attribute.PRESENT: gettext_lazy("Present"),
    Attribute.WORKING: gettext_lazy("Working"),
    Attribute.PLACEMENT: gettext_lazy("Placement"),
    Attribute.USE_MODE: gettext_lazy("Use mode"),
    Attribute.MEETS: gettext_lazy("Meets the requirements (as a whole)"),
}
"""How a form and a page ask each question, in their order."""
BADGES = {YesNo.YES: "yes", YesNo.NO: "no"}


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question with its answer in words; `badge` where it is yes or no."""

    question: str
    word: str = ""
    note: str = ""
    badge: str = ""
    observed_on: dt.date | None = None
    check: Check | None = None


def line_of(question: str, value: str, note: str = "", **more: object) -> AnswerLine:
    """An answer in words; `question` is an attribute, or what a criterion asks."""
    choices = ANSWERS.get(question, YesNo)
    label = str(QUESTIONS.get(question, question))  # type: ignore[call-overload]
    word = str(choices(value).label) if value else ""
    return AnswerLine(label, word, note, BADGES.get(value, ""), **more)  # type: ignore[arg-type, call-overload]


def said_lines(said: Mapping[str, str], criteria: Mapping[str, str], *, blanks: bool = True) -> list[AnswerLine]:
    """What a check says, question by question; `criteria`: wording by key. `blanks`: also what it does not say."""
    notes = {question: said.get(note, "") for note, question in rules.NOTES.items()}
    lines = [line_of(name, said.get(name, ""), notes.get(name, "")) for name in QUESTIONS]
    answered = rules.criteria_answered(said)
    keys = [*criteria, *(key for key in answered if key not in criteria)]
    lines += [line_of(criteria.get(key, key), answered.get(key, "")) for key in keys]
    return [line for line in lines if blanks or line.word]


def criteria_for(device: Device, unit_id: uuid.UUID, day: dt.date) -> dict[str, str]:
    """The criteria that a device must meet on a day, wording by key."""
    rows = criteria_in_force(device.device_type_id, unit_id, day)
    return {str(row["key"]): str(row["wording"]) for row in rows}


@dataclass(frozen=True, slots=True)
class Version:
    """One record of a check: who wrote it, when and why, and what it changed in the one before."""

    check: Check
    changes: list[tuple[str, str, str]]

    @property
    def verb(self) -> str:
        if self.check.withdrawn:
            return _("withdrawn")
        return _("corrected") if self.check.is_correction else _("entered")


def versions(rows: Iterable[Check], criteria: Mapping[str, str]) -> list[Version]:
    """A check's records, the latest first; `rows` come in the order of recording."""
    told: list[Version] = []
    before: Check | None = None
    for check in rows:
        told.append(Version(check, _changes(before, check, criteria) if before else []))
        before = check
    return told[::-1]


def _changes(before: Check, after: Check, criteria: Mapping[str, str]) -> list[tuple[str, str, str]]:
    if after.withdrawn:
        return []
    found = []
    if before.observed_on != after.observed_on:
        found.append((_("Seen on"), f"{before.observed_on:%d/%m/%Y}", f"{after.observed_on:%d/%m/%Y}"))
    pairs = zip(said_lines(before.said, criteria), said_lines(after.said, criteria), strict=False)
    for old, new in pairs:
        if (old.word, old.note) != (new.word, new.note):
            found.append((new.question, _with_note(old), _with_note(new)))
    return found


def _with_note(line: AnswerLine) -> str:
    return f"{line.word} ({line.note})" if line.note else line.word


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A check in a list: where and by whom, and what it says."""

    check: Check
    unit: UnitAt | None
    answers: list[AnswerLine]


@dataclass(slots=True)
class DeviceTold:
    """A device as of a day: the answer that holds to each question, and every check about it."""

    state: list[AnswerLine]
    checks: list[CheckLine]
    contradictions: list[tuple[AnswerLine, AnswerLine]] = field(default_factory=list)
    absent_since: dt.date | None = None


def tell_device(
    device: Device,
    unit_id: uuid.UUID | None,
    checks: RecordQuerySet[Check],
    as_of: dt.date,
    known_at: dt.datetime | None = None,
) -> DeviceTold:
    """What some `checks` (every version of those in reach) say of a device, as of a day, as known at a moment."""
    known = checks.known(known_at).filter(device=device, observed_on__lte=as_of).select_related("visit")
    rows = sorted(known, key=lambda row: (row.observed_on, row.pk), reverse=True)
    by_record = {row.pk: row for row in rows}
    answers = list(Answer.objects.in_force(as_of, known_at).filter(device=device, check_record_id__in=by_record))
    criteria = criteria_for(device, unit_id, as_of) if unit_id else {}
    units = units_at({row.unit_id for row in rows}, as_of, known_at)
    told = DeviceTold(
        _state(answers, by_record, criteria),
        [CheckLine(row, units.get(row.unit_id), said_lines(row.said, criteria, blanks=False)) for row in rows],
        _contradictions(answers, by_record),
    )
    held = rules.latest(_said(row) for row in answers if not row.criterion)
    present = held.get((device.pk, Attribute.PRESENT))
    if present is not None and present.value == YesNo.NO:
        told.absent_since = present.observed_on
    return told


def _said(answer: Answer) -> rules.Said:
    name = answer.criterion and rules.CRITERION + answer.criterion
    return rules.Said(
        answer.device_id, name or answer.attribute, answer.value, answer.observed_on, answer.check_record_id
    )


def _state(
    answers: Iterable[Answer], checks: Mapping[uuid.UUID, Check], criteria: Mapping[str, str]
) -> list[AnswerLine]:
    rows = list(answers)
    notes = {(row.check_record_id, row.attribute): row.note for row in rows if not row.criterion}
    held = {name: said for (_device, name), said in rules.latest(map(_said, rows)).items()}
    asked: dict[str, str] = {str(name): str(name) for name in QUESTIONS}
    asked |= {rules.CRITERION + key: wording for key, wording in criteria.items()}
    lines = []
    for name, question in asked.items():
        said = held.get(name)
        if said is None:
            lines.append(line_of(question, ""))
            continue
        note = notes.get((said.record, name), "")
        lines.append(line_of(question, said.value, note, observed_on=said.observed_on, check=checks[said.record]))
    return lines


def _contradictions(
    answers: Iterable[Answer], checks: Mapping[uuid.UUID, Check]
) -> list[tuple[AnswerLine, AnswerLine]]:
    """Unlike answers of one day; of each pair the second holds, by the order of "As of, exactly"."""
    pairs = rules.conflicts(_said(row) for row in answers if not row.criterion)
    return [(_line(first, checks), _line(second, checks)) for first, second in pairs]


def _line(said: rules.Said, checks: Mapping[uuid.UUID, Check]) -> AnswerLine:
    return line_of(said.attribute, said.value, observed_on=said.observed_on, check=checks[said.record])


def check_lines(checks: QuerySet[Check]) -> list[CheckLine]:
    """Checks with their devices and what they say, device by device."""
    rows = checks.select_related("device__device_type").order_by("device__device_type_id", "device__number", "pk")
    return [CheckLine(row, None, said_lines(row.said, {}, blanks=False)) for row in rows]
