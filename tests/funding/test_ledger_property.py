"""Whatever is given, corrected and withdrawn, in whatever order: the balances are the ledger, and never negative."""

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.common.errors import Refused
from motcua.funding.actions import (
    correct_allocation,
    record_own_money,
    take_back_own_money,
    withdraw_allocation,
)
from motcua.funding.models import Allocation, Balance
from tests.funding.money import give, ledger_sums, started

CODES = ["06", "063", "01969", "01999"]
AMOUNTS = st.integers(1, 60)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("own"), st.sampled_from(CODES), AMOUNTS),
        st.tuples(st.just("take_back"), st.sampled_from(CODES), AMOUNTS),
        st.tuples(
            st.just("give"), st.sampled_from(CODES), st.dictionaries(st.sampled_from(CODES), AMOUNTS, max_size=3)
        ),
        st.tuples(st.just("correct"), st.integers(0, 20), AMOUNTS),
        st.tuples(st.just("withdraw"), st.integers(0, 20), st.none()),
    ),
    max_size=14,
)
number = iter(range(10**6))


class Slow:
    """The obvious model: own money and standing allocations, added up anew each time."""

    def __init__(self):
        self.own = dict.fromkeys(CODES, 0)
        self.gifts = {}

    def balances(self):
        found = dict(self.own)
        for giver, taker, amount in self.gifts.values():
            found[giver] -= amount
            found[taker] += amount
        return found

    def is_legal(self):
        return min(self.balances().values()) >= 0 and min(self.own.values()) >= 0 and not self.circle()

    def circle(self):
        below = {code: {taker for giver, taker, _amount in self.gifts.values() if giver == code} for code in CODES}
        reached = {code: set(below[code]) for code in CODES}
        for _round in CODES:
            for code in CODES:
                reached[code] |= {far for near in reached[code] for far in below[near]}
        return any(code in reached[code] for code in CODES)


@given(steps=STEPS)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_balances_equal_the_ledger_and_are_never_negative(cast, steps):
    programme = started(cast, f"so-cai-{next(number)}")
    slow = Slow()
    for step in steps:
        before = (dict(slow.own), dict(slow.gifts))
        act = said_to_the_model(cast, programme, slow, step)
        legal = slow.is_legal() and act is not None
        try:
            with transaction.atomic():
                made = act() if act else []
            assert legal or act is None, "the program did what the model finds illegal"
            name_gifts(slow, made)
        except Refused:
            assert not legal, "the program refused what the model finds legal"
        if not legal:
            slow.own, slow.gifts = before
        check(cast, programme, slow)


def said_to_the_model(cast, programme, slow, step):
    """Do a step in the model; returns the same for the program to do (None: nothing to do)."""
    verb, what, much = step
    by = {"actor": cast.administrator}
    if verb in ("own", "take_back"):
        slow.own[what] += much if verb == "own" else -much
        act = record_own_money if verb == "own" else take_back_own_money
        return lambda: act(**by, programme=programme, unit=cast.units[what], amount_vnd=much, reason="x") or []
    if verb == "give":
        shares = {code: amount for code, amount in much.items() if code != what}
        slow.gifts |= {f"new-{n}": (what, code, amount) for n, (code, amount) in enumerate(shares.items())}
        return (lambda: give(cast, programme, what, shares, by=cast.administrator)) if shares else None
    if not slow.gifts:
        return None
    key = sorted(slow.gifts)[what % len(slow.gifts)]
    row = Allocation.objects.known().get(origin_id=key)
    if much is None:
        del slow.gifts[key]
        return lambda: withdraw_allocation(row, **by, reason="x") and []
    slow.gifts[key] = (*slow.gifts[key][:2], much)
    return lambda: correct_allocation(row, **by, values={"amount_vnd": much}, reason="x") and []


def name_gifts(slow, made):
    """From now on the model calls new gifts by the program's identities."""
    for place, row in enumerate(made):
        slow.gifts[str(row.origin_id)] = slow.gifts.pop(f"new-{place}")


def check(cast, programme, slow):
    held = dict(Balance.objects.filter(programme=programme).values_list("unit_id", "available_vnd"))
    assert held == ledger_sums(programme)
    assert all(amount >= 0 for amount in held.values())
    by_code = {code: held.get(cast.units[code].pk, 0) for code in CODES}
    assert by_code == slow.balances()
