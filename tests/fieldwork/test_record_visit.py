"""A visit is written down once, whatever way it arrives, and says only what was said."""

import datetime as dt
import itertools
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from motcua.common.errors import NotAllowed, Refused
from motcua.common.models import AuditEntry
from motcua.equipment.models import Custody
from motcua.fieldwork.actions import record_check, record_visit
from motcua.fieldwork.models import Answer, Check, Visit
from motcua.fieldwork.queries import states, values
from tests.fieldwork.programme import DAY, KEY

pytestmark = pytest.mark.django_db

LATER = dt.date(2023, 12, 29)


def packet(cast, field, identity, day=DAY, actor=None, unit=None, **said):
    """One visit to Phủ Thông as it comes from the field: the computer's answers."""
    return record_visit(
        actor=actor or cast.inspector,
        programme=field.programme,
        unit=unit or field.commune,
        values={"visited_on": day, "inspected_by": "Lý Văn Tra"},
        checks=[(field.computer, said)],
        id=identity,
    )


def test_second_delivery_of_a_packet_changes_nothing(cast, field):
    identity = uuid.uuid4()
    first = packet(cast, field, identity, placement="one_stop")
    entries = AuditEntry.objects.count()
    assert packet(cast, field, identity, placement="one_stop") == first
    assert (Visit.objects.count(), Check.objects.count(), Answer.objects.count()) == (1, 1, 1)
    assert AuditEntry.objects.count() == entries


def test_a_second_delivery_that_says_something_else_is_refused_and_not_dropped_in_silence(cast, field):
    identity = uuid.uuid4()
    packet(cast, field, identity, placement="one_stop")
    for changed in ({"placement": "outside"}, {"placement": "one_stop", "day": LATER}):
        with pytest.raises(Refused, match="đã được gửi"):
            packet(cast, field, identity, **changed)
    facts = {"device": field.scanner, "unit": field.commune, "visit": None, "observed_on": DAY, "kind": "inspected"}
    check = Check.objects.get()
    with pytest.raises(Refused, match="đã được gửi"):
        record_check(actor=cast.inspector, values={**facts, "said": {"present": "yes"}}, id=check.pk)
    assert Check.objects.get().said == {"placement": "one_stop"}


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_packets_that_come_late_twice_and_out_of_order_give_the_same_state(cast, field, order):
    ids = [uuid.UUID(int=number) for number in (7, 5, 6)]
    packets = [
        lambda: packet(cast, field, ids[0], DAY, placement="outside", use_mode="shared"),
        lambda: packet(cast, field, ids[1], LATER, placement="one_stop"),
        lambda: packet(cast, field, ids[2], DAY, present="yes"),
    ]
    for number in (*order, *reversed(order)):
        packets[number]()
    held = states([field.computer.pk], LATER)[field.computer.pk]
    assert values(held) == {"present": "yes", "placement": "one_stop", "use_mode": "shared"}
    assert values(states([field.computer.pk], DAY)[field.computer.pk])["placement"] == "outside"
    assert Check.objects.count() == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one connection write at a time")
def test_a_packet_delivered_twice_at_the_same_moment_is_written_once(cast, field):
    identity, ready = uuid.uuid4(), threading.Barrier(2)

    def send():
        try:
            ready.wait(5)
            return packet(cast, field, identity, present="yes").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        sent = [pool.submit(send) for _time in range(2)]
        assert [each.result(20) for each in sent] == [identity, identity]
    assert (Visit.objects.count(), Check.objects.count()) == (1, 1)


def test_an_identity_of_another_units_visit_is_refused(cast, field):
    identity = uuid.uuid4()
    packet(cast, field, identity, present="yes")
    with pytest.raises(Refused, match="bản ghi của đơn vị khác"):
        packet(cast, field, identity, unit=field.other_commune, present="yes")


def test_a_device_of_which_nothing_is_said_gets_no_check(cast, field):
    packet(cast, field, None, present="", placement="")
    assert not Check.objects.exists()


def test_a_clerk_does_not_write_down_a_visit(cast, field):
    with pytest.raises(NotAllowed, match="Lượt kiểm tra do cán bộ kiểm tra"):
        packet(cast, field, None, actor=cast.clerk, present="yes")


def test_a_check_of_a_device_that_another_unit_holds_names_the_holder_and_nothing_is_written(cast, field):
    with pytest.raises(Refused, match="27/12/2023, máy tính 1 do thị trấn Phủ Thông quản lý, không phải xã"):
        packet(cast, field, None, unit=field.other_commune, present="yes")
    assert not Visit.objects.exists()


