"""From a template and the facts to a document: figures stand in it as keyed runs."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from motcua.figures.quantifiers import OF_THE_PROGRAMME
from motcua.figures.sides import read_side
from motcua.followup.models import Judgement
from motcua.funding.models import Programme
from motcua.registry.models import OfficialDocument
from motcua.reports import template, wording
from motcua.reports.shown import Shown, cite
from motcua.reports.sources import Sources
from motcua.units.enums import Level
from motcua.units.queries import UnitAt
from vanban.model import (
    Annex,
    Block,
    Column,
    Document,
    Heading,
    Issuer,
    Item,
    Paragraph,
    PlaceDate,
    Recipients,
    Run,
    Signature,
    Symbol,
    Table,
)

DEFAULT_TEMPLATE = "use-of-equipment"
ARCHIVE = "archive"
HEAD_SIGNS = {"on_behalf_of": "ỦY BAN NHÂN DÂN", "for": None, "title": "CHỦ TỊCH", "name": None}
"""Who signs where nobody has said otherwise (DECREE30 A5)."""


def draft(
    programme: Programme,
    unit: UnitAt,
    as_of: dt.date,
    known_at: dt.datetime | None = None,
    *,
    tree: Mapping[str, Any] | None = None,
    answers: OfficialDocument | None = None,
) -> Document:
    """Draft a unit's report on a programme as of a day. Stores nothing. `answers`: the document that asks for it
    (None: the one that the form of issue names).

    Raises `ClassesDoNotPart` where the figures contradict themselves, `TemplateFault` for a bad `tree`.
    """
    shown = Shown.of(programme, unit, as_of, known_at)
    if tree is None:
        tree = template.built_in(DEFAULT_TEMPLATE)
    else:
        template.check_tree(tree)
    return Drafting(shown, answers).document(tree)


class Drafting:
    """One draft in the making."""

    def __init__(self, shown: Shown, answers: OfficialDocument | None = None) -> None:
        self.shown = shown
        self.facts = shown.facts
        self.sources = Sources(shown.facts, answers)
        self.cited: set[uuid.UUID] = set()

    def document(self, tree: Mapping[str, Any]) -> Document:
        """The whole document; number and day are blank, as in every draft (DECREE30 A4)."""
        form = self.sources.form
        return Document(
            kind="report",
            issuer=issuer_of(form.issuer_name, form.parent_name),
            symbol=Symbol(None, form.symbol or "BC-UBND"),
            place_date=PlaceDate(form.place or self.facts.unit.name, form.year, form.month, None),
            type_name="BÁO CÁO",
            subject=(Run(form.subject),),
            addressees=tuple(form.addressees or ()),
            body=tuple(self.blocks(tree["body"])),
            recipients=_recipients(form.recipients or [], form.recipients_heading),
            signature=_signature(form.signature or {}),
            annexes=self.annexes(),
        )

    def blocks(self, nodes: Sequence[Mapping[str, Any]], said: Judgement | None = None) -> Iterator[Block]:
        """Blocks of a branch; `said` is the judgement that a loop stands at."""
        for node in nodes:
            if "heading" in node:
                heading = node["heading"]
                yield Heading(heading["level"], heading.get("number", ""), self.runs(heading["text"], said))
            elif "paragraph" in node:
                yield Paragraph(self.runs(node["paragraph"], said))
            elif "item" in node:
                yield Item(self.runs(node["item"], said))
            elif "table" in node:
                yield self.amounts_table()
            elif "if" in node:
                branch = "then" if self.holds(node["if"]) else "else"
                yield from self.blocks(node.get(branch, []), said)
            else:
                yield from self.each(node)

    def each(self, node: Mapping[str, Any]) -> Iterator[Block]:
        """A loop over judgements; its else where there is none."""
        found = self.sources.judgements(node["each"].split(":")[1])
        for judgement in found:
            yield from self.blocks(node["then"], judgement)
        if not found:
            yield from self.blocks(node.get("else", []))

    def holds(self, condition: Mapping[str, Any]) -> bool:
        """Whether a condition of the template holds."""
        if "has" in condition:
            return bool(getattr(self.sources, condition["has"]))
        value = self.shown.evaluation(condition["figure"]).value
        return {
            "known": value is not None,
            "differ": value is None and bool(self.facts.receivers),
            "some": bool(value),
            "zero": value == 0,
            "left": self.facts.unit.level != Level.COMMUNE and self.facts.received_vnd > self.facts.given_on_vnd,
        }[condition["is"]]

    def runs(self, parts: Sequence[Any], said: Judgement | None) -> tuple[Run, ...]:
        """Inline parts as runs; text that is nothing is left out."""
        made = [run for part in parts for run in self.inline(part, said)]
        return joined(run for run in made if run.text)

    def inline(self, part: Any, said: Judgement | None) -> Iterator[Run]:
        """The runs of one part."""
        if isinstance(part, str):
            yield Run(part)
        elif "figure" in part:
            side = f":{part['side']}" if "side" in part else ""
            yield self.keyed(f"figure:{part['figure']}:{part['show']}{side}")
        elif "cite" in part:
            yield from self.citations(part["cite"])
        elif "date" in part:
            yield self.keyed(f"date:{part['date']}")
        elif "unit" in part:
            yield Run(self.sources.form.issuer_name if part["unit"] == "committee" else self.facts.unit.full_name)
        elif "word" in part:
            yield Run(self.word(part["word"]))
        elif said is not None:
            yield from self.judgement(said)

    def keyed(self, key: str) -> Run:
        return Run(self.shown.render(key), key=key)

    def citations(self, which: str) -> Iterator[Run]:
        """One or more documents; in full the first time, then by type and number (DECREE30 A7)."""
        found = getattr(self.sources, which)
        papers = found if isinstance(found, list) else [found]
        for number, paper in enumerate(papers):
            if number:
                yield Run(", ")
            again = ":again" if paper.origin_id in self.cited else ""
            self.cited.add(paper.origin_id)
            yield Run(cite(paper, first=not again), key=f"citation:{paper.origin_id}{again}")

    def word(self, name: str) -> str:
        """Words that are no figure."""
        if name == "subject":
            return wording.lower_first(self.sources.form.subject)
        if name == "programme":
            return self.sources.programme_name
        return getattr(self.sources, name)

    def judgement(self, said: Judgement) -> Iterator[Run]:
        """A person's clause, printed as given, after the subject that it concerns."""
        side = read_side(said.concerns)
        key = f"statement:{said.origin_id}"
        if side:
            yield self.keyed(f"figure:{side[0]}:quantifier:{side[1]}")
            yield Run(" ")
            yield self.keyed(key)
        elif said.concerns == "programme":
            yield Run(f"{OF_THE_PROGRAMME} ")
            yield self.keyed(key)
        else:
            yield self.keyed(f"{key}:first")

    def amounts_table(self) -> Table:
        """What each commune received, where the amounts differ."""
        columns = (
            Column("STT", 0.6, "center"),
            Column("Đơn vị", 3.0, "left"),
            Column("Số tiền (đồng)", 1.6, "right"),
        )
        rows = tuple(
            (
                (Run(str(number), key=f"ordinal:{number}"),),
                (Run(unit.full_name),),
                (self.keyed(f"figure:units_allocated:unit_amount:{unit.id}"),),
            )
            for number, unit in enumerate(self.facts.receivers, start=1)
        )
        return Table(columns, rows)

    def annexes(self) -> tuple[Annex, ...]:
        """Where the communes are too many for the text: a table that names each with its verdicts."""
        if not self.shown.in_annex:
            return ()
        verdicts = ("units_meeting_requirements", "units_settled", "units_placed", "units_dedicated", "units_shared")
        titles = ("Đáp ứng yêu cầu", "Đã quyết toán", "Đặt tại Một cửa", "Dành riêng", "Dùng chung")
        columns = (
            Column("STT", 0.6, "center"),
            Column("Đơn vị", 2.6, "left"),
            Column("Số tiền (đồng)", 1.5, "right"),
            *(Column(title, 1.1, "center") for title in titles),
            Column("Ghi chú", 2.4, "left"),
        )
        rows = tuple(self._annex_row(number, unit, verdicts) for number, unit in enumerate(self.facts.communes, 1))
        return (Annex("BIỂU TỔNG HỢP THEO ĐƠN VỊ", (Table(columns, rows),), landscape=True),)

    def _annex_row(self, number: int, unit: UnitAt, verdicts: Sequence[str]) -> tuple[tuple[Run, ...], ...]:
        keys = [f"figure:{name}:unit_verdict:{unit.id}" for name in verdicts]
        cells = [self.keyed(key) for key in (*keys, f"figure:units_placed:unit_reasons:{unit.id}")]
        amount = self.keyed(f"figure:units_allocated:unit_amount:{unit.id}")
        return (Run(str(number), key=f"ordinal:{number}"),), (Run(unit.full_name),), (amount,), *((c,) for c in cells)


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Neighbours without a key and of one style as one run, so that a draft edited and left alone stays equal."""
    out: list[Run] = []
    for run in runs:
        before = out[-1] if out else None
        if before and before.key is None and run.key is None and (before.bold, before.italic) == (run.bold, run.italic):
            out[-1] = Run(before.text + run.text, run.bold, run.italic)
        else:
            out.append(run)
    return tuple(out)


def issuer_of(name: str, parent: str) -> Issuer:
    above = parent.upper() or None
    try:
        committee = Issuer.of_committee(name)
    except ValueError:
        return Issuer(above, (name.upper(),), name)
    return Issuer(above, committee.lines, name) if above else committee


def _signature(said: Mapping[str, Any]) -> Signature:
    sign = said if said.get("title") else HEAD_SIGNS
    body, head, title = (sign.get(name) or None for name in ("on_behalf_of", "for", "title"))
    return Signature(body, head, title or "", sign.get("name"))


def _recipients(rows: Sequence[Mapping[str, str]], heading: str) -> Recipients:
    lines = tuple(row["name"] for row in rows if row.get("copy") != ARCHIVE)
    kept = next((row["name"] for row in rows if row.get("copy") == ARCHIVE), "VT")
    archive = kept.removeprefix("Lưu").lstrip(" :").rstrip(" .;") or "VT"
    return Recipients(heading or None, lines, archive)
