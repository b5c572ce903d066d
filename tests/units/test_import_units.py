"""units.csv: what comes in, and every fault named by row and column."""

import datetime as dt

import pytest
from django.utils import translation

from motcua.common.errors import Unreadable
from motcua.common.models import AuditEntry
from motcua.common.records import Intake
from motcua.units import queries
from motcua.units.imports import read_units, take_units
from motcua.units.models import Unit, UnitPeriod

pytestmark = pytest.mark.django_db

HEAD = "code,name,kind,parent_code,valid_from,valid_to\n"
GOOD = (
    HEAD + "06,Bắc Kạn,tỉnh,,,2025-06-30\n063,Bạch Thông,huyện,06,,2025-06-30\n01999,Nguyên Phúc,xã,063,,2025-06-30\n"
)
DAY = dt.date(2023, 12, 27)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def read(text):
    return read_units(text.encode())


def faults(text):
    table, _rows = read(text)
    return [(problem.row, problem.column, problem.message) for problem in table.problems]


def take(operator, text):
    table, rows = read(text)
    assert table.problems == []
    intake = Intake()
    take_units(rows, actor=operator, source="folder", intake=intake)
    return intake


class TestFaults:
    @pytest.mark.parametrize(
        ("row", "column", "said"),
        [
            (",Nguyên Phúc,xã,063,,", "code", "empty"),
            ("1,,xã,063,,", "name", "empty"),
            ("1,Nguyên Phúc,,063,,", "kind", "empty"),
            ("1,Nguyên Phúc,làng,063,,", "kind", "“làng” is not one of: tỉnh, "),
            ("1,Nguyên Phúc,xã,999,,", "parent_code", "no unit with the code 999"),
            ("1,Nguyên Phúc,xã,063,31/13/2023,", "valid_from", "is not a date"),
            ("1,Nguyên Phúc,xã,063,,1803-01-01", "valid_to", "cannot be right"),
            ("1,Nguyên Phúc,xã,063,01/01/2203,", "valid_from", "cannot be right"),
            ("1,Nguyên Phúc,xã,063,2024-01-01,2023-12-31", "valid_to", "before the first"),
            ("063,Bạch Thông,huyện,,,", "code", "already stands in row 2"),
            (f"1,{'x' * 121},xã,063,,", "name", "longer than 120"),
            (f"{'1' * 21},Nguyên Phúc,xã,063,,", "code", "longer than 20"),
            ("1,Nguyên Phúc,xã,1,,", "parent_code", "above itself"),
            ("1,Nguyên Phúc,xã,063,,,,x", None, "more cells than the header"),
        ],
    )
    def test_a_fault_is_named_by_its_row_and_column(self, row, column, said):
        ((number, where, message),) = faults(HEAD + "063,Bạch Thông,huyện,,,\n" + row + "\n")
        assert (number, where) == (3, column)
        assert said in message

    def test_every_fault_is_found_at_once(self):
        found = faults(HEAD + "1,,xã,,,\n2,Tân Tiến,làng,,,\n3,Cẩm Giàng,xã,99,,\n")
        assert [(row, column) for row, column, _message in found] == [(2, "name"), (3, "kind"), (4, "parent_code")]

    def test_units_above_each_other_in_a_circle_are_each_named(self):
        found = faults(HEAD + "1,A,huyện,2,,\n2,B,huyện,3,,\n3,C,huyện,1,,\n4,D,xã,1,,\n")
        assert [(row, column) for row, column, _message in found] == [
            (2, "parent_code"),
            (3, "parent_code"),
            (4, "parent_code"),
        ]

    def test_a_row_is_counted_as_the_spreadsheet_shows_it(self):
        assert faults(HEAD + "\n\n1,A,làng,,,\n")[0][:2] == (4, "kind")

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "the file is empty"),
            (b"code,name\n", "missing: kind, parent_code"),
            ("code,name,kind,parent_code\n1,Bạch,xã,".encode("utf-16"), "not UTF-8"),
            ("code,name,kind,parent_code\n1,Phủ".encode("cp1258", "ignore") + b"\xe1,x,", "not UTF-8"),
            (b'code,name,kind,parent_code\n1,"A,x,\n', "quotation mark"),
            (b"code,name,kind,parent_code\n1,A\x00,x,\n", "not a text file"),
        ],
    )
    def test_what_is_no_table_at_all_is_refused_with_its_reason(self, content, said):
        with pytest.raises(Unreadable, match=said):
            read_units(content)

    def test_columns_that_are_not_known_or_stand_twice_are_named(self):
        found = faults("code,name,kind,parent_code,name,colour\n1,A,xã,,A,\n")
        assert [(row, column) for row, column, _message in found] == [(1, "name"), (1, "colour")]

    def test_a_fault_is_said_with_file_row_and_column(self):
        table, _rows = read(HEAD + "1,A,làng,,,\n")
        assert str(table.problems[0]).startswith("units.csv, row 2, column kind: “làng”")


