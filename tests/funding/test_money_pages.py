"""Pages of programmes and their money, for those who reach them; a stranger finds nothing."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from motcua.common.models import AuditEntry
from motcua.funding.models import Allocation, ProgrammeTerms
from tests.funding.money import TOTAL, balances, decision, funded, give

HALF = TOTAL // 2


@pytest.fixture
def programme(cast):
    made = funded(cast, paper=decision(cast))
    give(cast, made, "063", {"01969": HALF, "01999": 1_000_000})
    return made


@pytest.fixture
def officer(cast, client):
    return cast.sign_in(client, "district_officer")


def to_commune(cast, code="01969"):
    return Allocation.objects.known().get(to_unit=cast.units[code])


def addresses(cast, programme):
    key, unit, row = programme.key, cast.units["01969"].pk, to_commune(cast).origin_id
    return [
        reverse("funding:correct_programme", args=[key]),
        reverse("funding:allocations", args=[key]),
        reverse("funding:allocate", args=[key]),
        reverse("funding:record_own_money", args=[key, unit]),
        reverse("funding:ledger", args=[key, unit]),
        reverse("funding:purchase", args=[key, unit]),
        reverse("funding:record_step", args=[key, unit]),
        reverse("funding:allocation", args=[row]),
        reverse("funding:correct_allocation", args=[row]),
        reverse("funding:withdraw_allocation", args=[row]),
    ]


def test_every_page_opens_for_the_officer_and_none_for_the_stranger(cast, client, programme):
    cast.sign_in(client, "district_officer")
    assert [client.get(address).status_code for address in addresses(cast, programme)] == [200] * 10
    cast.sign_in(client, "stranger")
    assert [client.get(address).status_code for address in addresses(cast, programme)] == [404] * 10
    assert programme.key not in client.get(reverse("funding:programmes")).content.decode()


def test_the_list_names_the_programme_with_the_money_that_came_in(cast, officer, programme):
    text = officer.get(reverse("funding:programmes")).content.decode()
    assert "Trang bị máy tính, máy scan" in text
    assert "57.600.000đ" in text
    assert "2023" in text


class TestTheTree:
    def test_the_officer_sees_each_level_with_its_sum_and_what_is_left(self, cast, officer, programme):
        text = officer.get(reverse("funding:allocations", args=[programme.key])).content.decode()
        for said in ("tỉnh Bắc Kạn", "773/QĐ-UBND", "08/05/2023", "57.600.000đ", "29.800.000đ", "27.800.000đ"):
            assert said in text

    def test_a_clerk_sees_the_own_commune_only(self, cast, client, programme):
        cast.sign_in(client, "clerk")
        text = client.get(reverse("funding:allocations", args=[programme.key])).content.decode()
        assert "thị trấn Phủ Thông" in text
        assert "Nguyên Phúc" not in text
        assert "27.800.000đ" not in text  # what the district has left
        assert "57.600.000đ" not in text

    def test_an_unknown_date_is_said_in_words(self, cast, client):
        made = funded(cast, "khong-ngay")
        cast.sign_in(client, "district_officer")
        text = client.get(reverse("funding:allocations", args=[made.key])).content.decode()
        assert "không rõ ngày" in text

    def test_before_the_decision_there_is_no_money(self, officer, programme):
        address = reverse("funding:allocations", args=[programme.key])
        assert "57.600.000đ" not in officer.get(f"{address}?as_of=07/05/2023").content.decode()
        assert "57.600.000đ" in officer.get(f"{address}?as_of=08/05/2023").content.decode()

    def test_the_spreadsheet_holds_every_line(self, officer, programme):
        answer = officer.get(reverse("funding:allocations", args=[programme.key]) + "?export=xlsx")
        rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
        assert [row[0].strip() for row in rows[1:]] == [
            "tỉnh Bắc Kạn",
            "huyện Bạch Thông",
            "xã Nguyên Phúc",
            "thị trấn Phủ Thông",
        ]
        assert rows[2][1] == TOTAL

    def test_it_asks_the_database_the_same_number_of_times_for_more_communes(
        self, cast, officer, programme, django_assert_max_num_queries
    ):
        address = reverse("funding:allocations", args=[programme.key])
        with django_assert_max_num_queries(30) as few:
            officer.get(address)
        for _turn in range(10):
            give(cast, programme, "063", {"01969": 1, "01999": 1})
        with django_assert_max_num_queries(len(few)):
            officer.get(address)


class TestCorrecting:
    def test_a_correction_names_its_reason_in_the_history(self, cast, officer, programme):
        row = to_commune(cast)
        sent = {"amount_vnd": "5.000.000", "purpose": "Mua sắm", "is_undated": "on", "reason": "Sai số tiền"}
        answer = officer.post(reverse("funding:correct_allocation", args=[row.origin_id]), sent, follow=True)
        text = answer.content.decode()
        assert "5.000.000đ" in text
        assert "Sai số tiền" in text
        assert balances(cast, programme)["01969"] == 5_000_000

    def test_more_than_is_left_is_refused_on_the_page(self, cast, officer, programme):
        row = to_commune(cast)
        sent = {"amount_vnd": "99.000.000", "effective_on": "01/06/2023", "reason": "x"}
        answer = officer.post(reverse("funding:correct_allocation", args=[row.origin_id]), sent)
        assert answer.status_code == 422
        assert "UBND huyện Bạch Thông" in answer.content.decode()
        assert balances(cast, programme)["01969"] == HALF

    def test_a_reason_is_required(self, cast, officer, programme):
        row = to_commune(cast)
        answer = officer.post(reverse("funding:correct_allocation", args=[row.origin_id]), {"amount_vnd": "5"})
        assert answer.status_code == 422
        assert 'href="#id_reason"' in answer.content.decode()

    def test_a_withdrawal_gives_the_money_back(self, cast, officer, programme):
        row = to_commune(cast)
        address = reverse("funding:withdraw_allocation", args=[row.origin_id])
        assert officer.post(address, {"reason": ""}).status_code == 422
        officer.post(address, {"reason": "Nhầm xã"})
        assert "01969" not in balances(cast, programme)
        assert officer.get(reverse("funding:allocation", args=[row.origin_id])).status_code == 404

    def test_a_clerk_is_told_why_not(self, cast, client, programme):
        cast.sign_in(client, "clerk")
        row = to_commune(cast)
        assert client.get(reverse("funding:allocation", args=[row.origin_id])).status_code == 200
        for name in ("correct_allocation", "withdraw_allocation"):
            assert client.get(reverse(f"funding:{name}", args=[row.origin_id])).status_code == 403


class TestProgrammes:
    def test_one_is_started_and_corrected(self, cast, officer):
        sent = {"key": "scan-2024", "name": "Máy scan", "year": "2024", "device_type_keys": ["scanner"]}
        answer = officer.post(reverse("funding:start_programme"), sent)
        assert answer["Location"] == reverse("funding:allocations", args=["scan-2024"])
        sent = {"name": "Máy scan 2024", "year": "", "device_type_keys": ["scanner", "printer"], "reason": "Bổ sung"}
        officer.post(reverse("funding:correct_programme", args=["scan-2024"]), sent)
        terms = ProgrammeTerms.objects.known().get(programme__key="scan-2024")
        assert (terms.name, terms.year, terms.device_type_keys) == ("Máy scan 2024", None, ["scanner", "printer"])

    def test_a_key_that_is_taken_is_said_beside_its_field(self, officer, programme):
        answer = officer.post(reverse("funding:start_programme"), {"key": programme.key, "name": "Khác"})
        assert answer.status_code == 422
        assert "id_key_error" in answer.content.decode()

    def test_a_clerk_may_not_start_one(self, cast, client):
        cast.sign_in(client, "clerk")
        assert client.get(reverse("funding:start_programme")).status_code == 403


class TestTheLedger:
    def test_each_movement_stands_with_what_was_left_after_it(self, cast, officer, programme):
        text = officer.get(reverse("funding:ledger", args=[programme.key, cast.units["063"].pk])).content.decode()
        for said in ("+57.600.000đ", "-28.800.000đ", "28.800.000đ", "27.800.000đ"):
            assert said in text

    def test_own_money_is_entered_and_taken_back(self, cast, officer, programme):
        address = reverse("funding:record_own_money", args=[programme.key, cast.units["01969"].pk])
        sent = {"direction": "in", "amount_vnd": "3.000.000", "reason": "Ngân sách thị trấn"}
        text = officer.post(address, sent, follow=True).content.decode()
        assert "31.800.000đ" in text
        assert "Ngân sách thị trấn" in text
        answer = officer.post(address, {**sent, "direction": "out", "amount_vnd": "4.000.000"})
        assert answer.status_code == 422
        assert balances(cast, programme)["01969"] == HALF + 3_000_000

    def test_the_ledger_of_the_unit_above_is_out_of_reach(self, cast, officer, programme):
        address = reverse("funding:ledger", args=[programme.key, cast.units["06"].pk])
        assert officer.get(address).status_code == 404


def test_opening_pages_writes_nothing(cast, officer, programme):
    before = AuditEntry.objects.count()
    for address in addresses(cast, programme):
        officer.get(address)
    assert AuditEntry.objects.count() == before
