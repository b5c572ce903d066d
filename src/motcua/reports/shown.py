"""What a key on a run shows: the one place where a figure, a citation, a date or a statement becomes text.

Keys: `figure:NAME:SHOW[:…]`, `citation:DOCUMENT`, `date:NAME`, `statement:JUDGEMENT`. While a report is a
draft its keyed runs are rendered anew from these each time it is opened.
"""

import datetime as dt
import functools
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from motcua.figures.definitions import FIGURES
from motcua.figures.details import Behind, behind
from motcua.figures.quantifiers import quantifier
from motcua.figures.queries import Evaluation, Facts, NoSuchFigure, read_facts
from motcua.figures.rules import received_money
from motcua.followup.models import Judgement
from motcua.funding.models import Programme
from motcua.registry.models import OfficialDocument
from motcua.registry.queries import documents, statutory_kind
from motcua.reports import wording
from motcua.units.queries import UnitAt
from vanban.words import date_slash, format_vnd, group_digits, two_digits

Show = Callable[["Shown", str, list[str]], str]


class NoSuchKey(LookupError):
    """A key that shows nothing; `key` is it."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


@dataclass(frozen=True)
class Shown:
    """Renders keys for a programme and a unit, as of a day, as known at a moment."""

    facts: Facts

    @classmethod
    def of(cls, programme: Programme, unit: UnitAt, as_of: dt.date, known_at: dt.datetime | None = None) -> "Shown":
        """Read the facts and hold their classes against their populations."""
        facts = read_facts(programme, unit, as_of, known_at)
        facts.check()
        return cls(facts)

    def render(self, key: str) -> str:
        """The text for a key. Raises `NoSuchKey`."""
        kind, *rest = key.split(":")
        try:
            if kind == "figure":
                return FIGURE_SHOWS[rest[1]](self, rest[0], rest[2:])
            if kind == "citation":
                return self.citation(uuid.UUID(rest[0]), first="again" not in rest)
            if kind == "date" and rest[0] == "as_of":
                return date_slash(self.facts.as_of)
            if kind == "statement":
                said = self.statement(uuid.UUID(rest[0]))
                return wording.upper_first(said) if "first" in rest else said
            if kind == "ordinal":
                return rest[0]
        except (NoSuchFigure, LookupError, ValueError) as error:
            raise NoSuchKey(key) from error
        raise NoSuchKey(key)

    def evaluation(self, name: str) -> Evaluation:
        return self.facts.evaluate(name)

    @functools.cached_property
    def in_annex(self) -> bool:
        """Whether an annex names each commune: there may be too many on one side for the text."""
        return len(self.facts.communes) > wording.NAMED_IN_TEXT

    @functools.cached_property
    def records(self) -> dict[uuid.UUID, Behind]:
        """What stands behind each receiving commune (the reasons are taken from it)."""
        facts = self.facts
        ids = [unit.id for unit in facts.receivers]
        return behind(facts.programme, ids, facts.as_of, facts.known_at)

    def citation(self, document_id: uuid.UUID, *, first: bool = True) -> str:
        """A document as it is cited (DECREE30 A7): the first time in full."""
        document = documents([document_id], self.facts.known_at)[document_id]
        return cite(document, first=first)

    def statement(self, judgement_id: uuid.UUID) -> str:
        """A judgement's own words, in force: one of this unit on this programme. Raises `LookupError` for any other."""
        rows = Judgement.objects.known(self.facts.known_at).filter(origin_id=judgement_id)
        row = rows.filter(programme=self.facts.programme, unit_id=self.facts.unit.id).first()
        if row is None:
            raise LookupError(judgement_id)
        return row.wording.strip().rstrip(".;,")

    def reasons(self, figure: str, members: tuple[UnitAt, ...]) -> list[tuple[str, str]]:
        """Each unit's full name with the reason noted."""
        return [(unit.full_name, wording.reason(figure, self.records.get(unit.id, Behind()))) for unit in members]


def cite(document: OfficialDocument, *, first: bool = True) -> str:
    """ "Công văn số 8703/UBND-NCPC ngày 23/12/2023 của UBND tỉnh Bắc Kạn về việc …"; what is not known is left out."""
    if first and not document.number and not document.issued_on:
        issuer = f" của {document.issuer}" if document.issuer else ""
        return f"văn bản {wording.lower_first(document.subject)}{issuer}"
    parts = [statutory_kind(document)]
    if document.number:
        parts.append(f"số {document.number}")
    if first:
        parts += [f"ngày {date_slash(document.issued_on)}"] if document.issued_on else []
        parts += [f"của {document.issuer}"] if document.issuer else []
        parts += [wording.about(document.subject)]
    return " ".join(parts)


def _amount(shown: Shown, name: str, _rest: list[str]) -> str:
    value = shown.evaluation(name).value
    if value is None:
        raise ValueError(name)
    return format_vnd(value)


def _left(shown: Shown, _name: str, _rest: list[str]) -> str:
    return format_vnd(max(shown.facts.received_vnd - shown.facts.given_on_vnd, 0))


def _ratio(shown: Shown, name: str, _rest: list[str]) -> str:
    answer = shown.evaluation(name)
    return wording.ratio_of(answer.value or 0, answer.population or 0)


def _count(shown: Shown, name: str, rest: list[str]) -> str:
    return two_digits(len(shown.evaluation(name).side(rest[0])))


def _names(shown: Shown, name: str, rest: list[str]) -> str:
    members = shown.evaluation(name).side(rest[0])
    if not 0 < len(members) <= wording.NAMED_IN_TEXT:
        return ""
    return f" (gồm: {', '.join(unit.full_name for unit in members)})"


def _exceptions(shown: Shown, name: str, _rest: list[str]) -> str:
    answer = shown.evaluation(name)
    unknown = [unit.full_name for unit in answer.members_unknown]
    out = shown.reasons(name, answer.members_out)
    return wording.exceptions(name, out, unknown)


def _quantifier(shown: Shown, name: str, rest: list[str]) -> str:
    answer = shown.evaluation(name)
    members = answer.side(rest[0])
    return quantifier(len(members), answer.population or 0, [unit.full_name for unit in members])


def _unit_amount(shown: Shown, _name: str, rest: list[str]) -> str:
    unit_id = uuid.UUID(rest[0])
    return group_digits(shown.facts.by_unit[unit_id].received_vnd)


def _unit_verdict(shown: Shown, name: str, rest: list[str]) -> str:
    figure, facts = FIGURES[name], shown.facts.by_unit[uuid.UUID(rest[0])]
    if not received_money(facts):
        return "–"
    verdict = figure.verdict(facts) if figure.verdict else None
    return {True: "có", False: "không", None: "chưa rõ"}[verdict]


def _unit_reasons(shown: Shown, _name: str, rest: list[str]) -> str:
    """Why a commune is out of figures, each reason once."""
    unit_id = uuid.UUID(rest[0])
    records, facts = shown.records.get(unit_id, Behind()), shown.facts.by_unit[unit_id]
    out = [name for name in REASONED if (verdict := FIGURES[name].verdict) and verdict(facts) is False]
    return "; ".join(dict.fromkeys(filter(None, (wording.reason(name, records) for name in out))))


REASONED = ("units_meeting_requirements", "units_settled", "units_placed")
FIGURE_SHOWS: dict[str, Show] = {
    "amount": _amount,
    "left": _left,
    "ratio": _ratio,
    "count": _count,
    "names": _names,
    "exceptions": _exceptions,
    "quantifier": _quantifier,
    "unit_amount": _unit_amount,
    "unit_verdict": _unit_verdict,
    "unit_reasons": _unit_reasons,
}
