"""Devices on pages: listed as of a day, entered, described whole; a stranger finds nothing."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from motcua.catalogue.models import DeviceType
from motcua.common.errors import NotAllowed, Refused
from motcua.common.models import AuditEntry
from motcua.equipment.actions import correct_custody, describe_device, enter_device, withdraw_device
from motcua.equipment.models import Custody, Device, DeviceDescription
from motcua.equipment.queries import description_of
from tests.funding.money import funded, give


@pytest.fixture
def programme(cast):
    """Both communes have received money, so that their clerks reach the programme."""
    made = funded(cast, types=("computer", "scanner"))
    give(cast, made, "063", {"01969": 1_000_000, "01999": 1_000_000})
    return made


def enter(cast, programme, *, unit="01969", kind="computer", number="", by=None, **values):
    return enter_device(
        actor=by or cast.district_officer,
        programme=programme,
        unit=cast.units[unit],
        device_type=DeviceType.objects.get(pk=kind),
        number=number,
        values=values,
    )


def listed(client, **params):
    answer = client.get(reverse("equipment:devices"), params)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def officer(cast, client):
    return cast.sign_in(client, "district_officer")


class TestTheList:
    def test_it_is_searched_by_serial_make_and_unit(self, cast, officer, programme):
        enter(cast, programme, serial_number="SN-111", make="Dell")
        enter(cast, programme, unit="01999", serial_number="SN-222", make="Canon", kind="scanner")
        assert "SN-111" in listed(officer, q="dell")
        assert "SN-222" not in listed(officer, q="sn-111")
        assert "SN-222" in listed(officer, q="Nguyên Phúc")

    def test_it_is_filtered_by_unit_and_type(self, cast, officer, programme):
        enter(cast, programme, serial_number="SN-111")
        enter(cast, programme, unit="01999", serial_number="SN-222", kind="scanner")
        assert "SN-111" not in listed(officer, type="scanner")
        assert "SN-222" not in listed(officer, unit=str(cast.units["01969"].pk))

    def test_a_device_is_there_only_on_days_on_which_it_is_held(self, cast, officer, programme):
        enter(cast, programme, serial_number="SN-111", held_since=dt.date(2023, 6, 1))
        assert "SN-111" not in listed(officer, as_of="31/05/2023")
        assert "SN-111" in listed(officer, as_of="01/06/2023")

    def test_what_is_known_of_a_device_is_as_known_at_a_moment(self, cast, officer, programme):
        device = enter(cast, programme, serial_number="SN-OLD")
        current = description_of(device)
        describe_device(current, actor=cast.clerk, values={"serial_number": "SN-NEW"}, reason="Đọc nhầm")
        assert "SN-NEW" in listed(officer)
        assert "SN-OLD" not in listed(officer)
        assert "SN-OLD" not in listed(officer, known_at="2020-01-01 00:00")

    def test_the_clerk_sees_the_own_commune_and_the_stranger_nothing(self, cast, client, programme):
        enter(cast, programme, serial_number="SN-111")
        enter(cast, programme, unit="01999", serial_number="SN-222")
        cast.sign_in(client, "clerk")
        assert "SN-111" in listed(client)
        assert "SN-222" not in listed(client)
        cast.sign_in(client, "stranger")
        assert "SN-" not in listed(client)

    def test_the_number_of_queries_does_not_grow_with_the_devices(
        self, cast, officer, programme, django_assert_max_num_queries
    ):
        enter(cast, programme, serial_number="SN-1")
        enter(cast, programme, unit="01999")
        with django_assert_max_num_queries(25) as few:
            listed(officer)
        for _turn in range(60):
            enter(cast, programme)
        with django_assert_max_num_queries(len(few)):
            text = listed(officer)
        assert "62 dòng" in text

    def test_the_spreadsheet_holds_all_rows_that_fit(self, cast, officer, programme):
        for _turn in range(55):
            enter(cast, programme)
        enter(cast, programme, kind="scanner", serial_number="SN-SCAN", price_vnd=5_000_000)
        answer = officer.get(reverse("equipment:devices"), {"export": "xlsx", "type": "scanner"})
        rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
        assert len(rows) == 2
        assert rows[1][:3] == ("máy scan 1", "thị trấn Phủ Thông", "SN-SCAN")
        everything = officer.get(reverse("equipment:devices"), {"export": "xlsx"})
        assert load_workbook(io.BytesIO(everything.content)).active.max_row == 57


class TestEntering:
    def test_the_next_number_is_given_and_what_is_left_empty_is_unknown(self, cast, client, programme):
        cast.sign_in(client, "clerk")
        said = {"programme": programme.key, "unit": str(cast.units["01969"].pk), "device_type": "computer"}
        for serial in ("SN-1", "SN-2"):
            client.post(reverse("equipment:enter_device"), {**said, "serial_number": serial})
        assert sorted(Device.objects.values_list("number", flat=True)) == ["1", "2"]
        known = DeviceDescription.objects.get(serial_number="SN-2")
        assert (known.make, known.price_vnd, known.in_use_since) == ("", None, None)

    def test_a_number_that_is_taken_is_refused(self, cast, officer, programme):
        enter(cast, programme, number="7")
        said = {"programme": programme.key, "unit": str(cast.units["01969"].pk), "device_type": "computer"}
        answer = officer.post(reverse("equipment:enter_device"), {**said, "number": "7"})
        assert answer.status_code == 422
        assert Device.objects.count() == 1
        with pytest.raises(Refused, match="số"):
            enter(cast, programme, number="7")

    def test_a_unit_of_others_is_no_choice(self, cast, client, programme):
        cast.sign_in(client, "clerk")
        said = {"programme": programme.key, "unit": str(cast.units["01999"].pk), "device_type": "computer"}
        assert client.post(reverse("equipment:enter_device"), said).status_code == 422
        assert Device.objects.count() == 0
        with pytest.raises(NotAllowed):
            enter(cast, programme, unit="01999", by=cast.clerk)

    @pytest.mark.parametrize("who", ["inspector", "auditor", "district_leader"])
    def test_who_enters_none_is_told_why(self, cast, client, who):
        cast.sign_in(client, who)
        assert client.get(reverse("equipment:enter_device")).status_code == 403


class TestDescribing:
    def test_the_description_is_replaced_whole(self, cast, client, programme):
        device = enter(cast, programme, serial_number="SN-1", make="Dell", price_vnd=14_000_000, is_assumed=True)
        cast.sign_in(client, "clerk")
        page = reverse("equipment:describe_device", args=[device.pk])
        assert "14.000.000" in client.get(page).content.decode()
        client.post(page, {"serial_number": "SN-9", "in_use_since": "01/07/2023", "reason": "Kiểm kê"})
        now = description_of(device)
        assert (now.serial_number, now.make, now.price_vnd) == ("SN-9", "", None)
        assert (now.in_use_since, now.is_assumed) == (dt.date(2023, 7, 1), False)

    def test_the_future_and_a_missing_reason_are_refused(self, cast, officer, programme):
        device = enter(cast, programme)
        page = reverse("equipment:describe_device", args=[device.pk])
        answer = officer.post(page, {"in_use_since": "01/01/2203"})
        text = answer.content.decode()
        assert answer.status_code == 422
        assert "2203" in text
        assert 'href="#id_reason"' in text

    def test_others_are_refused_and_a_stranger_finds_nothing(self, cast, client, programme):
        device = enter(cast, programme)
        page = reverse("equipment:describe_device", args=[device.pk])
        for who, status in (("inspector", 403), ("other_clerk", 404), ("stranger", 404)):
            cast.sign_in(client, who)
            assert client.get(page).status_code == status


class TestCustody:
    def test_since_when_a_unit_holds_a_device_is_corrected(self, cast, client, programme):
        device = enter(cast, programme)
        row = Custody.objects.known().get(device=device)
        cast.sign_in(client, "clerk")
        page = reverse("equipment:correct_custody", args=[row.origin_id])
        client.post(page, {"valid_from": "01/06/2023", "last_day": "31/12/2023", "reason": "Theo biên bản"})
        now = Custody.objects.known().get(device=device)
        assert (now.valid_from, now.ended_on) == (dt.date(2023, 6, 1), dt.date(2024, 1, 1))

    def test_an_end_before_the_start_is_refused_by_the_named_rule(self, cast, officer, programme):
        row = Custody.objects.known().get(device=enter(cast, programme))
        page = reverse("equipment:correct_custody", args=[row.origin_id])
        answer = officer.post(page, {"valid_from": "01/06/2023", "last_day": "01/05/2023", "reason": "x"})
        assert answer.status_code == 422
        assert Custody.objects.count() == 1

    def test_only_those_who_enter_devices_correct_it(self, cast, programme):
        row = Custody.objects.known().get(device=enter(cast, programme))
        with pytest.raises(NotAllowed):
            correct_custody(row, actor=cast.inspector, values={"valid_from": None}, reason="x")


class TestWithdrawing:
    def test_a_withdrawn_device_is_listed_no_longer_and_its_reason_stays(self, cast, client, programme):
        device = enter(cast, programme, serial_number="SN-WRONG")
        cast.sign_in(client, "clerk")
        page = reverse("equipment:withdraw_device", args=[device.pk])
        assert "SN-WRONG" in client.get(page).content.decode()
        assert client.post(page, {"reason": ""}).status_code == 422
        client.post(page, {"reason": "Nhập nhầm hai lần"})
        assert "SN-WRONG" not in listed(client)
        assert not Custody.objects.known().filter(device=device).exists()
        assert AuditEntry.objects.get(verb="withdraw_device").reason == "Nhập nhầm hai lần"

    @pytest.mark.parametrize(("who", "status"), [("inspector", 403), ("other_clerk", 404), ("stranger", 404)])
    def test_others_may_not(self, cast, client, programme, who, status):
        device = enter(cast, programme)
        cast.sign_in(client, who)
        assert client.get(reverse("equipment:withdraw_device", args=[device.pk])).status_code == status
        with pytest.raises(NotAllowed):
            withdraw_device(device, actor=getattr(cast, who), reason="x")
