"""What there is to do today: what is late or wrong first, each line with its page; and the programmes."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.common import clock
from motcua.fieldwork.actions import open_round
from motcua.funding.models import Programme
from motcua.overview.todo import todo
from motcua.registry.actions import enter_document
from motcua.units.models import Unit
from tests.cast import Cast
from tests.district_people import Loaded
from tests.text import text_of

BUDGET = 45


def directive(district: Loaded, due_in: int):
    values = {
        "number": "8703/UBND-NCPC",
        "issued_on": clock.today() - dt.timedelta(days=60),
        "issuer": "UBND tỉnh Thử Nghiệm",
        "kind": "official letter",
        "subject": "Báo cáo kết quả sử dụng",
        "direction": "incoming",
        "due_on": clock.today() + dt.timedelta(days=due_in),
        "owner_unit": Unit.objects.get(code="880"),
    }
    return enter_document(actor=district.actors["officer"], values=values)


def a_round(district: Loaded, due_in: int):
    today = clock.today()
    values = {
        "programme": Programme.objects.get(key=district.key),
        "owner_unit": Unit.objects.get(code="880"),
        "kind": "inspection",
        "title": "Đợt kiểm tra cuối năm",
        "reference_on": today - dt.timedelta(days=40),
        "due_on": today + dt.timedelta(days=due_in),
        "directive": directive(district, due_in=90),
    }
    asked = list(Unit.objects.filter(code__startswith="8800"))
    return open_round(actor=district.actors["officer"], values=values, asked=asked)


class TestToDo:
    def test_names_open_findings_by_kind(self, client, district: Loaded):
        said = text_of(district.sign_in(client, "officer").get("/"))
        assert "1 tồn tại" in said
        assert "đặt ngoài Bộ phận Một cửa" in said

    def test_puts_what_is_late_first(self, client, district: Loaded):
        directive(district, due_in=5)
        directive(district, due_in=-3)
        marks = [task.mark for task in todo(district.actors["officer"])]
        assert marks == ["late", "no", "no", "unknown"]

    def test_names_the_units_that_have_not_answered_a_round(self, client, district: Loaded):
        a_round(district, due_in=-1)
        first = todo(district.actors["officer"])[0]
        assert (first.mark, first.detail) == ("late", "xã An Bình, xã Bảo Lạc")

    def test_is_the_own_unit_s_alone(self, client, district: Loaded):
        a_round(district, due_in=-1)
        assert [task.detail for task in todo(district.actors["first_clerk"])] == ["xã An Bình"]

    def test_leaves_out_a_directive_that_asks_another_unit(self, district: Loaded):
        directive(district, due_in=-3)
        assert {task.mark for task in todo(district.actors["second_clerk"])} == {"no"}
        assert todo(district.actors["first_clerk"]) == []

    def test_tells_a_clerk_what_is_wrong_at_the_own_commune(self, client, district: Loaded):
        said = text_of(district.sign_in(client, "second_clerk").get("/"))
        assert "1 tồn tại chưa khắc phục: dùng chung với công chức" in said
        assert "không có việc nào chờ bạn" not in said

    def test_teaches_where_there_is_nothing(self, client, cast: Cast):
        said = text_of(cast.sign_in(client, "clerk").get("/"))
        assert "không có việc nào chờ bạn" in said
        assert "chưa tham gia chương trình nào" in said


class TestProgrammes:
    def test_stand_with_their_key_figures(self, client, district: Loaded):
        page = district.sign_in(client, "officer").get("/")
        assert "57.600.000đ" in text_of(page)
        assert "/figures/suoi-mo/units_placed/?unit=880&amp;side=out" in page.content.decode()

    def test_are_those_in_reach(self, client, district: Loaded, cast: Cast):
        assert "Suối Mơ" not in text_of(cast.sign_in(client, "stranger").get("/"))

    def test_are_read_in_a_bounded_number_of_queries(self, client, district: Loaded):
        district.sign_in(client, "officer")
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        assert len(queries) <= BUDGET


class TestSearch:
    @pytest.mark.parametrize("query", ["bao lac", "Bảo Lạc", "88001", "BẢO"])
    def test_finds_a_unit_with_diacritics_or_without(self, client, district: Loaded, query):
        assert "xã Bảo Lạc" in text_of(district.sign_in(client, "officer").get("/search", {"q": query}))

    @pytest.mark.parametrize("query", ["8703", "ket qua su dung"])
    def test_finds_a_document_by_number_or_subject(self, client, district: Loaded, query):
        directive(district, due_in=5)
        assert "8703/UBND-NCPC" in text_of(district.sign_in(client, "officer").get("/search", {"q": query}))

    def test_finds_devices_and_programmes(self, client, district: Loaded):
        district.sign_in(client, "officer")
        assert "máy tính 1" in text_of(client.get("/search", {"q": "may tinh 1"}))
        assert "Trang bị máy tính huyện Suối Mơ" in text_of(client.get("/search", {"q": "suoi mo"}))

    @pytest.mark.parametrize("query", ["bao lac", "suoi mo", "may tinh", "\x00", "", "%"])
    def test_shows_a_stranger_nothing(self, client, district: Loaded, cast: Cast, query):
        said = text_of(cast.sign_in(client, "stranger").get("/search", {"q": query}))
        assert "xã Bảo Lạc" not in said
        assert "máy tính 1" not in said