def test_a_check_before_anybody_held_the_device_says_so(cast, field):
    custody = Custody.objects.get(device=field.computer)
    Custody.objects.filter(pk=custody.pk).update(replaced_at=custody.recorded_at)
    with pytest.raises(Refused, match="chưa có đơn vị nào quản lý máy tính 1"):
        packet(cast, field, None, present="yes")


class TestThePage:
    def address(self, field):
        return f"{reverse('fieldwork:record_visit', args=[KEY])}?unit={field.commune.pk}"

    def filled(self, field, **changes):
        prefix = f"device-{field.computer.pk.hex}"
        data = {
            "visited_on": "27/12/2023",
            "inspected_by": "cơ quan chuyên môn của huyện",
            "assigned_by": "UBND huyện Bạch Thông",
            "assigned_on": "26/12/2023",
            f"{prefix}-present": "yes",
            f"{prefix}-placement": "outside",
            f"{prefix}-placement_note": "gần cầu thang",
        }
        return {**data, **changes}

    def test_an_inspector_records_what_was_seen_and_the_rest_stays_unknown(self, client, cast, field):
        cast.sign_in(client, "inspector")
        assert client.get(self.address(field)).status_code == 200
        answer = client.post(self.address(field), self.filled(field))
        visit = Visit.objects.get()
        assert answer.headers["Location"] == reverse("fieldwork:visit", args=[visit.pk])
        check = Check.objects.get()
        assert check.said == {"present": "yes", "placement": "outside", "placement_note": "gần cầu thang"}
        page = client.get(answer.headers["Location"]).content.decode()
        assert "gần cầu thang" in page
        assert "cơ quan chuyên môn của huyện" in page

    def test_sending_the_same_form_twice_writes_one_visit(self, client, cast, field):
        cast.sign_in(client, "inspector")
        data = self.filled(field, packet=str(uuid.uuid4()))
        assert client.post(self.address(field), data).status_code == 302
        assert client.post(self.address(field), data).status_code == 302
        assert (Visit.objects.count(), Check.objects.count()) == (1, 1)

    def test_a_day_in_2203_is_named_and_nothing_is_written(self, client, cast, field):
        cast.sign_in(client, "inspector")
        answer = client.post(self.address(field), self.filled(field, visited_on="27/12/2203"))
        assert answer.status_code == 422
        assert "27/12/2203" in answer.content.decode()
        assert not Visit.objects.exists()

    def test_the_unit_is_chosen_first_among_those_of_the_actor(self, client, cast, field):
        cast.sign_in(client, "inspector")
        page = client.get(reverse("fieldwork:record_visit", args=[KEY])).content.decode()
        assert "thị trấn Phủ Thông" in page
        assert "xã Nguyên Phúc" in page

    def test_a_clerk_is_told_who_records_visits(self, client, cast, field):
        cast.sign_in(client, "clerk")
        answer = client.post(self.address(field), self.filled(field))
        assert answer.status_code == 403
        assert not Visit.objects.exists()

    def test_a_stranger_finds_no_programme_no_unit_and_no_visit(self, client, cast, field):
        visit = packet(cast, field, None, present="yes")
        cast.sign_in(client, "stranger")
        addresses = [
            self.address(field),
            reverse("fieldwork:visits", args=[KEY]),
            reverse("fieldwork:visit", args=[visit.pk]),
            reverse("fieldwork:correct_visit", args=[visit.pk]),
        ]
        assert [client.get(address).status_code for address in addresses] == [404] * 4


class TestCorrecting:
    def test_a_corrected_visit_keeps_its_checks_and_tells_its_history(self, client, cast, field):
        visit = packet(cast, field, None, present="yes")
        cast.sign_in(client, "inspector")
        address = reverse("fieldwork:correct_visit", args=[visit.pk])
        data = {"visited_on": "26/12/2023", "inspected_by": "Tổ kiểm tra", "reason": "ghi nhầm ngày"}
        assert client.post(address, data).status_code == 302
        now = Visit.objects.known().get()
        assert (now.visited_on, now.inspected_by, now.origin_id) == (dt.date(2023, 12, 26), "Tổ kiểm tra", visit.pk)
        assert Check.objects.get().observed_on == DAY
        assert "ghi nhầm ngày" in client.get(reverse("fieldwork:visit", args=[visit.pk])).content.decode()

    def test_a_correction_without_a_reason_is_refused(self, client, cast, field):
        visit = packet(cast, field, None, present="yes")
        cast.sign_in(client, "inspector")
        address = reverse("fieldwork:correct_visit", args=[visit.pk])
        assert client.post(address, {"visited_on": "26/12/2023"}).status_code == 422
        assert Visit.objects.known().get().visited_on == DAY
