"""The programme page: money, figures, and each commune with the records behind."""

import io
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from motcua.accounts.models import Person
from motcua.common.actor import operator
from motcua.figures import rules
from motcua.figures.definitions import FIGURES
from motcua.operations.demonstration import CASE
from motcua.operations.load import load_folder
from motcua.units.actions import give_post
from motcua.units.enums import Role
from motcua.units.models import Unit
from tests.cast import Cast
from tests.district_people import Loaded, load
from tests.districts import NAMES, Commune, District
from tests.text import rows_of, text_of

DAY = "27/12/2023"
BUDGET = 40


def opened(client, loaded: Loaded, who: str = "officer", query: str = f"?as_of={DAY}"):
    return loaded.sign_in(client, who).get(loaded.page + query)


class TestThePage:
    def test_shows_the_money_and_what_is_left(self, client, four: Loaded):
        said = text_of(opened(client, four))
        for amount in ("112.400.000đ", "111.400.000đ", "1.000.000đ", "các mức khác nhau"):
            assert amount in said

    def test_shows_each_figure_as_value_of_population_and_how_many_are_unknown(self, client, four: Loaded):
        said = text_of(opened(client, four))
        assert "01 /04" in said
        assert "02 chưa rõ" in said

    def test_shows_what_is_unknown_as_unknown(self, client, four: Loaded):
        row = rows_of(opened(client, four))["xã Cẩm Thủy"]
        assert row == ["28.800.000đ", "? chưa rõ", "✓ có", "? chưa rõ", "? chưa rõ", "? chưa rõ"]

    def test_says_where_a_computer_stands_that_is_not_in_the_section(self, client, four: Loaded):
        row = rows_of(opened(client, four))["xã Bảo Lạc"]
        assert row[4].startswith("✕")
        assert "gần cầu thang" in row[4]

    def test_counts_a_settled_purchase_as_bought_though_its_earlier_steps_are_unknown(self, client, four: Loaded):
        assert rows_of(opened(client, four))["xã An Bình"][1] == "✓ có"

    def test_speaks_of_the_day_asked(self, client, four: Loaded):
        assert len(rows_of(opened(client, four))) == 4
        assert rows_of(opened(client, four, query="?as_of=01/01/2023")) == {}

    @pytest.mark.parametrize("moment", ["10:00 01/01/0001", "10:00 01/01/9999", "x"])
    def test_says_that_a_moment_cannot_be_and_shows_today(self, client, four: Loaded, moment):
        said = text_of(opened(client, four, query=f"?known_at={moment}"))
        assert f"“{moment}” không phải" in said

    def test_keeps_the_day_and_the_unit_in_every_link_to_a_figure(self, client, four: Loaded):
        page = opened(client, four).content.decode()
        assert "/units_placed/?unit=880&amp;as_of=27%2F12%2F2023" in page


class TestTheTable:
    def test_is_searched_without_diacritics(self, client, four: Loaded):
        assert list(rows_of(opened(client, four, query=f"?as_of={DAY}&q=bao lac"))) == ["xã Bảo Lạc"]

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("use=shared", ["xã Bảo Lạc"]),
            ("use=unknown", ["xã Cẩm Thủy", "xã Đại Từ"]),
            ("placed=no", ["xã Bảo Lạc"]),
            ("settled=unknown", ["xã Cẩm Thủy"]),
            ("sort=-name", ["xã Đại Từ", "xã Cẩm Thủy", "xã Bảo Lạc", "xã An Bình"]),
            ("sort=allocated_vnd", ["xã Bảo Lạc", "xã An Bình", "xã Cẩm Thủy", "xã Đại Từ"]),
        ],
    )
    def test_is_filtered_and_sorted_from_the_address(self, client, four: Loaded, query, names):
        assert list(rows_of(opened(client, four, query=f"?as_of={DAY}&{query}"))) == names

    def test_goes_into_a_spreadsheet_whole(self, client, four: Loaded):
        answer = opened(client, four, query=f"?as_of={DAY}&export=xlsx")
        sheet = load_workbook(io.BytesIO(answer.content)).active
        rows = list(sheet.iter_rows(min_row=2, values_only=True))
        assert rows[1][:2] == ("xã Bảo Lạc", 25_000_000)
        assert rows[2][2:] == ("chưa rõ", "có", "chưa rõ", "chưa rõ", "chưa rõ")


class TestReach:
    def test_a_clerk_sees_the_own_commune_alone(self, client, four: Loaded):
        assert list(rows_of(opened(client, four, "first_clerk"))) == ["xã An Bình"]

    def test_a_unit_out_of_reach_is_not_found(self, client, four: Loaded):
        four.sign_in(client, "first_clerk")
        assert [client.get(f"{four.page}?unit={code}").status_code for code in ("88000", "88001", "880", "x")] == [
            200, 404, 404, 404,
        ]  # fmt: skip

    @pytest.mark.parametrize("rest", ["", "units_placed/", "amount_each/", "?unit=880", "?export=xlsx"])
    def test_a_stranger_finds_nothing(self, client, four: Loaded, cast: Cast, rest):
        cast.sign_in(client, "stranger")
        assert client.get(four.page + rest).status_code == 404

    def test_somebody_not_signed_in_is_sent_to_sign_in(self, client, four: Loaded):
        assert "/accounts/sign-in" in client.get(four.page)["Location"]

    def test_the_report_is_offered_to_those_who_draft_it(self, client, four: Loaded):
        assert "Soạn báo cáo" in text_of(opened(client, four, "officer"))
        assert "Soạn báo cáo" not in text_of(opened(client, four, "leader"))


def test_classes_that_do_not_part_are_reported_as_an_error(client, four: Loaded, monkeypatch, caplog):
    wrong = replace(FIGURES["units_shared"], verdict=rules.is_dedicated)
    monkeypatch.setitem(FIGURES, "units_shared", wrong)
    said = text_of(opened(client, four))
    assert "mâu thuẫn" in said
    assert "xã An Bình" in said
    assert "four-communes" in caplog.text


def test_units_that_have_ended_are_shown_as_of_their_last_day(client, db):
    load_folder(CASE, actor=operator("test"))
    person = Person.objects.create_user("successor", "một mật khẩu đủ dài", full_name="Người kế tiếp")
    thai_nguyen = Unit.objects.get(periods__name="Thái Nguyên")
    give_post(actor=operator("test"), person=person, values={"unit": thai_nguyen, "role": Role.PROGRAMME_OFFICER})
    client.force_login(person)
    page = client.get("/figures/bach-thong-2023/")
    assert "30/06/2025" in text_of(page)
    assert len(rows_of(client.get("/figures/bach-thong-2023/?as_of=2025-06-30&unit=063"))) == 14


@pytest.mark.parametrize("rest", ["", "units_placed/", "units_allocated/", "amount_each/"])
def test_the_number_of_queries_does_not_grow_with_the_communes(client, db, tmp_path, rest):
    many = load(District([Commune(name) for name in NAMES]), tmp_path / "many-communes")
    many.sign_in(client, "officer")

    def asked(unit: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{many.page}{rest}?unit={unit}&as_of={DAY}").status_code == 200
        return len(queries)

    assert asked("880") == asked("88000") <= BUDGET
