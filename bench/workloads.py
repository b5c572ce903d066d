"""What is measured: each workload beside its bare counterpart, alternating, in one process."""

import datetime as dt
import itertools
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.test import Client
from django.urls import reverse

from bench import bare
from bench.nation import DAYS, FIRST_DAY, KEY
from motcua.accounts.models import Person
from motcua.common.actor import operator
from motcua.figures.queries import read_facts
from motcua.funding.models import Programme
from motcua.reports.drafting import draft
from motcua.units.actions import give_post
from motcua.units.enums import Role
from motcua.units.models import Unit
from motcua.units.queries import UnitAt, unit_at
from vanban.docx import to_docx
from vanban.model import Document, Item, Paragraph, Run
from vanban.pdf import to_pdf

PAST = FIRST_DAY + dt.timedelta(days=DAYS // 2)


@dataclass(frozen=True, slots=True)
class Measured:
    """Median seconds of ours and of the bare counterpart."""

    name: str
    ours: float
    bare: float
    against: str

    @property
    def ratio(self) -> float:
        return self.ours / self.bare


def beside(name: str, ours: Callable[[], object], other: Callable[[], object], against: str, rounds: int) -> Measured:
    """Run both in turns after one warming each; medians of the wall clock."""
    ours()
    other()
    times: dict[int, list[float]] = {0: [], 1: []}
    for _round in range(rounds):
        for place, work in enumerate((ours, other)):
            start = time.perf_counter()
            work()
            times[place].append(time.perf_counter() - start)
    return Measured(name, statistics.median(times[0]), statistics.median(times[1]), against)


def _root(programme: Programme) -> UnitAt:
    unit = unit_at(programme.owner_unit_id, PAST)
    if unit is None:
        raise LookupError("the nation has no root")
    return unit


def figure(programme: Programme, rounds: int) -> list[Measured]:
    """One figure for the nation as of a past date; and all nine at once, as a page asks them."""
    root = _root(programme)

    def one() -> int | None:
        return read_facts(programme, root, PAST, figures=("units_placed",)).evaluate("units_placed").value

    def every() -> object:
        return read_facts(programme, root, PAST)

    found, expected = one(), bare.units_placed(programme.pk, PAST)
    if found != expected:
        raise AssertionError(f"units_placed is {found}, the bare SQL says {expected}")

    def other() -> int:
        return bare.units_placed(programme.pk, PAST)

    against = "hand-written SQL for units_placed"
    return [
        beside("one figure for the nation", one, other, against, rounds),
        beside("all figures for the nation", every, other, against, rounds),
    ]


def page(programme: Programme, rounds: int) -> list[Measured]:
    """The programme page of one province, and of the nation with every commune, beside the SQL of one figure."""
    client = Client(HTTP_HOST="localhost")
    person = Person.objects.create_user("bench", "a long enough pass phrase", full_name="Bench")
    give_post(
        actor=operator("bench"),
        person=person,
        values={"unit": Unit.objects.get(pk=programme.owner_unit_id), "role": Role.PROGRAMME_OFFICER},
    )
    client.force_login(person)
    address = reverse("figures:programme", args=[KEY])

    def asked(code: str) -> Callable[[], object]:
        def ask() -> object:
            answer = client.get(address, {"unit": code, "as_of": PAST.isoformat()})
            if answer.status_code != 200:
                raise AssertionError(f"{answer.status_code} {address}")
            return answer

        return ask

    def other() -> object:
        return bare.units_placed(programme.pk, PAST)

    against = "hand-written SQL for units_placed, whole nation"
    return [
        beside("programme page, one province", asked("00002"), other, against, rounds),
        beside("programme page, the nation", asked("00001"), other, against, rounds),
    ]


def report(programme: Programme, rounds: int) -> list[Measured]:
    """One province's report as Word and as PDF, beside python-docx and typst called by hand with its words."""
    province = unit_at(Unit.objects.get(code="00002").pk, PAST)
    if province is None:
        raise LookupError("the first province does not live")
    drafted, numbers = draft(programme, province, PAST), itertools.count()

    def another() -> Document:
        """Never the same words twice: a typesetter keeps what it has set before."""
        number = next(numbers)
        blocks = tuple(
            replace(block, runs=(Run(f"Số {number}. "), *block.runs)) if isinstance(block, Paragraph | Item) else block
            for block in drafted.body
        )
        return replace(drafted, body=blocks)

    def word() -> bytes:
        return bare.word_by_hand(another())

    def typst() -> bytes:
        return bare.typst_by_hand(another())

    return [
        beside("report as Word", lambda: to_docx(another()), word, "python-docx", rounds),
        beside("report as PDF", lambda: to_pdf(another()), typst, "bare typst", rounds),
        beside(
            "report drafted and as PDF", lambda: to_pdf(draft(programme, province, PAST)), typst, "bare typst", rounds
        ),
    ]


ALL: dict[str, Callable[[Programme, int], list[Measured]]] = {"figure": figure, "page": page, "report": report}
