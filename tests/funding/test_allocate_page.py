"""The page that gives money on: every amount, the sum and the faults are shown before anything is done."""

import re

import pytest
from django.urls import reverse

from motcua.funding.models import Allocation
from tests.funding.money import DECIDED, TOTAL, balances, decision, funded, started

HALF = TOTAL // 2


@pytest.fixture
def programme(cast):
    return funded(cast, paper=decision(cast))


@pytest.fixture
def page(cast, client, programme):
    cast.sign_in(client, "district_officer")
    return reverse("funding:allocate", args=[programme.key])


def equally(cast, total=TOTAL, codes=("01969", "01999"), **more):
    takers = [str(cast.units[code].pk) for code in codes]
    sent = {"method": "equally", "total_vnd": str(total), "takers": takers, "effective_on": "01/06/2023"}
    return {**sent, "do": "show", **more}


def by_table(table, **more):
    return {"method": "by_table", "table": table, "effective_on": "01/06/2023", "do": "show", **more}


def shown(answer):
    return re.search(r'name="shown" value="(\w+)"', answer.content.decode())[1]


def test_the_division_is_shown_with_its_sum_before_anything_is_done(cast, client, programme, page):
    answer = client.post(page, equally(cast, TOTAL - 1))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "28.800.000đ" in text
    assert "28.799.999đ" in text
    assert "57.599.999đ" in text
    assert ">1đ<" in text
    assert balances(cast, programme) == {"063": TOTAL}


def test_what_was_shown_is_then_given(cast, client, programme, page):
    digest = shown(client.post(page, equally(cast)))
    answer = client.post(page, equally(cast, do="allocate", shown=digest), follow=True)
    assert "02 đơn vị" in answer.content.decode() or "2 đơn vị" in answer.content.decode()
    assert balances(cast, programme) == {"01969": HALF, "01999": HALF}


def test_what_was_changed_since_it_was_shown_is_shown_once_more(cast, client, programme, page):
    digest = shown(client.post(page, equally(cast)))
    answer = client.post(page, equally(cast, 2_000_000, do="allocate", shown=digest))
    assert "xem lại cách chia" in answer.content.decode()
    assert balances(cast, programme) == {"063": TOTAL}


@pytest.mark.parametrize("do", ["show", "allocate"])
def test_more_than_is_left_is_refused_with_what_is_missing(cast, client, programme, page, do):
    answer = client.post(page, equally(cast, TOTAL + 2, do=do, shown="x"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "2đ" in text
    assert "57.600.002đ" in text
    assert 'value="allocate"' not in text
    assert balances(cast, programme) == {"063": TOTAL}


def test_a_table_gives_each_unit_its_own_amount(cast, client, programme, page):
    table = "đơn vị;số tiền\nxã Nguyên Phúc;1.000.000\nUBND thị trấn Phủ Thông\t2000000\n"
    digest = shown(client.post(page, by_table(table)))
    client.post(page, by_table(table, do="allocate", shown=digest))
    assert balances(cast, programme) == {"063": TOTAL - 3_000_000, "01969": 2_000_000, "01999": 1_000_000}


def test_each_wrong_row_of_a_table_is_named_and_nothing_is_given(cast, client, programme, page):
    rows = [
        "xã Nguyên Phúc;1.000.000",
        "xã Không Có;1.000.000",
        "Nguyên Phúc;2.000.000",
        "thị trấn Phủ Thông;mười triệu",
        "thị trấn Phủ Thông",
        "thị trấn Phủ Thông;0",
        "phường Quán Triều;1.000.000",
    ]
    answer = client.post(page, by_table("\n".join(rows)))
    text = answer.content.decode()
    assert answer.status_code == 422
    for fault in ("xã Không Có", "dòng 1", "mười triệu", "dấu chấm phẩy", "lớn hơn 0", "phường Quán Triều"):
        assert fault in text
    assert "6 dòng" in text
    assert 'value="allocate"' not in text
    assert balances(cast, programme) == {"063": TOTAL}


def test_no_day_stands_in_silently_for_a_missing_one(cast, client, programme, page):
    answer = client.post(page, equally(cast, effective_on=""))
    assert answer.status_code == 422
    assert 'href="#id_effective_on"' in answer.content.decode()
    undated = equally(cast, effective_on="", is_undated="on")
    digest = shown(client.post(page, undated))
    client.post(page, {**undated, "do": "allocate", "shown": digest})
    days = Allocation.objects.filter(from_unit=cast.units["063"]).values_list("effective_on", flat=True)
    assert set(days) == {DECIDED}  # that of the money it is paid from


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"method": "equally", "total_vnd": "", "takers": []}, "số tiền"),
        ({"method": "equally", "total_vnd": "abc", "takers": []}, "“abc”"),
        ({"method": "by_table", "table": ""}, "bảng"),
        ({"method": "by_table", "table": "a;1", "effective_on": "01/01/2203"}, "2203"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(client, page, sent, fault):
    answer = client.post(page, {**sent, "do": "show"})
    assert answer.status_code == 422
    assert fault in answer.content.decode()


def test_without_money_the_page_says_what_to_do_first(cast, client):
    programme = started(cast, "chua-co-tien")
    cast.sign_in(client, "district_officer")
    text = client.get(reverse("funding:allocate", args=[programme.key])).content.decode()
    assert reverse("funding:record_own_money", args=[programme.key, cast.units["063"].pk]) in text


@pytest.mark.parametrize("who", ["clerk", "inspector", "district_leader", "auditor"])
def test_who_may_not_give_on_is_told_why(cast, client, programme, who):
    if who == "clerk":
        give_to_the_clerk(cast, programme)
    cast.sign_in(client, who)
    answer = client.get(reverse("funding:allocate", args=[programme.key]))
    assert answer.status_code == 403
    assert "phân bổ" in answer.content.decode()


def give_to_the_clerk(cast, programme):
    from tests.funding.money import give

    give(cast, programme, "063", {"01969": 1_000_000})


def test_the_money_of_another_unit_is_out_of_reach(cast, client, programme, page):
    province = cast.units["06"].pk
    assert client.get(f"{page}?giver={province}").status_code == 404
    assert client.get(f"{page}?giver=xyz").status_code == 404
