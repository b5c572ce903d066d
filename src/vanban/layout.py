"""What all writers share: the page of A1, the sizes of A2, the lines that the library itself adds.

Millimetres and points throughout. The sizes are the example column of A2 (one set that moves together).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from vanban.metrics import text_width, wrapped_widths
from vanban.model import (
    ADDRESSEES_HEAD,
    ANNEX_HEAD,
    ENDING,
    MOTTO,
    Annex,
    Block,
    Document,
    Heading,
    Item,
    Paragraph,
    Run,
    Runs,
    Table,
    plain,
)
from vanban.words import roman

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 30.0, 15.0, 20.0, 20.0
PAGE_NUMBER_AT = 10.0
"""From the page's edge to the top of the page number's line."""
TYPE_WIDTH = PAGE_WIDTH - LEFT - RIGHT
NATION_COLUMN = 97.0
"""Width of the header's right column: more than the Quốc hiệu has at 13 points (95.7), so it never wraps."""
ISSUER_COLUMN = TYPE_WIDTH - NATION_COLUMN
SUBJECT_WIDTH = 145.0
SIGNATURE_COLUMN = 90.0
RECIPIENTS_COLUMN = TYPE_WIDTH - SIGNATURE_COLUMN
SIGNATURE_ROOM = 26.0
"""Height between the signer's title and name, for the signature and the seal."""
ADDRESSEES_AT = 40.0
"""From the left margin to "Kính gửi:" when it heads a list."""
INDENT = 10.0
PARAGRAPH_GAP = 6.0
"""Points between paragraphs."""
CELL_PADDING = (1.5, 0.7)
"""Of a table's cells: at the sides, above and below."""
CAPTION_GAP = 4.0
ANNEX_GAP = 10.0
CLOSING_GAP = 10.0
"""Points below a table's caption, below the head of an annex, above recipients and signature."""
LINE_SPACING = 1.1
"""Of the font's own line; A2 allows 1 to 1.5."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Font sizes in points (A2, example column)."""

    nation: float = 12
    motto: float = 13
    issuer: float = 12
    number: float = 13
    place: float = 13
    title: float = 14
    body: float = 14
    table: float = 13
    signature: float = 14
    recipients_head: float = 12
    recipients: float = 11
    page_number: float = 14


SIZES = Sizes()


def motto_rule() -> float:
    """Length of the rule under the Tiêu ngữ: that of the text (A2 row 1b)."""
    return text_width(MOTTO, SIZES.motto, bold=True)


def issuer_rule(document: Document) -> float:
    """Length of the rule under the issuing body: between a third and a half of its text (A2 row 2b)."""
    lines = document.issuer.lines
    widths = [width for line in lines for width in wrapped_widths(line, SIZES.issuer, ISSUER_COLUMN, bold=True)]
    return _part(widths)


def subject_rule(document: Document) -> float:
    """Length of the rule under the subject: between a third and a half of its text (A2 row 5a-ii)."""
    return _part(wrapped_widths(plain(document.subject), SIZES.title, SUBJECT_WIDTH, bold=True))


def _part(widths: list[float]) -> float:
    """0.4 of the mean of longest and last line: right for both while these differ by less than half."""
    return 0.4 * (max(widths) + widths[-1]) / 2 if widths else 0.0


def subject_bold(document: Document) -> Runs:
    """The subject in bold (A2 row 5a-ii)."""
    return tuple(replace(run, bold=True) for run in document.subject)


def addressee_dash() -> float:
    """From the left of "Kính gửi:" to its colon, under which the dashes of a list stand (A2 row 9a)."""
    return text_width(ADDRESSEES_HEAD[:-1], SIZES.body)


def legal_basis_lines(document: Document) -> tuple[Runs, ...]:
    """The legal basis in italics, each line ending ";", the last "." (A2 row 6-cc)."""
    last = len(document.legal_basis) - 1
    return tuple(
        _ended(tuple(replace(run, italic=True) for run in runs), "." if place == last else ";")
        for place, runs in enumerate(document.legal_basis)
    )


