"""The styles part of the Word file: one named style for each row of A2, so that a person edits by style.

Lengths are twips (1/20 point), sizes half points, as WordprocessingML counts them (ISO/IEC 29500-1, 17.7).
"""

from dataclasses import dataclass

from vanban import layout
from vanban.layout import SIZES

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FONT = "Times New Roman"
_TWIPS_PER_MM = 1440 / 25.4
_SINGLE = 240


def twips(millimetres: float) -> int:
    """Millimetres in twips."""
    return round(millimetres * _TWIPS_PER_MM)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: `before`, `after` and `line` in twips (240 is single), `indent` in mm."""

    key: str
    name: str
    size: float = SIZES.body
    align: str = "both"
    bold: bool = False
    italic: bool = False
    before: int = 0
    after: int = 0
    line: int = _SINGLE
    indent: float = 0
    keep_next: bool = False
    outline: int | None = None

    @property
    def xml(self) -> str:
        """The `w:style` element."""
        return (
            f'<w:style w:type="paragraph" w:customStyle="{int(self.key not in _BUILT_IN)}" w:styleId="{self.key}">'
            f'<w:name w:val="{self.name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
            f"<w:pPr>{self._paragraph()}</w:pPr><w:rPr>{self._letters()}</w:rPr></w:style>"
        )

    def _paragraph(self) -> str:
        keep = "<w:keepNext/>" if self.keep_next else ""
        indent = f'<w:ind w:firstLine="{twips(self.indent)}"/>' if self.indent else ""
        outline = "" if self.outline is None else f'<w:outlineLvl w:val="{self.outline}"/>'
        spacing = f'<w:spacing w:before="{self.before}" w:after="{self.after}" w:line="{self.line}" w:lineRule="auto"/>'
        return f'{keep}<w:widowControl/>{spacing}{indent}<w:jc w:val="{self.align}"/>{outline}'

    def _letters(self) -> str:
        size = round(self.size * 2)
        bold, italic = "<w:b/><w:bCs/>" * self.bold, "<w:i/><w:iCs/>" * self.italic
        return f'{bold}{italic}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


_BUILT_IN = {"BodyText", "Heading1", "Heading2", "Heading3", "Title", "Subtitle", "Header", "Caption"}
_GAP = round(layout.PARAGRAPH_GAP * 20)
_TEXT_LINE = round(_SINGLE * layout.LINE_SPACING)


def _text(key: str, name: str, *, bold: bool = False, italic: bool = False, outline: int | None = None) -> Style:
    """A style of the body (A2 row 6): 1 cm first line, 6 points before, justified."""
    return Style(
        key,
        name,
        bold=bold,
        italic=italic,
        before=_GAP,
        line=_TEXT_LINE,
        indent=layout.INDENT,
        keep_next=outline is not None,
        outline=outline,
    )


STYLES = (
    Style("IssuerParent", "Cơ quan chủ quản", SIZES.issuer, "center"),
    Style("Issuer", "Cơ quan ban hành", SIZES.issuer, "center", bold=True),
    Style("Nation", "Quốc hiệu", SIZES.nation, "center", bold=True),
    Style("Motto", "Tiêu ngữ", SIZES.motto, "center", bold=True),
    Style("Number", "Số, ký hiệu", SIZES.number, "center", before=80),
    Style("PlaceDate", "Địa danh, thời gian", SIZES.place, "center", italic=True, before=80),
    Style("Title", "Title", SIZES.title, "center", bold=True, before=280, keep_next=True),
    Style("Subtitle", "Subtitle", SIZES.title, "center", bold=True, keep_next=True),
    Style("Addressee", "Kính gửi", SIZES.body, "left", before=_GAP, line=_TEXT_LINE),
    _text("LegalBasis", "Căn cứ", italic=True),
    _text("BodyText", "Body Text"),
    _text("Heading1", "heading 1", bold=True, outline=0),
    _text("Heading2", "heading 2", bold=True, outline=1),
    _text("Heading3", "heading 3", outline=2),
    _text("DashItem", "Gạch đầu dòng"),
    Style(
        "Caption",
        "caption",
        SIZES.body,
        "center",
        bold=True,
        before=_GAP,
        after=round(layout.CAPTION_GAP * 20),
        keep_next=True,
    ),
    Style("TableHead", "Đầu bảng", SIZES.table, "center", bold=True),
    Style("TableText", "Chữ trong bảng", SIZES.table, "left"),
    Style("RecipientsHead", "Nơi nhận", SIZES.recipients_head, "left", bold=True, italic=True),
    Style("Recipients", "Danh sách nơi nhận", SIZES.recipients, "left"),
    Style("Authority", "Chức vụ người ký", SIZES.signature, "center", bold=True),
    Style(
        "Signer",
        "Họ tên người ký",
        SIZES.signature,
        "center",
        bold=True,
        before=twips(layout.SIGNATURE_ROOM),
    ),
    Style("AnnexHead", "Phụ lục", SIZES.title, "center", bold=True, keep_next=True),
    Style("AnnexTitle", "Tên phụ lục", SIZES.title, "center", bold=True, keep_next=True, outline=0),
    Style(
        "AnnexNote",
        "Kèm theo văn bản",
        SIZES.body,
        "center",
        italic=True,
        after=round(layout.ANNEX_GAP * 20),
        keep_next=True,
    ),
    Style("Header", "header", SIZES.page_number, "center"),
)

_RULE = (
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Rule"><w:name w:val="Đường kẻ"/>'
    '<w:basedOn w:val="Normal"/><w:pPr><w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
    '</w:pBdr><w:spacing w:before="40" w:after="0" w:line="40" w:lineRule="exact"/><w:jc w:val="center"/></w:pPr>'
    '<w:rPr><w:sz w:val="4"/><w:szCs w:val="4"/></w:rPr></w:style>'
)
_SECTION_END = (
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="SectionEnd"><w:name w:val="Cuối phần"/>'
    '<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr>'
    '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:style>'
)


def styles_xml() -> str:
    """The whole part `word/styles.xml`."""
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    size = round(SIZES.body * 2)
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="{NAMESPACE}">'
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:color w:val="000000"/><w:sz w:val="{size}"/>'
        f'<w:szCs w:val="{size}"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        f"{_table_grid()}{''.join(style.xml for style in STYLES)}{_RULE}{_SECTION_END}</w:styles>"
    )


def _table_grid() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)
    beside, above = layout.CELL_PADDING
    padding = "".join(
        f'<w:{side} w:w="{twips(width)}" w:type="dxa"/>'
        for side, width in (("top", above), ("left", beside), ("bottom", above), ("right", beside))
    )
    return (
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>{padding}</w:tblCellMar></w:tblPr></w:style>"
    )
