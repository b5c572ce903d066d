"""Bad input: each fault is said in Vietnamese with its file, row and column, and nothing at all is written."""

import json

import pytest

from motcua.common.models import AuditEntry
from motcua.funding.models import Programme
from motcua.units.models import Unit
from tests.operations.conftest import change

pytestmark = pytest.mark.django_db


def refused(command, folder, *said):
    """The command ends with 1, says all this, and leaves the database empty."""
    answer = command("load", folder)
    missing = [text for text in said if text not in answer.err]
    assert (answer.code, answer.out, missing) == (1, "", []), answer.err
    assert "Traceback" not in answer.err
    assert not Programme.objects.exists()
    assert not Unit.objects.exists()
    assert not AuditEntry.objects.exists()
    return answer


CELLS = {
    "an unknown unit": ("checks.csv", "Cao Sơn,computer", "Cao Xơn,computer", "dòng 4, cột unit", "“Cao Xơn”"),
    "a date in 2203": (
        "visits.csv",
        "Cao Sơn,2023-12-27",
        "Cao Sơn,2203-12-27",
        "dòng 3, cột visited_on",
        "27/12/2203",
        "ở tương lai",
    ),
    "a date that is none": (
        "visits.csv",
        "Cao Sơn,2023-12-27",
        "Cao Sơn,2023-13-27",
        "dòng 3, cột visited_on",
        "“2023-13-27”",
        "không phải ngày",
    ),
    "a date in 1023": (
        "checks.csv",
        "Cao Sơn,computer,1,yes,2023",
        "Cao Sơn,computer,1,yes,1023",
        "dòng 4, cột visited_on",
    ),
    "a check twice": ("checks.csv", "Cao Sơn,scanner", "Cao Sơn,computer", "dòng 5, cột device", "dòng 4"),
    "an answer that is none": (
        "checks.csv",
        "yes,outside,",
        "yes,ngoài,",
        "dòng 16, cột placement",
        "“ngoài”",
        "one_stop",
    ),
    "a use that is none": (
        "checks.csv",
        ",dedicated\nPhủ",
        ",riêng\nPhủ",
        "dòng 2, cột use_mode",
        "“riêng”",
        "dedicated",
    ),
    "an amount in words": (
        "allocations.csv",
        "Cao Sơn,28800000",
        "Cao Sơn,28 triệu",
        "dòng 4, cột amount_vnd",
        "“28 triệu”",
    ),
    "an amount below zero": ("allocations.csv", "Cao Sơn,28800000", "Cao Sơn,-28800000", "dòng 4, cột amount_vnd"),
    "a part of a đồng": ("allocations.csv", "Cao Sơn,28800000", "Cao Sơn,28800000.5", "dòng 4, cột amount_vnd"),
    "money to oneself": (
        "allocations.csv",
        "Thông,Cao Sơn,",
        "Thông,huyện Bạch Thông,",
        "dòng 4, cột to",
        "chính mình",
    ),
    "an unknown decision": (
        "allocations.csv",
        "allocation-decision,",
        "quyet-dinh,",
        "dòng 2, cột decision",
        "“quyet-dinh”",
        "documents.csv",
    ),
    "a settlement twice": ("settlements.csv", "Cao Sơn,", "Phủ Thông,", "dòng 3, cột unit", "dòng 2"),
    "an unknown parent": (
        "units.csv",
        "01975,Vi Hương,xã,063",
        "01975,Vi Hương,xã,064",
        "dòng 5, cột parent_code",
        "064",
    ),
    "a code twice": ("units.csv", "01975,Vi Hương", "01969,Vi Hương", "dòng 5, cột code", "01969"),
    "a kind that is none": ("units.csv", "Vi Hương,xã", "Vi Hương,làng", "dòng 5, cột kind", "“làng”"),
    "a side of no figure": (
        "narrative.csv",
        "units_shared:in",
        "units_shard:in",
        "dòng 4, cột concerns",
        "“units_shard:in”",
    ),
    "a kind of judgement that is none": ("narrative.csv", "cause,aw", "reason,aw", "dòng 6, cột kind", "“reason”"),
    "a missing column": ("visits.csv", "unit,visited_on", "unit,visited", "dòng 1", "visited_on"),
    "an unknown column": ("visits.csv", "inspected_by", "inspector", "dòng 1, cột inspector"),
    "a column twice": ("visits.csv", "assigned_on\n", "assigned_by\n", "dòng 1, cột assigned_by"),
    "too many cells": ("settlements.csv", "Cao Sơn,2023-12-27,yes", "Cao Sơn,2023-12-27,yes,x", "dòng 3"),
}