class TestTaking:
    def test_units_stand_below_each_other_as_the_file_says(self, operator):
        assert take(operator, GOOD).created == {"unit": 3, "unitperiod": 3}
        commune = queries.by_code("01999", DAY)
        assert commune.full_name == "xã Nguyên Phúc"
        assert [unit.full_name for unit in queries.ancestors(commune, DAY)] == ["tỉnh Bắc Kạn", "huyện Bạch Thông"]
        assert queries.by_code("01999", dt.date(2025, 6, 30)) is not None
        assert queries.by_code("01999", dt.date(2025, 7, 1)) is None

    def test_the_same_file_again_changes_nothing(self, operator):
        take(operator, GOOD)
        entries = AuditEntry.objects.count()
        assert take(operator, GOOD).total == 0
        assert (Unit.objects.count(), UnitPeriod.objects.count(), AuditEntry.objects.count()) == (3, 3, entries)

    def test_a_byte_order_mark_semicolons_and_decomposed_letters_are_taken(self, operator):
        import unicodedata

        text = unicodedata.normalize("NFD", GOOD.replace(",", ";"))
        table, rows = read_units(b"\xef\xbb\xbf" + text.encode())
        assert table.problems == []
        assert rows[2].name == "Nguyên Phúc"

    def test_a_changed_name_is_a_correction_of_the_same_unit(self, operator):
        take(operator, GOOD)
        unit = Unit.objects.get(code="01999")
        assert take(operator, GOOD.replace("Nguyên Phúc", "Nguyên Phúc mới")).changed == {"unitperiod": 1}
        assert queries.unit_at(unit.pk, DAY).name == "Nguyên Phúc mới"
        assert UnitPeriod.objects.filter(unit=unit).count() == 2

    def test_another_parent_moves_what_stands_below(self, operator):
        take(operator, GOOD + "064,Na Rì,huyện,06,,\n")
        take(operator, GOOD.replace("xã,063", "xã,064") + "064,Na Rì,huyện,06,,\n")
        district = queries.by_code("064", DAY)
        assert [unit.code for unit in queries.subtree(district.path, DAY)] == ["064", "01999"]

    def test_a_code_that_lives_again_later_is_another_unit(self, operator):
        again = HEAD + "01969,Phủ Thông,thị trấn,,,2025-06-30\n01969,Phủ Thông,xã,,2025-07-01,\n"
        assert take(operator, again).created == {"unit": 2, "unitperiod": 2}
        old, new = queries.by_code("01969", DAY), queries.by_code("01969", dt.date(2025, 7, 1))
        assert (old.full_name, new.full_name) == ("thị trấn Phủ Thông", "xã Phủ Thông")
        assert old.id != new.id
        assert take(operator, again).total == 0

    def test_what_was_known_before_a_correction_is_still_answered(self, operator):
        take(operator, GOOD)
        moment = UnitPeriod.objects.get(unit__code="01999").recorded_at
        take(operator, GOOD.replace("063,Bạch Thông,huyện,06", "063,Bạch Thông,huyện,"))
        province = queries.by_code("06", DAY)
        assert [unit.code for unit in queries.subtree(province.path, DAY)] == ["06"]
        held = queries.subtree(queries.by_code("06", DAY).path, DAY, known_at=_after(moment))
        assert [unit.code for unit in held] == ["06", "063", "01999"]


def _after(moment):
    """A moment when the first load had been recorded whole and the second had not begun."""
    from motcua.units.models import UnitPosition

    return UnitPosition.objects.filter(recorded_at__gte=moment).order_by("recorded_at").first().recorded_at
