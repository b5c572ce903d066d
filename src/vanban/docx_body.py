"""The XML of a document's parts for Word: runs, content controls, paragraphs, tables, sections.

Lengths are twips. Everything that the document says passes `escaped`.
"""

import hashlib
from collections.abc import Sequence
from xml.sax.saxutils import escape

from vanban import layout
from vanban.docx_styles import twips
from vanban.model import (
    MOTTO,
    NATION,
    RECIPIENTS_HEAD,
    Align,
    Annex,
    Block,
    Cell,
    Document,
    Heading,
    Item,
    Paragraph,
    Run,
    Runs,
    Table,
)

TAG_LENGTH = 64
"""Word refuses longer tags of content controls."""
_JUSTIFICATION: dict[Align, str] = {"justify": "both", "left": "left", "center": "center", "right": "right"}
_HASH_LENGTH = 16
_TITLE_GAP = 7.0
"""Points below the subject's rule, beside the body's own gap."""
_KEPT_ROWS = 2
"""Last rows of a table that stay with the signature."""


def escaped(text: str) -> str:
    """Text for an element or an attribute."""
    return escape(text, {'"': "&quot;"})


def tag_of(key: str) -> str:
    """The content control's tag for a key: the key, or its start and a hash when it is too long."""
    if len(key) <= TAG_LENGTH:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:_HASH_LENGTH]
    return f"{key[: TAG_LENGTH - _HASH_LENGTH - 1]}~{digest}"


class BodyWriter:
    """Writes the parts of one document; counts its content controls, and keeps keys too long for a tag."""

    def __init__(self) -> None:
        self._controls = 0
        self.long_keys: dict[str, str] = {}

    def runs(self, runs: Runs) -> str:
        """Runs, a keyed one inside an inline content control."""
        return "".join(self._control(run) if run.key else _run(run) for run in runs if run.text or run.key)

    def _control(self, run: Run) -> str:
        key = run.key or ""
        tag = tag_of(key)
        if tag != key:
            self.long_keys[tag] = key
        self._controls += 1
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="{escaped(tag)}"/><w:tag w:val="{escaped(tag)}"/>'
            f'<w:id w:val="{self._controls}"/><w:text/></w:sdtPr><w:sdtContent>{_run(run)}</w:sdtContent></w:sdt>'
        )

    def paragraph(self, style: str, runs: Runs, extra: str = "") -> str:
        """A paragraph; `extra`: paragraph properties beside the style's, in schema order."""
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{self.runs(runs)}</w:p>'

    def line(self, style: str, text: str, *, bold: bool = False, italic: bool = False, extra: str = "") -> str:
        """A paragraph of one run."""
        return self.paragraph(style, (Run(text, bold, italic),), extra)

    def blocks(self, blocks: tuple[Block, ...], width: float, keep_from: int) -> str:
        """The blocks in a type area of `width` millimetres; from `keep_from` on they stay with what follows."""
        parts = []
        for place, block in enumerate(blocks):
            keep = place >= keep_from
            after = blocks[place + 1] if place + 1 < len(blocks) else None
            bare_table_next = isinstance(after, Table) and not after.caption
            if isinstance(block, Table):
                parts.append(self._table(block, width, keep=keep))
                parts.append(self._gap(layout.PARAGRAPH_GAP, keep=keep) if bare_table_next else "")
            else:
                parts.append(self._text_block(block, keep=keep, before_table=bare_table_next))
        return "".join(parts)

    def _gap(self, points: float, *, keep: bool = False) -> str:
        """A gap of `points` where no paragraph stands; Word would join two tables without one between."""
        before = round((points - 1) * 20)
        kept = "<w:keepNext/>" * keep
        return self.paragraph("SectionEnd", (), f'{kept}<w:spacing w:before="{before}"/>')

    def _text_block(self, block: Paragraph | Heading | Item, *, keep: bool, before_table: bool) -> str:
        extra = "<w:keepNext/>" if keep else ""
        if before_table:
            extra += f'<w:spacing w:after="{round(layout.PARAGRAPH_GAP * 20)}"/>'
        if isinstance(block, Heading):
            return self.paragraph(f"Heading{block.level}", block.runs, extra)
        if isinstance(block, Item):
            return self.paragraph("DashItem", layout.printed_runs(block), extra)
        if not block.indent:
            extra += '<w:ind w:firstLine="0"/>'
        if block.align != "justify":
            extra += f'<w:jc w:val="{_JUSTIFICATION[block.align]}"/>'
        return self.paragraph("BodyText", block.runs, extra)

    def _table(self, table: Table, width: float, *, keep: bool) -> str:
        total = sum(column.width for column in table.columns)
        widths = [twips(width * column.width / total) for column in table.columns]
        head = "".join(
            _cell(room, self.line("TableHead", column.title, bold=True, extra="<w:keepNext/>"))
            for column, room in zip(table.columns, widths, strict=True)
        )
        kept_from = len(table.rows) - _KEPT_ROWS if keep else len(table.rows)
        rows = "".join(self._row(table, row, widths, keep=at >= kept_from) for at, row in enumerate(table.rows))
        caption = self.line("Caption", table.caption, bold=True) if table.caption else ""
        return (
            f'{caption}<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>{_grid(widths)}'
            f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{rows}</w:tbl>"
        )

    def _row(self, table: Table, row: tuple[Cell, ...], widths: list[int], *, keep: bool) -> str:
        cells = []
        for column, cell, room in zip(table.columns, row, widths, strict=True):
            extra = "<w:keepNext/>" if keep else ""
            if column.align != "left":
                extra += f'<w:jc w:val="{_JUSTIFICATION[column.align]}"/>'
            cells.append(_cell(room, self.paragraph("TableText", cell, extra)))
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"

    def head(self, document: Document) -> str:
        """Boxes 2 and 1, 3 and 4 (A3): a table without borders, its right column wider than the Quốc hiệu."""
        issuer = document.issuer
        parent = self.line("IssuerParent", issuer.parent) if issuer.parent else ""
        lines = "".join(self.line("Issuer", line, bold=True) for line in issuer.lines)
        left = f"{parent}{lines}{_rule(layout.ISSUER_COLUMN, layout.issuer_rule(document))}"
        nation = self.line("Nation", NATION, bold=True) + self.line("Motto", MOTTO, bold=True)
        right = nation + _rule(layout.NATION_COLUMN, layout.motto_rule())
        number = self.line("Number", document.symbol.line)
        place = self.line("PlaceDate", document.place_date.line, italic=True)
        return _borderless((layout.ISSUER_COLUMN, layout.NATION_COLUMN), ((left, right), (number, place)))

    def title(self, document: Document) -> str:
        """Box 5a: type, subject and the rule below."""
        side = twips((layout.TYPE_WIDTH - layout.SUBJECT_WIDTH) / 2)
        inset = f'<w:ind w:left="{side}" w:right="{side}"/>'
        return (
            self.line("Title", document.type_name, bold=True)
            + self.paragraph("Subtitle", layout.subject_bold(document), inset)
            + _rule(layout.TYPE_WIDTH, layout.subject_rule(document))
            + self._gap(_TITLE_GAP)
        )

    def addressees(self, document: Document) -> str:
        """Box 9a: one addressee centred, several in a list whose dashes stand under the colon."""
        lines = layout.addressee_lines(document)
        if len(lines) == 1:
            return self.line("Addressee", lines[0], extra='<w:jc w:val="center"/>')
        head = twips(layout.ADDRESSEES_AT)
        listed = head + twips(layout.addressee_dash())
        return "".join(
            self.line("Addressee", line, extra=f'<w:ind w:left="{listed if at else head}"/>')
            for at, line in enumerate(lines)
        )

    def closing(self, document: Document) -> str:
        """Boxes 9b and 7: recipients and signature in a row that does not split."""
        recipients = self.line("RecipientsHead", RECIPIENTS_HEAD, bold=True, italic=True)
        recipients += "".join(self.line("Recipients", line) for line in document.recipients.printed)
        signature = document.signature
        signed = "".join(self.line("Authority", line, bold=True) for line in signature.authority)
        signed += self.line("Signer", signature.name or "", bold=True)
        gap = self._gap(layout.CLOSING_GAP, keep=True)
        columns = (layout.RECIPIENTS_COLUMN, layout.SIGNATURE_COLUMN)
        return gap + _borderless(columns, ((recipients, signed),))

    def annex(self, head: str, annex: Annex, document: Document) -> str:
        """An annex: its head, its title, the note of what it belongs to, its blocks."""
        return (
            self.line("AnnexHead", head, bold=True)
            + self.paragraph("AnnexTitle", layout.annex_title(annex))
            + self.line("AnnexNote", layout.annex_note(document), italic=True)
            + self.blocks(annex.blocks, layout.annex_width(annex), len(annex.blocks))
        )


