"""Values as pages show them."""

import datetime as dt

import pytest
from django.template import engines
from django.utils.translation import override

from motcua.common.history import line
from motcua.common.models import AuditEntry

DAY = dt.date(2023, 12, 7)
MOMENT = dt.datetime(2023, 12, 27, 20, 30, tzinfo=dt.UTC)


def rendered(text: str, **names: object) -> str:
    with override("en"):
        return engines["django"].from_string(text).render(names)


@pytest.mark.parametrize(
    ("text", "value", "wanted"),
    [
        ("{{ x|vnd }}", 403_200_000, "403.200.000đ"),
        ("{{ x|vnd }}", 0, "0đ"),
        ("{{ x|grouped }}", 1234, "1.234"),
        ("{{ x|two_digits }}", 4, "04"),
        ("{{ x|day }}", DAY, "07/12/2023"),
        ("{{ x|day }}", MOMENT, "28/12/2023"),
        ("{{ x|moment }}", MOMENT, "03:30 28/12/2023"),
        ("{{ x|unknown }}", 0, "0"),
        ("{{ x|unknown }}", "<b>", "&lt;b&gt;"),
    ],
)
def test_a_value_is_shown_as_officials_write_it(text, value, wanted):
    assert rendered(text, x=value) == wanted


@pytest.mark.parametrize("name", ["vnd", "grouped", "two_digits", "day", "moment", "unknown"])
def test_what_nobody_knows_is_unknown_and_not_blank(name):
    assert rendered("{{ x|" + name + " }}", x=None) == '<span class="unknown">unknown</span>'


@pytest.mark.parametrize(("value", "word", "mark"), [(True, "yes", "✓"), (False, "no", "✕"), (None, "unknown", "?")])
def test_a_state_is_word_and_mark(value, word, mark):
    text = rendered("{% state x %}", x=value)
    assert word in text
    assert mark in text


def test_a_state_may_have_its_own_word():
    assert "works" in rendered('{% state x yes="works" no="broken" %}', x=True)


def test_facts_show_the_unknown_and_escape_what_people_wrote():
    text = rendered("{% facts pairs %}", pairs=[("A", "<b>"), ("B", ""), ("C", True), ("D", DAY), ("E", 28_800_000)])
    assert "&lt;b&gt;" in text
    assert '<dt>B</dt><dd><span class="unknown">unknown</span></dd>' in text
    assert "<dd>07/12/2023</dd>" in text
    assert "<dd>28.800.000</dd>" in text


def test_an_entry_of_the_log_is_told_in_words():
    entry = AuditEntry(
        at=MOMENT,
        actor={"name": "Hà", "post": "Lãnh đạo", "unit": "huyện Bạch Thông"},
        verb="correct",
        object_type="unitperiod",
        object_name="xã Nguyên Phúc",
        before={"name": "Nguyen", "kind": "xã", "valid_from": None, "unit": "3f0c"},
        after={"name": "Nguyên", "kind": "xã", "valid_from": "2023-12-07", "unit": "4f0c"},
        reason="Gõ nhầm",
    )
    with override("en"):
        said = line(entry)
    assert (said.who, said.verb, said.reason) == ("Hà", "corrected", "Gõ nhầm")
    assert [(change.label, change.before, change.after) for change in said.changes] == [
        ("name", "Nguyen", "Nguyên"),
        ("from", None, "07/12/2023"),
    ]
    text = rendered("{% history_list entries %}", entries=[entry])
    assert "<del>Nguyen</del> → <ins>Nguyên</ins>" in " ".join(text.split()).replace(
        "</del> →  <ins>", "</del> → <ins>"
    )


def test_what_is_no_field_of_the_thing_has_its_word_too_and_no_value_is_shown_as_python():
    signature = {"on_behalf_of": "ỦY BAN NHÂN DÂN", "for": "", "title": "CHỦ TỊCH"}
    entry = AuditEntry(
        at=MOMENT, actor={}, object_type="report", before={"edition": 1}, after={"edition": 2, "signature": signature}
    )
    with override("vi"):
        said = [(change.label, change.before, change.after) for change in line(entry).changes]
    assert said == [("bản lưu thứ", "1", "2"), ("signature", None, "ỦY BAN NHÂN DÂN, CHỦ TỊCH")]
