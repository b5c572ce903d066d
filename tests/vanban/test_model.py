"""The parts of a document say their printed lines, and refuse what cannot be printed."""

import dataclasses

import pytest

from tests.vanban.documents import note, report, runs
from vanban import (
    KINDS,
    Annex,
    Column,
    Heading,
    Issuer,
    Item,
    ModelError,
    Paragraph,
    PlaceDate,
    Recipients,
    Run,
    Signature,
    Symbol,
    Table,
    plain,
    symbol_for,
)
from vanban.layout import addressee_lines, annex_heads, annex_note, closed_body, legal_basis_lines


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("UBND huyện Bạch Thông", ("ỦY BAN NHÂN DÂN", "HUYỆN BẠCH THÔNG")),
        ("Ủy ban nhân dân xã Phủ Thông", ("ỦY BAN NHÂN DÂN", "XÃ PHỦ THÔNG")),
        ("UBND xã Sỹ Bi\u0300nh", ("ỦY BAN NHÂN DÂN", "XÃ SỸ BÌNH")),
        ("UBND xã Tân Tú", ("ỦY BAN NHÂN DÂN", "XÃ TÂN TÚ")),
    ],
)
def test_a_committee_is_two_lines_in_capitals(name: str, lines: tuple[str, ...]) -> None:
    assert Issuer.of_committee(name).lines == lines


def test_a_body_of_another_kind_is_no_committee() -> None:
    with pytest.raises(ValueError, match="Sở Tài chính"):
        Issuer.of_committee("Sở Tài chính")


@pytest.mark.parametrize(
    ("number", "line"),
    [(None, "Số:      /BC-UBND"), (5, "Số: 05/BC-UBND"), (15, "Số: 15/BC-UBND"), (8703, "Số: 8703/BC-UBND")],
)
def test_the_number_is_blank_in_a_draft_and_has_two_digits(number: int | None, line: str) -> None:
    assert Symbol(number, "BC-UBND").line == line


@pytest.mark.parametrize(
    ("year", "month", "day", "line"),
    [
        (2024, 1, None, "Bạch Thông, ngày     tháng 01 năm 2024"),
        (2024, 1, 5, "Bạch Thông, ngày 05 tháng 01 năm 2024"),
        (2023, 5, 8, "Bạch Thông, ngày 08 tháng 5 năm 2023"),
        (2023, 12, 27, "Bạch Thông, ngày 27 tháng 12 năm 2023"),
        (2024, None, None, "Bạch Thông, ngày     tháng     năm 2024"),
        (None, None, None, "Bạch Thông, ngày     tháng     năm"),
    ],
)
def test_the_date_follows_the_zero_rule(year: int | None, month: int | None, day: int | None, line: str) -> None:
    assert PlaceDate("Bạch Thông", year, month, day).line == line


def test_a_day_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ModelError, match="month 2 has no day 30"):
        PlaceDate("Bạch Thông", 2024, 2, 30)


