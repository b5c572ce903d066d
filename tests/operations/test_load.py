"""A folder is taken in whole, and again without changing anything; a changed one makes correcting records."""

import datetime as dt
import json
import shutil
import unicodedata

import pytest

from motcua.catalogue.models import RequirementSet
from motcua.common import clock
from motcua.common.models import AuditEntry
from motcua.fieldwork.models import Check, Round, Visit
from motcua.figures.queries import evaluate_all
from motcua.funding.models import Allocation, Balance, Programme, PurchaseStep
from motcua.operations.load import REQUIRED
from motcua.registry.models import OfficialDocument
from motcua.reports.models import IssueForm
from motcua.units.enums import Level
from motcua.units.models import Unit, UnitPeriod
from motcua.units.queries import by_code, subtree
from tests.operations.conftest import change

pytestmark = pytest.mark.django_db
DAY = dt.date(2023, 12, 27)
OPTIONAL = ("documents.csv", "visits.csv", "checks.csv", "settlements.csv", "narrative.csv")


def figures(key="bach-thong-2023", code="063"):
    return evaluate_all(Programme.objects.get(key=key), by_code(code, DAY), DAY)


def codes(answer, side):
    return [unit.code for unit in answer.side(side)]


def test_the_same_folder_again_changes_nothing(command, case):
    assert command("load", case).code == 0
    entries, checks = AuditEntry.objects.count(), Check.objects.count()
    again = command("load", case)
    assert (again.code, again.err) == (0, "Không có gì để thay đổi: mọi dữ kiện này đã có.\n")
    assert (AuditEntry.objects.count(), Check.objects.count()) == (entries, checks)


def test_the_audit_log_names_the_operator(command, case):
    command("load", case, "--as", "Nông Thị Vận Hành")
    by_hand = AuditEntry.objects.exclude(actor__name="Motcua")  # findings follow by themselves
    assert {(entry.actor["name"], entry.actor["via"]) for entry in by_hand} == {("Nông Thị Vận Hành", "command")}


def test_a_dry_run_says_what_would_change_and_changes_nothing(command, case):
    said = command("load", case, "--dry-run")
    assert said.code == 0
    assert "28" in said.err
    assert "chạy thử" in said.err
    assert not Programme.objects.exists()
    assert not Unit.objects.exists()
    assert not AuditEntry.objects.exists()


class TestAChangedFolder:
    def test_a_changed_cell_makes_a_correcting_record(self, command, case):
        command("load", case)
        change(case / "checks.csv", "yes,outside,", "yes,one_stop,")
        said = command("load", case)
        assert said.code == 0
        old, new = Check.objects.filter(unit__code="01999", device__device_type="computer").order_by("recorded_at")
        assert (old.said["placement"], new.said["placement"]) == ("outside", "one_stop")
        assert (new.replaces_id, old.replaced_at) == (old.pk, new.recorded_at)
        assert new.reason
        assert figures()["units_placed"].value == 14

    def test_a_cell_made_empty_is_unknown_again(self, command, case):
        command("load", case)
        change(case / "checks.csv", 'outside,"khu vực bên ngoài, gần cầu thang đi lại",', ",,")
        command("load", case)
        placed = figures()["units_placed"]
        assert (placed.value, codes(placed, "unknown")) == (13, ["01999"])

    def test_a_removed_row_is_withdrawn_and_stays_readable(self, command, case):
        command("load", case)
        change(case / "settlements.csv", "Vũ Muộn,2023-12-27,yes\n", "")
        command("load", case)
        assert codes(figures()["units_settled"], "unknown") == ["01981"]
        step = PurchaseStep.objects.filter(unit__code="01981").order_by("recorded_at")
        assert [row.withdrawn for row in step] == [False, True]

    def test_a_device_that_the_files_no_longer_know_counts_no_more(self, command, case):
        change(case / "checks.csv", "Vũ Muộn,scanner,1", "Vũ Muộn,computer,2")
        command("load", case)
        assert codes(figures()["units_placed"], "unknown") == ["01981"]
        change(case / "checks.csv", "Vũ Muộn,computer,2", "Vũ Muộn,scanner,1")
        command("load", case)
        assert codes(figures()["units_placed"], "unknown") == []

    def test_a_changed_amount_moves_the_money(self, command, case):
        command("load", case)
        change(case / "allocations.csv", "Vũ Muộn,28800000", "Vũ Muộn,28000000")
        command("load", case)
        answers = figures()
        assert answers["amount_given_on"].value == 403_200_000 - 800_000
        assert answers["amount_each"].value is None
        district = Balance.objects.get(unit__code="063")
        assert district.available_vnd == 800_000

    def test_it_is_as_if_only_the_changed_folder_had_been_taken_in(self, command, case, tmp_path):
        command("load", case)
        change(case / "checks.csv", "shared", "staff")
        change(case / "allocations.csv", "Cao Sơn,28800000", "Cao Sơn,20000000")
        change(case / "settlements.csv", "Cao Sơn,2023-12-27,yes\n", "Cao Sơn,2023-12-27,no\n")
        command("load", case)
        other = shutil.copytree(case, tmp_path / "the-same")
        command("load", other)
        assert said_of(figures()) == said_of(figures("the-same"))

    def test_a_correction_by_hand_stays_until_the_file_says_something_new(self, command, case, operator):
        from motcua.fieldwork.actions import correct_check

        command("load", case)
        check = Check.objects.known().get(unit__code="01999", device__device_type="computer")
        correct_check(check, actor=operator, values={"said": {**check.said, "placement": "one_stop"}}, reason="đã dời")
        command("load", case)
        assert figures()["units_placed"].value == 14


