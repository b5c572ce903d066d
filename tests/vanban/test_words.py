"""Numbers, money, dates, letters; searching and sorting."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.words import (
    LARGEST,
    date_long,
    date_slash,
    fold,
    format_vnd,
    group_digits,
    item_letter,
    join_names,
    money_in_words,
    number_in_words,
    ratio,
    roman,
    sort_key,
    two_digits,
)

_UNITS = {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_VALUES = {word: value for value, word in enumerate(_DIGITS)} | {"mốt": 1, "tư": 4, "lăm": 5}


def _parsed(words: str) -> int:
    """The number that `words` say, read on its own: each unit multiplies what stands open before it."""
    billions = thousands = group = digit = 0
    for word in words.split():
        if word in _VALUES:
            digit = _VALUES[word]
        elif word == "trăm":
            group, digit = digit * 100, 0
        elif word == "mươi":
            group, digit = group + digit * 10, 0
        elif word == "mười":
            group, digit = group + 10, 0
        elif word == "tỷ":
            billions, thousands, group, digit = (billions + thousands + group + digit) * 10**9, 0, 0, 0
        elif word in _UNITS:
            thousands, group, digit = thousands + (group + digit) * _UNITS[word], 0, 0
        else:
            assert word == "linh", word
    return billions + thousands + group + digit


@given(st.integers(0, LARGEST) | st.integers(0, 10**4) | st.integers(0, 10**6).map(lambda number: number * 1000))
def test_words_say_their_number(number: int) -> None:
    words = number_in_words(number)
    assert _parsed(words) == number
    assert words == " ".join(words.split()).lower()
    assert "," not in words


def test_every_number_below_ten_thousand_reads_back() -> None:
    assert [_parsed(number_in_words(number)) for number in range(10_000)] == list(range(10_000))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (101, "một trăm linh một"),
        (110, "một trăm mười"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (2024, "hai nghìn không trăm hai mươi tư"),
        (28_800_000, "hai mươi tám triệu tám trăm nghìn"),
        (403_200_000, "bốn trăm linh ba triệu hai trăm nghìn"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_001_000_000, "một tỷ không trăm linh một triệu"),
        (10**15, "một triệu tỷ"),
    ],
)
def test_numbers_are_said_as_accounts_write_them(number: int, words: str) -> None:
    assert number_in_words(number) == words


def test_money_ends_with_its_unit() -> None:
    assert money_in_words(403_200_000) == "bốn trăm linh ba triệu hai trăm nghìn đồng"
    assert money_in_words(0) == "không đồng"


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_numbers_out_of_range_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="between 0 and"):
        number_in_words(number)


def test_figures_are_grouped_and_padded_as_in_reports() -> None:
    assert (group_digits(403_200_000), format_vnd(403_200_000)) == ("403.200.000", "403.200.000đ")
    assert (format_vnd(0), group_digits(-1500), group_digits(999)) == ("0đ", "-1.500", "999")
    assert [two_digits(count) for count in (0, 4, 10, 14, 1200)] == ["00", "04", "10", "14", "1.200"]
    assert (ratio(4, 14), ratio(14, 14), ratio(0, 3)) == ("04/14", "14/14", "00/03")


def test_dates_put_a_zero_before_days_below_ten_and_months_one_and_two() -> None:
    days = [dt.date(2023, 12, 27), dt.date(2023, 5, 8), dt.date(2024, 1, 5), dt.date(2024, 2, 29)]
    assert [date_slash(day) for day in days] == ["27/12/2023", "08/5/2023", "05/01/2024", "29/02/2024"]
    assert date_long(days[1]) == "ngày 08 tháng 5 năm 2023"
    assert date_long(days[2]) == "ngày 05 tháng 01 năm 2024"


@pytest.mark.parametrize(
    ("number", "written"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (1999, "MCMXCIX")]
)
def test_roman_numerals(number: int, written: str) -> None:
    assert roman(number) == written


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_numbers_without_a_roman_numeral_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="Roman"):
        roman(number)


def test_points_follow_the_vietnamese_alphabet() -> None:
    letters = "".join(item_letter(number) for number in range(1, 24))
    assert letters == "abcdđeghiklmnopqrstuvxy"
    with pytest.raises(ValueError, match="no point"):
        item_letter(24)


def test_names_run_on_with_commas() -> None:
    assert join_names(("xã Cao Sơn", "xã Hà Vị", "xã Tân Tú")) == "xã Cao Sơn, xã Hà Vị, xã Tân Tú"
    assert join_names(()) == ""


@pytest.mark.parametrize("text", ["Hoà Bình", "Hòa Bình", "HÒA  BÌNH ", "Hoa\u0300 Bi\u0300nh", "hoa binh"])
def test_search_finds_any_spelling(text: str) -> None:
    assert fold(text) == "hoa binh"


def test_search_takes_d_for_stroked_d() -> None:
    assert fold("Đôn Phong, máy tính") == "don phong, may tinh"


def test_names_sort_by_the_vietnamese_alphabet() -> None:
    ordered = ["an", "ăn", "ân", "Cao Sơn", "Dương", "Đôn", "ê", "Mỹ", "Ngà", "o", "ô", "ơ", "Sỹ", "u", "ư", "Vi", "Vũ"]
    assert sorted(reversed(ordered), key=sort_key) == ordered


def test_tones_decide_only_between_words_alike_in_letters() -> None:
    ordered = ["ma", "mà", "mả", "mã", "má", "mạ", "mai", "màn"]
    assert sorted(reversed(ordered), key=sort_key) == ordered


def test_both_unicode_forms_sort_alike() -> None:
    assert sort_key("Hà Nội")[:2] == sort_key("Ha\u0300 No\u0323\u0302i")[:2]


def test_shorter_names_and_spaces_come_first() -> None:
    ordered = ["Tân", "Tân Tú", "Tânt"]
    assert sorted(reversed(ordered), key=sort_key) == ordered
