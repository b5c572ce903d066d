"""What is put into a draft by its key must be in reach: nobody reads through a report what they may not read."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import Person
from motcua.common.actor import Actor, operator
from motcua.followup.actions import enter_judgement, withdraw_judgement
from motcua.followup.models import Judgement
from motcua.funding.models import Programme
from motcua.registry.actions import enter_document
from motcua.reports import editing
from motcua.reports.actions import draft_report
from motcua.reports.models import Report
from motcua.reports.queries import live_report
from motcua.units.models import Unit
from motcua.units.queries import by_code
from tests.reports.test_case_report import DAY

SECRET = "Nội dung không dành cho huyện"


@pytest.fixture
def desk(client: Client, officer: Actor) -> Client:
    client.force_login(Person.objects.get(pk=officer.person_id))
    return client


@pytest.fixture
def report(case: Programme, officer: Actor) -> Report:
    unit = by_code("063", DAY)
    assert unit
    return draft_report(actor=officer, programme=case, unit=unit, as_of=DAY)


@pytest.fixture
def province() -> Unit:
    return Unit.objects.get(code="06")


def sent(desk: Client, report: Report, text: str, to: str = "edit_report", **more: object) -> str:
    head = {name: value or "" for name, value in editing.header_values(live_report(report).document).items()}
    data = {**head, "edition": "1", "do": "save", "kind": ["paragraph"], "text": [text], **more}
    answer = desk.post(reverse(f"reports:{to}", args=[report.pk]), data)
    assert answer.status_code in (200, 302)
    return answer.content.decode()


@pytest.mark.parametrize("to", ["edit_report", "preview_report"])
def test_a_document_out_of_reach_is_not_cited(desk, report, province, to):
    values = {
        "direction": "outgoing",
        "kind": "notice",
        "issuer": "UBND tỉnh",
        "subject": SECRET,
        "owner_unit": province,
    }
    paper = enter_document(actor=operator("test"), values=values)
    page = sent(desk, report, f"Theo {{citation:{paper.origin_id}}}.", to)
    assert SECRET not in page
    assert "không dành cho huyện" not in page
    assert report.editions.count() == 1


def test_a_document_that_the_draft_cites_already_stays(desk, report):
    cited = next(
        run.key
        for block in live_report(report).document.body
        for run in getattr(block, "runs", ())
        if (run.key or "").startswith("citation:")
    )
    sent(desk, report, f"Theo {{x|{cited}}}.")
    assert report.editions.count() == 2


def test_a_statement_of_another_unit_is_not_shown(desk, report, case, province):
    said = {"kind": "strength", "concerns": "", "wording": SECRET, "gloss": ""}
    row = enter_judgement(actor=operator("test"), programme=case, unit=province, values=said)
    assert SECRET not in sent(desk, report, f"Rằng {{statement:{row.origin_id}}}.", "preview_report")


def test_a_statement_that_is_not_there_is_named_and_one_taken_back_keeps_its_text(desk, report, officer):
    page = sent(desk, report, f"Rằng {{statement:{uuid.uuid4()}}}.")
    assert "không có chỉ tiêu, văn bản hoặc" in page or report.editions.count() == 1
    for row in Judgement.objects.known():
        withdraw_judgement(row, actor=officer, reason="thử")
    assert desk.get(reverse("reports:report", args=[report.pk])).status_code == 200
    assert desk.get(reverse("reports:download", args=[report.pk, "word"])).status_code == 200


@pytest.mark.parametrize("edition", ["²", "9" * 5000, "-1", ""])
def test_an_edition_that_is_no_number_is_that_of_somebody_else(desk, report, edition):
    sent(desk, report, "Xin chào.", edition=edition)
    assert report.editions.count() == 1


def test_signs_that_no_document_holds_become_spaces(desk, report):
    sent(desk, report, "Xin\x00chào\x07các bạn.")
    edition = report.editions.order_by("-number")[0]
    assert edition.number == 2
    assert edition.body["body"][0]["runs"][0]["text"] == "Xin chào các bạn."
