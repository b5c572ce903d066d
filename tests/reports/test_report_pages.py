"""The pages of reports: drafting, reading, editing, files, templates; and who may not."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import Person
from motcua.common.actor import Actor, operator
from motcua.figures.rules import ClassesDoNotPart
from motcua.funding.models import Programme
from motcua.reports.models import IssueForm, Report, ReportEdition, ReportTemplate
from motcua.reports.shown import Shown
from motcua.units.actions import add_unit, give_post
from motcua.units.enums import Role, UnitKind
from tests.reports.test_case_report import DAY

KEY = "bach-thong-2023"


@pytest.fixture
def desk(client: Client, officer: Actor) -> Client:
    """The district officer, signed in."""
    client.force_login(Person.objects.get(pk=officer.person_id))
    return client


@pytest.fixture
def stranger_desk(case: Programme) -> Client:
    """An officer of another province, signed in."""
    values = {"name": "Cao Bằng", "kind": UnitKind.TINH, "parent": None}
    unit = add_unit(actor=operator("test"), code="04", values=values)
    person = Person.objects.create_user("stranger", "một mật khẩu đủ dài", full_name="Người Lạ")
    give_post(actor=operator("test"), person=person, values={"unit": unit, "role": Role.PROGRAMME_OFFICER})
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def report(desk: Client) -> Report:
    data = {"unit": "063", "as_of": "27/12/2023", "template": "use-of-equipment"}
    answer = desk.post(reverse("reports:draft", args=[KEY]), data)
    assert answer.status_code == 302, answer.content.decode()
    return Report.objects.get()


def test_a_draft_begins_from_the_form_of_issue(desk: Client) -> None:
    page = desk.get(reverse("reports:draft", args=[KEY])).content.decode()
    assert 'value="063"' in page
    assert 'value="27/12/2023"' in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"as_of": "01/01/2203"}, "2203"),
        ({"as_of": "hôm qua"}, "hôm qua"),
        ({"unit": "99"}, "Không có đơn vị nào trong phạm vi mang mã này"),
        ({"unit": "06"}, "Không có đơn vị nào trong phạm vi mang mã này"),
    ],
)
def test_a_draft_that_cannot_be_says_why_and_stores_nothing(desk: Client, change: dict[str, str], said: str) -> None:
    data = {"unit": "063", "as_of": "27/12/2023", "template": "use-of-equipment", **change}
    page = desk.post(reverse("reports:draft", args=[KEY]), data).content.decode()
    assert said in page
    assert not Report.objects.exists()


def test_the_page_shows_the_report_with_numbers_that_open(desk: Client, report: Report) -> None:
    page = desk.get(reverse("reports:report", args=[report.pk])).content.decode()
    assert "13/14" in page
    assert f"/{KEY}/" in page
    assert 'data-key="figure:units_placed:ratio"' in page


def test_the_files_come_with_their_types(desk: Client, report: Report) -> None:
    word = desk.get(reverse("reports:download", args=[report.pk, "word"]))
    pdf = desk.get(reverse("reports:download", args=[report.pk, "pdf"]))
    text = desk.get(reverse("reports:download", args=[report.pk, "text"]))
    assert word.content[:2] == b"PK"
    assert pdf.content[:5] == b"%PDF-"
    assert "403.200.000đ" in text.content.decode()
    assert desk.get(reverse("reports:download", args=[report.pk, "exe"])).status_code == 404


def test_an_edited_draft_is_saved_as_a_new_edition(desk: Client, report: Report) -> None:
    page = desk.get(reverse("reports:edit_report", args=[report.pk]))
    blocks = page.context["blocks"]
    data = {
        **page.context["form"].initial,
        "edition": "1",
        "do": "save",
        "kind": [block.kind for block in blocks] + ["item"],
        "text": [block.text for block in blocks] + ["Ý kiến thêm của huyện."],
    }
    answer = desk.post(reverse("reports:edit_report", args=[report.pk]), data)
    assert answer.status_code == 302, answer.content.decode()
    assert report.editions.count() == 2
    assert "Ý kiến thêm của huyện" in desk.get(reverse("reports:report", args=[report.pk])).content.decode()


def test_an_edit_with_a_wrong_brace_keeps_what_was_typed_and_saves_nothing(desk: Client, report: Report) -> None:
    initial = desk.get(reverse("reports:edit_report", args=[report.pk])).context["form"].initial
    data = {**initial, "edition": "1", "do": "save", "kind": ["item"], "text": ["Có {13/14} đơn vị"]}
    page = desk.post(reverse("reports:edit_report", args=[report.pk]), data).content.decode()
    assert "Có {13/14} đơn vị" in page
    assert "errors" in page
    assert report.editions.count() == 1


def test_a_preview_shows_what_is_typed_and_saves_nothing(desk: Client, report: Report) -> None:
    initial = desk.get(reverse("reports:edit_report", args=[report.pk])).context["form"].initial
    data = {**initial, "kind": ["paragraph"], "text": ["Chỉ có {figure:units_placed:ratio}."]}
    page = desk.post(reverse("reports:preview_report", args=[report.pk]), data).content.decode()
    assert "Chỉ có" in page
    assert "13/14" in page
    assert report.editions.count() == 1


def test_the_stranger_finds_nothing_at_any_address(stranger_desk: Client, report: Report) -> None:
    unit = report.unit_id
    for name, args in [
        ("report", [report.pk]),
        ("edit_report", [report.pk]),
        ("editions", [report.pk]),
        ("download", [report.pk, "pdf"]),
        ("draft", [KEY]),
        ("issue_form", [KEY, unit]),
    ]:
        assert stranger_desk.get(reverse(f"reports:{name}", args=args)).status_code == 404, name
    assert "Kết quả sử dụng" not in stranger_desk.get(reverse("reports:reports")).content.decode()


def test_a_clerk_below_reads_no_draft_of_the_district(client: Client, clerk: Actor, report: Report) -> None:
    below = Client()
    below.force_login(Person.objects.get(pk=clerk.person_id))
    assert below.get(reverse("reports:report", args=[report.pk])).status_code == 404


def test_the_form_of_issue_is_corrected_whole(desk: Client, case: Programme) -> None:
    form = IssueForm.objects.known().get()
    address = reverse("reports:issue_form", args=[KEY, form.unit_id])
    initial = desk.get(address).context["form"].initial
    data = {name: "" if value is None else value for name, value in initial.items()}
    data |= {"as_of": "27/12/2023", "signer": "Hà Thị Lãnh", "signs_for": "", "reason": "Đổi người ký"}
    assert desk.post(address, data).status_code == 302
    now = IssueForm.objects.known().get()
    assert now.signature == {
        "on_behalf_of": "ỦY BAN NHÂN DÂN",
        "for": None,
        "title": "PHÓ CHỦ TỊCH",
        "name": "Hà Thị Lãnh",
    }
    assert now.reason == "Đổi người ký"
    assert now.recipients[-1] == {"name": "Lưu VT", "copy": "archive"}


def test_a_kept_template_is_used_and_a_bad_one_is_refused_with_its_place(desk: Client, case: Programme) -> None:
    tree = {"body": [{"paragraph": ["Có ", {"figure": "units_placed", "show": "ratio"}, "."]}]}
    bad = {"body": [{"paragraph": [{"figure": "units_plced", "show": "ratio"}]}]}

    def send(content: object) -> str:
        file = SimpleUploadedFile("mau.json", json.dumps(content).encode())
        data = {"key": "ngan", "name": "Ngắn", "file": file}
        answer = desk.post(reverse("reports:keep_template"), data)
        return answer.content.decode()

    assert "body[1].paragraph[1].figure" in send(bad)
    assert not ReportTemplate.objects.exists()
    send(tree)
    kept = ReportTemplate.objects.known().get()
    draft = {"unit": "063", "as_of": f"{DAY:%d/%m/%Y}", "template": str(kept.origin_id)}
    assert desk.post(reverse("reports:draft", args=[KEY]), draft).status_code == 302
    held = Report.objects.get()
    text = desk.get(reverse("reports:download", args=[held.pk, "text"])).content.decode()
    assert "Có 13/14." in text or "Có 13/14./." in text
    answer = desk.get(reverse("reports:template", args=[str(kept.origin_id)]))
    assert json.load(io.BytesIO(answer.content)) == tree


@pytest.mark.parametrize("page", ["report", "edit_report", "word", "pdf", "text"])
def test_figures_that_contradict_themselves_are_told_and_break_no_page(desk, report, monkeypatch, page):
    def contradict(*_args: object) -> None:
        raise ClassesDoNotPart(frozenset(["xã Mỹ Thanh"]), frozenset(), frozenset())

    monkeypatch.setattr(Shown, "of", contradict)
    is_file = page in ("word", "pdf", "text")
    address = (
        reverse("reports:download", args=[report.pk, page]) if is_file else reverse(f"reports:{page}", args=[report.pk])
    )
    answer = desk.get(address)
    assert answer.status_code == 409
    assert "xã Mỹ Thanh" in answer.content.decode()


def test_an_edition_is_never_changed_or_deleted(report):
    for change in (lambda rows: rows.update(saved_by="ai khác"), lambda rows: rows._raw_delete(using="default")):
        with pytest.raises(DatabaseError, match="reports_reportedition: a record is never"), transaction.atomic():
            change(ReportEdition.objects.all())
