"""A document as a Word file: a package of parts that Word and LibreOffice open with no repair.

Text, styles and sections only: no field beside the page number, no drawing, no text box, so that what a person
edits stays in order. Equal documents give equal bytes.
"""

import zipfile
from io import BytesIO

from vanban import layout
from vanban.docx_body import BodyWriter, escaped, section, section_end
from vanban.docx_styles import FONT, NAMESPACE, styles_xml
from vanban.model import Document

KEYS_NAMESPACE = "urn:vanban:keys:1"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_STORE_ID = "{5B6A5D1C-0F0E-5B5A-9D52-6B0F6B2F3A10}"


def to_docx(document: Document) -> bytes:
    """Return `document` as the bytes of a .docx file."""
    writer = BodyWriter()
    parts = {"word/document.xml": _document(document, writer), **_fixed_parts(document)}
    if writer.long_keys:
        parts |= _keys(writer.long_keys)
    parts["[Content_Types].xml"] = _content_types(with_keys=bool(writer.long_keys))
    parts["word/_rels/document.xml.rels"] = _document_relations(with_keys=bool(writer.long_keys))
    return _zipped(parts)


def _zipped(parts: dict[str, str]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name in sorted(parts):  # "[Content_Types].xml" sorts first, as readers expect
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # the same on every system
            package.writestr(entry, parts[name])
    return file.getvalue()


def _document(document: Document, writer: BodyWriter) -> str:
    body = layout.closed_body(document)
    parts = [
        writer.head(document),
        writer.title(document),
        writer.addressees(document),
        *(writer.paragraph("LegalBasis", runs) for runs in layout.legal_basis_lines(document)),
        writer.blocks(body, layout.TYPE_WIDTH, layout.sticky_from(body)),
        writer.closing(document),
    ]
    page = section()
    for head, annex in layout.annex_heads(document):
        parts += [section_end(page), writer.annex(head, annex, document)]
        page = section(landscape=annex.landscape)
    parts += [section_end(), page]
    return (
        f'{_XML}<w:document xmlns:w="{NAMESPACE}" xmlns:r="{_RELATIONS}"><w:body>{"".join(parts)}</w:body></w:document>'
    )


def _fixed_parts(document: Document) -> dict[str, str]:
    page_number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
    return {
        "_rels/.rels": _relations(
            (f"{_RELATIONS}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{_RELATIONS}/extended-properties", "docProps/app.xml"),
        ),
        "docProps/core.xml": _core(document),
        "docProps/app.xml": (
            f'{_XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            "<Application>vanban</Application></Properties>"
        ),
        "word/styles.xml": styles_xml(),
        "word/settings.xml": (
            f'{_XML}<w:settings xmlns:w="{NAMESPACE}"><w:zoom w:percent="100"/>'
            '<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
            '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
            '</w:compat><w:themeFontLang w:val="vi-VN"/></w:settings>'
        ),
        "word/fontTable.xml": (
            f'{_XML}<w:fonts xmlns:w="{NAMESPACE}"><w:font w:name="{FONT}"><w:altName w:val="Liberation Serif"/>'
            '<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
        ),
        "word/header1.xml": _header(page_number),
        "word/header2.xml": _header(""),
    }


def _header(content: str) -> str:
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{content}</w:p>'
    return f'{_XML}<w:hdr xmlns:w="{NAMESPACE}" xmlns:r="{_RELATIONS}">{paragraph}</w:hdr>'


def _core(document: Document) -> str:
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escaped(document.title)}</dc:title><dc:language>vi-VN</dc:language></cp:coreProperties>"
    )


def _content_types(*, with_keys: bool) -> str:
    overrides = {
        "word/document.xml": f"{_WORD}.document.main+xml",
        "word/styles.xml": f"{_WORD}.styles+xml",
        "word/settings.xml": f"{_WORD}.settings+xml",
        "word/fontTable.xml": f"{_WORD}.fontTable+xml",
        "word/header1.xml": f"{_WORD}.header+xml",
        "word/header2.xml": f"{_WORD}.header+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    if with_keys:
        overrides["customXml/itemProps1.xml"] = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    listed = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _document_relations(*, with_keys: bool) -> str:
    parts = [
        (f"{_RELATIONS}/styles", "styles.xml"),
        (f"{_RELATIONS}/settings", "settings.xml"),
        (f"{_RELATIONS}/header", "header1.xml"),
        (f"{_RELATIONS}/header", "header2.xml"),
        (f"{_RELATIONS}/fontTable", "fontTable.xml"),
    ]
    if with_keys:
        parts.append((f"{_RELATIONS}/customXml", "../customXml/item1.xml"))
    return _relations(*parts)


def _relations(*parts: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(parts, start=1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _keys(long_keys: dict[str, str]) -> dict[str, str]:
    """A custom part that gives the whole key for each tag that holds only its start."""
    listed = "".join(f'<key tag="{escaped(tag)}">{escaped(key)}</key>' for tag, key in long_keys.items())
    return {
        "customXml/item1.xml": f'{_XML}<keys xmlns="{KEYS_NAMESPACE}">{listed}</keys>',
        "customXml/itemProps1.xml": (
            f'{_XML}<ds:datastoreItem ds:itemID="{_STORE_ID}" '
            'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs>'
            f'<ds:schemaRef ds:uri="{KEYS_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
        ),
        "customXml/_rels/item1.xml.rels": _relations((f"{_RELATIONS}/customXmlProps", "itemProps1.xml")),
    }
