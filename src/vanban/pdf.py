"""A document as PDF/A-2a, tagged for PDF/UA-1, by typst: one template, the document as data.

Nothing of the document is ever markup, so any letters print as they are. The fonts are the bundled ones alone:
what they lack is refused with a message that names it, never replaced. Equal documents give equal bytes: the
file's date is the document's, its blanks taken as the first.
"""

import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vanban import layout
from vanban.metrics import FONTS, text_width, unprintable
from vanban.model import (
    MOTTO,
    NATION,
    RECIPIENTS_HEAD,
    Annex,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Paragraph,
    Run,
    Runs,
    Table,
    plain,
)
from vanban.text import to_text

if TYPE_CHECKING:
    import typst

Link = Callable[[str], str | None]
Json = dict[str, Any]

_TEMPLATE = Path(__file__).parent / "assets" / "document.typ"
_WHOLE = re.compile(r"[0-9/–-]")
_SPACES = re.compile(r"( +)")
_CELL_SIDES = 2 * layout.CELL_PADDING[0] + 0.2
_LONGEST_WORD = 100.0
"""Millimetres: a wider word may break, so that it never runs over the margin."""
_compiling = threading.Lock()


class PdfError(Exception):
    """The document could not be set without a fault; the message says what and where."""


def to_pdf(document: Document, link: Link | None = None) -> bytes:
    """Return `document` as PDF. `link` gives the address that a keyed run opens, or None.

    Raises PdfError for letters that the font lacks and for every warning of the typesetter.
    """
    if missing := unprintable(to_text(document)):
        names = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in missing)
        raise PdfError(f"Liberation Serif has no shape for {names}")
    import typst  # here, because only this writer needs it

    data = json.dumps(_data(document, link or _no_link), ensure_ascii=False)
    with _compiling:
        try:
            made, warnings = _compiler().compile_with_warnings(
                format="pdf", sys_inputs={"data": data}, pdf_standards=["a-2a", "ua-1"], timestamp=0
            )
        except typst.TypstError as error:
            raise PdfError(f"{error.message} {' '.join(error.hints)}".strip()) from error
    if warnings:
        raise PdfError("; ".join(warning.message for warning in warnings))
    if not isinstance(made, bytes):
        raise PdfError("the typesetter returned no file")
    return made


