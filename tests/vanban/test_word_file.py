"""The Word file: real styles, the page of A1, fixed texts whole, keys in content controls."""

import io
import zipfile
from xml.etree import ElementTree

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt

from tests.vanban.documents import note, report, runs, with_annexes
from vanban import Column, Document, Paragraph, Run, Table, to_docx
from vanban.docx import KEYS_NAMESPACE
from vanban.docx_body import TAG_LENGTH, tag_of
from vanban.model import MOTTO, NATION

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _part(document: Document, name: str = "word/document.xml") -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(to_docx(document))) as package:
        return ElementTree.fromstring(package.read(name))


def _opened(document: Document) -> "docx.document.Document":
    return docx.Document(io.BytesIO(to_docx(document)))


def _texts(element: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in element.iter(f"{W}t")]


def _paragraph(root: ElementTree.Element, start: str) -> ElementTree.Element:
    return next(one for one in root.iter(f"{W}p") if "".join(_texts(one)).startswith(start))


@pytest.mark.parametrize(
    "text",
    [
        NATION,
        MOTTO,
        "./.",
        "- Lưu: VT.",
        "Nơi nhận:",
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "BÁO CÁO",
        "Số:      /BC-UBND",
    ],
)
def test_fixed_texts_stand_in_one_run_as_read(text: str) -> None:
    assert text in _texts(_part(report()))


def test_capitals_are_letters_and_not_a_style() -> None:
    with zipfile.ZipFile(io.BytesIO(to_docx(report()))) as package:
        assert not any(b"w:caps" in package.read(name) for name in package.namelist())


def test_page_and_margins_follow_the_decree() -> None:
    section = _opened(report()).sections[0]
    assert (section.page_width, section.page_height) == (
        pytest.approx(Mm(210), abs=700),
        pytest.approx(Mm(297), abs=700),
    )
    assert Mm(30) - 700 <= section.left_margin <= Mm(35)
    assert Mm(15) - 700 <= section.right_margin <= Mm(20)
    assert Mm(20) - 700 <= section.top_margin <= Mm(25)
    assert Mm(20) - 700 <= section.bottom_margin <= Mm(25)


def test_page_number_is_a_field_in_the_header_but_not_of_the_first_page() -> None:
    section = _opened(report()).sections[0]
    assert section.different_first_page_header_footer
    header = section.header.paragraphs[0]
    assert "PAGE" in header._p.xml
    assert header.style.paragraph_format.alignment == 1
    assert header.style.font.size == Pt(14)
    assert "PAGE" not in section.first_page_header.paragraphs[0]._p.xml


@pytest.mark.parametrize(
    ("start", "style", "size"),
    [
        (NATION, "Quốc hiệu", 12),
        (MOTTO, "Tiêu ngữ", 13),
        ("HUYỆN", "Cơ quan ban hành", 12),
        ("Số:", "Số, ký hiệu", 13),
        ("Bạch Thông, ngày", "Địa danh, thời gian", 13),
        ("BÁO CÁO", "Title", 14),
        ("Kết quả sử dụng", "Subtitle", 14),
        ("I. ", "Heading 1", 14),
        ("1. ", "Heading 2", 14),
        ("a) ", "Heading 3", 14),
        ("- Có", "Gạch đầu dòng", 14),
        ("Thực hiện", "Body Text", 14),
        ("Nơi nhận:", "Nơi nhận", 12),
        ("- Lưu: VT.", "Danh sách nơi nhận", 11),
        ("TM. ", "Chức vụ người ký", 14),
        ("Nguyễn Văn Bình", "Họ tên người ký", 14),
    ],
)
def test_each_part_has_a_named_style_of_its_size(start: str, style: str, size: int) -> None:
    opened = _opened(report())
    key = _paragraph(_part(report()), start).find(f"{W}pPr/{W}pStyle").get(f"{W}val")
    found = next(one for one in opened.styles if one.style_id == key)
    assert (found.name, found.font.size) == (style, Pt(size))
    assert opened.styles.element.xml.count("Times New Roman") == 4


