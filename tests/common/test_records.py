"""Facts enter, are corrected and withdrawn, and a folder is reconciled with what is known (law 1)."""

import datetime as dt
import uuid

import pytest

from motcua.common import records
from motcua.common.errors import Refused
from motcua.common.models import AuditEntry
from motcua.common.records import Intake
from motcua.units.actions import make_unit
from motcua.units.models import UnitChange

pytestmark = pytest.mark.django_db

DAY = dt.date(2025, 7, 1)
SOURCE = "folder/unit-changes"


@pytest.fixture
def values():
    """What a unit change says, with the citation left blank."""
    return {"old_unit": make_unit("1"), "new_unit": make_unit("2"), "changed_on": DAY, "extent": "whole"}


@pytest.fixture
def change(operator, values):
    return records.enter(UnitChange, operator, {**values, "citation": "1683/NQ-UBTVQH15"})


def take(operator, wanted, **options):
    """Reconcile as an intake does; what it did comes back counted."""
    intake = Intake()
    records.reconcile(UnitChange, wanted, actor=operator, source=SOURCE, intake=intake, **options)
    return intake


def entries():
    return [(entry.verb, entry.object_id) for entry in AuditEntry.objects.order_by("pk")]


class TestEnter:
    def test_a_first_record_is_its_own_origin_and_leaves_an_entry(self, operator, change):
        assert change.origin_id == change.pk
        assert change.recorded_by == "test"
        assert not change.is_correction
        assert entries() == [("enter", str(change.pk))]
        assert AuditEntry.objects.get().after["citation"] == "1683/NQ-UBTVQH15"

    def test_whoever_records_may_bring_the_identity(self, operator, values):
        mine = uuid.uuid4()
        assert records.enter(UnitChange, operator, values, id=mine).pk == mine

    def test_a_foreign_key_holds_the_identity_of_the_thing_not_of_its_record(self, operator, change, values):
        corrected = records.correct(change, operator, values, reason="Sai")
        assert records.facts(corrected)["old_unit"] == values["old_unit"].pk
        assert records._identity(corrected) == change.pk


class TestCorrect:
    def test_a_correction_replaces_the_record_whole_blanks_included(self, operator, change, values):
        corrected = records.correct(change, operator, values, reason="Căn cứ ghi nhầm")
        assert list(UnitChange.objects.known()) == [corrected]
        assert corrected.citation == ""
        assert (corrected.origin_id, corrected.replaces_id) == (change.pk, change.pk)
        assert corrected.reason == "Căn cứ ghi nhầm"

    def test_what_was_known_before_is_still_answered(self, operator, change, values):
        corrected = records.correct(change, operator, values, reason="Sai")
        before = corrected.recorded_at - dt.timedelta(microseconds=1)
        if change.recorded_at <= before:
            assert list(UnitChange.objects.known(before)) == [change]
        assert list(UnitChange.objects.known(corrected.recorded_at)) == [corrected]
        assert list(UnitChange.objects.known(change.recorded_at - dt.timedelta(seconds=1))) == []
        assert list(UnitChange.objects.of(change.pk)) == [change, corrected]

    def test_the_entry_holds_what_stood_before_and_after(self, operator, change, values):
        records.correct(change, operator, values, reason="Sai")
        entry = AuditEntry.objects.get(verb="correct")
        assert (entry.before["citation"], entry.after["citation"]) == ("1683/NQ-UBTVQH15", "")
        assert entry.object_id == str(change.pk)

    def test_the_slower_of_two_who_opened_the_same_record_is_refused(self, operator, change, values):
        records.correct(change, operator, values, reason="Người nhanh")
        with pytest.raises(Refused) as refusal:
            records.correct(change, operator, {**values, "extent": "part"}, reason="Người chậm")
        assert str(change) in str(refusal.value)
        assert UnitChange.objects.known().get().reason == "Người nhanh"


class TestWithdraw:
    def test_what_is_withdrawn_is_known_no_longer_but_stays_readable(self, operator, change):
        gone = records.withdraw(change, operator, reason="Không có việc này")
        assert not UnitChange.objects.known().exists()
        assert gone.citation == "1683/NQ-UBTVQH15"
        assert list(UnitChange.objects.of(change.pk)) == [change, gone]
        assert entries()[-1] == ("withdraw", str(change.pk))

    def test_a_withdrawn_record_can_be_corrected_back(self, operator, change, values):
        gone = records.withdraw(change, operator, reason="Nhầm")
        back = records.correct(gone, operator, values, reason="Rút nhầm")
        assert list(UnitChange.objects.known()) == [back]


class TestCurrent:
    def test_the_records_in_force_come_by_the_identity_of_the_thing(self, operator, change, values):
        other = records.enter(UnitChange, operator, {**values, "extent": "part"})
        corrected = records.correct(change, operator, values, reason="Sai")
        assert records.current(UnitChange, [change.pk, other.pk, None]) == {change.pk: corrected, other.pk: other}
        assert records.current(UnitChange, [uuid.uuid4()]) == {}


