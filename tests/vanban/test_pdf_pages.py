"""Long documents: pages, and the signature that never stands alone."""

import pytest

from tests.vanban.documents import commune_table, note, report, runs
from tests.vanban.pages import Pages
from vanban import Block, Paragraph, Table, to_pdf

_CLOSINGS = {
    "one line": "Không.",
    "two lines": "Trên đây là báo cáo kết quả sử dụng trang thiết bị của UBND huyện Bạch Thông, kính gửi xem xét.",
    "many lines": "Trên đây là báo cáo kết quả của huyện. " * 25,
}


def _text_before_signature(pages: Pages) -> int:
    """How many lines of text stand above the signature on its page."""
    head = pages.line("Nơi nhận:")
    return sum(line.baseline < head.baseline - 2 and line.text != str(head.page) for line in pages.on(head.page))


@pytest.mark.parametrize("closing", _CLOSINGS)
@pytest.mark.parametrize("before", range(8, 21, 2))
def test_signature_keeps_two_lines_of_text_with_it(closing: str, before: int) -> None:
    filler = tuple(Paragraph(runs(f"Đoạn {number} của báo cáo.")) for number in range(before))
    pages = Pages(to_pdf(report(body=(*filler, Paragraph(runs(_CLOSINGS[closing]))))))
    assert _text_before_signature(pages) >= 2


def test_a_long_last_paragraph_is_not_moved_whole() -> None:
    pages = Pages(to_pdf(note(_CLOSINGS["many lines"] * 6)))
    assert len(pages.on(1)) > 25


@pytest.mark.parametrize("rows", [2, 8, 14, 40])
@pytest.mark.parametrize("before", [0, 14, 17, 20, 23])
def test_a_table_at_the_end_keeps_a_row_with_its_mark_and_the_signature(rows: int, before: int) -> None:
    table = commune_table()
    filler = tuple(Paragraph(runs(f"Đoạn {number} của báo cáo.")) for number in range(before))
    pages = Pages(to_pdf(report(body=(*filler, Table(table.columns, (table.rows * 5)[:rows])))))
    assert pages.line("./.").page == pages.line("Nơi nhận:").page
    assert _text_before_signature(pages) >= 2


def test_three_pages_are_numbered_from_the_second() -> None:
    body: tuple[Block, ...] = tuple(Paragraph(runs("Nội dung của báo cáo. " * 12)) for _ in range(24))
    pages = Pages(to_pdf(report(body=body)))
    assert len(pages) == 3
    assert [pages.on(page)[0].text for page in (2, 3)] == ["2", "3"]


def test_a_heading_never_ends_a_page() -> None:
    from vanban import Heading

    for before in range(20, 30):
        filler = tuple(Paragraph(runs(f"Đoạn {number}.")) for number in range(before))
        section = (Heading(1, "I.", runs("ĐỀ XUẤT")), Paragraph(runs("Không.")))
        pages = Pages(to_pdf(report(body=(*filler, *section, *filler))))
        assert pages.line("I. ĐỀ XUẤT").page == pages.line("Không.").page
