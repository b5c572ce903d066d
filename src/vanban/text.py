"""A document as plain text: one paragraph a line, no wrapping, cells of a table parted by tabs."""

from collections.abc import Iterator

from vanban.layout import (
    addressee_lines,
    annex_heads,
    annex_note,
    closed_body,
    legal_basis_lines,
    printed_runs,
)
from vanban.model import MOTTO, NATION, RECIPIENTS_HEAD, Block, Document, Table, plain


def to_text(document: Document) -> str:
    """Return the text of `document`, its lines ended by a newline, its parts separated by an empty line."""
    parts = (
        _header(document),
        [document.type_name, plain(document.subject)],
        list(addressee_lines(document)),
        [plain(runs) for runs in legal_basis_lines(document)],
        list(_lines(closed_body(document))),
        [RECIPIENTS_HEAD, *document.recipients.printed],
        [*document.signature.authority, *filter(None, [document.signature.name])],
        *_annexes(document),
    )
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _header(document: Document) -> list[str]:
    """Left column, then right column (A3 boxes 2 and 3, 1 and 4)."""
    issuer = document.issuer
    left = [*filter(None, [issuer.parent]), *issuer.lines, document.symbol.line, ""]
    return [*left, NATION, MOTTO, document.place_date.line]


def _annexes(document: Document) -> Iterator[list[str]]:
    for head, annex in annex_heads(document):
        yield [head, plain(annex.title_runs), annex_note(document)]
        yield list(_lines(annex.blocks))


def _lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if not isinstance(block, Table):
            yield plain(printed_runs(block))
            continue
        if block.caption:
            yield block.caption
        yield "\t".join(column.title for column in block.columns)
        yield from ("\t".join(plain(cell) for cell in row) for row in block.rows)
