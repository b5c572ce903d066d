"""What a document, as built, departs from in Decree 30, each with the rule's letter in DECREE30.md.

A first short list, of what the model alone can show; a departure is reported, never mended.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vanban.kinds import ADDRESSED, KINDS
from vanban.layout import annex_heads, printed_runs
from vanban.metrics import unprintable
from vanban.model import Block, Document, Heading, Runs, Table, plain
from vanban.words import item_letter, roman

_SYMBOL = re.compile(r"[A-ZĐ][A-Za-zĐđ]*(-[A-ZĐ0-9][A-Za-zĐđ0-9]*)+")


@dataclass(frozen=True, slots=True)
class Departure:
    """`rule`: letter and row ("A2.5a"); `place`: which part; `found` there; what is `asked` instead."""

    rule: str
    place: str
    found: str
    asked: str


def departures(document: Document) -> tuple[Departure, ...]:
    """Return every departure found, in the order of the page."""
    checks = (_issuer, _symbol, _date, _title, _addressees, _ladder, _recipients, _signature, _letters)
    return tuple(found for check in checks for found in check(document))


def _issuer(document: Document) -> Iterator[Departure]:
    lines = document.issuer.lines
    if not any(line.strip() for line in lines):
        yield Departure("A2.2b", "issuer", "", "the issuing body's name")
    for line in (*filter(None, [document.issuer.parent]), *lines):
        if line != line.upper():
            yield Departure("A2.2b", "issuer", line, "capitals")


def _symbol(document: Document) -> Iterator[Departure]:
    symbol = document.symbol.symbol
    kind = KINDS.get(document.kind)
    if not _SYMBOL.fullmatch(symbol):
        yield Departure("A2.3", "symbol", symbol, "abbreviations joined by hyphens, as in BC-UBND")
    elif kind and kind.abbreviation and symbol.split("-")[0] != kind.abbreviation:
        yield Departure("A4", "symbol", symbol, f"{kind.abbreviation} first")


def _date(document: Document) -> Iterator[Departure]:
    date = document.place_date
    dated = None not in (date.day, date.month, date.year)
    if not date.place.strip():
        yield Departure("A2.4", "place_date", date.line, "the place before the date")
    if document.symbol.number is not None and not dated:
        yield Departure("A4", "symbol", document.symbol.line, "no number before the document is dated")
    if document.symbol.number is None and date.day is not None:
        yield Departure("A4", "place_date", date.line, "no day before the document is numbered")


def _title(document: Document) -> Iterator[Departure]:
    kind = KINDS.get(document.kind)
    if kind is None:
        yield Departure("A6", "kind", document.kind, "one of the decree's kinds")
    elif document.type_name != kind.type_name:
        yield Departure("A2.5a", "type_name", document.type_name, kind.type_name)
    if not plain(document.subject).strip():
        yield Departure("A2.5a", "subject", "", "a subject under the type")
    if not document.body:
        yield Departure("A2.6", "body", "", "a body")


def _addressees(document: Document) -> Iterator[Departure]:
    if document.addressees and document.kind in KINDS and document.kind not in ADDRESSED:
        found = ", ".join(document.addressees)
        yield Departure("A2.9a", "addressees", found, "no “Kính gửi” in this kind of document")


def _ladder(document: Document) -> Iterator[Departure]:
    """Headings I. → 1. → a), each counted from one under its own parent (A2 rows 6-rI, 6-k, 6-đ)."""
    counts = [0, 0, 0]
    for place, block in enumerate(document.body):
        if not isinstance(block, Heading):
            continue
        counts[block.level - 1] += 1
        counts[block.level :] = [0] * (3 - block.level)
        asked = _heading_number(block.level, counts[block.level - 1])
        if block.number != asked:
            yield Departure("A2.6", f"body[{place}]", block.number, asked)
        title = plain(block.title)
        if block.level == 1 and title != title.upper():
            yield Departure("A2.6-rI", f"body[{place}]", title, "capitals")


def _heading_number(level: int, count: int) -> str:
    if level == 1:
        return f"{roman(count)}."
    return f"{count}." if level == 2 else f"{item_letter(min(count, 23))})"


def _recipients(document: Document) -> Iterator[Departure]:
    if not document.recipients.archive.strip():
        yield Departure("A2.9b", "recipients", "", "a last line “Lưu: VT”")


def _signature(document: Document) -> Iterator[Departure]:
    if not document.signature.title.strip():
        yield Departure("A2.7a", "signature", "", "the signer's title")
    for line in document.signature.authority:
        if line != line.upper():
            yield Departure("A2.7a", "signature", line, "capitals")


def _letters(document: Document) -> Iterator[Departure]:
    for place, text in _texts(document):
        if missing := unprintable(text):
            yield Departure("A1", place, missing, "letters that the document font has")


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    yield "subject", plain(document.subject)
    for place, runs in enumerate(document.legal_basis):
        yield f"legal_basis[{place}]", plain(runs)
    yield from _block_texts("body", document.body)
    for place, (_, annex) in enumerate(annex_heads(document)):
        yield f"annexes[{place}].title", plain(annex.title_runs)
        yield from _block_texts(f"annexes[{place}].blocks", annex.blocks)


def _block_texts(name: str, blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    for place, block in enumerate(blocks):
        yield f"{name}[{place}]", plain(_runs(block))


def _runs(block: Block) -> Runs:
    if isinstance(block, Table):
        return tuple(run for row in block.rows for cell in row for run in cell)
    return printed_runs(block)