def said_of(answers):
    return {name: (a.value, a.population, codes(a, "in"), codes(a, "out")) for name, a in answers.items()}


class TestForms:
    def test_a_byte_order_mark_is_no_part_of_the_first_column(self, command, case):
        for file in case.iterdir():
            file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
        assert command("load", case).code == 0
        assert figures()["units_placed"].value == 13

    def test_semicolons_windows_line_ends_and_separate_marks_are_read(self, command, case):
        import csv
        import unicodedata

        for file in case.glob("*.csv"):
            rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
            with file.open("w", encoding="utf-8", newline="") as out:
                csv.writer(out, delimiter=";").writerows(
                    [unicodedata.normalize("NFD", cell) for cell in row] for row in rows
                )
        assert command("load", case).code == 0
        assert figures()["units_placed"].value == 13

    @pytest.mark.parametrize("missing", [*[(name,) for name in OPTIONAL], OPTIONAL])
    def test_an_optional_file_may_be_missing(self, command, case, missing):
        for name in missing:
            (case / name).unlink()
        if "documents.csv" in missing:
            change(case / "issue.json", '"answers": "directive"', '"answers": null')
            change(case / "allocations.csv", "allocation-decision,", ",")
        assert command("load", case).code == 0
        answers = figures()
        assert answers["amount_allocated"].value == 403_200_000
        assert answers["units_settled"].value == (0 if "settlements.csv" in missing else 14)
        assert len(answers["units_placed"].members_unknown) == (14 if "checks.csv" in missing else 0)
        assert Visit.objects.exists() is ("visits.csv" not in missing)
        assert OfficialDocument.objects.exists() is ("documents.csv" not in missing)

    def test_without_the_changes_of_units_the_folder_is_as_good(self, command, case):
        (case / "unit-changes-2025-07-01.csv").unlink()
        assert command("load", case).code == 0
        assert figures()["units_placed"].value == 13

    def test_only_three_files_are_required(self):
        assert set(REQUIRED) == {"units.csv", "allocations.csv", "issue.json"}

    def test_the_head_signs_in_two_lines(self, command, case):
        issue = json.loads((case / "issue.json").read_text(encoding="utf-8"))
        issue["signature"] |= {"for": None, "title": "CHỦ TỊCH"}
        (case / "issue.json").write_text(json.dumps(issue), encoding="utf-8")
        command("load", case)
        said = command("report", case.name, "--unit", "063", "--as-of", "2023-12-27")
        assert "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH" in said.out
        assert "KT." not in said.out

    def test_two_folders_with_the_same_units_are_two_programmes(self, command, case, tmp_path):
        command("load", case)
        units = Unit.objects.count()
        command("load", shutil.copytree(case, tmp_path / "nam-sau"))
        assert Unit.objects.count() == units
        assert Allocation.objects.known().count() == 30
        assert said_of(figures()) == said_of(figures("nam-sau"))

    def test_separate_marks_and_double_spaces_in_the_issue_are_read(self, command, case):
        text = unicodedata.normalize("NFD", (case / "issue.json").read_text(encoding="utf-8"))
        (case / "issue.json").write_text(text.replace('"UBND ', '"UBND  '), encoding="utf-8")
        said = command("load", case)
        assert said.code == 0, said.err
        form = IssueForm.objects.get()
        assert (form.issuer_name, form.signature["name"]) == ("UBND huyện Bạch Thông", "Nguyễn Duy Luân")

    def test_a_file_that_has_gone_says_nothing(self, command, case):
        command("load", case)
        change(case / "issue.json", '"answers": "directive"', '"answers": null')
        change(case / "allocations.csv", "allocation-decision,", ",")
        (case / "documents.csv").unlink()
        (case / "visits.csv").unlink()
        command("load", case)
        assert OfficialDocument.objects.known().count() == 3
        assert {check.visit_id is None for check in Check.objects.known()} == {False}

    def test_a_directive_and_requirements_that_have_gone_ask_for_nothing_more(self, command, case):
        command("load", case)
        change(case / "issue.json", '"answers": "directive"', '"answers": null')
        (case / "documents.csv").write_text("key,number,date,issuer,kind,subject\nallocation-decision,,,,,Phân bổ\n")
        command("load", case)
        assert not Round.objects.known().exists()
        assert not RequirementSet.objects.known().exists()

    def test_without_a_day_of_its_own_the_folder_is_the_same_tomorrow(self, command, case, monkeypatch):
        change(case / "issue.json", '"as_of": "2023-12-27"', '"as_of": null')
        command("load", case)
        today = clock.today()
        monkeypatch.setattr(clock, "today", lambda: today + dt.timedelta(days=1))
        assert command("load", case).err == "Không có gì để thay đổi: mọi dữ kiện này đã có.\n"

    def test_a_name_means_the_unit_that_lives_on_the_day(self, command, case):
        with (case / "checks.csv").open("a", encoding="utf-8") as file:
            file.write("Phủ Thông,computer,1,,2025-07-02,yes,,,,,\n")
        assert command("load", case).code == 0
        assert str(UnitPeriod.objects.get(unit=Check.objects.get(observed_on="2025-07-02").unit)) == "xã Phủ Thông"

    def test_spaces_of_any_kind_in_a_cell_are_one(self, command, case):
        change(case / "allocations.csv", "UBND huyện Bạch Thông,Cao Sơn", "UBND\u00a0huyện  Bạch Thông,Cao\tSơn")
        assert command("load", case).code == 0
        assert figures()["units_allocated"].value == 14

    def test_a_folder_named_with_separate_marks_is_the_same_programme(self, command, case):
        folder = case.rename(case.with_name(unicodedata.normalize("NFD", "Bạch Thông 2023")))
        assert command("load", folder).code == 0
        assert Programme.objects.get().key == "Bạch Thông 2023"
        asked = command("figures", folder.name, "--unit", "063", "--as-of", DAY)
        assert (asked.code, asked.err) == (0, "")


