"""The database itself refuses to change or delete what was recorded, on both engines."""

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.common import audit, records, triggers
from motcua.common.models import AuditEntry
from motcua.funding.models import Balance, LedgerEntry, Programme
from motcua.units.actions import make_unit
from motcua.units.models import UnitChange, UnitPeriod


@pytest.fixture
def period(db, operator):
    return records.enter(UnitPeriod, operator, {"unit": make_unit("1"), "name": "Phủ Thông", "kind": "thị trấn"})


def refused(message, do):
    with pytest.raises(DatabaseError, match=message), transaction.atomic():
        do()


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Tên khác"},
        {"recorded_by": "Người khác"},
        {"recorded_at": "2020-01-01T00:00:00Z"},
        {"withdrawn": True},
        {"source": "x"},
    ],
)
def test_a_record_is_never_changed(period, change):
    rows = UnitPeriod.objects.filter(pk=period.pk)
    refused("units_unitperiod: a record is never changed", lambda: rows.update(**change))
    period.refresh_from_db()
    assert period.name == "Phủ Thông"


def test_a_record_is_never_deleted(period):
    rows = UnitPeriod.objects.filter(pk=period.pk)
    refused("units_unitperiod: a record is never deleted", lambda: rows._raw_delete(using="default"))


def test_a_record_is_replaced_once(operator, period):
    values = {"unit": period.unit, "name": "Phủ Thông", "kind": "xã"}
    records.correct(period, operator, values, reason="Thành xã")
    rows = UnitPeriod.objects.filter(pk=period.pk)
    refused("units_unitperiod: a record is replaced once", lambda: rows.update(replaced_at=None))


def test_the_audit_log_is_only_added_to(operator, period):
    audit.record(operator, "try", period)
    rows = AuditEntry.objects.all()
    refused("audit_entry: a record is never changed", lambda: rows.update(reason="khác"))
    refused("audit_entry: a record is never deleted", lambda: rows._raw_delete(using="default"))


def test_saving_a_record_again_is_refused(period):
    refused("a record is never changed", period.save)


class TestMoney:
    @pytest.fixture
    def account(self, operator, period):
        programme = Programme.objects.create(key="bach-thong-2023", owner_unit=period.unit)
        return {"programme": programme, "unit": period.unit}

    def move(self, account, amount, at):
        LedgerEntry.objects.create(**account, kind="received", amount_vnd=amount, recorded_at=at)

    def test_a_balance_follows_its_ledger(self, account, period):
        self.move(account, 28_800_000, period.recorded_at)
        self.move(account, -8_800_000, period.recorded_at)
        assert Balance.objects.get(**account).available_vnd == 20_000_000

    def test_more_than_there_is_cannot_go_out(self, account, period):
        self.move(account, 10, period.recorded_at)
        refused("balance_not_negative|CHECK", lambda: self.move(account, -11, period.recorded_at))
        assert Balance.objects.get(**account).available_vnd == 10
        assert LedgerEntry.objects.count() == 1

    def test_a_balance_is_not_written_by_hand(self, account, period):
        self.move(account, 10, period.recorded_at)
        rows = Balance.objects.filter(**account)
        refused("written by its ledger alone", lambda: rows.update(available_vnd=1_000))
        refused("written by its ledger alone", lambda: rows._raw_delete(using="default"))
        assert rows.get().available_vnd == 10

    def test_the_ledger_is_only_added_to(self, account, period):
        self.move(account, 10, period.recorded_at)
        rows = LedgerEntry.objects.all()
        refused("funding_ledgerentry: a record is never changed", lambda: rows.update(amount_vnd=11))
        refused("funding_ledgerentry: a record is never deleted", lambda: rows._raw_delete(using="default"))


@pytest.mark.django_db
def test_installing_again_and_dropping_leave_all_or_none(operator):
    triggers.install()
    assert triggers.missing() == []
    triggers.drop()
    assert triggers.present() == set()
    change = {"old_unit": make_unit("1"), "new_unit": make_unit("2"), "changed_on": "2025-07-01", "extent": "whole"}
    records.enter(UnitChange, operator, change)
    assert UnitChange.objects.all()._raw_delete(using="default") == 1
    triggers.install()
    assert triggers.missing() == []


@pytest.mark.django_db(transaction=True)
def test_tables_can_be_emptied_between_tests(operator):
    records.enter(UnitPeriod, operator, {"unit": make_unit("1"), "name": "Phủ Thông", "kind": "thị trấn"})


@pytest.mark.django_db(transaction=True)
def test_the_guards_stand_again_after_tables_were_emptied():
    assert not UnitPeriod.objects.exists()
    assert triggers.missing() == []


@pytest.mark.django_db
def test_a_message_with_a_quotation_mark_is_said_whole():
    trigger = triggers.refusal("quote", "audit_entry", "DELETE", "it's kept")
    with connection.cursor() as cursor:
        cursor.execute(trigger.sqlite if connection.vendor == "sqlite" else trigger.postgresql)
    assert f"{triggers.PREFIX}quote" in triggers.present()
