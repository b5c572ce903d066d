"""The API: the pages' reach, the command's figures, and no answer that its OpenAPI document does not declare."""

import datetime as dt
import json
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import booleans

from motcua.accounts.models import Person
from motcua.figures.queries import evaluate_all
from motcua.funding.models import Programme
from motcua.operations.saying import figure_json
from motcua.reports import template
from motcua.reports.actions import draft_report
from motcua.reports.models import Report
from motcua.units.models import Unit
from motcua.units.queries import by_code
from tests.cast import Cast
from tests.district_people import Loaded, load
from tests.districts import Commune, Device, District, Seen

DAY = dt.date(2023, 12, 27)


@pytest.fixture
def district(db: None, tmp_path) -> Loaded:
    """Two communes: one whose five devices stand outside, one of which nothing is known."""
    outside = Device(seen=(Seen(placement="outside", note="gần cầu thang", use="shared"),))
    communes = (Commune("An Bình", devices=(outside,) * 5), Commune("Bảo Lạc", devices=(), settled=()))
    return load(District(communes), tmp_path / "suoi-mo")


@pytest.fixture
def report(district: Loaded) -> Report:
    key = template.built_in_keys()[0]
    return draft_report(
        actor=district.actors["officer"],
        programme=Programme.objects.get(key=district.key),
        unit=by_code("880", DAY),
        as_of=DAY,
        template_key=key,
        tree=template.built_in(key),
    )


def asked(client: Client, path: str, **query):
    answer = client.get(f"/api/v1{path}", query)
    return answer.status_code, json.loads(answer.content)


class TestAnswers:
    def test_programmes_with_who_runs_them(self, client, district: Loaded):
        status, (one,) = asked(district.sign_in(client, "officer"), "/programmes")
        assert (status, one["key"], one["year"], one["owner"]["code"]) == (200, "suoi-mo", 2023, "880")

    def test_figures_as_the_command_prints_them(self, client, district: Loaded):
        programme, unit = Programme.objects.get(key="suoi-mo"), by_code("880", DAY)
        printed = [figure_json(answer) for answer in evaluate_all(programme, unit, DAY).values()]
        district.sign_in(client, "officer")
        _status, said = asked(client, "/programmes/suoi-mo/figures", unit="880", as_of="2023-12-27")
        assert said["figures"] == printed
        assert {unit["code"] for unit in said["units"]} == {"88000", "88001"}

    def test_a_figure_with_the_records_behind_each_member(self, client, district: Loaded):
        district.sign_in(client, "officer")
        _status, said = asked(client, "/programmes/suoi-mo/figures/units_placed", as_of="2023-12-27")
        out = said["members"][0]
        assert (out["unit"]["code"], out["side"], out["records"][0]["note"]) == ("88000", "out", "gần cầu thang")
        _status, found = asked(client, "/programmes/suoi-mo/checks", unit="88000")
        assert {row["id"] for row in found["checks"]} == {row["check_id"] for row in out["records"]}

    def test_an_amount_with_its_allocations(self, client, district: Loaded):
        district.sign_in(client, "officer")
        _status, said = asked(client, "/programmes/suoi-mo/figures/amount_given_on", as_of="2023-12-27")
        assert sum(row["amount_vnd"] for row in said["records"]) == said["figure"]["value"] == 57_600_000

    def test_vietnamese_letters_as_they_are(self, client, district: Loaded):
        answer = district.sign_in(client, "officer").get("/api/v1/units")
        assert "huyện Suối Mơ" in answer.content.decode()

    def test_a_report_with_its_text(self, client, district: Loaded, report: Report):
        district.sign_in(client, "officer")
        _status, (row,) = asked(client, "/reports")
        _status, said = asked(client, f"/reports/{row['id']}")
        assert row["id"] == str(report.pk)
        assert "57.600.000đ" in said["text"]


class TestPages:
    def test_of_checks_follow_each_other_without_a_gap(self, client, district: Loaded, monkeypatch):
        monkeypatch.setattr("motcua.fieldwork.api.PAGE_SIZE", 2)
        district.sign_in(client, "officer")
        seen, cursor = [], None
        while True:
            _status, said = asked(client, "/programmes/suoi-mo/checks", **({"cursor": cursor} if cursor else {}))
            seen += [row["id"] for row in said["checks"]]
            cursor = said["cursor"]
            if cursor is None:
                break
        assert len(seen) == len(set(seen)) == 5

    def test_of_units_follow_each_other_without_a_gap(self, client, district: Loaded, monkeypatch):
        monkeypatch.setattr("motcua.units.api.PAGE_SIZE", 2)
        district.sign_in(client, "officer")
        _status, first = asked(client, "/units")
        _status, second = asked(client, "/units", after=first["after"])
        codes = [unit["code"] for unit in first["units"] + second["units"]]
        assert (codes, second["after"]) == (["880", "88000", "88001"], None)