@lru_cache(maxsize=1)
def _compiler() -> "typst.Compiler":
    """One compiler per process: fonts and template are read once."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    return typst.Compiler(_TEMPLATE, root=_TEMPLATE.parent, font_paths=fonts)


def _no_link(_key: str) -> None:
    return None


def _data(document: Document, link: Link) -> Json:
    body = layout.closed_body(document)
    date = document.place_date
    return {
        "sizes": asdict(layout.SIZES),
        "page": _page(),
        "title": document.title,
        "date": [date.year or 1970, date.month or 1, date.day or 1],
        "nation": NATION,
        "motto": MOTTO,
        "head": {
            "parent": document.issuer.parent,
            "lines": document.issuer.lines,
            "issuer_rule": layout.issuer_rule(document),
            "number": document.symbol.line,
            "place": document.place_date.line,
        },
        "type_name": document.type_name,
        "titled": bool(f"{document.type_name}{plain(document.subject)}".strip()),
        "subject": _atoms(layout.subject_bold(document), link),
        "subject_rule": layout.subject_rule(document),
        "addressees": [_plain(line) for line in layout.addressee_lines(document)],
        "legal_basis": [_atoms(runs, link) for runs in layout.legal_basis_lines(document)],
        "body": _blocks(body, link, layout.TYPE_WIDTH),
        "last_from": layout.sticky_from(body),
        "recipients_head": RECIPIENTS_HEAD,
        "recipients": [_plain(line) for line in document.recipients.printed],
        "signature": {"authority": document.signature.authority, "name": document.signature.name},
        "annexes": [_annex(head, annex, document, link) for head, annex in layout.annex_heads(document)],
    }


def _page() -> Json:
    """The page of A1 and the columns of A3, in millimetres (`gap`: points)."""
    return {
        "width": layout.TYPE_WIDTH,
        "left": layout.LEFT,
        "right": layout.RIGHT,
        "top": layout.TOP,
        "bottom": layout.BOTTOM,
        "number_at": layout.PAGE_NUMBER_AT,
        "indent": layout.INDENT,
        "gap": layout.PARAGRAPH_GAP,
        "cell": layout.CELL_PADDING,
        "caption_gap": layout.CAPTION_GAP,
        "closing_gap": layout.CLOSING_GAP,
        "annex_gap": layout.ANNEX_GAP,
        "nation_column": layout.NATION_COLUMN,
        "subject_width": layout.SUBJECT_WIDTH,
        "signature_column": layout.SIGNATURE_COLUMN,
        "signature_room": layout.SIGNATURE_ROOM,
        "addressees": layout.ADDRESSEES_AT,
        "addressee_dash": layout.addressee_dash(),
    }


def _annex(head: str, annex: Annex, document: Document, link: Link) -> Json:
    width = layout.annex_width(annex)
    return {
        "head": head,
        "title": _atoms(layout.annex_title(annex), link),
        "note": layout.annex_note(document),
        "landscape": annex.landscape,
        "blocks": _blocks(annex.blocks, link, width),
    }


def _blocks(blocks: tuple[Block, ...], link: Link, width: float) -> list[Json]:
    levels = iter(layout.outline_levels(blocks))
    return [_block(block, levels, link, width) for block in blocks]


def _block(block: Block, levels: Iterator[int], link: Link, width: float) -> Json:
    if isinstance(block, Table):
        return _table(block, link, width)
    runs = _atoms(layout.printed_runs(block), link)
    if isinstance(block, Heading) and plain(block.runs).strip():
        return {"block": "heading", "level": next(levels) + 1, "runs": runs}
    if isinstance(block, Paragraph):
        return {"block": "paragraph", "runs": runs, "align": block.align, "indent": block.indent}
    return {"block": "paragraph", "runs": runs, "align": "justify", "indent": True}


def _table(table: Table, link: Link, width: float) -> Json:
    total = sum(column.width for column in table.columns)
    rooms = [width * column.width / total - _CELL_SIDES for column in table.columns]
    return {
        "block": "table",
        "caption": table.caption and _atoms((Run(table.caption, bold=True),), link),
        "columns": [_column(column, room, link) for column, room in zip(table.columns, rooms, strict=True)],
        "rows": [_row(row, rooms, link) for row in table.rows],
    }


def _column(column: Column, room: float, link: Link) -> Json:
    title = _atoms((Run(column.title, bold=True),), link, room)
    return {"title": title, "width": column.width, "align": column.align}


def _row(row: tuple[Cell, ...], rooms: list[float], link: Link) -> list[list[Json]]:
    return [_atoms(cell, link, room) for cell, room in zip(row, rooms, strict=True)]


Piece = tuple[str, int, str | None]


def _plain(text: str) -> list[Json]:
    return _atoms((Run(text),), _no_link)


def _atoms(runs: Runs, link: Link, room: float = _LONGEST_WORD) -> list[Json]:
    """The text of `runs` as the template takes it, cut where a line may break.

    A word with a digit, a slash or a hyphen is "whole" and never breaks, whichever runs it lies in ("13" + "/14");
    one wider than `room` millimetres is "long" and breaks anywhere. All else is "free", joined as far as
    style and link stay the same.
    """
    atoms: list[Json] = []
    word: list[Piece] = []
    for run in runs:
        style = run.bold + 2 * run.italic
        url = link(run.key) if run.key else None
        for part in _SPACES.split(run.text):
            if part and part[0] != " ":
                word.append((part, style, url))
            elif part:
                _add(atoms, word, room)
                word = []
                _add_free(atoms, [(part, style, url)])
    _add(atoms, word, room)
    return atoms


def _add(atoms: list[Json], word: list[Piece], room: float) -> None:
    text = "".join(part for part, _, _ in word)
    if len(text) > room / 6 and text_width(text, layout.SIZES.body, bold=True) > room:
        letters = [(letter, style, url) for part, style, url in word for letter in part]
        atoms.append({"k": "long", "p": letters})
    elif _WHOLE.search(text):
        atoms.append({"k": "whole", "p": word})
    else:
        _add_free(atoms, word)


def _add_free(atoms: list[Json], pieces: list[Piece]) -> None:
    if not atoms or atoms[-1]["k"] != "free":
        atoms.append({"k": "free", "p": []})
    joined: list[Piece] = atoms[-1]["p"]
    for text, style, url in pieces:
        if joined and joined[-1][1:] == (style, url):
            joined[-1] = (joined[-1][0] + text, style, url)
        else:
            joined.append((text, style, url))
