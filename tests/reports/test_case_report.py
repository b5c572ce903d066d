"""From the case's facts every figure of its README, in the text, the Word file and the PDF."""

import datetime as dt
import io
import re
import zipfile

import pytest
from pypdf import PdfReader

from motcua.funding.models import Programme
from motcua.reports.digits import loose_digits
from motcua.reports.drafting import draft
from motcua.units.queries import by_code
from vanban.departures import departures
from vanban.docx import to_docx
from vanban.model import Document
from vanban.pdf import to_pdf
from vanban.text import to_text

DAY = dt.date(2023, 12, 27)
STATED = (
    "được phân bổ 403.200.000đ",
    "14/14 đơn vị được phân bổ kinh phí, mỗi đơn vị 28.800.000đ",
    "14/14 đơn vị có thiết bị đáp ứng yêu cầu",
    "14/14 đơn vị đã hoàn thành thanh quyết toán",
    "13/14 đơn vị bố trí máy tính tại Bộ phận Một cửa",
    "xã Nguyên Phúc (khu vực bên ngoài, gần cầu thang đi lại)",
    "04/14 đơn vị có máy tính dành riêng cho người dân",
    "10/14 đơn vị không có máy tính dành riêng cho người dân mà dùng chung",
    "Công văn số 8703/UBND-NCPC ngày 23/12/2023 của UBND tỉnh Bắc Kạn",
    "Quyết định số 773/QĐ-UBND ngày 08/5/2023 của UBND tỉnh Bắc Kạn",
    "Phần lớn các đơn vị (10 đơn vị) chưa có chỗ đặt máy tính dành riêng cho người dân",
    "Gửi bản điện tử:",
    "- Lưu: VT.",
    "KT. CHỦ TỊCH",
    "Nguyễn Duy Luân",
)


@pytest.fixture
def document(case: Programme) -> Document:
    unit = by_code("063", DAY)
    assert unit
    return draft(case, unit, DAY)


@pytest.mark.parametrize("stated", STATED)
def test_the_text_states_every_figure(document: Document, stated: str) -> None:
    assert stated in to_text(document)


def test_the_word_file_says_what_the_text_says(document: Document) -> None:
    with zipfile.ZipFile(io.BytesIO(to_docx(document))) as file:
        xml = file.read("word/document.xml").decode()
    words = re.sub(r"<[^>]+>", "", re.sub(r"</w:p>", " ", xml))
    missing = [stated for stated in STATED if stated not in words]
    assert not missing


def test_the_pdf_says_what_the_text_says(document: Document) -> None:
    pages = PdfReader(io.BytesIO(to_pdf(document))).pages
    words = " ".join(" ".join(page.extract_text() for page in pages).split())
    missing = [stated for stated in STATED if stated not in words]
    assert not missing


def test_number_and_day_are_blank_in_a_draft(document: Document) -> None:
    assert document.symbol.number is None
    assert document.place_date.day is None
    assert "ngày     tháng 01 năm 2024" in to_text(document)


def test_every_group_of_digits_is_answered_for(document: Document) -> None:
    assert loose_digits(document) == []


def test_the_form_keeps_to_the_decree(document: Document) -> None:
    assert departures(document) == ()


def test_a_proposal_without_words_reads_khong(document: Document) -> None:
    text = to_text(document)
    assert text.index("ĐỀ XUẤT, KIẾN NGHỊ\nKhông.") > 0


def test_before_the_visits_everything_about_machines_is_unknown(case: Programme) -> None:
    unit = by_code("063", dt.date(2023, 6, 1))
    assert unit
    text = to_text(draft(case, unit, dt.date(2023, 6, 1)))
    assert "00/14 đơn vị bố trí máy tính tại Bộ phận Một cửa; 14 đơn vị chưa rõ vị trí bố trí máy tính: " in text


def test_a_commune_reports_on_itself(case: Programme) -> None:
    unit = by_code("01999", DAY)
    assert unit
    text = to_text(draft(case, unit, DAY))
    assert "UBND xã Nguyên Phúc được phân bổ 28.800.000đ" in text
    assert "01/01 đơn vị có máy tính dành riêng cho người dân" in text
