"""What a name in a file means."""

import pytest

from motcua.units import rules
from motcua.units.rules import Named, NameUnclear

HOME = "00010002"
UNITS = [
    Named("district", "063", "Bạch Thông", "huyện", HOME),
    Named("phu_thong", "01969", "Phủ Thông", "thị trấn", HOME + "0003"),
    Named("commune", "02014", "Bạch Thông", "xã", HOME + "0004"),
    Named("here", "01990", "Tân Tiến", "xã", HOME + "0005"),
    Named("elsewhere", "05000", "Tân Tiến", "xã", "000600070008"),
    Named("far_1", "06001", "Hoà Bình", "xã", "00060009"),
    Named("far_2", "06002", "Hoà Bình", "phường", "0006000A"),
]


def find(text):
    return rules.find_by_name(text, UNITS, HOME)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Phủ Thông", "phu_thong"),
        ("thị trấn Phủ Thông", "phu_thong"),
        ("UBND thị trấn Phủ Thông", "phu_thong"),
        ("UBND huyện Bạch Thông", "district"),
        ("phủ thông", "phu_thong"),
        ("01969", "phu_thong"),
        ("phường Hoà Bình", "far_2"),
    ],
)
def test_a_name_a_kind_and_name_a_committee_and_a_code_are_understood(text, unit):
    assert find(text) == unit


def test_a_bare_name_means_first_a_unit_below_the_home_unit():
    assert find("Tân Tiến") == "here"
    assert find("Bạch Thông") == "commune"


def test_the_kind_leads_to_the_home_unit_itself():
    assert find("huyện Bạch Thông") == "district"


def test_a_name_that_fits_several_is_unclear_and_says_which():
    with pytest.raises(NameUnclear) as unclear:
        find("Hoà Bình")
    assert unclear.value.fits == ("xã Hoà Bình", "phường Hoà Bình")


def test_a_name_that_fits_nothing_is_unclear():
    with pytest.raises(NameUnclear) as unclear:
        find("Không Có")
    assert unclear.value.fits == ()


def test_a_wrong_kind_fits_nothing():
    with pytest.raises(NameUnclear):
        find("phường Phủ Thông")


@pytest.mark.parametrize(
    ("kind", "name", "full"),
    [("xã", "Nguyên Phúc", "xã Nguyên Phúc"), ("phường", "1", "Phường 1"), ("quận", "10", "Quận 10")],
)
def test_the_full_style_of_a_unit(kind, name, full):
    assert rules.full_name(kind, name) == full
    assert rules.committee(kind, name) == f"UBND {full}"
