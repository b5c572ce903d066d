"""The page as A1–A3 and A7 ask, measured in the PDF itself."""

import pytest

from tests.vanban.documents import COMMUNES, note, report, runs, with_annexes
from tests.vanban.pages import Pages
from vanban import Issuer, Paragraph, to_pdf
from vanban.model import MOTTO, NATION

BOLD, ITALIC, UPRIGHT, BOLD_ITALIC = (True, False), (False, True), (False, False), (True, True)


@pytest.fixture(scope="module")
def pages() -> Pages:
    return Pages(to_pdf(report()))


@pytest.fixture(scope="module")
def annexed() -> Pages:
    return Pages(to_pdf(with_annexes()))


def test_paper_is_a4_upright(pages: Pages) -> None:
    assert all(size == pytest.approx((210, 297), abs=0.1) for size in pages.sizes)


def test_margins_lie_within_the_decree(pages: Pages) -> None:
    left = min(line.left for line in pages.lines)
    right = 210 - max(line.right for line in pages.lines)
    top = min(line.top for line in pages.lines if line.text != "2")
    bottom = 297 - max(line.bottom for line in pages.lines)
    assert 30 <= round(left, 1) <= 35
    assert 15 <= round(right, 1) <= 20
    assert 20 <= round(top, 0) <= 25
    assert bottom >= 19.9


@pytest.mark.parametrize(
    ("start", "size", "style"),
    [
        (NATION, 12, BOLD),
        (MOTTO, 13, BOLD),
        ("ỦY BAN NHÂN DÂN", 12, BOLD),
        ("HUYỆN BẠCH THÔNG", 12, BOLD),
        ("Số:", 13, UPRIGHT),
        ("Bạch Thông, ngày", 13, ITALIC),
        ("BÁO CÁO", 14, BOLD),
        ("Kết quả sử dụng", 14, BOLD),
        ("Thực hiện", 14, UPRIGHT),
        ("I. KẾT QUẢ", 14, BOLD),
        ("1. Kinh phí", 14, BOLD),
        ("a) Diện tích", 14, UPRIGHT),
        ("- Có", 14, UPRIGHT),
        ("STT", 13, BOLD),
        ("Nơi nhận:", 12, BOLD_ITALIC),
        ("Gửi bản điện tử:", 11, UPRIGHT),
        ("- Lưu: VT.", 11, UPRIGHT),
        ("TM. ỦY BAN NHÂN DÂN", 14, BOLD),
        ("KT. CHỦ TỊCH", 14, BOLD),
        ("PHÓ CHỦ TỊCH", 14, BOLD),
        ("Nguyễn Văn Bình", 14, BOLD),
    ],
)
def test_each_part_has_its_size_and_style(pages: Pages, start: str, size: float, style: tuple[bool, bool]) -> None:
    line = pages.line(start)
    assert (line.size, line.style) == (size, style)
    assert line.font.startswith("LiberationSerif")