def test_each_device_has_its_own_entry_in_the_log(command, case):
    command("load", case)
    assert AuditEntry.objects.filter(object_type="device", verb="enter_device").count() == 28


def test_units_of_one_name_are_told_apart_by_their_codes(command, case):
    with (case / "units.csv").open("a", encoding="utf-8") as file:
        file.write("02999,Cao Sơn,xã,063,,\n")
    said = command("load", case)
    assert said.code == 1
    assert "xã Cao Sơn: 02002" in said.err
    assert "xã Cao Sơn: 02999" in said.err


class TestACodeThatLivesTwice:
    def test_a_unit_that_is_parted_in_time_becomes_two(self, command, case):
        command("load", case)
        first = Unit.objects.get(code="02002")
        row = "02002,Cao Sơn,xã,063,,2025-06-30\n"
        parted = "02002,Cao Sơn,xã,063,,2023-12-31\n02002,Cao Sơn Mới,phường,063,2024-01-01,2025-06-30\n"
        change(case / "units.csv", row, parted)
        assert command("load", case).code == 0
        names = [by_code("02002", dt.date(year, month, 1)).full_name for year, month in ((2023, 12), (2024, 1))]
        assert names == ["xã Cao Sơn", "phường Cao Sơn Mới"]
        assert by_code("02002", DAY).id == first.pk
        assert "Không có gì để thay đổi" in command("load", case).err

    def test_those_below_stay_below_the_code(self, command, case):
        row = "063,Bạch Thông,huyện,06,,2025-06-30\n"
        parted = "063,Bạch Thông,huyện,06,,2023-12-26\n063,Bạch Thông,thị xã,06,2023-12-27,2025-06-30\n"
        change(case / "units.csv", row, parted)
        change(case / "issue.json", "UBND huyện Bạch Thông", "UBND thị xã Bạch Thông")
        text = (case / "allocations.csv").read_text(encoding="utf-8")
        (case / "allocations.csv").write_text(text.replace("UBND huyện", "UBND thị xã"), encoding="utf-8")
        said = command("load", case)
        assert said.code == 0, said.err
        assert figures()["units_allocated"].value == 14
        for day in (dt.date(2023, 12, 26), DAY):
            assert len(subtree(by_code("063", day).path, day, level=Level.COMMUNE)) == 14
        assert "Không có gì để thay đổi" in command("load", case).err
