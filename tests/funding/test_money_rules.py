"""Division, dates and the tree of money, against slow and obvious models."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from motcua.funding.rules import Gift, effective_dates, flow, last_takers, out_of_order, split_equally

DAYS = st.none() | st.dates(dt.date(2023, 1, 1), dt.date(2023, 3, 1))


@given(total=st.integers(1, 10**15), count=st.integers(1, 400))
def test_equal_parts_sum_to_the_whole_and_differ_by_one_dong_at_most(total, count):
    parts = [amount for _unit, amount in split_equally(total, range(count))]
    assert sum(parts) == total
    assert max(parts) - min(parts) <= 1
    assert parts == sorted(parts, reverse=True)


def test_over_nobody_nothing_is_divided():
    assert split_equally(5, []) == []


@st.composite
def trees(draw):
    """Gifts in levels: a unit of one level gives only to units of lower levels, so that no circle arises."""
    gifts = []
    for number in range(draw(st.integers(0, 12))):
        giver = draw(st.integers(0, 5))
        taker = draw(st.integers(giver + 1, 6))
        gifts.append(Gift(number, giver, taker, draw(st.integers(1, 50)), draw(st.booleans()), draw(DAYS)))
    return draw(st.permutations(gifts))


def slow_dates(gifts):
    """Đồng by đồng: each giver's receipts lie in a heap by date, and each gift takes its đồng from the top."""
    dates = {}
    for giver in range(6):
        heap = []
        for gift in [g for level in range(6) for g in gifts if g.giver == level]:
            if gift.taker == giver:
                heap += [dates[gift.key]] * gift.amount_vnd
        heap.sort(key=lambda day: day or dt.date.min)
        place = 0
        for gift in [g for g in gifts if g.giver == giver]:
            place += gift.amount_vnd
            paid = heap[min(place, len(heap)) - 1] if heap else None
            dates[gift.key] = gift.date if gift.has_decision else paid
    return dates


@given(gifts=trees())
def test_a_gift_without_decision_holds_from_the_receipt_it_is_paid_from(gifts):
    assert effective_dates(gifts) == slow_dates(gifts)


@given(gifts=trees())
def test_the_tree_shows_every_gift_once_below_its_giver(gifts):
    lines = flow(gifts)
    shown = [line.gift.key for line in lines if line.gift]
    assert sorted(shown) == sorted(gift.key for gift in gifts)
    above = {}
    for line in lines:
        above[line.depth] = line.unit
        if line.gift:
            assert above[line.depth - 1] == line.gift.giver
            assert line.unit == line.gift.taker
    firsts = [line.unit for line in lines if line.is_first]
    assert len(firsts) == len(set(firsts)) == len({line.unit for line in lines})


@given(gifts=trees())
def test_last_takers_gave_nothing_on(gifts):
    assert all(gift.giver != unit for unit in last_takers(gifts) for gift in gifts)


@given(dates=st.lists(DAYS, max_size=6))
def test_a_step_is_out_of_order_when_an_earlier_one_is_later(dates):
    wrong = {
        place for place, date in enumerate(dates) if date and any(other and other > date for other in dates[:place])
    }
    assert out_of_order(dates) == wrong
