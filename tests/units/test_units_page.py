"""The tree of units as of a day, and one unit, for whoever reaches it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from motcua.units.actions import add_unit, correct_unit
from motcua.units.models import UnitPeriod
from tests.text import rows_of, text_of
from tests.units.pages import opened

TODAY = dt.date(2024, 1, 5)


@pytest.fixture(autouse=True)
def _on_a_day(settings, client):
    settings.MOTCUA_TODAY = TODAY
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        yield


def add_communes(cast, count):
    for number in range(count):
        values = {"name": f"Tân Tiến {number}", "kind": "xã", "parent": cast.units["063"]}
        add_unit(actor=cast.administrator, code=f"9{number:04}", values=values)


class TestTree:
    def test_the_own_unit_stands_open_and_names_above_are_plain_text(self, client, cast):
        page = opened(client, cast, "district_officer", "units:units")
        text, html = text_of(page), page.content.decode()
        assert "tỉnh Bắc Kạn › huyện Bạch Thông 063 2 units below" in text
        assert "xã Nguyên Phúc 01999" in text
        assert reverse("units:unit", args=[cast.units["01999"].pk]) in html
        assert reverse("units:unit", args=[cast.units["06"].pk]) not in html

    def test_somebody_from_elsewhere_sees_only_their_own(self, client, cast):
        text = text_of(opened(client, cast, "stranger", "units:units"))
        assert "Thái Nguyên" in text
        assert "Quán Triều" in text
        assert not any(name in text for name in ("Bắc Kạn", "Bạch Thông", "Phủ Thông", "Nguyên Phúc"))

    def test_a_level_comes_as_a_fragment_and_as_a_page(self, client, cast):
        district = str(cast.units["063"].pk)
        page = opened(client, cast, "province_officer", "units:units", below=district)
        assert "<h1>huyện Bạch Thông</h1>" in page.content.decode()
        fragment = client.get(reverse("units:units"), {"below": district}, headers={"hx-request": "true"})
        assert fragment.content.decode().startswith('<ul class="tree">')
        assert "xã Nguyên Phúc" in fragment.content.decode()
        assert "HX-Request" in fragment["Vary"]

    def test_what_stands_below_a_unit_out_of_reach_is_not_found(self, client, cast):
        page = opened(client, cast, "stranger", "units:units", below=str(cast.units["063"].pk))
        assert page.status_code == 404
        assert opened(client, cast, "stranger", "units:units", below="nonsense").status_code == 404

    def test_the_tree_of_a_day_is_the_tree_of_that_day(self, client, cast):
        values = {"name": "Tân Tiến", "kind": "xã", "parent": cast.units["063"], "valid_from": dt.date(2025, 7, 1)}
        add_unit(actor=cast.administrator, code="02000", values=values)
        assert "Tân Tiến" not in text_of(opened(client, cast, "administrator", "units:units", level="commune"))
        then = opened(client, cast, "administrator", "units:units", level="commune", as_of="01/07/2025")
        assert "xã Tân Tiến" in rows_of(then)

    @pytest.mark.parametrize("words", ["nguyen phuc", "NGUYÊN PHÚC", "01999", "phuc xa"])
    def test_search_knows_no_diacritics_and_finds_codes(self, client, cast, words):
        assert list(rows_of(opened(client, cast, "district_officer", "units:units", q=words))) == ["xã Nguyên Phúc"]

    def test_search_does_not_reach_further_than_the_reader(self, client, cast):
        page = opened(client, cast, "stranger", "units:units", q="nguyen phuc")
        assert "No row fits" in text_of(page)

    def test_many_units_need_no_more_queries(self, client, cast, django_assert_max_num_queries):
        opened(client, cast, "district_officer", "units:units")
        add_communes(cast, 12)
        with django_assert_max_num_queries(16):
            assert text_of(client.get(reverse("units:units"))).count("Tân Tiến") == 12
        with django_assert_max_num_queries(16):
            assert len(rows_of(client.get(reverse("units:units"), {"q": "tan tien"}))) == 12

    def test_the_list_comes_as_a_spreadsheet(self, client, cast):
        page = opened(client, cast, "district_officer", "units:units", export="xlsx")
        assert page["Content-Disposition"] == 'attachment; filename="don-vi.xlsx"'


class TestUnit:
    def test_it_says_code_names_posts_and_history(self, client, cast):
        text = text_of(opened(client, cast, "district_officer", "units:unit", cast.units["01999"].pk))
        for said in ("01999", "xã Nguyên Phúc huyện Bạch Thông since ever", "Bàn Văn Nguyên", "test entered post"):
            assert said in text

    def test_out_of_reach_it_is_not_found(self, client, cast):
        assert opened(client, cast, "stranger", "units:unit", cast.units["01999"].pk).status_code == 404
        assert opened(client, cast, "clerk", "units:unit", cast.units["01999"].pk).status_code == 404

    @pytest.mark.parametrize(("who", "may"), [("administrator", True), ("district_officer", False), ("auditor", False)])
    def test_only_an_administrator_is_offered_changes(self, client, cast, who, may):
        text = text_of(opened(client, cast, who, "units:unit", cast.units["01999"].pk))
        assert ("Add a unit below" in text) is may
        assert ("Record what became of it" in text) is may

    def test_names_through_time_stand_with_their_correction_in_the_history(self, client, cast):
        unit = cast.units["01999"]
        period = UnitPeriod.objects.known().get(unit=unit)
        values = {"name": "Nguyên Phúc mới", "kind": "xã", "parent": cast.units["063"]}
        correct_unit(period, actor=cast.administrator, values=values, reason="Ghi sai tên")
        text = text_of(opened(client, cast, "district_officer", "units:unit", unit.pk))
        assert "xã Nguyên Phúc mới" in text
        assert "Reason : Ghi sai tên" in text.replace("Reason:", "Reason :")

    def test_a_day_on_which_it_did_not_live_is_said(self, client, cast):
        values = {"name": "Tân Tiến", "kind": "xã", "parent": cast.units["063"], "valid_from": dt.date(2025, 7, 1)}
        unit = add_unit(actor=cast.administrator, code="02000", values=values)
        assert "did not live on 05/01/2024" in text_of(opened(client, cast, "administrator", "units:unit", unit.pk))
