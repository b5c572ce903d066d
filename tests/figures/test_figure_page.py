"""A figure opens into its members and the records behind each; an amount into the allocations that it sums."""

import io

import pytest
from openpyxl import load_workbook

from motcua.fieldwork.models import Check
from motcua.figures.definitions import FIGURES
from motcua.units.queries import by_code
from tests.district_people import Loaded, load
from tests.districts import DAY as DAY_OF_VISIT
from tests.districts import Commune, District
from tests.text import rows_of, text_of

DAY = "27/12/2023"


def opened(client, loaded: Loaded, name: str, who: str = "officer", more: str = ""):
    return loaded.sign_in(client, who).get(f"{loaded.page}{name}/?as_of={DAY}{more}")


class TestMembers:
    def test_stand_with_those_out_first_then_the_unknown_ones(self, client, four: Loaded):
        rows = rows_of(opened(client, four, "units_placed"))
        assert list(rows) == ["xã Bảo Lạc", "xã Cẩm Thủy", "xã Đại Từ", "xã An Bình"]

    def test_open_into_the_check_that_decided(self, client, four: Loaded):
        page = opened(client, four, "units_placed")
        (check,) = Check.objects.filter(unit__code="88001")
        reason = rows_of(page)["xã Bảo Lạc"][1]
        assert "ngoài Bộ phận Một cửa – gần cầu thang" in reason
        assert DAY in reason
        assert "test ghi lúc" in reason
        assert f"/fieldwork/checks/{check.origin_id}/" in page.content.decode()

    def test_without_an_answer_or_a_device_say_so(self, client, four: Loaded):
        rows = rows_of(opened(client, four, "units_placed"))
        assert rows["xã Cẩm Thủy"][1].endswith("chưa rõ")
        assert "máy tính nào của đơn vị này" in rows["xã Đại Từ"][1]

    def test_meeting_requirements_name_every_device(self, client, four: Loaded):
        reason = rows_of(opened(client, four, "units_meeting_requirements"))["xã An Bình"][1]
        assert "máy tính 1" in reason
        assert "máy scan 1" in reason

    def test_that_received_money_name_each_allocation(self, client, four: Loaded):
        reason = rows_of(opened(client, four, "units_allocated"))["xã Bảo Lạc"][1]
        assert "20.000.000đ" in reason
        assert "5.000.000đ" in reason
        assert "UBND huyện Suối Mơ" in reason

    def test_are_narrowed_to_a_side(self, client, four: Loaded):
        assert list(rows_of(opened(client, four, "units_settled", more="&side=unknown"))) == ["xã Cẩm Thủy"]

    def test_go_into_a_spreadsheet_with_their_reasons(self, client, four: Loaded):
        answer = opened(client, four, "units_placed", more="&export=xlsx")
        first = next(load_workbook(io.BytesIO(answer.content)).active.iter_rows(min_row=2, values_only=True))
        assert first[:2] == ("xã Bảo Lạc", "không")
        assert "gần cầu thang" in first[2]


class TestAmounts:
    def test_list_the_allocations_that_they_sum(self, client, four: Loaded):
        page = opened(client, four, "amount_given_on")
        rows = [row[0] for row in rows_of(page).values()]
        assert "28.800.000đ" in rows
        assert "Tổng cộng: 111.400.000đ" in text_of(page)

    def test_that_differ_say_so_and_list_all(self, client, four: Loaded):
        assert "các mức khác nhau" in text_of(opened(client, four, "amount_each"))

    def test_without_a_date_say_so(self, client, db, tmp_path):
        undated = load(District((Commune("An Bình"),), decided=None), tmp_path / "undated")
        assert "không rõ ngày" in text_of(opened(client, undated, "amount_allocated"))

    def test_without_any_allocation_say_so(self, client, four: Loaded):
        four.sign_in(client, "officer")
        assert "Chưa" in text_of(client.get(f"{four.page}amount_allocated/?as_of=01/01/2020"))


def test_every_figure_has_a_page(client, four: Loaded):
    for name in FIGURES:
        assert str(FIGURES[name].label) in text_of(opened(client, four, name))


def test_every_figure_stands_in_the_dictionary(client, four: Loaded):
    said = text_of(four.sign_in(client, "officer").get("/figures/"))
    assert all(name in said for name in FIGURES)


@pytest.mark.parametrize("name", ["units_none", "amount", "units_placed-x"])
def test_a_figure_that_does_not_exist_is_not_found(client, four: Loaded, name):
    assert opened(client, four, name).status_code == 404


def test_a_clerk_opens_the_figure_of_the_own_commune_alone(client, four: Loaded):
    assert list(rows_of(opened(client, four, "units_placed", "first_clerk"))) == ["xã An Bình"]
    assert opened(client, four, "units_placed", "first_clerk", "&unit=88001").status_code == 404


def test_what_was_recorded_later_is_left_out_as_known_before(client, four: Loaded):
    assert by_code("880", DAY_OF_VISIT) is not None
    page = opened(client, four, "units_placed", more="&known_at=2001-01-01")
    assert page.status_code == 200
    assert rows_of(page) == {}
