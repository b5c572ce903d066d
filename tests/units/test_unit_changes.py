"""What became of units on a day, and who reaches what they owned (law 5)."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from motcua.accounts.models import Person
from motcua.common.forms_outcome import broken_rule
from motcua.common.records import Intake
from motcua.units import access, queries
from motcua.units.actions import give_post, record_unit_change
from motcua.units.enums import Extent, Role
from motcua.units.imports import read_changes, read_units, take_changes, take_units
from motcua.units.middleware import actor_for
from motcua.units.models import Succession, Unit, UnitChange

pytestmark = pytest.mark.django_db

UNITS = (
    "code,name,kind,parent_code,valid_from,valid_to\n06,Bắc Kạn,tỉnh,,,2025-06-30\n"
    "063,Bạch Thông,huyện,06,,2025-06-30\n"
    "01969,Phủ Thông,thị trấn,063,,2025-06-30\n01975,Vi Hương,xã,063,,2025-06-30\n02014,Cẩm Giàng,xã,063,,2025-06-30\n"
)
CHANGES = (
    "old_code,old_name,old_kind,old_parent,new_code,new_name,new_kind,new_parent,extent\n"
    "01969,Phủ Thông,thị trấn,huyện Bạch Thông,01969,Phủ Thông,xã,tỉnh Thái Nguyên,whole\n"
    "01975,Vi Hương,xã,huyện Bạch Thông,01969,Phủ Thông,xã,tỉnh Thái Nguyên,whole\n"
    "02014,Cẩm Giàng,xã,huyện Bạch Thông,02014,Bạch Thông,xã,tỉnh Thái Nguyên,part\n"
)
EVE, DAY = dt.date(2025, 6, 30), dt.date(2025, 7, 1)


def take(operator):
    intake = Intake()
    _table, units = read_units(UNITS.encode())
    take_units(units, actor=operator, source="units", intake=intake)
    table, changes = read_changes(CHANGES.encode(), "unit-changes-2025-07-01.csv")
    assert table.problems == []
    take_changes(changes, DAY, actor=operator, source="changes", intake=intake)
    return intake


@pytest.fixture
def taken(operator):
    return take(operator)


def old(code):
    return queries.by_code(code, EVE).id


def new(code):
    return queries.by_code(code, DAY).id


def person_at(operator, unit_id, role=Role.PROGRAMME_OFFICER):
    person = Person.objects.create_user(f"{role}-{unit_id}", full_name="Người mới")
    return actor_for(
        give_post(actor=operator, person=person, values={"unit": Unit.objects.get(pk=unit_id), "role": role})
    )


class TestTaking:
    def test_a_code_that_survives_is_another_unit_with_another_name(self, taken):
        assert old("02014") != new("02014")
        assert queries.unit_at(new("02014"), DAY).full_name == "xã Bạch Thông"
        assert queries.unit_at(old("02014"), EVE).full_name == "xã Cẩm Giàng"

    def test_an_ended_unit_lives_no_more_but_is_still_named(self, taken):
        district = old("063")
        assert queries.unit_at(district, DAY) is None
        assert queries.units_at([district], DAY)[district].full_name == "huyện Bạch Thông"

    def test_the_new_units_stand_below_the_new_parent(self, taken):
        (province,) = (unit for unit in queries.all_named() if unit.name == "Thái Nguyên")
        names = [unit.full_name for unit in queries.subtree(province.path, DAY)]
        assert sorted(names) == ["tỉnh Thái Nguyên", "xã Bạch Thông", "xã Phủ Thông"]

    def test_the_same_file_again_changes_nothing(self, operator, taken):
        assert take(operator).total == 0

    def test_the_extent_is_kept(self, taken):
        assert UnitChange.objects.known().get(old_unit=old("02014"), new_unit=new("02014")).extent == Extent.PART

    def test_the_district_and_the_province_are_succeeded_by_the_new_province(self, taken):
        heirs = {name: unit for unit in queries.all_named() for name in [unit.name] if unit.kind == "tỉnh"}
        thai_nguyen = heirs["Thái Nguyên"].unit
        before = set(Succession.objects.filter(successor_id=thai_nguyen).values_list("predecessor_id", flat=True))
        assert before == {old("063"), old("06")}


class TestReach:
    def test_a_successor_reaches_what_the_ended_units_owned_read_only(self, operator, taken):
        clerk = person_at(operator, new("01969"), Role.CLERK)
        assert {unit.pk for unit in access.units_for(clerk)} == {new("01969"), old("01969"), old("01975")}
        assert access.owns(clerk, new("01969"))
        assert access.may_write(clerk, new("01969"), Role.CLERK)
        assert not access.owns(clerk, old("01975"))
        assert not access.may_write(clerk, old("01975"), Role.CLERK)

    def test_a_neighbour_does_not_reach_it(self, operator, taken):
        clerk = person_at(operator, new("02014"), Role.CLERK)
        assert old("01975") not in {unit.pk for unit in access.units_for(clerk)}

    def test_the_new_province_reaches_all_of_them(self, operator, taken):
        (province,) = (unit for unit in queries.all_named() if unit.name == "Thái Nguyên")
        officer = person_at(operator, province.unit)
        assert {unit.pk for unit in access.units_for(officer)} == set(Unit.objects.values_list("pk", flat=True))

    def test_succession_runs_through_any_number_of_changes(self, operator, taken):
        table, rows = read_units(b"code,name,kind,parent_code,valid_from\n09999,M\xe1\xbb\x9bi,x\xc3\xa3,,2026-01-01\n")
        assert table.problems == []
        take_units(rows, actor=operator, source="later", intake=Intake())
        later = Unit.objects.get(code="09999")
        ended = Unit.objects.get(pk=new("01969"))
        record_unit_change(
            actor=operator, old=ended, new=later, changed_on=dt.date(2026, 1, 1), extent=Extent.WHOLE, citation="NQ"
        )
        clerk = person_at(operator, later.pk, Role.CLERK)
        assert {later.pk, ended.pk, old("01969"), old("01975")} == {unit.pk for unit in access.units_for(clerk)}

    def test_a_unit_cannot_become_itself(self, operator, taken):
        unit = Unit.objects.get(pk=new("01969"))
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            record_unit_change(actor=operator, old=unit, new=unit, changed_on=DAY, extent=Extent.WHOLE, citation="")
        with translation.override("en"):
            assert broken_rule(refusal.value) == ((), "A unit cannot become itself.")

    def test_what_happens_later_is_not_reached_before_its_day(self, taken, operator, settings):
        (province,) = Unit.objects.filter(periods__name="Thái Nguyên")
        officer = person_at(operator, province.pk)
        for day, reaches in ((EVE, False), (DAY, True)):
            settings.MOTCUA_TODAY = day
            assert (old("063") in {unit.pk for unit in access.units_for(officer)}) is reaches
