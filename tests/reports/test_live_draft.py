"""A draft's figures follow the records; what a person wrote stays."""

import datetime as dt
from dataclasses import replace

import pytest
from django.http import QueryDict

from motcua.common.actor import Actor, operator
from motcua.common.errors import NotAllowed, Refused
from motcua.fieldwork.actions import correct_check
from motcua.fieldwork.models import Check
from motcua.funding.models import Programme
from motcua.reports import actions, editing
from motcua.reports.digits import loose_digits
from motcua.reports.models import Report
from motcua.reports.queries import live_report
from motcua.units.queries import by_code
from vanban.model import Paragraph, Run
from vanban.text import to_text

DAY = dt.date(2023, 12, 27)


@pytest.fixture
def report(case: Programme, officer: Actor) -> Report:
    unit = by_code("063", DAY)
    assert unit
    return actions.draft_report(actor=officer, programme=case, unit=unit, as_of=DAY)


def test_a_corrected_check_changes_the_draft_and_is_named(report: Report) -> None:
    check = Check.objects.known().get(unit__code="01999", device__device_type_id="computer")
    said = {**check.said, "placement": "one_stop", "placement_note": ""}
    correct_check(check, actor=operator("test"), values={"said": said}, reason="Nhìn nhầm")
    live = live_report(report)
    assert "14/14 đơn vị bố trí máy tính tại Bộ phận Một cửa." in to_text(live.document)
    assert ("13/14", "14/14") in {(change.before, change.now) for change in live.changes}


def test_what_a_person_wrote_stays_and_its_digits_are_listed(report: Report, officer: Actor) -> None:
    live = live_report(report)
    more = Paragraph((Run("Đã tập huấn cho 25 công chức từ ngày 02/01/2024."),))
    document = replace(live.document, body=(*live.document.body, more))
    actions.save_edition(report, actor=officer, document=document, base=1)
    again = live_report(report)
    assert again.edition.number == 2
    assert "Đã tập huấn cho 25 công chức" in to_text(again.document)
    assert [loose.digits for loose in again.loose] == ["25"]


def test_a_second_save_from_the_same_edition_is_refused(report: Report, officer: Actor) -> None:
    document = live_report(report).document
    actions.save_edition(report, actor=officer, document=document, base=1)
    with pytest.raises(Refused, match=r"edition 2|bản thứ 2"):
        actions.save_edition(report, actor=officer, document=document, base=1)
    assert report.editions.count() == 2


def test_a_clerk_of_a_commune_may_not_draft_for_the_district(case: Programme, clerk: Actor) -> None:
    unit = by_code("063", DAY)
    assert unit
    with pytest.raises(NotAllowed):
        actions.draft_report(actor=clerk, programme=case, unit=unit, as_of=DAY)
    assert not Report.objects.exists()


def test_the_editor_gives_back_what_it_was_given(report: Report) -> None:
    live = live_report(report)
    blocks = editing.blocks_of(live.document)
    body, checked = editing.build_body(blocks, live.document, live.shown.render)
    assert body == live.document.body
    assert not any(block.error for block in checked)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Có {13/14|figure:units_plced:ratio} đơn vị", "figure:units_plced:ratio"),
        ("Có {13/14} đơn vị", "{13/14}"),
        ("Có {13/14|figure:units_placed:ratio đơn vị", "{13/14"),
    ],
)
def test_a_brace_that_shows_nothing_is_named(report: Report, text: str, said: str) -> None:
    live = live_report(report)
    _body, checked = editing.build_body([editing.EditedBlock("item", text)], live.document, live.shown.render)
    assert said in checked[0].error


def test_a_figure_typed_by_its_key_shows_its_value(report: Report) -> None:
    live = live_report(report)
    typed = [editing.EditedBlock("item", "Có {figure:units_placed:ratio} đơn vị.")]
    body, _checked = editing.build_body(typed, live.document, live.shown.render)
    assert "".join(run.text for run in body[0].runs) == "Có 13/14 đơn vị."


def test_a_persons_statement_keeps_its_words(report: Report) -> None:
    live = live_report(report)
    typed = [editing.EditedBlock("paragraph", "Có {04 công chức|statement:person:Bà Hoa} làm việc.")]
    body, _checked = editing.build_body(typed, live.document, live.shown.render)
    document = replace(live.document, body=body)
    assert loose_digits(document) == []
    assert "Có 04 công chức làm việc" in to_text(document)


def test_the_buttons_add_move_and_remove_blocks() -> None:
    def blocks(do: str) -> list[str]:
        data = QueryDict(mutable=True)
        data.setlist("kind", ["paragraph", "item"])
        data.setlist("text", ["một", "hai"])
        data["do"] = do
        return [block.text for block in editing.read_blocks(data)]

    assert blocks("add-0-item") == ["một", "", "hai"]
    assert blocks("up-1") == ["hai", "một"]
    assert blocks("remove-0") == ["hai"]
    assert blocks("save") == ["một", "hai"]
