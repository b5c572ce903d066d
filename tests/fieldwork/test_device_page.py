"""The page of a device: how it stands as of a day, with the check behind each answer."""

import datetime as dt

import pytest
from django.urls import reverse

from motcua.common import records
from motcua.equipment.models import Custody
from motcua.fieldwork.actions import correct_check, record_check
from motcua.fieldwork.enums import Source
from tests.fieldwork.programme import DAY, inspect

pytestmark = pytest.mark.django_db

LATER = dt.date(2024, 3, 1)


@pytest.fixture
def page(client, cast, field):
    """Opens the page of Phủ Thông's computer as somebody, with the times asked."""

    def open_page(who="district_officer", **params):
        cast.sign_in(client, who)
        return client.get(reverse("fieldwork:device", args=[field.computer.pk]), params)

    return open_page


def held(answer):
    """Answers by question as the page shows them."""
    lines = answer.context["told"].state
    return {line.check and line.question: (line.word, line.observed_on, line.check.pk) for line in lines if line.check}


def test_each_answer_has_its_day_and_the_check_it_comes_from(cast, field, page):
    first = inspect(cast, field.computer, DAY, placement="outside", use_mode="shared")
    second = inspect(cast, field.computer, LATER, placement="one_stop")
    shown = page(as_of="2024-03-01")
    assert {(day, check) for _word, day, check in held(shown).values()} == {(LATER, second.pk), (DAY, first.pk)}
    text = shown.content.decode()
    assert reverse("fieldwork:check", args=[first.pk]) in text
    assert reverse("fieldwork:check", args=[second.pk]) in text


def test_an_earlier_day_shows_what_held_then(cast, field, page):
    first = inspect(cast, field.computer, DAY, placement="outside")
    inspect(cast, field.computer, LATER, placement="one_stop")
    shown = held(page(as_of="2023-12-31"))
    assert [check for _word, _day, check in shown.values()] == [first.pk]


def test_a_moment_of_knowledge_shows_what_was_known_then(cast, field, page):
    first = inspect(cast, field.computer, DAY, placement="outside")
    moment = first.recorded_at
    correct_check(first, actor=cast.inspector, values={"said": {"placement": "one_stop"}}, reason="sửa")
    known = page(known_at=moment.astimezone(dt.timezone(dt.timedelta(hours=7))).strftime("%H:%M %d/%m/%Y"))
    assert known.status_code == 200
    now = page()
    assert [line.check.is_correction for line in now.context["told"].checks] == [True]


def test_two_unlike_answers_of_a_day_are_flagged_in_words(cast, field, page):
    inspect(cast, field.computer, DAY, placement="outside")
    facts = {"device": field.computer, "unit": field.commune, "visit": None, "observed_on": DAY}
    values = {**facts, "kind": Source.DECLARED, "said": {"placement": "one_stop"}}
    record_check(actor=cast.clerk, values=values)
    shown = page()
    ((first, second),) = shown.context["told"].contradictions
    assert {first.check.kind, second.check.kind} == {Source.DECLARED, Source.INSPECTED}
    assert "27/12/2023" in shown.content.decode()


def test_a_device_answered_not_present_says_so_until_it_is_seen_again(cast, field, page):
    inspect(cast, field.computer, DAY, present="no")
    assert page().context["told"].absent_since == DAY
    inspect(cast, field.computer, LATER, present="yes")
    assert page().context["told"].absent_since is None


def test_of_a_device_that_moved_on_the_former_holder_sees_only_the_own_checks(cast, field, page):
    before = inspect(cast, field.computer, DAY, placement="outside")
    custody = Custody.objects.known().get(device=field.computer)
    moved = dt.date(2024, 1, 1)
    ended = {**records.facts(custody), "ended_on": moved}
    records.correct(custody, cast.district_officer, ended, reason="điều chuyển")
    values = {"device": field.computer, "unit": field.other_commune, "valid_from": moved}
    records.enter(Custody, cast.district_officer, values)
    facts = {"device": field.computer, "unit": field.other_commune, "visit": None, "observed_on": LATER}
    after = record_check(
        actor=cast.inspector, values={**facts, "kind": Source.INSPECTED, "said": {"placement": "one_stop"}}
    )
    assert [line.check.pk for line in page("clerk").context["told"].checks] == [before.pk]
    assert [line.check.pk for line in page("other_clerk").context["told"].checks] == [after.pk, before.pk]


def test_who_may_not_write_is_offered_no_button(cast, field, page):
    address = reverse("fieldwork:record_check", args=[field.computer.pk])
    assert address in page("inspector").content.decode()
    assert address not in page("auditor").content.decode()
    assert reverse("fieldwork:declare", args=[field.computer.pk]) in page("clerk").content.decode()


@pytest.mark.parametrize("who", ["stranger", "other_clerk"])
def test_who_does_not_reach_it_finds_nothing(cast, field, page, who):
    assert page(who).status_code == 404
