"""A document as an HTML fragment: the preview, made for `assets/vanban.css`.

Semantic elements and classes only, no inline style and no script, so that it stands under a strict content
security policy. A run with a key is a link where `link` gives an address, else a span; both carry the key.
"""

import re
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from vanban import layout
from vanban.model import (
    MOTTO,
    NATION,
    RECIPIENTS_HEAD,
    Align,
    Annex,
    Block,
    Column,
    Document,
    Heading,
    Item,
    Paragraph,
    Run,
    Runs,
    Table,
    plain,
)

Link = Callable[[str], str | None]

STYLESHEET = Path(__file__).parent / "assets" / "vanban.css"
_WIDTH_STEP = 5
_HEADINGS = re.compile(r"<(/?)h([1-6])(?=[ >])")


def _no_link(_key: str) -> None:
    return None


def to_html(document: Document, link: Link = _no_link, *, top: int = 1) -> str:
    """Return `document` as `<article class="vanban-page">…</article>`. `link`: address of a key, or None.

    `top` is the level of the document's own heading: 2 on a page that has a heading already.
    """
    parts = (
        _head(document),
        _title(document, link),
        _paragraphs("vanban-addressee", layout.addressee_lines(document)),
        *(_element("p", "vanban-basis", _runs(runs, link)) for runs in layout.legal_basis_lines(document)),
        *_blocks(layout.closed_body(document), link),
        _closing(document),
        *(_annex(head, annex, document, link) for head, annex in layout.annex_heads(document)),
    )
    content = _HEADINGS.sub(lambda tag: f"<{tag[1]}h{min(int(tag[2]) + top - 1, 6)}", chr(10).join(filter(None, parts)))
    return f'<article class="vanban-page" lang="vi">\n{content}\n</article>\n'


def _element(name: str, classes: str, content: str) -> str:
    return f'<{name} class="{classes}">{content}</{name}>'


def _paragraphs(classes: str, lines: tuple[str, ...]) -> str:
    return "\n".join(_element("p", classes, escape(line)) for line in lines)


def _runs(runs: Runs, link: Link) -> str:
    return "".join(_run(run, link) for run in runs)


def _run(run: Run, link: Link) -> str:
    text = escape(run.text)
    if run.italic:
        text = f"<i>{text}</i>"
    if run.bold:
        text = f"<b>{text}</b>"
    if run.key is None:
        return text
    key, address = escape(run.key), link(run.key)
    if address is None:
        return f'<span class="vanban-key" data-key="{key}">{text}</span>'
    return f'<a class="vanban-key" data-key="{key}" href="{escape(address)}">{text}</a>'


def _head(document: Document) -> str:
    issuer = document.issuer
    parent = _paragraphs("vanban-parent", (issuer.parent,)) if issuer.parent else ""
    name = _element("div", "vanban-issuer-name", _paragraphs("vanban-issuer-line", issuer.lines))
    motto = _element("p", "vanban-motto", f"<span>{escape(MOTTO)}</span>")
    return _element(
        "header",
        "vanban-head",
        _element("div", "vanban-issuer", parent + name)
        + _element("div", "vanban-nation", _element("p", "vanban-nation-name", escape(NATION)) + motto)
        + _element("p", "vanban-number", escape(document.symbol.line))
        + _element("p", "vanban-place", escape(document.place_date.line)),
    )


def _title(document: Document, link: Link) -> str:
    kind = _element("span", "vanban-type", escape(document.type_name))
    subject = _element("span", "vanban-subject", _runs(document.subject, link))
    return _element("h1", "vanban-title", f"{kind} {subject}")


def _blocks(blocks: tuple[Block, ...], link: Link) -> Iterator[str]:
    levels = iter(layout.outline_levels(blocks))
    for block in blocks:
        if isinstance(block, Table):
            yield _table(block, link)
        elif isinstance(block, Heading) and plain(block.runs).strip():
            number = f"{escape(block.number)} " if block.number else ""
            classes = f"vanban-heading vanban-heading-{block.level}"
            yield _element(f"h{next(levels) + 1}", classes, number + _runs(block.title, link))
        else:
            yield _element("p", _paragraph_classes(block), _runs(layout.printed_runs(block), link))


def _paragraph_classes(block: Paragraph | Heading | Item) -> str:
    if isinstance(block, Item):
        return "vanban-text vanban-item"
    if isinstance(block, Heading):
        return "vanban-text"
    return f"vanban-text{'' if block.indent else ' vanban-flush'}{_align_class(block.align, usual='justify')}"


def _align_class(align: Align, *, usual: Align) -> str:
    return "" if align == usual else f" vanban-{align}"


def _table(table: Table, link: Link) -> str:
    total = sum(column.width for column in table.columns)
    columns = "".join(f'<col class="{_width_class(column, total)}">' for column in table.columns)
    titles = "".join(f'<th scope="col">{escape(column.title)}</th>' for column in table.columns)
    rows = "".join(
        f"<tr>{''.join(_cell(column, _runs(cell, link)) for column, cell in zip(table.columns, row, strict=True))}</tr>"
        for row in table.rows
    )
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    return (
        f'<div class="vanban-table-frame" role="group" tabindex="0" aria-label="{escape(table.caption or "Bảng")}">'
        f'<table class="vanban-table">{caption}<colgroup>{columns}</colgroup><thead><tr>{titles}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _width_class(column: Column, total: float) -> str:
    """The column's share in steps of 5 %: a class, as a style attribute is not allowed."""
    steps = max(1, round(column.width / total * 100 / _WIDTH_STEP))
    return f"vanban-w{steps * _WIDTH_STEP}"


def _cell(column: Column, content: str) -> str:
    classes = _align_class(column.align, usual="left").strip()
    return _element("td", classes, content) if classes else f"<td>{content}</td>"


def _closing(document: Document) -> str:
    head = _element("p", "vanban-recipients-head", escape(RECIPIENTS_HEAD))
    recipients = head + _paragraphs("vanban-recipient", document.recipients.printed)
    signature = _paragraphs("vanban-authority", document.signature.authority)
    signature += _element("p", "vanban-signer", escape(document.signature.name or ""))
    return _element(
        "footer",
        "vanban-closing",
        _element("div", "vanban-recipients", recipients) + _element("div", "vanban-signature", signature),
    )


def _annex(head: str, annex: Annex, document: Document, link: Link) -> str:
    title = _element("span", "vanban-type", escape(head)) + " " + _runs(annex.title_runs, link)
    note = _element("p", "vanban-annex-note", escape(layout.annex_note(document)))
    classes = f"vanban-annex{' vanban-landscape' if annex.landscape else ''}"
    content = (_element("h1", "vanban-annex-title", title), note, *_blocks(annex.blocks, link))
    return _element("section", classes, "\n".join(content))