def test_body_style_is_justified_indented_and_spaced() -> None:
    body = _opened(report()).styles["Body Text"].paragraph_format
    assert body.alignment == 3
    assert body.first_line_indent == pytest.approx(Mm(10), abs=1000)
    assert body.space_before == Pt(6)
    assert 1 <= body.line_spacing <= 1.5


def test_tables_repeat_their_header_and_do_not_split_rows() -> None:
    table = _opened(report()).tables[1]
    assert [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows] == [True] + [False] * 14
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)


def test_two_tables_in_a_row_stay_two() -> None:
    bare = Table((Column("A"),), ((runs("1"),),))
    body = next(_part(report(body=(bare, bare))).iter(f"{W}body"))
    kinds = [child.tag.removeprefix(W) for child in body]
    assert "tbl tbl" not in " ".join(kinds)
    assert kinds.count("tbl") == 4


def test_the_nation_column_is_wide_enough_in_grid_and_cells() -> None:
    table = _opened(report()).tables[0]
    assert table.columns[1].width >= Mm(96)
    assert all(row.cells[1].width >= Mm(96) for row in table.rows)


def test_the_last_lines_keep_with_the_signature() -> None:
    root = _part(report(body=(Paragraph(runs("Đoạn đầu.")), Paragraph(runs("Không.")))))
    for start in ("Đoạn đầu", "Không"):
        assert _paragraph(root, start).find(f"{W}pPr/{W}keepNext") is not None
    closing = list(root.iter(f"{W}tbl"))[-1]
    assert closing.find(f"{W}tr/{W}trPr/{W}cantSplit") is not None


def test_keyed_runs_are_content_controls_with_key_and_text() -> None:
    controls = {
        control.find(f"{W}sdtPr/{W}tag").get(f"{W}val"): "".join(_texts(control))
        for control in _part(report()).iter(f"{W}sdt")
    }
    assert controls["figure:units_placed:ratio"] == "13/14"
    assert controls["citation:directive:first"] == "Công văn số 8703/UBND-NCPC ngày 23/12/2023"
    assert len(controls) == 19
    ids = [one.get(f"{W}val") for one in _part(report()).iter(f"{W}id")]
    assert len(set(ids)) == len(ids) == 19


def test_a_key_too_long_for_a_tag_is_kept_whole_in_a_custom_part() -> None:
    key = "statement:" + "rất dài " * 20
    document = report(body=(Paragraph((Run("lời nói", key=key),)),))
    tag = _part(document).find(f".//{W}tag").get(f"{W}val")
    assert tag == tag_of(key)
    assert len(tag) <= TAG_LENGTH
    (kept,) = _part(document, "customXml/item1.xml").findall(f"{{{KEYS_NAMESPACE}}}key")
    assert (kept.get("tag"), kept.text) == (tag, key)


def test_annexes_are_sections_with_their_own_numbers() -> None:
    sections = _opened(with_annexes()).sections
    assert [section.orientation for section in sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    assert all(section._sectPr.xpath("./w:pgNumType/@w:start") == ["1"] for section in sections)
    assert all(section._sectPr.xpath("./w:titlePg") for section in sections)


def test_every_relation_and_content_type_names_a_part_that_is_there() -> None:
    with zipfile.ZipFile(io.BytesIO(to_docx(with_annexes()))) as package:
        names = set(package.namelist())
        types = ElementTree.fromstring(package.read("[Content_Types].xml"))
        relations = ElementTree.fromstring(package.read("word/_rels/document.xml.rels"))
    assert package.namelist()[0] == "[Content_Types].xml"
    assert {one.get("PartName").lstrip("/") for one in types if one.get("PartName")} <= names
    assert {f"word/{one.get('Target')}" for one in relations} <= names


def test_equal_documents_give_equal_bytes() -> None:
    assert to_docx(report()) == to_docx(report())


@pytest.mark.parametrize("text", ["<w:t>&amp;</w:t>", "a  b", ' "x" ', "]]>", "\ufffe\x01z"])
def test_any_text_is_escaped(text: str) -> None:
    read = "".join(_texts(_part(note(f"«{text}»"))))
    assert f"«{text.replace(chr(0xFFFE), '').replace(chr(1), '')}»" in read
