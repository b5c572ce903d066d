"""Figures of a programme for a unit, as of a day, with their members and the records behind them."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from motcua.common.api import REFUSALS, AskedTimes, InPost, Said
from motcua.common.request import actor_of
from motcua.figures import access, reasons
from motcua.figures.definitions import FIGURES
from motcua.figures.queries import Evaluation, Facts, read_facts
from motcua.figures.rules import ClassesDoNotPart

router = Router(tags=["figures"], auth=InPost())
ANSWERS: dict[Any, Any] = {**REFUSALS, 409: Said}


class FiguresAsked(AskedTimes):
    """For which unit, as of which day, as known when."""

    unit: str = Field("", max_length=60, description="Its code or id; left out: the caller's own, or who runs it.")


class UnitName(Schema):
    """A unit by code and name."""

    id: UUID
    code: str
    full_name: str


class FigureOut(Schema):
    """A figure, as `motcua figures --json` prints it: amounts in đồng have no population; members are codes."""

    name: str
    value: int | None
    population: int | None
    members_in: list[str] = Field(alias="in")
    out: list[str]
    unknown: list[str]


class RecordOut(Schema):
    """A record that a member's side is taken from; without `recorded_at` it says that there is none."""

    about: str
    says: str
    verdict: bool | None
    note: str
    on: dt.date | None
    said_by: str
    recorded_by: str
    recorded_at: dt.datetime | None
    amount_vnd: int | None
    device_id: UUID | None
    check_id: UUID | None
    visit_id: UUID | None
    allocation_id: UUID | None
    document_id: UUID | None


class MemberOut(Schema):
    """A unit of the population, on which side, and why. Records out of the caller's reach are left out."""

    unit: UnitName
    side: str
    records: list[RecordOut]


class Question(Schema):
    """What was asked, and of whom the answer speaks."""

    programme: str
    unit: UnitName
    as_of: dt.date
    known_at: dt.datetime | None


class FiguresOut(Question):
    """Every figure of a programme for a unit, and the names of the units that they count."""

    figures: list[FigureOut]
    units: list[UnitName]


class OneFigureOut(Question):
    """One figure with the records behind it."""

    label: str
    wording: str
    figure: FigureOut
    members: list[MemberOut]
    records: list[RecordOut]


@router.get("/programmes/{key}/figures", response={200: FiguresOut, **ANSWERS}, by_alias=True, operation_id="figures")
def figures(request: HttpRequest, key: str, asked: Query[FiguresAsked]) -> dict[str, Any]:
    """Every figure of a programme for one unit."""
    facts = _facts(request, key, asked)
    answers = [_plain(facts.evaluate(name)) for name in FIGURES]
    return {**_question(facts), "figures": answers, "units": facts.communes}


@router.get(
    "/programmes/{key}/figures/{name}", response={200: OneFigureOut, **ANSWERS}, by_alias=True, operation_id="figure"
)
def figure(request: HttpRequest, key: str, name: str, asked: Query[FiguresAsked]) -> dict[str, Any]:
    """One figure: its members with the records behind each, or the allocations that it is the sum of."""
    if name not in FIGURES:
        raise Http404
    facts = _facts(request, key, asked)
    answer = facts.evaluate(name)
    members: list[reasons.Member] = []
    records: list[reasons.Reason] = []
    if answer.figure.is_amount:
        records = reasons.amount_reasons(facts, name)
    else:
        members = reasons.members_of(facts, name)
        reached = access.reached_units(actor_of(request), [member.unit.id for member in members])
        reasons.give_reasons(facts, name, [member for member in members if member.unit.id in reached])
    return {
        **_question(facts),
        "label": str(answer.figure.label),
        "wording": str(answer.figure.wording),
        "figure": _plain(answer),
        "members": [{"unit": m.unit, "side": m.side, "records": m.reasons} for m in members],
        "records": records,
    }


def _facts(request: HttpRequest, key: str, asked: FiguresAsked) -> Facts:
    reach = access.figures_in_reach(actor_of(request), key, asked.unit, asked.day, asked.moment)
    if reach.unit is None:
        raise HttpError(404, _("No unit that could be meant lived on this day."))
    facts = read_facts(reach.programme, reach.unit, asked.day, asked.moment)
    try:
        facts.check()
    except ClassesDoNotPart as error:
        raise HttpError(409, _("These figures contradict themselves.")) from error
    return facts


def _question(facts: Facts) -> dict[str, Any]:
    return {
        "programme": facts.programme.key,
        "unit": facts.unit,
        "as_of": facts.as_of,
        "known_at": facts.known_at,
    }


def _plain(answer: Evaluation) -> dict[str, Any]:
    sides = {side: sorted(unit.code for unit in answer.side(side)) for side in ("in", "out", "unknown")}
    return {"name": answer.figure.name, "value": answer.value, "population": answer.population, **sides}