@pytest.mark.parametrize("name", CELLS)
def test_a_bad_cell_is_named_by_file_row_and_column(command, case, name):
    file, old, new, place, *said = CELLS[name]
    text = (case / file).read_text(encoding="utf-8")
    assert old in text
    (case / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    refused(command, case, f"{file}, {place}: ", *said)


def test_more_given_on_than_received_says_how_much_too_much(command, case):
    change(case / "allocations.csv", "Cao Sơn,28800000", "Cao Sơn,38800000")
    refused(command, case, "allocations.csv, dòng ", "cột amount_vnd: ", "UBND huyện Bạch Thông", "10.000.000")


def test_a_name_that_means_several_units_is_answered_with_them(command, case):
    with (case / "units.csv").open("a", encoding="utf-8") as units:
        units.write("09998,Cao Sơn,thị trấn,063,,2025-06-30\n")
    refused(command, case, "“Cao Sơn”", "xã Cao Sơn", "thị trấn Cao Sơn", "checks.csv, dòng 4, cột unit")


def test_an_open_quotation_mark_is_named_by_its_row(command, case):
    change(case / "checks.csv", 'cầu thang đi lại",', "cầu thang đi lại,")
    refused(command, case, "checks.csv, dòng ")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "checks.csv"),
        (b"unit\xff\xfe", "checks.csv, dòng 1: "),
        ("unit,device_type\n".encode("utf-16"), "UTF-8"),
        (b"PK\x03\x04\x00\x00", "checks.csv"),
    ],
)
def test_a_file_that_is_no_table_is_named(command, case, content, said):
    (case / "checks.csv").write_bytes(content)
    refused(command, case, said, "checks.csv")


def test_broken_json_is_named_by_its_row(command, case):
    change(case / "issue.json", '"year": 2023,', '"year": 2023')
    refused(command, case, "issue.json, dòng 5: ")


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("programme", "year"), "2023", "programme.year"),
        (("programme", "device_types"), "computer", "programme.device_types"),
        (("recipients",), {"name": "Sở"}, "recipients"),
        (("date", "month"), 13, "date.month"),
        (("as_of",), "27-12", "as_of"),
        (("issuer", "name"), None, "issuer.name"),
        (("issuer", "name"), "UBND huyện Ba Bể", "issuer.name"),
        (("answers",), "chi-thi", "answers"),
    ],
)
def test_a_value_of_the_form_that_cannot_be_is_named_by_its_path(command, case, path, value, said):
    issue = json.loads((case / "issue.json").read_text(encoding="utf-8"))
    place = issue
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    (case / "issue.json").write_text(json.dumps(issue), encoding="utf-8")
    refused(command, case, f"issue.json, mục {said}: ")


def test_json_that_is_no_object_is_refused(command, case):
    (case / "issue.json").write_text("[]", encoding="utf-8")
    refused(command, case, "issue.json: ")


def test_every_fault_of_every_file_is_said_at_once(command, case):
    change(case / "visits.csv", "Cao Sơn,2023-12-27", "Cao Sơn,2203-12-27")
    change(case / "settlements.csv", "Mỹ Thanh,2023-12-27,yes", "Mỹ Thanh,2023-12-27,có")
    change(case / "checks.csv", "yes,outside,", "yes,ngoài,")
    answer = refused(command, case, "visits.csv, dòng 3", "settlements.csv, dòng 8", "checks.csv, dòng 16")
    assert len(answer.err.strip().splitlines()) == 3


@pytest.mark.parametrize("name", ["units.csv", "allocations.csv", "issue.json"])
def test_a_missing_file_is_named(command, case, name):
    (case / name).unlink()
    refused(command, case, f"{name}: thiếu tệp")


def test_a_folder_that_is_not_there_is_named(command, tmp_path):
    refused(command, tmp_path / "khong-co", "khong-co: ")


def test_a_folder_whose_name_is_no_key_is_refused(command, case):
    refused(command, case.rename(case.with_name("Bạch=Thông")), "Bạch=Thông: ")


def test_a_circle_of_units_is_named(command, case):
    change(case / "units.csv", "06,Bắc Kạn,tỉnh,,", "06,Bắc Kạn,tỉnh,063,")
    refused(command, case, "units.csv, dòng 2, cột parent_code: ")


def test_a_second_load_that_fails_leaves_the_first_as_it_was(command, case):
    command("load", case)
    entries = AuditEntry.objects.count()
    change(case / "checks.csv", "yes,outside,", "yes,one_stop,")
    change(case / "allocations.csv", "Cao Sơn,28800000", "Cao Sơn,38800000")
    assert command("load", case).code == 1
    assert AuditEntry.objects.count() == entries


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"as_of": "2023-12-27"', '"as_of": "2203-01-01"', "issue.json, mục as_of: ngày 2203-01-01"),
        ('"subject": "', '"subject": "\\ud800', "issue.json: "),
        ('"subject": "', '"subject": "\\u0000', "issue.json: "),
        ('"scanner"', f'"{"x" * 41}"', "issue.json, mục programme.device_types: "),
    ],
)
def test_what_the_issue_cannot_say_is_named(command, case, old, new, said):
    change(case / "issue.json", old, new)
    refused(command, case, said)


def test_a_text_where_the_issue_has_an_object_is_named(command, case):
    issue = json.loads((case / "issue.json").read_text(encoding="utf-8"))
    (case / "issue.json").write_text(json.dumps({**issue, "signature": "Nguyễn Duy Luân"}), encoding="utf-8")
    refused(command, case, "issue.json, mục signature: ")
