"""Two people give the same money at the same moment: one of them is told that it is gone."""

import threading

import pytest
from django.db import connection, connections

from motcua.common.errors import Refused
from motcua.funding.models import Balance
from tests.cast import standing_cast
from tests.funding.money import TOTAL, balances, funded, give, ledger_sums


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rivals", [2, 5])
def test_of_two_who_give_the_same_money_exactly_one_succeeds(rivals):
    cast = standing_cast()
    programme = funded(cast)
    outcomes: list[str] = []
    start = threading.Barrier(rivals, timeout=20)

    def rival(taker: str) -> None:
        try:
            start.wait()
            give(cast, programme, "063", {taker: TOTAL})
            outcomes.append("given")
        except Refused:
            outcomes.append("refused")
        except Exception as error:  # told to the test, not swallowed by the thread
            outcomes.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=rival, args=(["01969", "01999"][n % 2],)) for n in range(rivals)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(outcomes) == ["given"] + ["refused"] * (rivals - 1), connection.vendor
    left = balances(cast, programme)
    assert list(left.values()) == [TOTAL]
    held = dict(Balance.objects.filter(programme=programme).values_list("unit_id", "available_vnd"))
    assert held == ledger_sums(programme)
    assert min(held.values()) >= 0


@pytest.mark.django_db(transaction=True)
def test_money_for_the_same_takers_in_another_order_does_not_lock_up():
    cast = standing_cast()
    programme = funded(cast)
    faults: list[str] = []
    start = threading.Barrier(2, timeout=20)

    def giver(takers: list[str]) -> None:
        try:
            start.wait()
            for _turn in range(5):
                give(cast, programme, "063", dict.fromkeys(takers, 1_000))
        except Exception as error:  # told to the test
            faults.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=giver, args=(t,)) for t in (["01969", "01999"], ["01999", "01969"])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert faults == []
    assert balances(cast, programme) == {"063": TOTAL - 20_000, "01969": 10_000, "01999": 10_000}
