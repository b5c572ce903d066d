"""Cells of tables that people made."""

import datetime as dt

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from motcua.common.tables import Row, Table, read_day, read_table


@pytest.fixture(autouse=True)
def _on_a_day(settings):
    settings.MOTCUA_TODAY = dt.date(2024, 1, 5)
    with translation.override("en"):
        yield


def cell(text):
    return Row(Table("x.csv"), 2, {"c": text})


@pytest.mark.parametrize(("text", "amount"), [("28800000", 28_800_000), ("28.800.000", 28_800_000), ("1", 1)])
def test_an_amount_is_whole_dong(text, amount):
    assert cell(text).amount("c") == amount


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("0", "above zero"),
        ("-1", "not a whole amount"),
        ("28.8", "not a whole amount"),
        ("28,800,000", "not a whole amount"),
        ("1.0000", "not a whole amount"),
        ("1e9", "not a whole amount"),
        ("٣", "not a whole amount"),
        ("9" * 16, "million billion"),
    ],
)
def test_what_is_no_amount_is_said(text, said):
    row = cell(text)
    assert row.amount("c") is None
    (problem,) = row.table.problems
    assert said in problem.message
    assert (problem.row, problem.column) == (2, "c")


@given(st.dates(dt.date(1945, 9, 2), dt.date(2024, 1, 5)))
def test_a_day_is_read_in_both_ways_of_writing(day):
    assert read_day(day.isoformat()) == day
    assert read_day(f"{day:%d/%m/%Y}") == day


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("27-12-2023", "is not a date"),
        ("31/02/2023", "is not a date"),
        ("2203-12-27", "in the future (today is 05/01/2024)"),
        ("0203-12-27", "cannot be right"),
    ],
)
def test_what_is_no_day_of_a_fact_is_said(text, said):
    row = cell(text)
    assert row.day("c") is None
    assert said in row.table.problems[0].message


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("no", False), ("", None)])
def test_an_empty_answer_is_unknown_not_no(text, value):
    row = cell(text)
    assert row.yes_no("c") is value
    assert row.table.problems == []


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["C", "Z"])), min_size=2, max_size=2), max_size=4))
def test_whatever_stands_in_a_table_is_read_or_refused_with_a_reason(rows):
    text = "a,b\n" + "".join(f'"{a}","{b}"\n' for a, b in ((x.replace('"', ""), y.replace('"', "")) for x, y in rows))
    table = read_table(text.encode(), "x.csv", required=("a", "b"))
    assert len(table.rows) <= len(rows)
    assert table.problems == []