def _ended(runs: Runs, mark: str) -> Runs:
    if not runs:
        return runs
    last = runs[-1]
    return (*runs[:-1], replace(last, text=last.text.rstrip(" ;.") + mark))


def addressee_lines(document: Document) -> tuple[str, ...]:
    """ "Kính gửi: X", or the head alone and "- X;" lines, the last ending "." (A2 row 9a)."""
    names = document.addressees
    if len(names) < 2:
        return tuple(f"{ADDRESSEES_HEAD} {name}" for name in names)
    last = len(names) - 1
    listed = (f"- {name.rstrip(' ;.')}{'.' if at == last else ';'}" for at, name in enumerate(names))
    return (ADDRESSEES_HEAD, *listed)


def closed_body(document: Document) -> tuple[Block, ...]:
    """The body with "./." after its last paragraph, in a run of its own (A7).

    A full stop that the paragraph already ends with becomes part of "./.". After a table "./." stands alone.
    """
    if not document.body:
        return ()
    *before, last = document.body
    if isinstance(last, Table):
        return (*before, last, Paragraph((Run(ENDING),), align="right", indent=False))
    if isinstance(last, Heading):
        return (*before, replace(last, title=_closed(last.title)))
    return (*before, replace(last, runs=_closed(last.runs)))


def _closed(runs: Runs) -> Runs:
    kept = list(runs)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if not kept:
        return (Run(ENDING),)
    text = kept[-1].text.rstrip()
    if text.endswith(ENDING):
        text = text[: -len(ENDING)]
    elif text.endswith(".") and not text.endswith(".."):
        text = text[:-1]
    kept[-1] = replace(kept[-1], text=text)
    return (*(run for run in kept if run.text), Run(ENDING))


def sticky_from(blocks: tuple[Block, ...]) -> int:
    """Index of the first block that must stay with the signature, so that two lines of text always do."""
    start = len(blocks)
    lines = 0
    while start > 0 and lines < 2:
        start -= 1
        lines += _line_count(blocks[start])
    return start


def _line_count(block: Block) -> int:
    if isinstance(block, Table):
        return 1 + len(block.rows)
    indent = "" if isinstance(block, Paragraph) and not block.indent else " " * 8
    return len(wrapped_widths(indent + plain(printed_runs(block)), SIZES.body, TYPE_WIDTH))


def printed_runs(block: Paragraph | Heading | Item) -> Runs:
    """The runs of a paragraph as printed: a heading with its number, an item with its dash."""
    if isinstance(block, Item):
        return (Run("- "), *block.runs)
    return block.runs


def annex_heads(document: Document) -> Iterator[tuple[str, Annex]]:
    """Each annex with the line above its title: "Phụ lục", numbered I, II … when there are several."""
    several = len(document.annexes) > 1
    for place, annex in enumerate(document.annexes, start=1):
        yield (f"{ANNEX_HEAD} {roman(place)}" if several else ANNEX_HEAD), annex


def annex_title(annex: Annex) -> Runs:
    """The annex's title in bold (A2, annex rows)."""
    return tuple(replace(run, bold=True) for run in annex.title_runs)


def annex_width(annex: Annex) -> float:
    """Width of the type area of the annex's pages."""
    return (PAGE_HEIGHT if annex.landscape else PAGE_WIDTH) - LEFT - RIGHT


def annex_note(document: Document) -> str:
    """The line under an annex's title; number and day stay blank, as in an electronic document (A2)."""
    symbol, name = document.symbol.symbol, document.issuer.sentence_name
    return f"(Kèm theo {document.kind_name} số      /{symbol} ngày     tháng     năm      của {name})"


def outline_levels(blocks: tuple[Block, ...]) -> list[int]:
    """Level in the outline of each heading of `blocks` that says anything, in order, with no step left out.

    PDF/UA refuses an empty heading and a level skipped.
    """
    levels: list[int] = []
    for block in blocks:
        if isinstance(block, Heading) and plain(block.runs).strip():
            levels.append(min(block.level, levels[-1] + 1 if levels else 1))
    return levels