class TestReconcile:
    @pytest.fixture
    def wanted(self, values):
        return {uuid.uuid4(): values, uuid.uuid4(): {**values, "extent": "part"}}

    def test_new_rows_become_records(self, operator, wanted):
        intake = take(operator, wanted)
        assert intake.created == {"unitchange": 2}
        assert {record.pk for record in UnitChange.objects.known()} == set(wanted)
        assert sorted(entries()) == sorted(("enter", str(identity)) for identity in wanted)

    def test_the_same_again_changes_nothing(self, operator, wanted):
        take(operator, wanted)
        before = list(UnitChange.objects.order_by("pk").values())
        assert take(operator, wanted).total == 0
        assert list(UnitChange.objects.order_by("pk").values()) == before
        assert AuditEntry.objects.count() == 2

    def test_a_changed_row_becomes_a_correction(self, operator, wanted):
        take(operator, wanted)
        first = next(iter(wanted))
        intake = take(operator, {**wanted, first: {**wanted[first], "changed_on": dt.date(2025, 8, 1)}})
        assert (intake.created, intake.changed, intake.withdrawn) == ({}, {"unitchange": 1}, {})
        record = UnitChange.objects.known().get(origin_id=first)
        assert record.changed_on == dt.date(2025, 8, 1)
        assert record.replaces_id == first
        assert record.reason

    def test_a_row_that_is_gone_is_withdrawn_and_one_that_comes_back_holds_again(self, operator, wanted):
        take(operator, wanted)
        first, second = wanted
        intake = take(operator, {second: wanted[second]})
        assert intake.withdrawn == {"unitchange": 1}
        assert [record.pk for record in UnitChange.objects.known()] == [second]
        assert take(operator, {second: wanted[second]}).total == 0
        assert take(operator, wanted).changed == {"unitchange": 1}
        assert UnitChange.objects.known().filter(origin_id=first).exists()
        assert take(operator, wanted).total == 0

    def test_a_row_of_another_source_stays_when_this_one_lacks_it(self, operator, wanted, change):
        take(operator, wanted)
        take(operator, {})
        assert list(UnitChange.objects.known()) == [change]

    def test_an_intake_that_only_adds_withdraws_nothing(self, operator, wanted):
        take(operator, wanted)
        assert take(operator, {}, withdraw_rest=False).total == 0

    def test_a_correction_by_hand_survives_loading_again(self, operator, wanted):
        take(operator, wanted)
        first = next(iter(wanted))
        loaded = UnitChange.objects.get(pk=first)
        hand = records.correct(loaded, operator, {**wanted[first], "citation": "bằng tay"}, reason="Sửa")
        assert take(operator, wanted).total == 0
        assert UnitChange.objects.known().get(origin_id=first) == hand

    def test_the_file_wins_again_once_it_says_something_new(self, operator, wanted):
        take(operator, wanted)
        first = next(iter(wanted))
        hand = records.correct(UnitChange.objects.get(pk=first), operator, wanted[first], reason="Sửa")
        news = {**wanted, first: {**wanted[first], "citation": "nghị quyết mới"}}
        assert take(operator, news).changed == {"unitchange": 1}
        record = UnitChange.objects.known().get(origin_id=first)
        assert (record.citation, record.replaces_id) == ("nghị quyết mới", hand.pk)
        assert take(operator, news).total == 0

    def test_a_thing_withdrawn_by_hand_stays_withdrawn_when_the_same_file_comes_again(self, operator, wanted):
        take(operator, wanted)
        first = next(iter(wanted))
        records.withdraw(UnitChange.objects.get(pk=first), operator, reason="Không có thật")
        assert take(operator, wanted).total == 0
        assert not UnitChange.objects.known().filter(origin_id=first).exists()

    def test_a_record_corrected_by_hand_is_withdrawn_with_its_row(self, operator, wanted):
        take(operator, wanted)
        first, second = wanted
        records.correct(UnitChange.objects.get(pk=first), operator, wanted[first], reason="Sửa")
        assert take(operator, {second: wanted[second]}).withdrawn == {"unitchange": 1}
        assert take(operator, {second: wanted[second]}).total == 0

    def test_comparing_writes_nothing(self, operator, wanted):
        difference = records.compare(UnitChange, wanted, actor=operator, source=SOURCE)
        assert len(difference.created) == 2
        assert not UnitChange.objects.exists()
        assert not AuditEntry.objects.exists()

    def test_a_few_queries_do_for_many_rows(self, operator, values, django_assert_max_num_queries):
        wanted = {uuid.uuid4(): values for _row in range(100)}
        with django_assert_max_num_queries(8):
            take(operator, wanted)
        with django_assert_max_num_queries(4):
            take(operator, wanted)