def section(*, landscape: bool = False) -> str:
    """A section's page (A1): A4, margins, page number in the header from its second page on, from 1."""
    width, height = twips(layout.PAGE_WIDTH), twips(layout.PAGE_HEIGHT)
    size = f'w:w="{height}" w:h="{width}" w:orient="landscape"' if landscape else f'w:w="{width}" w:h="{height}"'
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:headerReference w:type="first" r:id="rId4"/>'
        f'<w:type w:val="nextPage"/><w:pgSz {size}/><w:pgMar w:top="{twips(layout.TOP)}" '
        f'w:right="{twips(layout.RIGHT)}" w:bottom="{twips(layout.BOTTOM)}" w:left="{twips(layout.LEFT)}" '
        f'w:header="{twips(layout.PAGE_NUMBER_AT)}" w:footer="{twips(layout.PAGE_NUMBER_AT)}" w:gutter="0"/>'
        '<w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
    )


def section_end(properties: str = "") -> str:
    """The smallest paragraph there is: after a table one must stand, and one carries a section's properties."""
    return f'<w:p><w:pPr><w:pStyle w:val="SectionEnd"/>{properties}</w:pPr></w:p>'


def _run(run: Run) -> str:
    bold, italic = "<w:b/><w:bCs/>" * run.bold, "<w:i/><w:iCs/>" * run.italic
    style = f"<w:rPr>{bold}{italic}</w:rPr>" if bold or italic else ""
    return f'<w:r>{style}<w:t xml:space="preserve">{escaped(run.text)}</w:t></w:r>'


def _rule(room: float, length: float) -> str:
    """A rule of `length` millimetres centred in `room`: the top border of a paragraph set in on both sides."""
    side = twips(max(room - length, 0) / 2)
    return f'<w:p><w:pPr><w:pStyle w:val="Rule"/><w:ind w:left="{side}" w:right="{side}"/></w:pPr></w:p>'


def _borderless(columns: tuple[float, ...], rows: Sequence[tuple[str, ...]]) -> str:
    widths = [twips(column) for column in columns]
    cells = ("".join(_cell(room, cell) for room, cell in zip(widths, row, strict=True)) for row in rows)
    written = "".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr>" for row in cells)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableNormal"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr>{_grid(widths)}{written}</w:tbl>'
    )


def _grid(widths: list[int]) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def _cell(width: int, content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
