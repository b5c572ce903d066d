"""A draft as a person edits it: header fields and a list of blocks, and back to a document."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.reports.drafting import issuer_of
from motcua.reports.markup import MarkupFault, from_text, to_text
from motcua.reports.shown import NoSuchKey
from vanban.model import (
    Block,
    Document,
    Heading,
    Item,
    Paragraph,
    PlaceDate,
    Recipients,
    Run,
    Signature,
    Symbol,
    Table,
    plain,
)

NUMBER = re.compile(r"^((?:[IVXLC]+|\d+(?:\.\d+)*)\.|[a-zđ]\))\s+(.*)$", re.DOTALL)
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no Word file and not every database holds."""
KINDS = ("paragraph", "item", "heading1", "heading2", "heading3")
Render = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class EditedBlock:
    """A block in the editor. `kind` is one of `KINDS`, or "table:N", the N-th block of the document edited."""

    kind: str
    text: str
    error: str = ""

    @property
    def is_table(self) -> bool:
        return self.kind.startswith("table:")


def blocks_of(document: Document) -> list[EditedBlock]:
    """The body as the editor shows it."""
    return [_edited(block, number) for number, block in enumerate(document.body)]


def _edited(block: Block, number: int) -> EditedBlock:
    if isinstance(block, Heading):
        return EditedBlock(f"heading{block.level}", f"{block.number} {to_text(block.title)}".strip())
    if isinstance(block, Item):
        return EditedBlock("item", to_text(block.runs))
    if isinstance(block, Paragraph):
        return EditedBlock("paragraph", to_text(block.runs))
    return EditedBlock(f"table:{number}", ", ".join(column.title for column in block.columns))


def read_blocks(data: QueryDict) -> list[EditedBlock]:
    """The blocks of a sent form, with what its buttons ask done ("add-2-item", "remove-2", "up-2")."""
    pairs = zip(data.getlist("kind"), data.getlist("text"), strict=False)
    blocks = [
        EditedBlock(kind, UNPRINTABLE.sub(" ", text))
        for kind, text in pairs
        if kind in KINDS or re.fullmatch(r"table:\d+", kind)
    ]
    asked = re.fullmatch(r"(add|remove|up)-(\d+)(?:-(\w+))?", data.get("do", ""))
    if asked and int(asked[2]) < len(blocks):
        _change(blocks, asked[1], int(asked[2]), asked[3] or "paragraph")
    return blocks


def _change(blocks: list[EditedBlock], verb: str, place: int, kind: str) -> None:
    if verb == "add" and kind in KINDS:
        blocks.insert(place + 1, EditedBlock(kind, ""))
    elif verb == "remove":
        del blocks[place]
    elif verb == "up" and place > 0:
        blocks[place - 1], blocks[place] = blocks[place], blocks[place - 1]


def build_body(
    blocks: Sequence[EditedBlock], document: Document, render: Render
) -> tuple[tuple[Block, ...], list[EditedBlock]]:
    """The blocks as a body, and the blocks with their errors (the body counts only where none has one).

    Empty blocks are left out.
    """
    body: list[Block] = []
    checked: list[EditedBlock] = []
    for block in blocks:
        try:
            made = _build(block, document, render)
        except MarkupFault as fault:
            message = _("“%(text)s”: braces hold a figure, as in {13/14|figure:units_placed:ratio}")
            checked.append(replace(block, error=message % {"text": fault.text}))
            continue
        except NoSuchKey as missing:
            message = _("“%(key)s” shows nothing: there is no such figure, document or statement")
            checked.append(replace(block, error=message % {"key": missing.key}))
            continue
        checked.append(block)
        if made is not None:
            body.append(made)
    return tuple(body), checked


def _build(block: EditedBlock, document: Document, render: Render) -> Block | None:
    if block.is_table:
        number = int(block.kind.split(":")[1])
        kept = document.body[number] if number < len(document.body) else None
        return kept if isinstance(kept, Table) else None
    text = " ".join(block.text.split())
    if not text:
        return None
    if block.kind.startswith("heading"):
        parted = NUMBER.match(text)
        marker, title = (parted[1], parted[2]) if parted else ("", text)
        return Heading(int(block.kind[-1]), marker, from_text(title, render))
    runs = from_text(text, render)
    return Item(runs) if block.kind == "item" else Paragraph(runs)


def header_values(document: Document) -> dict[str, Any]:
    """The parts around the body, as the header form shows them."""
    sign = document.signature
    return {
        "subject": plain(document.subject),
        "issuer": document.issuer.sentence_name,
        "parent": document.issuer.parent or "",
        "symbol": document.symbol.symbol,
        "place": document.place_date.place,
        "month": document.place_date.month,
        "year": document.place_date.year,
        "addressees": "\n".join(document.addressees),
        "recipients_heading": document.recipients.heading or "",
        "recipients": "\n".join(document.recipients.lines),
        "archive": document.recipients.archive,
        "on_behalf_of": sign.on_behalf_of or "",
        "signs_for": sign.for_ or "",
        "title": sign.title,
        "signer": sign.name or "",
    }


def with_header(document: Document, values: Mapping[str, Any]) -> Document:
    """The document with the parts around its body changed. Number and day stay blank: it is a draft."""
    return replace(
        document,
        subject=(Run(values["subject"]),),
        issuer=issuer_of(values["issuer"], values["parent"]),
        symbol=Symbol(None, values["symbol"]),
        place_date=PlaceDate(values["place"], values["year"], values["month"], None),
        addressees=_lines(values["addressees"]),
        recipients=Recipients(
            values["recipients_heading"] or None, _lines(values["recipients"]), values["archive"] or "VT"
        ),
        signature=Signature(
            values["on_behalf_of"] or None, values["signs_for"] or None, values["title"], values["signer"] or None
        ),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
