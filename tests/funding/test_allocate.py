"""Giving money on: never more than was received, nothing half written, dated by its decision or its source."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from motcua.common.errors import NotAllowed, Refused
from motcua.funding.actions import (
    correct_allocation,
    record_own_money,
    take_back_own_money,
    withdraw_allocation,
)
from motcua.funding.models import Allocation, Balance, LedgerEntry
from tests.funding.money import DECIDED, TOTAL, balances, decision, funded, give, ledger_sums, started

HALF = TOTAL // 2


@pytest.fixture
def programme(cast):
    return funded(cast, paper=decision(cast))


def test_money_given_on_leaves_the_giver_and_reaches_the_takers(cast, programme):
    give(cast, programme, "063", {"01969": HALF, "01999": 1_000_000})
    assert balances(cast, programme) == {"063": TOTAL - HALF - 1_000_000, "01969": HALF, "01999": 1_000_000}


def test_more_than_was_received_is_refused_and_nothing_is_written(cast, programme):
    before = LedgerEntry.objects.count()
    with pytest.raises(Refused, match=r"UBND huyện Bạch Thông .*1 đ"):
        give(cast, programme, "063", {"01969": HALF, "01999": HALF + 1})
    assert balances(cast, programme) == {"063": TOTAL}
    assert LedgerEntry.objects.count() == before
    assert Allocation.objects.count() == 1


@pytest.mark.parametrize("amount", [0, -5])
def test_an_amount_that_is_not_above_zero_is_refused(cast, programme, amount):
    with pytest.raises(Refused, match="lớn hơn 0"):
        give(cast, programme, "063", {"01969": amount})


def test_nobody_named_is_refused(cast, programme):
    with pytest.raises(Refused, match="đơn vị"):
        give(cast, programme, "063", {})


def test_money_that_would_flow_in_a_circle_is_refused(cast, programme):
    give(cast, programme, "063", {"01969": HALF})
    with pytest.raises(Refused, match="UBND thị trấn Phủ Thông"):
        give(cast, programme, "01969", {"063": 1_000_000})


@pytest.mark.parametrize("who", ["clerk", "inspector", "district_leader", "stranger", "auditor"])
def test_only_the_programme_officer_gives_on(cast, programme, who):
    with pytest.raises(NotAllowed, match="phân bổ"):
        give(cast, programme, "063", {"01969": HALF}, by=getattr(cast, who))


def test_an_officer_does_not_give_the_money_of_a_unit_above(cast, programme):
    with pytest.raises(NotAllowed):
        give(cast, programme, "06", {"063": 1})


class TestDates:
    def test_an_allocation_holds_from_its_decision(self, cast, programme):
        later = decision(cast, dt.date(2023, 9, 1), "12/QĐ-UBND")
        (made,) = give(cast, programme, "063", {"01969": HALF}, decision=later)
        assert made.effective_on == dt.date(2023, 9, 1)

    def test_without_a_decision_it_holds_from_the_receipt_it_is_paid_from(self, cast, programme):
        (made,) = give(cast, programme, "063", {"01969": HALF})
        assert made.effective_on == DECIDED

    def test_without_any_dated_receipt_its_date_stays_unknown(self, cast):
        programme = funded(cast, "khong-ngay")
        (made,) = give(cast, programme, "063", {"01969": HALF})
        assert made.effective_on is None

    def test_a_day_of_its_own_is_kept(self, cast, programme):
        (made,) = give(cast, programme, "063", {"01969": HALF}, effective_on=dt.date(2023, 6, 1))
        assert made.effective_on == dt.date(2023, 6, 1)

    def test_what_was_paid_from_it_follows_a_corrected_receipt(self, cast, programme):
        give(cast, programme, "063", {"01969": HALF})
        give(cast, programme, "063", {"01999": HALF}, effective_on=dt.date(2023, 7, 1))
        receipt = Allocation.objects.known().get(to_unit=cast.units["063"])
        moved = dt.date(2023, 6, 15)
        correct_allocation(
            receipt, actor=cast.province_officer, values={"effective_on": moved, "decision": None}, reason="Sai ngày"
        )
        rows = Allocation.objects.known().filter(from_unit=cast.units["063"])
        by_unit = {row.to_unit.code: row.effective_on for row in rows.select_related("to_unit")}
        assert by_unit == {"01969": moved, "01999": dt.date(2023, 7, 1)}


class TestCorrections:
    def test_a_corrected_amount_moves_the_difference(self, cast, programme):
        (made,) = give(cast, programme, "063", {"01969": HALF})
        correct_allocation(made, actor=cast.district_officer, values={"amount_vnd": 1_000_000}, reason="Sai số")
        assert balances(cast, programme) == {"063": TOTAL - 1_000_000, "01969": 1_000_000}

    def test_a_corrected_purpose_moves_no_money_even_when_all_was_given_on(self, cast, programme):
        give(cast, programme, "063", {"01969": TOTAL})
        receipt = Allocation.objects.known().get(to_unit=cast.units["063"])
        before = LedgerEntry.objects.count()
        correct_allocation(receipt, actor=cast.province_officer, values={"purpose": "Mua sắm"}, reason="Bổ sung")
        assert LedgerEntry.objects.count() == before
        assert balances(cast, programme) == {"01969": TOTAL}

    def test_less_than_the_taker_has_given_on_is_refused(self, cast, programme):
        give(cast, programme, "063", {"01969": TOTAL})
        receipt = Allocation.objects.known().get(to_unit=cast.units["063"])
        with pytest.raises(Refused, match="UBND huyện Bạch Thông"):
            correct_allocation(
                receipt, actor=cast.province_officer, values={"amount_vnd": TOTAL - 1}, reason="Giảm dự toán"
            )
        assert balances(cast, programme) == {"01969": TOTAL}

    def test_a_withdrawn_allocation_gives_the_money_back(self, cast, programme):
        (made,) = give(cast, programme, "063", {"01969": HALF})
        withdraw_allocation(made, actor=cast.district_officer, reason="Nhầm xã")
        assert balances(cast, programme) == {"063": TOTAL}

    def test_an_allocation_corrected_meanwhile_is_refused(self, cast, programme):
        (made,) = give(cast, programme, "063", {"01969": HALF})
        correct_allocation(made, actor=cast.district_officer, values={"amount_vnd": 5}, reason="Sai số")
        with pytest.raises(Refused):
            withdraw_allocation(made, actor=cast.district_officer, reason="Nhầm xã")


class TestOwnMoney:
    def test_it_can_be_given_on_and_taken_back_again(self, cast):
        programme, commune = started(cast), cast.units["01969"]
        entry = {"actor": cast.district_officer, "programme": programme, "unit": commune}
        record_own_money(**entry, amount_vnd=5_000_000, reason="Ngân sách xã")
        take_back_own_money(**entry, amount_vnd=2_000_000, reason="Nhập thừa")
        assert balances(cast, programme) == {"01969": 3_000_000}

    def test_no_more_is_taken_back_than_was_entered(self, cast, programme):
        entry = {"actor": cast.district_officer, "programme": programme, "unit": cast.units["063"]}
        with pytest.raises(Refused, match="tiền của đơn vị"):
            take_back_own_money(**entry, amount_vnd=1, reason="Nhầm")
        assert balances(cast, programme) == {"063": TOTAL}


def test_a_balance_written_by_hand_is_refused_by_the_database(cast, programme):
    row = Balance.objects.get(programme=programme, unit=cast.units["063"])
    with pytest.raises(Exception, match="ledger"), transaction.atomic():
        Balance.objects.filter(pk=row.pk).update(available_vnd=10**12)


def test_the_database_refuses_an_overdraft_by_itself(cast, programme):
    last = LedgerEntry.objects.latest("pk")
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerEntry.objects.create(
            programme=programme,
            unit=cast.units["063"],
            kind="given_on",
            amount_vnd=-TOTAL - 1,
            recorded_at=last.recorded_at,
        )
    assert ledger_sums(programme)[cast.units["063"].pk] == TOTAL