def test_a_governing_body_stands_above_in_capitals_not_bold() -> None:
    issuer = Issuer("UBND TỈNH BẮC KẠN", ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG",))
    pages = Pages(to_pdf(note("Nội dung.", issuer=issuer)))
    parent, own = pages.line("UBND TỈNH"), pages.line("SỞ THÔNG TIN")
    assert (parent.size, parent.style, own.style) == (12, UPRIGHT, BOLD)
    assert parent.baseline < own.baseline
    assert parent.centre == pytest.approx(own.centre, abs=0.3)


def test_the_nation_stands_on_one_line_beside_the_issuer(pages: Pages) -> None:
    nation, motto, issuer = pages.line(NATION), pages.line(MOTTO), pages.line("ỦY BAN NHÂN DÂN")
    assert nation.width == pytest.approx(88.3, abs=1)  # kerned
    assert nation.baseline == pytest.approx(issuer.baseline, abs=0.2)
    assert motto.centre == pytest.approx(nation.centre, abs=0.3)
    assert issuer.right < nation.left


def test_the_nation_has_room_at_13_points_too() -> None:
    from vanban import layout
    from vanban.metrics import text_width

    assert layout.NATION_COLUMN >= 96 > text_width(NATION, 13, bold=True)


def test_the_rule_under_the_motto_is_as_long_as_its_text(pages: Pages) -> None:
    motto = pages.line(MOTTO)
    rule = pages.rule_below(motto)
    assert rule.width == pytest.approx(motto.width, abs=0.7)
    assert rule.centre == pytest.approx(motto.centre, abs=0.4)


def test_the_rule_under_the_issuer_is_a_third_to_a_half_of_its_text(pages: Pages) -> None:
    for line in (pages.line("ỦY BAN NHÂN DÂN"), pages.line("HUYỆN BẠCH THÔNG")):
        rule = pages.rule_below(pages.line("HUYỆN BẠCH THÔNG"))
        assert line.width / 3 <= rule.width <= line.width / 2
        assert rule.centre == pytest.approx(line.centre, abs=0.3)


@pytest.mark.parametrize("subject", ["Kết quả năm 2023", "Kết quả sử dụng trang thiết bị " * 4 + "năm 2023"])
def test_the_rule_under_the_subject_is_a_third_to_a_half_of_its_text(subject: str) -> None:
    pages = Pages(to_pdf(note("Nội dung.", subject=runs(subject))))
    title, body = pages.line("BÁO CÁO"), pages.line("Nội dung")
    lines = [line for line in pages.on(1) if title.baseline < line.baseline < body.baseline]
    rule = pages.rule_below(lines[-1])
    assert lines[-1].width / 3 <= rule.width <= max(line.width for line in lines) / 2
    assert rule.centre == pytest.approx(lines[-1].centre, abs=0.3)


def test_number_and_place_stand_on_one_line_each_under_its_column(pages: Pages) -> None:
    number, place = pages.line("Số:"), pages.line("Bạch Thông, ngày")
    assert number.baseline == pytest.approx(place.baseline, abs=0.2)
    assert number.centre == pytest.approx(pages.line("ỦY BAN").centre, abs=0.5)
    assert place.centre == pytest.approx(pages.line(NATION).centre, abs=0.5)


def test_type_and_subject_are_centred_on_the_type_area(pages: Pages) -> None:
    for start in ("BÁO CÁO", "Kết quả sử dụng"):
        assert pages.line(start).centre == pytest.approx(30 + 165 / 2, abs=0.5)


def test_body_is_justified_set_in_and_spaced() -> None:
    text = "Nội dung của báo cáo được viết thành nhiều dòng liên tiếp nhau để đo khoảng cách giữa các dòng chữ. " * 3
    pages = Pages(to_pdf(report(body=(Paragraph(runs(text)), Paragraph(runs(text))))))
    title, closing = pages.line("thị trấn trên"), pages.line("Nơi nhận")
    lines = [line for line in pages.on(1) if title.baseline < line.baseline < closing.baseline]
    first, second, third = lines[:3]
    assert first.left == pytest.approx(40, abs=0.3)
    assert second.left == pytest.approx(30, abs=0.3)
    assert first.right == pytest.approx(195, abs=0.3)
    assert second.right == pytest.approx(195, abs=0.3)
    pitch = (third.baseline - second.baseline) / 0.3528 / 14
    assert 1.149 <= pitch <= 1.5 * 1.149
    starts = [line for line in lines if line.left > 39]
    last_before = lines[lines.index(starts[1]) - 1]
    gap = (starts[1].baseline - last_before.baseline) - (third.baseline - second.baseline)
    assert gap / 0.3528 >= 5.9


def test_page_number_is_absent_on_page_one_and_centred_in_the_top_margin_after_it(pages: Pages) -> None:
    assert not any(line.text == "1" for line in pages.on(1))
    number = pages.on(2)[0]
    assert (number.text, number.size, number.style) == ("2", 14, UPRIGHT)
    assert number.centre == pytest.approx(30 + 165 / 2, abs=0.5)
    assert number.top > 5
    assert number.bottom < 20


def test_signature_and_recipients_start_on_one_line_in_two_columns(pages: Pages) -> None:
    recipients, authority = pages.line("Nơi nhận:"), pages.line("TM. ")
    assert recipients.page == authority.page
    assert recipients.left == pytest.approx(30, abs=0.3)
    assert abs(recipients.baseline - authority.baseline) < 1.5
    name, title = pages.line("Nguyễn Văn Bình"), pages.line("PHÓ CHỦ TỊCH")
    assert name.centre == pytest.approx(title.centre, abs=0.3)
    assert name.baseline - title.baseline > 25


def test_annexes_number_their_own_pages_and_turn_when_asked(annexed: Pages) -> None:
    heads = [line for line in annexed.lines if line.text.startswith("Phụ lục")]
    assert [line.text for line in heads] == ["Phụ lục I", "Phụ lục II"]
    wide, tall = heads[0].page, heads[1].page
    assert annexed.sizes[wide - 1] == pytest.approx((297, 210), abs=0.1)
    assert annexed.sizes[tall - 1] == pytest.approx((210, 297), abs=0.1)
    assert annexed.on(wide)[0].text == "Phụ lục I"
    assert [annexed.on(page)[0].text for page in range(wide + 1, tall)] == [
        str(number) for number in range(2, tall - wide + 1)
    ]
    assert annexed.on(tall)[0].text == "Phụ lục II"


def test_annex_heads_have_their_styles(annexed: Pages) -> None:
    assert (annexed.line("Phụ lục I").size, annexed.line("Phụ lục I").style) == (14, BOLD)
    assert annexed.line("BIỂU TỔNG HỢP").style == BOLD
    assert annexed.line("(Kèm theo Báo cáo số").style == ITALIC


def test_a_table_repeats_its_header_on_each_page(annexed: Pages) -> None:
    wide = annexed.line("Phụ lục I").page
    assert any(line.text == "STT" for line in annexed.on(wide + 1))


def test_dashes_of_addressees_stand_under_the_colon() -> None:
    pages = Pages(to_pdf(note("Nội dung.", addressees=("UBND tỉnh", "Sở Nội vụ"))))
    colon, dash = pages.line("Kính gửi:").right, pages.line("- UBND tỉnh;").left
    assert colon - 2 < dash < colon
    assert pages.line("- Sở Nội vụ.").left == pytest.approx(dash, abs=0.1)
    one = Pages(to_pdf(note("Nội dung.", addressees=("UBND tỉnh",)))).line("Kính gửi: UBND tỉnh")
    assert one.centre == pytest.approx(30 + 165 / 2, abs=0.5)


def test_long_lists_of_names_stay_inside_the_margins() -> None:
    names = ", ".join(f"xã {name}" for name in COMMUNES * 8)
    pages = Pages(to_pdf(note(f"Gồm {names}.")))
    assert max(line.right for line in pages.lines) <= 195.1
