"""One device at a time: recorded by inspectors, declared by the unit's own clerk, corrected whole, withdrawn."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from motcua.catalogue.actions import publish_requirements
from motcua.common import clock, records
from motcua.common.errors import NotAllowed, Refused
from motcua.equipment.models import Custody
from motcua.fieldwork.actions import correct_check, record_check, withdraw_check
from motcua.fieldwork.enums import Source
from motcua.fieldwork.models import Answer, Check
from motcua.fieldwork.queries import states, values
from tests.fieldwork.programme import DAY, inspect

pytestmark = pytest.mark.django_db


def state(field, day=DAY):
    held = states([field.computer.pk], day)
    return values(held.get(field.computer.pk, {}))


def declare(actor, field, **said):
    facts = {"device": field.computer, "unit": field.commune, "visit": None, "observed_on": DAY}
    return record_check(actor=actor, values={**facts, "kind": Source.DECLARED, "said": said})


def test_a_clerk_declares_for_the_own_unit_alone(cast, field):
    assert declare(cast.clerk, field, present="yes").kind == Source.DECLARED
    with pytest.raises(NotAllowed, match="bản tự khai do công chức của chính đơn vị"):
        declare(cast.other_clerk, field, present="yes")


def test_a_clerk_does_not_inspect(cast, field):
    facts = {"device": field.computer, "unit": field.commune, "visit": None, "observed_on": DAY}
    with pytest.raises(NotAllowed, match="chỉ cán bộ kiểm tra mới ghi"):
        record_check(actor=cast.clerk, values={**facts, "kind": Source.INSPECTED, "said": {"present": "yes"}})


def test_a_check_that_says_nothing_is_refused(cast, field):
    with pytest.raises(Refused, match="trả lời ít nhất một câu hỏi"):
        inspect(cast, field.computer, present="")


def test_an_answer_that_is_no_choice_is_refused_by_name(cast, field):
    with pytest.raises(Refused, match="placement = roof"):
        inspect(cast, field.computer, placement="roof")


def test_a_place_noted_without_its_placement_is_refused(cast, field):
    with pytest.raises(Refused, match="máy tính 1"):
        inspect(cast, field.computer, present="yes", placement_note="gần cầu thang")


def test_a_correction_to_a_day_on_which_another_unit_held_the_device_is_refused(cast, field):
    check = inspect(cast, field.computer, placement="outside")
    custody = Custody.objects.known().get(device=field.computer)
    since = {**records.facts(custody), "valid_from": DAY}
    records.correct(custody, cast.district_officer, since, reason="biết ngày nhận")
    values = {"observed_on": DAY - dt.timedelta(days=1), "said": {"placement": "outside"}}
    with pytest.raises(Refused, match="26/12/2023"):
        correct_check(check, actor=cast.inspector, values=values, reason="sửa ngày")


def test_a_correction_replaces_the_check_whole_and_blanks_are_unknown_again(cast, field):
    check = inspect(cast, field.computer, placement="outside", placement_note="gần cầu thang", use_mode="shared")
    correct_check(check, actor=cast.inspector, values={"said": {"placement": "one_stop"}}, reason="nhìn nhầm")
    assert state(field) == {"placement": "one_stop"}


def test_a_correction_of_what_was_corrected_meanwhile_is_refused(cast, field):
    check = inspect(cast, field.computer, placement="outside")
    correct_check(check, actor=cast.inspector, values={"said": {"placement": "one_stop"}}, reason="sửa")
    with pytest.raises(Refused, match="đã được người khác sửa"):
        correct_check(check, actor=cast.district_officer, values={"said": {}}, reason="sửa nữa")


def test_a_withdrawn_check_counts_no_longer(cast, field):
    check = inspect(cast, field.computer, placement="outside")
    withdraw_check(check, actor=cast.inspector, reason="nhầm máy")
    assert state(field) == {}
    assert not Answer.objects.filter(replaced_at__isnull=True).exists()


class TestThePages:
    def test_an_inspector_records_a_check_and_lands_on_the_device(self, client, cast, field):
        cast.sign_in(client, "inspector")
        address = reverse("fieldwork:record_check", args=[field.computer.pk])
        assert client.get(address).status_code == 200
        data = {"observed_on": "27/12/2023", "placement": "one_stop", "packet": str(uuid.uuid4())}
        for _time in range(2):  # sent twice, written once
            answer = client.post(address, data)
            assert answer.headers["Location"] == reverse("fieldwork:device", args=[field.computer.pk])
        assert Check.objects.get().kind == Source.INSPECTED
        assert state(field) == {"placement": "one_stop"}

    def test_a_clerk_declares_on_the_own_page_and_may_not_record(self, client, cast, field):
        cast.sign_in(client, "clerk")
        data = {"observed_on": "27/12/2023", "use_mode": "shared"}
        record = client.post(reverse("fieldwork:record_check", args=[field.computer.pk]), data)
        assert record.status_code == 403
        assert client.post(reverse("fieldwork:declare", args=[field.computer.pk]), data).status_code == 302
        assert Check.objects.get().kind == Source.DECLARED

    def test_the_criteria_in_force_are_asked_one_by_one(self, client, cast, field):
        values = {
            "owner_unit": cast.units["063"],
            "device_type": field.computer.device_type,
            "title": "Yêu cầu cấu hình máy tính",
            "criteria": [{"key": "ram", "wording": "Bộ nhớ từ 8 GB"}, {"key": "disk", "wording": "Ổ cứng SSD"}],
            "valid_from": dt.date(2023, 1, 1),
        }
        publish_requirements(actor=cast.district_officer, values=values)
        cast.sign_in(client, "inspector")
        address = reverse("fieldwork:record_check", args=[field.computer.pk])
        assert "Bộ nhớ từ 8 GB" in client.get(address).content.decode()
        data = {"observed_on": "27/12/2023", "criterion:ram": "yes", "criterion:disk": "no"}
        assert client.post(address, data).status_code == 302
        assert Check.objects.get().said == {"criterion:ram": "yes", "criterion:disk": "no"}
        assert state(field) == {"meets_requirements": "no"}
        page = client.get(reverse("fieldwork:device", args=[field.computer.pk])).content.decode()
        assert "Ổ cứng SSD" in page

    def test_nothing_answered_is_said_and_nothing_is_written(self, client, cast, field):
        cast.sign_in(client, "inspector")
        answer = client.post(reverse("fieldwork:record_check", args=[field.computer.pk]), {"observed_on": "27/12/2023"})
        assert answer.status_code == 422
        assert not Check.objects.exists()

    def test_a_correction_shows_both_records_with_who_and_why(self, client, cast, field):
        check = inspect(cast, field.computer, placement="outside", placement_note="gần cầu thang")
        cast.sign_in(client, "district_officer")
        address = reverse("fieldwork:correct_check", args=[check.pk])
        assert "gần cầu thang" in client.get(address).content.decode()
        data = {"observed_on": "27/12/2023", "placement": "one_stop", "reason": "ảnh cho thấy khác"}
        assert client.post(address, data).status_code == 302
        page = client.get(reverse("fieldwork:check", args=[check.pk])).content.decode()
        for words in ("ảnh cho thấy khác", "Triệu Văn Huyện", "Lý Văn Tra", "gần cầu thang"):
            assert words in page

    def test_an_address_means_the_check_now_or_the_record_known_at_a_moment(self, client, cast, field):
        with time_machine.travel(timezone.now() - dt.timedelta(hours=2)):
            check = inspect(cast, field.computer, placement="outside", placement_note="gần cầu thang")
        middle = correct_check(check, actor=cast.inspector, values={"said": {"working": "yes"}}, reason="sửa")
        last = correct_check(middle, actor=cast.inspector, values={"said": {"working": "no"}}, reason="lại")
        cast.sign_in(client, "inspector")
        moment = timezone.now() - dt.timedelta(hours=1)
        then = moment.astimezone(clock.HANOI).strftime("%H:%M %d/%m/%Y")
        for record, params, asked in (
            (check, {}, last),
            (check, {"known_at": then}, check),
            (middle, {}, middle),
            (last, {}, last),
        ):
            answer = client.get(reverse("fieldwork:check", args=[record.pk]), params)
            assert answer.context["check"] == last
            assert answer.context["asked"] == asked

    def test_withdrawing_asks_for_a_reason_and_the_page_stays_readable(self, client, cast, field):
        check = inspect(cast, field.computer, placement="outside")
        cast.sign_in(client, "inspector")
        address = reverse("fieldwork:withdraw_check", args=[check.pk])
        assert client.post(address, {"reason": ""}).status_code == 422
        assert client.post(address, {"reason": "nhầm máy"}).status_code == 302
        page = client.get(reverse("fieldwork:check", args=[check.pk]))
        assert page.status_code == 200
        assert "nhầm máy" in page.content.decode()
        assert client.get(address).status_code == 404

    def test_a_clerk_does_not_correct_what_was_inspected(self, client, cast, field):
        check = inspect(cast, field.computer, placement="outside")
        cast.sign_in(client, "clerk")
        assert client.get(reverse("fieldwork:check", args=[check.pk])).status_code == 200
        assert client.get(reverse("fieldwork:correct_check", args=[check.pk])).status_code == 403
        assert client.post(reverse("fieldwork:withdraw_check", args=[check.pk]), {"reason": "x"}).status_code == 403

    @pytest.mark.parametrize("who", ["stranger", "other_clerk"])
    def test_who_does_not_reach_the_unit_finds_nothing(self, client, cast, field, who):
        check = inspect(cast, field.computer, placement="outside")
        cast.sign_in(client, who)
        pages = ["check", "correct_check", "withdraw_check"]
        addresses = [reverse(f"fieldwork:{page}", args=[check.pk]) for page in pages]
        pages = ["device", "record_check", "declare"]
        addresses += [reverse(f"fieldwork:{page}", args=[field.computer.pk]) for page in pages]
        assert {client.get(address).status_code for address in addresses} == {404}
        assert {client.post(address, {}).status_code for address in addresses if "/devices/" not in address} <= {404}
