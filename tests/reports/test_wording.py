"""Names, reasons and quantifiers as an official text has them."""

import pytest

from motcua.figures.quantifiers import quantifier
from motcua.reports.wording import exceptions, lower_first, names_with_reasons, ratio_of


def test_counts_below_ten_have_two_digits() -> None:
    assert [ratio_of(0, 14), ratio_of(3, 7), ratio_of(14, 14)] == ["00/14", "03/07", "14/14"]


@pytest.mark.parametrize(
    ("count", "population", "names", "said"),
    [
        (0, 14, [], ""),
        (14, 14, [], "Toàn bộ 14 đơn vị"),
        (10, 14, [], "Phần lớn các đơn vị (10 đơn vị)"),
        (7, 14, [], "Một số đơn vị (07 đơn vị)"),
        (1, 14, ["xã Nguyên Phúc"], "01 đơn vị (xã Nguyên Phúc)"),
        (1, 1, ["xã Nguyên Phúc"], "Toàn bộ 01 đơn vị"),
    ],
)
def test_the_quantifier_follows_the_count(count: int, population: int, names: list[str], said: str) -> None:
    assert quantifier(count, population, names) == said


def test_a_shared_reason_is_said_once() -> None:
    members = [("xã A", "dùng chung"), ("xã B", "gần cầu thang"), ("xã C", "dùng chung"), ("xã D", "")]
    assert names_with_reasons(members) == "xã A, xã C (đều dùng chung); xã B (gần cầu thang); xã D"


def test_nobody_out_and_nobody_unknown_leaves_nothing_to_say() -> None:
    assert exceptions("units_placed", [], []) == ""


def test_out_and_unknown_are_both_named() -> None:
    said = exceptions("units_settled", [("xã A", "")], ["xã B", "xã C"])
    assert said == (
        "; 01 đơn vị chưa hoàn thành thanh quyết toán: xã A; 02 đơn vị chưa rõ kết quả thanh quyết toán: xã B, xã C"
    )


def test_a_subject_inside_a_sentence_begins_small_but_an_abbreviation_does_not() -> None:
    assert lower_first("Báo cáo kết quả") == "báo cáo kết quả"
    assert lower_first("UBND xã") == "UBND xã"
