"""What is read back from the PDF: the words as written, whole figures, links, and the standard's marks."""

import io
import json
import subprocess
from collections import Counter

import pypdf
import pytest

from tests.vanban.documents import note, report, runs, with_annexes
from tests.vanban.pages import Pages
from vanban import Column, PdfError, Run, Table, to_pdf, to_text
from vanban.pdf import _atoms

NASTY = (
    "- đầu dòng",
    "# không phải lệnh",
    "= không phải mục",
    "* _nghiêng_ * và `mã`",
    "@nhãn <nhãn> &amp; $x$",
    "\\ gạch chéo ngược",
    "// không phải ghi chú /* cũng không */",
    "#let x = 1; #panic()",
    "-- --- ... ~ \"nháy\" 'đơn'",
    "fi fl ffi https://example.org/a?b=c&d=e",
)


def _read(data: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize("text", NASTY)
def test_any_letters_come_out_as_written(text: str) -> None:
    read = " ".join(_read(to_pdf(note(text))).split())
    assert " ".join(text.split()) in read


def test_the_pdf_holds_the_same_words_as_the_text() -> None:
    repeated = {"STT", "Đơn", "vị", "Kinh", "phí", "Vị", "trí", "bố"} | {str(number) for number in range(2, 9)}
    for document in (report(), with_annexes()):
        read, written = Counter(_read(to_pdf(document)).split()), Counter(to_text(document).split())
        assert not written - read
        assert set(read - written) <= repeated


def test_no_no_break_space_and_no_hidden_letter_is_read() -> None:
    read = _read(to_pdf(report()))
    assert not {"\u00a0", "\u2011", "\u200b", "\u2060", "\ufb01", "\u00ad"} & set(read)


@pytest.mark.parametrize("token", ["13/14", "403.200.000đ", "773/QĐ-UBND", "27/12/2023", "8703/UBND-NCPC", "TTr-UBND"])
def test_a_figure_or_symbol_never_breaks_over_a_line(token: str) -> None:
    for length in range(40, 76, 3):
        pages = Pages(to_pdf(note(f"{'x' * (length % 9 + 1)} {'từ ' * (length // 3)}{token} và {token};")))
        assert sum(line.text.count(token) for line in pages.lines) == 2


def test_a_figure_in_two_runs_never_breaks_either() -> None:
    (atom,) = _atoms((Run("13", key="figure:a"), Run("/14")), lambda key: None)
    assert atom == {"k": "whole", "p": [("13", 0, None), ("/14", 0, None)]}


def test_a_word_wider_than_its_place_breaks_inside_it() -> None:
    pages = Pages(to_pdf(note("a" * 200)))
    assert max(line.right for line in pages.lines) <= 195.1
    narrow = Table((Column("A", 1), Column("B", 9, "right")), ((runs("773/QĐ-UBND-VX/2023"), runs("x")),))
    pages = Pages(to_pdf(report(body=(narrow,))))
    assert pages.line("x").left > max(line.right for line in pages.lines if line.text.startswith("773"))


def test_keyed_runs_open_their_address() -> None:
    data = to_pdf(report(), link=lambda key: f"https://example.org/{key}" if key.startswith("figure:units") else None)
    reader = pypdf.PdfReader(io.BytesIO(data))
    opened = {
        link.get_object()["/A"]["/URI"]
        for page in reader.pages
        for link in page.get("/Annots", [])
        if "/A" in link.get_object()
    }
    assert opened == {
        "https://example.org/figure:units_funded:value",
        "https://example.org/figure:units_placed:ratio",
        "https://example.org/figure:units_placed:members",
    }


def test_the_file_is_tagged_in_vietnamese_and_claims_pdf_a_2a() -> None:
    reader = pypdf.PdfReader(io.BytesIO(to_pdf(report())))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "vi"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata.title.startswith("Báo cáo Kết quả sử dụng trang thiết bị")
    xmp = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp


def test_every_font_is_embedded() -> None:
    reader = pypdf.PdfReader(io.BytesIO(to_pdf(report())))
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_equal_documents_give_equal_bytes() -> None:
    assert to_pdf(report()) == to_pdf(report())


def test_a_letter_without_a_shape_is_refused_by_name() -> None:
    with pytest.raises(PdfError, match="U\\+1F600"):
        to_pdf(note("Vui 😀"))


def test_the_data_of_the_template_is_plain_json() -> None:
    from vanban.pdf import _data

    assert json.loads(json.dumps(_data(report(), lambda key: None)))["motto"] == "Độc lập - Tự do - Hạnh phúc"
