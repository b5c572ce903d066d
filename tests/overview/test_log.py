"""The audit log is read by auditors and administrators, within their reach and no further."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import translation

from motcua.accounts.models import Person
from motcua.common.models import AuditEntry
from motcua.overview import access
from motcua.registry.actions import enter_document
from motcua.units.actions import add_unit, correct_unit, deactivate_person, give_post
from motcua.units.enums import Role
from motcua.units.middleware import actor_for
from motcua.units.models import UnitPeriod
from tests.text import text_of
from tests.units.pages import errors_of, opened

TODAY = dt.date(2024, 1, 5)


@pytest.fixture(autouse=True)
def _on_a_day(settings, client):
    settings.MOTCUA_TODAY = TODAY
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        yield


def enter(actor, unit, number, addressed_to=()):
    facts = {"issuer": "UBND", "kind": "decision", "subject": "Phân bổ", "direction": "incoming", "number": number}
    return enter_document(actor=actor, values={**facts, "owner_unit": unit}, addressed_to=list(addressed_to))


def reader(operator, cast, username, code, role=Role.AUDITOR):
    person = Person.objects.create_user(username, full_name=f"Người đọc {username}")
    cast.people[username] = person
    return actor_for(give_post(actor=operator, person=person, values={"unit": cast.units[code], "role": role}))


def names(actor):
    return set(access.log_for(actor).values_list("object_name", flat=True))


@pytest.fixture
def written(cast):
    """One document each of the province, the district, a commune and the other province."""
    enter(cast.province_officer, cast.units["06"], "tỉnh/QĐ")
    enter(cast.district_officer, cast.units["063"], "huyện/QĐ")
    enter(cast.clerk, cast.units["01969"], "xã/QĐ")
    enter(cast.stranger, cast.units["19"], "lạ/QĐ")


class TestReach:
    def test_an_auditor_reads_what_was_done_at_and_below_the_own_unit(self, cast, operator, written):
        assert {"tỉnh/QĐ", "huyện/QĐ", "xã/QĐ"} <= names(cast.auditor)
        assert "lạ/QĐ" not in names(cast.auditor)
        district = names(reader(operator, cast, "district_auditor", "063"))
        assert {"huyện/QĐ", "xã/QĐ"} <= district
        assert not district & {"tỉnh/QĐ", "lạ/QĐ"}

    def test_what_the_unit_above_did_to_ones_own_things_is_the_unit_aboves(self, cast, operator):
        period = UnitPeriod.objects.known().get(unit=cast.units["01999"])
        values = {"name": "Tên mới", "kind": "xã", "parent": cast.units["063"]}
        correct_unit(period, actor=cast.administrator, values=values, reason="Đổi")
        assert "xã Tên mới" in names(cast.auditor)
        assert "xã Tên mới" not in names(reader(operator, cast, "commune_auditor", "01999"))

    def test_a_thing_that_has_gone_to_another_province_takes_its_entries_along(self, cast, operator):
        unit = cast.units["01999"]
        enter(cast.other_clerk, unit, "đi/QĐ")
        post = {"unit": unit, "role": Role.CLERK, "title": "Kế toán"}
        give_post(actor=cast.administrator, person=cast.people["clerk"], values=post)
        period = UnitPeriod.objects.known().get(unit=unit)
        values = {"name": "Nguyên Phúc", "kind": "xã", "parent": cast.units["19"]}
        assert {"đi/QĐ", "Kế toán"} <= names(cast.auditor)
        correct_unit(period, actor=operator, values=values, reason="Chuyển tỉnh")
        assert not {"đi/QĐ", "Kế toán"} & names(cast.auditor)
        assert "đi/QĐ" in names(reader(operator, cast, "other_auditor", "19"))

    def test_an_operators_entry_is_read_at_the_top_about_things_in_reach(self, cast, operator, written):
        hand = AuditEntry.objects.filter(unit_id__isnull=True)
        assert hand.filter(object_name="xã Nguyên Phúc").exists()
        top, below = access.log_for(cast.auditor), access.log_for(reader(operator, cast, "below", "063"))
        assert top.filter(actor__name="test", object_name="xã Nguyên Phúc").exists()
        assert not top.filter(object_name__in=["phường Quán Triều", "tỉnh Thái Nguyên"]).exists()
        assert not below.filter(actor__name="test").exists()

    def test_an_operators_entry_of_no_unit_is_read_by_who_reaches_everything(self, cast, operator):
        nobody = Person.objects.create_user("chua-co-chuc-vu", full_name="Chưa Có Chức Vụ")
        deactivate_person(nobody, actor=operator, reason="Thử")
        assert "Chưa Có Chức Vụ" not in names(cast.auditor)
        top = add_unit(actor=operator, code="00", values={"name": "Cả nước", "kind": "tỉnh", "parent": None})
        cast.units["00"] = top
        for code, name in (("06", "Bắc Kạn"), ("19", "Thái Nguyên")):
            period = UnitPeriod.objects.known().get(unit=cast.units[code])
            correct_unit(period, actor=operator, values={"name": name, "kind": "tỉnh", "parent": top}, reason="Gộp")
        assert "Chưa Có Chức Vụ" in names(reader(operator, cast, "national", "00"))

    @pytest.mark.parametrize("who", ["province_officer", "district_leader", "inspector", "clerk", "stranger"])
    def test_others_are_told_why_they_may_not(self, client, cast, written, who):
        answer = opened(client, cast, who, "overview:log")
        assert answer.status_code == 403
        assert "read by auditors and administrators" in answer.content.decode()
        assert not access.log_for(getattr(cast, who)).exists()

    def test_an_ended_unit_reads_nothing(self, cast, operator, settings, written):
        auditor = reader(operator, cast, "commune_auditor", "01969")
        assert "xã/QĐ" in names(auditor)
        period = UnitPeriod.objects.known().get(unit=cast.units["01969"])
        values = {"name": "Phủ Thông", "kind": "thị trấn", "parent": cast.units["063"], "ended_on": dt.date(2024, 1, 6)}
        correct_unit(period, actor=operator, values=values, reason="Sắp xếp")
        settings.MOTCUA_TODAY = dt.date(2024, 1, 6)
        assert names(auditor) == set()


class TestPage:
    def test_each_entry_says_who_when_what_and_each_value(self, client, cast, written):
        text = text_of(opened(client, cast, "auditor", "overview:log", q="xa/qd"))
        assert "Đặng Thị Phủ commune clerk – thị trấn Phủ Thông entered official document xã/QĐ" in text
        assert "05/01/2024" in text
        assert "number and symbol: xã/QĐ" in text

    def test_text_is_found_without_diacritics_and_never_out_of_reach(self, client, cast, written):
        assert "huyện/QĐ" in text_of(opened(client, cast, "auditor", "overview:log", q="HUYEN/qd"))
        for word in ("la/qd", "nguyen van la", "thai nguyen"):
            assert "No entry fits" in text_of(opened(client, cast, "auditor", "overview:log", q=word))

    def test_it_is_searched_by_person_verb_and_days(self, client, cast, written):
        page = opened(client, cast, "auditor", "overview:log", person="trieu van huyen", verb="enter")
        assert "huyện/QĐ" in text_of(page)
        assert "xã/QĐ" not in text_of(page)
        assert "No entry fits" in text_of(opened(client, cast, "auditor", "overview:log", person="nguyen van la"))
        assert "No entry fits" in text_of(opened(client, cast, "auditor", "overview:log", until="04/01/2024"))
        that_day = {"since": "05/01/2024", "until": "05/01/2024"}
        assert "xã/QĐ" in text_of(opened(client, cast, "auditor", "overview:log", **that_day))

    def test_days_in_the_wrong_order_are_said(self, client, cast):
        page = opened(client, cast, "auditor", "overview:log", since="05/01/2024", until="04/01/2024")
        assert "must not lie before the first" in errors_of(page)

    def test_the_spreadsheet_holds_the_entries_that_the_page_holds(self, client, cast, written):
        answer = opened(client, cast, "auditor", "overview:log", q="/qd", export="xlsx")
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        said = [row[3] for row in sheet.iter_rows(min_row=2, values_only=True)]
        assert sorted(said) == sorted(f"entered official document {name}/QĐ" for name in ("tỉnh", "huyện", "xã"))

    def test_a_spreadsheet_that_is_too_long_is_refused(self, client, cast, written, monkeypatch):
        monkeypatch.setattr("motcua.overview.views.MOST_EXPORTED", 2)
        page = opened(client, cast, "auditor", "overview:log", export="xlsx")
        assert page.status_code == 422
        assert "at most 2 entries" in page.content.decode()

    def test_a_long_log_is_paged_and_needs_no_more_queries(self, client, cast, django_assert_max_num_queries):
        for number in range(60):
            enter(cast.clerk, cast.units["01969"], f"{number}/CV")
        cast.sign_in(client, "auditor")
        with django_assert_max_num_queries(16):
            first = text_of(client.get(reverse("overview:log")))
        assert "59/CV" in first
        assert "Rows 1 to 50" in first
        assert "2/CV" in text_of(client.get(reverse("overview:log"), {"page": "2"}))