def test_a_deputy_signs_under_three_lines_and_the_head_under_two() -> None:
    deputy = Signature("ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "PHÓ CHỦ TỊCH", "A")
    assert deputy.authority == ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert Signature("ỦY BAN NHÂN DÂN", None, "CHỦ TỊCH", "A").authority == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    assert Signature(None, None, "CHỦ TỊCH", "A").authority == ("CHỦ TỊCH",)


def test_recipients_are_dashed_and_end_with_the_archive() -> None:
    recipients = Recipients("Gửi bản điện tử", ("Sở Nội vụ", "UBND các xã;"), "VT")
    assert recipients.printed == ("Gửi bản điện tử:", "- Sở Nội vụ;", "- UBND các xã;", "- Lưu: VT.")


def test_addressees_stand_beside_or_below_their_head() -> None:
    assert addressee_lines(note("x")) == ()
    assert addressee_lines(note("x", addressees=("UBND tỉnh",))) == ("Kính gửi: UBND tỉnh",)
    two = note("x", addressees=("UBND tỉnh", "Sở Nội vụ"))
    assert addressee_lines(two) == ("Kính gửi:", "- UBND tỉnh;", "- Sở Nội vụ.")


def test_the_legal_basis_is_italic_and_marked() -> None:
    document = note("x", legal_basis=(runs("Căn cứ Luật A"), runs("Căn cứ Luật B;")))
    lines = legal_basis_lines(document)
    assert [plain(line) for line in lines] == ["Căn cứ Luật A;", "Căn cứ Luật B."]
    assert all(run.italic for line in lines for run in line)


@pytest.mark.parametrize("text", ["Hết", "Hết.", "Hết./.", "Hết. "])
def test_the_body_is_closed_once_in_a_run_of_its_own(text: str) -> None:
    (last,) = closed_body(note(text))
    assert isinstance(last, Paragraph)
    assert last.runs == (Run("Hết"), Run("./."))


def test_an_ellipsis_is_no_full_stop() -> None:
    (last,) = closed_body(note("Vân vân..."))
    assert plain(last.runs) == "Vân vân..../."  # type: ignore[union-attr]


def test_every_kind_of_last_block_is_closed() -> None:
    table = Table((Column("A"),), ((runs("1"),),))
    assert plain(closed_body(report(body=(table,)))[-1].runs) == "./."  # type: ignore[union-attr]
    assert plain(closed_body(report(body=(Item(runs("a")),)))[-1].runs) == "a./."  # type: ignore[union-attr]
    assert plain(closed_body(report(body=(Heading(1, "I.", runs("A")),)))[-1].runs) == "I. A./."  # type: ignore[union-attr]
    assert plain(closed_body(report(body=(Paragraph(()),)))[-1].runs) == "./."  # type: ignore[union-attr]
    assert closed_body(report(body=())) == ()


def test_text_is_cleaned_where_it_enters() -> None:
    assert Run("a\u0323\u0302\nb\tc\u00a0d\x00\ud800\ufffe\u200b").text == "ậ b c d"
    assert Issuer(None, ("TI\u0301N\n",)).lines == ("TÍN ",)


def test_one_annex_has_no_number_and_several_have_roman_ones() -> None:
    one, two = Annex("A", ()), Annex("B", ())
    assert [head for head, _ in annex_heads(report(annexes=(one,)))] == ["Phụ lục"]
    assert [head for head, _ in annex_heads(report(annexes=(one, two)))] == ["Phụ lục I", "Phụ lục II"]
    assert one.title == (Run("A"),)


def test_an_annex_says_what_it_belongs_to_with_blanks() -> None:
    issued = report(symbol=Symbol(5, "BC-UBND"), place_date=PlaceDate("Bạch Thông", 2024, 1, 5))
    assert annex_note(issued) == (
        "(Kèm theo Báo cáo số      /BC-UBND ngày     tháng     năm      của UBND huyện Bạch Thông)"
    )


def test_documents_are_values() -> None:
    assert report() == report()
    assert hash(report()) == hash(report())
    with pytest.raises(dataclasses.FrozenInstanceError):
        report().kind = "plan"  # type: ignore[misc]


def test_rows_must_fit_their_columns() -> None:
    with pytest.raises(ModelError, match="row 0 has 2 cells, the table has 1 columns"):
        Table((Column("A"),), ((runs("1"), runs("2")),))
    with pytest.raises(ModelError, match="needs a column"):
        Table((), ())


def test_there_are_29_kinds_of_which_27_have_an_abbreviation() -> None:
    short = [kind.abbreviation for kind in KINDS.values() if kind.abbreviation]
    assert (len(KINDS), len(short), len(set(short))) == (29, 27, 27)
    assert (KINDS["report"].type_name, KINDS["submission"].abbreviation) == ("BÁO CÁO", "TTr")


def test_symbols_begin_with_the_kind_unless_it_has_none() -> None:
    assert symbol_for("report", "UBND") == "BC-UBND"
    assert symbol_for("official letter", "UBND", "VX") == "UBND-VX"
    with pytest.raises(KeyError):
        symbol_for("novel", "UBND")
