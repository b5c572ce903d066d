"""A unit's purchase: each step is a dated fact, unknown where unknown, and never beyond the money."""

import datetime as dt

import pytest
from django.urls import reverse

from motcua.common.errors import NotAllowed, Refused
from motcua.funding.actions import correct_step, record_step, withdraw_step
from motcua.funding.models import PurchaseStep
from motcua.funding.queries import purchase_of, steps_done
from tests.funding.money import TOTAL, decision, funded, give

HALF = TOTAL // 2
DAY = dt.date(2023, 12, 27)


@pytest.fixture
def programme(cast):
    made = funded(cast, paper=decision(cast))
    give(cast, made, "063", {"01969": HALF})
    return made


def say(cast, programme, step, *, by=None, **values):
    said = {"step": step, "observed_on": DAY, "done": True, **values}
    return record_step(actor=by or cast.clerk, programme=programme, unit=cast.units["01969"], values=said)


def ladder(cast, programme, as_of=DAY):
    found = purchase_of(programme, cast.units["01969"].pk, as_of)
    return {str(rung.step.value): rung.done for rung in found.rungs}


def test_a_later_step_is_known_where_an_earlier_one_is_not(cast, programme):
    say(cast, programme, "settled")
    say(cast, programme, "paid", done=False)
    assert ladder(cast, programme) == {
        "contracted": None,
        "received": None,
        "accepted": None,
        "paid": False,
        "settled": True,
    }


class TestAsOf:
    def test_a_step_done_on_an_earlier_day_holds_from_that_day(self, cast, programme):
        say(cast, programme, "paid", done_on=dt.date(2023, 10, 1))
        assert ladder(cast, programme, dt.date(2023, 9, 30))["paid"] is None
        assert ladder(cast, programme, dt.date(2023, 10, 1))["paid"] is True

    def test_of_what_was_true_by_then_the_last_seen_holds(self, cast, programme):
        say(cast, programme, "paid", done=False, observed_on=dt.date(2023, 11, 1))
        say(cast, programme, "paid", done_on=dt.date(2023, 10, 1))
        assert ladder(cast, programme, dt.date(2023, 11, 15))["paid"] is True

    def test_an_empty_answer_says_nothing(self, cast, programme):
        say(cast, programme, "paid", observed_on=dt.date(2023, 11, 1))
        say(cast, programme, "paid", done=None)
        assert ladder(cast, programme)["paid"] is True

    def test_only_the_units_asked_for_are_read(self, cast, programme):
        say(cast, programme, "paid")
        assert steps_done(programme.pk, DAY, unit_ids=[cast.units["01999"].pk]) == {}


class TestRefusals:
    def test_more_than_the_unit_has_is_refused(self, cast, programme):
        with pytest.raises(Refused, match=r"28\.800\.001đ .*28\.800\.000đ .*Phủ Thông"):
            say(cast, programme, "contracted", amount_vnd=HALF + 1)
        assert say(cast, programme, "contracted", amount_vnd=HALF).amount_vnd == HALF

    def test_a_correction_beyond_the_money_is_refused_too(self, cast, programme):
        row = say(cast, programme, "contracted", amount_vnd=5)
        values = {"step": "contracted", "observed_on": DAY, "done": True, "amount_vnd": HALF + 1}
        with pytest.raises(Refused):
            correct_step(row, actor=cast.clerk, values=values, reason="x")

    def test_a_day_without_done_is_refused(self, cast, programme):
        with pytest.raises(Refused, match="ngày"):
            say(cast, programme, "paid", done=None, done_on=DAY)

    @pytest.mark.parametrize("who", ["other_clerk", "district_leader", "auditor", "stranger"])
    def test_only_those_concerned_record(self, cast, programme, who):
        with pytest.raises(NotAllowed):
            say(cast, programme, "paid", by=getattr(cast, who))

    @pytest.mark.parametrize("who", ["clerk", "inspector", "district_officer", "province_officer"])
    def test_the_clerk_the_inspector_and_officers_above_record(self, cast, programme, who):
        assert say(cast, programme, "paid", by=getattr(cast, who)).pk


def test_a_correction_replaces_the_step_whole_and_a_withdrawal_lets_the_earlier_word_hold(cast, programme):
    say(cast, programme, "paid", done=False, observed_on=dt.date(2023, 11, 1))
    row = say(cast, programme, "paid", amount_vnd=5, note="UNC 12")
    values = {"step": "paid", "observed_on": DAY, "done": True}
    new = correct_step(row, actor=cast.clerk, values=values, reason="Sai số")
    assert (new.amount_vnd, new.note) == (None, "")
    withdraw_step(new, actor=cast.clerk, reason="Nhầm đơn vị")
    assert ladder(cast, programme)["paid"] is False


class TestPages:
    @pytest.fixture
    def clerk(self, cast, client):
        return cast.sign_in(client, "clerk")

    def test_a_step_is_recorded_and_shown_with_who_said_it(self, cast, clerk, programme):
        args = [programme.key, cast.units["01969"].pk]
        sent = {"step": "accepted", "done": "yes", "observed_on": "27/12/2023", "done_on": "20/12/2023"}
        answer = clerk.post(reverse("funding:record_step", args=args), {**sent, "note": "Biên bản số 4"}, follow=True)
        text = answer.content.decode()
        for said in ("20/12/2023", "Biên bản số 4", "Đặng Thị Phủ", "27/12/2023"):
            assert said in text

    def test_done_after_it_was_said_is_refused_by_the_named_rule(self, cast, clerk, programme):
        args = [programme.key, cast.units["01969"].pk]
        sent = {"step": "accepted", "done": "yes", "observed_on": "20/12/2023", "done_on": "27/12/2023"}
        answer = clerk.post(reverse("funding:record_step", args=args), sent)
        assert answer.status_code == 422
        assert PurchaseStep.objects.count() == 0
        assert "error-summary" in answer.content.decode()

    def test_steps_against_their_order_are_marked(self, cast, clerk, programme):
        say(cast, programme, "contracted", done_on=dt.date(2023, 12, 1))
        say(cast, programme, "paid", done_on=dt.date(2023, 11, 1))
        text = clerk.get(reverse("funding:purchase", args=[programme.key, cast.units["01969"].pk])).content.decode()
        assert text.count("state-late") == 1

    def test_a_step_is_corrected_and_withdrawn_with_a_reason(self, cast, clerk, programme):
        row = say(cast, programme, "paid")
        sent = {"step": "paid", "done": "no", "observed_on": "27/12/2023", "reason": "Chưa thanh toán"}
        clerk.post(reverse("funding:correct_step", args=[row.origin_id]), sent)
        assert ladder(cast, programme)["paid"] is False
        clerk.post(reverse("funding:withdraw_step", args=[row.origin_id]), {"reason": "Nhầm"})
        assert ladder(cast, programme)["paid"] is None

    def test_another_commune_and_the_stranger_find_nothing(self, cast, client, programme):
        row = say(cast, programme, "paid")
        for who in ("other_clerk", "stranger"):
            cast.sign_in(client, who)
            assert client.get(reverse("funding:correct_step", args=[row.origin_id])).status_code == 404
            address = reverse("funding:purchase", args=[programme.key, cast.units["01969"].pk])
            assert client.get(address).status_code == 404

    def test_the_auditor_reads_and_may_not_record(self, cast, client, programme):
        cast.sign_in(client, "auditor")
        args = [programme.key, cast.units["01969"].pk]
        assert client.get(reverse("funding:purchase", args=args)).status_code == 200
        assert client.get(reverse("funding:record_step", args=args)).status_code == 403
