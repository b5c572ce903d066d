"""Lists: searched, filtered, sorted and paged from the URL."""

import datetime as dt
import io
from dataclasses import dataclass

import openpyxl
import pytest
from django.http import QueryDict

from motcua.common.listing import STATES, Column, Filter, Listing, spreadsheet
from motcua.units.models import Unit, UnitPeriod
from tests.cast import Cast


@dataclass(frozen=True)
class Commune:
    name: str
    amount: int | None
    meets: bool | None
    on: dt.date | None = None


ROWS = [
    Commune("xã Vi Hương", 3, True),
    Commune("xã Đôn Phong", None, None),
    Commune("xã Dương Phong", 1, False),
    Commune("xã Cẩm Giàng", 2, True, dt.date(2023, 12, 27)),
    Commune("xã Ân Tình", 5, None),
    Commune("=HYPERLINK(1)", 4, None),
]
COLUMNS = (
    Column("name", "Xã", sort="name"),
    Column("amount", "Số tiền", sort=lambda row: row.amount, css="number"),
    Column("meets", "Đạt", sort="meets"),
    Column("on", "Ngày"),
)
MEETS = Filter("meets", "Đạt", STATES, by="meets")


def listing(query: str = "", **more) -> Listing:
    return Listing(QueryDict(query), ROWS, COLUMNS, search=("name",), filters=(MEETS,), order="name", **more)


def names(shown: Listing) -> list[str]:
    return [row.name.removeprefix("xã ") for row in shown.rows]


def test_names_stand_in_the_order_of_the_vietnamese_alphabet():
    assert names(listing())[1:] == ["Ân Tình", "Cẩm Giàng", "Dương Phong", "Đôn Phong", "Vi Hương"]


def test_unknown_stands_last_in_both_directions():
    assert names(listing("sort=amount"))[::5] == ["Dương Phong", "Đôn Phong"]
    assert names(listing("sort=-amount"))[::5] == ["Ân Tình", "Đôn Phong"]


@pytest.mark.parametrize("query", ["don phong", "ĐÔN", "đôn  xã", "do\u0302n"])
def test_search_needs_no_diacritics(query):
    params = QueryDict(mutable=True)
    params["q"] = query
    assert names(listing(params.urlencode())) == ["Đôn Phong"]


@pytest.mark.parametrize(("chosen", "count"), [("yes", 2), ("no", 1), ("unknown", 3), ("", 6), ("maybe", 6)])
def test_a_filter_tells_no_from_unknown(chosen, count):
    shown = listing(f"meets={chosen}")
    assert (shown.count, shown.total) == (count, 6)
    assert shown.is_narrowed == (count < 6)


@pytest.mark.parametrize("query", ["sort=password", "sort=on", "sort=-", "page=99", "page=x", "page=-1"])
def test_what_the_url_says_wrongly_is_passed_over(query):
    assert len(names(listing(query))) == 6


def test_links_keep_what_else_stands_in_the_url():
    shown = listing("q=xa&as_of=2023-12-31&page=2&sort=name", page_size=2)
    head = shown.heads[0]
    assert (head.direction, head.url) == ("ascending", "?q=xa&as_of=2023-12-31&sort=-name")
    assert shown.heads[3].url == ""
    assert shown.kept == [("as_of", "2023-12-31"), ("sort", "name")]
    assert shown.bare_url == "?as_of=2023-12-31&sort=name"
    assert [step["name"] for step in shown.pages if step["current"]] == ["2"]
    assert shown.export_url == "?q=xa&as_of=2023-12-31&sort=name&export=xlsx"


def test_a_queryset_is_asked_of_the_database(cast: Cast, django_assert_num_queries):
    columns = (Column("unit.code", "Mã", sort="unit__code"), Column("name", "Tên", sort="name"))
    rows = UnitPeriod.objects.select_related("unit")
    kind = Filter("kind", "Loại", [("xã", "xã"), ("phường", "phường")], by="kind")
    above = Filter("above", "Cấp trên", STATES, by="parent")
    with django_assert_num_queries(2):
        shown = Listing(
            QueryDict("sort=-unit.code&q=n&kind=xã"),
            rows,
            columns,
            search=("name", "unit__code"),
            filters=(kind, above),
        )
        assert [row.name for row in shown.rows] == ["Nguyên Phúc"]
    roots = Listing(QueryDict("sort=-unit.code&above=unknown"), rows, columns, filters=(above,))
    assert [row.unit.code for row in roots.rows] == ["19", "06"]
    assert Listing(QueryDict(""), Unit.objects.order_by(), ()).rows


def test_the_spreadsheet_holds_every_row_that_fits_and_no_formula():
    shown = listing("export=xlsx", page_size=2)
    assert shown.is_export
    answer = spreadsheet(shown, "bach-thong")
    assert "bach-thong.xlsx" in answer["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("Xã", "Số tiền", "Đạt", "Ngày")
    assert len(rows) == 7
    assert sheet["A2"].data_type == "s"
    assert rows[3][3] == dt.datetime(2023, 12, 27)
    assert rows[5][1] == rows[5][2]