class TestReach:
    ADDRESSES = ("/programmes/suoi-mo", "/programmes/suoi-mo/figures", "/programmes/suoi-mo/figures/units_placed")

    def test_a_stranger_finds_nothing(self, client, district: Loaded, report: Report, cast: Cast):
        cast.sign_in(client, "stranger")
        unit = Unit.objects.get(code="880").pk
        gone = (*self.ADDRESSES, "/programmes/suoi-mo/checks", f"/reports/{report.pk}", f"/units/{unit}")
        assert [asked(client, path)[0] for path in gone] == [404] * len(gone)
        assert asked(client, "/programmes") == (200, [])
        assert asked(client, "/reports") == (200, [])
        assert "88000" not in str(asked(client, "/units"))

    def test_a_clerk_asks_for_the_own_commune_alone(self, client, district: Loaded):
        district.sign_in(client, "second_clerk")
        _status, said = asked(client, "/programmes/suoi-mo/figures", as_of="2023-12-27")
        assert [unit["code"] for unit in said["units"]] == ["88001"]
        assert asked(client, "/programmes/suoi-mo/figures", unit="88000")[0] == 404
        assert asked(client, "/programmes/suoi-mo/checks")[1]["checks"] == []

    def test_without_a_session_nobody_is_answered(self, client, district: Loaded):
        status, said = asked(client, "/programmes")
        assert (status, said) == (401, {"detail": "Hãy đăng nhập trước."})

    def test_without_a_post_the_reason_is_said(self, client, cast: Cast):
        client.force_login(Person.objects.create_user("nobody", "một mật khẩu đủ dài", full_name="Không Chức"))
        status, said = asked(client, "/programmes")
        assert status == 403
        assert "nên" in said["detail"]

    @pytest.mark.parametrize("day", ["2203-01-01", "x", "1900-01-01"])
    def test_a_day_that_cannot_be_is_refused(self, client, district: Loaded, day):
        district.sign_in(client, "officer")
        assert asked(client, "/programmes/suoi-mo/figures", as_of=day)[0] == 422

    @pytest.mark.parametrize("moment", ["0306-08-10T02:18:33-19:51", "9999-12-31T23:59:59Z", "0001-01-01T00:00"])
    def test_a_moment_that_cannot_be_is_refused(self, client, district: Loaded, moment):
        district.sign_in(client, "officer")
        assert asked(client, "/units", known_at=moment)[0] == 422

    def test_nothing_can_be_written(self, client, district: Loaded):
        district.sign_in(client, "officer")
        assert [client.post(f"/api/v1{path}").status_code for path in self.ADDRESSES] == [405] * 3


CHECKS = (
    schemathesis.checks.not_a_server_error,
    schemathesis.checks.status_code_conformance,
    schemathesis.checks.content_type_conformance,
    schemathesis.checks.response_schema_conformance,
)


@pytest.fixture
def wsgi() -> Iterator[WSGIHandler]:
    """The program as a server calls it, in the test's own transaction: a request must not close its connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield WSGIHandler()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.slow
def test_whatever_is_asked_the_answer_is_declared(client, district: Loaded, report: Report, caplog, wsgi):
    caplog.set_level("CRITICAL", logger="django.request")
    cookies = {name: morsel.value for name, morsel in district.sign_in(client, "officer").cookies.items()}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", wsgi)
    answered: dict[str, set[int]] = {}

    there = {"key": "suoi-mo", "name": "units_placed", "report_id": report.pk, "unit_id": report.unit_id}

    def ask(case: schemathesis.Case, is_there: bool) -> None:
        if is_there:
            case.path_parameters = {name: str(there[name]) for name in case.path_parameters or {}}
        answer = case.call(cookies=cookies)
        answered.setdefault(case.path, set()).add(answer.status_code)
        case.validate_response(answer, checks=list(CHECKS))

    for result in schema.get_all_operations():
        bounded = settings(max_examples=20, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        bounded(given(case=result.ok().as_strategy(), is_there=booleans())(ask))()
    assert len(answered) == 9
    assert all(200 in codes for codes in answered.values())
