"""A round asks units, and shows who has not answered."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from motcua.common.errors import NotAllowed, Refused
from motcua.fieldwork.access import rounds_for
from motcua.fieldwork.actions import correct_round, open_round, record_check, record_visit
from motcua.fieldwork.enums import RoundKind, Source
from motcua.fieldwork.models import Round
from motcua.fieldwork.queries import units_asked
from motcua.fieldwork.rounds import round_states
from motcua.registry.actions import enter_document
from motcua.registry.enums import Direction, DocumentKind
from motcua.units.access import units_for
from tests.fieldwork.programme import DAY, KEY, ask

pytestmark = pytest.mark.django_db

DIRECTED = dt.date(2023, 12, 23)


@pytest.fixture
def directive(cast):
    values = {
        "owner_unit": cast.units["063"],
        "number": "8703/UBND-NCPC",
        "issued_on": DIRECTED,
        "issuer": "UBND tỉnh Bắc Kạn",
        "kind": DocumentKind.OFFICIAL_LETTER,
        "subject": "Báo cáo kết quả sử dụng trang thiết bị",
        "direction": Direction.INCOMING,
    }
    return enter_document(actor=cast.district_officer, values=values)


def visited(cast, field, day, unit=None, round=None):
    values = {"visited_on": day, "round": round}
    return record_visit(actor=cast.inspector, programme=field.programme, unit=unit or field.commune, values=values)


def answers(cast, round, who="district_officer"):
    """State by commune name, as somebody sees it."""
    (state,) = round_states([round], units_for(getattr(cast, who)))
    return {row.unit.name: row.state for row in state.asked}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (DIRECTED - dt.timedelta(days=1), "late"),
        (DIRECTED, "answered"),
        (DAY, "answered"),
        (DAY + dt.timedelta(days=1), "late"),
    ],
)
def test_a_visit_answers_between_the_directive_and_the_reference_date(cast, field, directive, day, expected):
    asked = ask(cast, field, directive=directive)
    visited(cast, field, day)
    assert answers(cast, asked) == {"Phủ Thông": expected, "Nguyên Phúc": "late"}


def test_a_visit_made_for_the_round_answers_it_on_any_day(cast, field, directive):
    asked = ask(cast, field, directive=directive)
    visited(cast, field, DAY + dt.timedelta(days=3), round=asked)
    assert answers(cast, asked)["Phủ Thông"] == "answered"


def test_a_declaration_answers_too(cast, field):
    asked = ask(cast, field)
    facts = {"device": field.other_computer, "unit": field.other_commune, "visit": None, "observed_on": DAY}
    said = {"placement": "one_stop"}
    record_check(actor=cast.other_clerk, values={**facts, "kind": Source.DECLARED, "said": said})
    assert answers(cast, asked) == {"Phủ Thông": "late", "Nguyên Phúc": "answered"}


def test_before_the_due_date_nobody_is_late_and_the_missing_come_first(cast, field):
    tomorrow = timezone.now().date() + dt.timedelta(days=1)
    asked = ask(cast, field, reference_on=tomorrow, due_on=tomorrow)
    visited(cast, field, DAY)
    (state,) = round_states([asked], units_for(cast.district_officer))
    assert [(row.unit.name, row.state) for row in state.asked] == [
        ("Nguyên Phúc", "missing"),
        ("Phủ Thông", "answered"),
    ]


def test_a_clerk_sees_the_round_and_the_own_row_alone(cast, field):
    asked = ask(cast, field)
    assert list(rounds_for(cast.clerk)) == [asked]
    assert answers(cast, asked, "clerk") == {"Phủ Thông": "late"}


def test_the_stranger_sees_no_round(cast, field):
    ask(cast, field)
    assert not rounds_for(cast.stranger).exists()


def test_a_round_is_opened_by_the_officer_of_the_unit_that_asks(cast, field):
    values = {"programme": field.programme, "owner_unit": cast.units["063"], "kind": RoundKind.REPORT, "title": "x"}
    values |= {"reference_on": DAY}
    with pytest.raises(NotAllowed, match="chuyên viên chương trình của đơn vị yêu cầu"):
        open_round(actor=cast.clerk, values=values, asked=[field.commune])
    with pytest.raises(Refused, match="Đợt chưa có đơn vị nào"):
        open_round(actor=cast.district_officer, values=values, asked=[])
    with pytest.raises(Refused, match="Đợt chỉ hỏi đơn vị mở đợt"):
        open_round(actor=cast.district_officer, values=values, asked=[cast.units["05443"]])
    assert not Round.objects.exists()


def test_a_corrected_round_asks_others_and_keeps_what_was_asked_before(cast, field):
    asked = ask(cast, field)
    values = {"kind": RoundKind.INSPECTION, "title": "Kiểm tra cuối năm", "reference_on": DAY, "due_on": None}
    args = {"values": values, "reason": "xã đã sáp nhập", "asked": [field.commune]}
    new = correct_round(asked, actor=cast.district_officer, **args)
    assert units_asked(new.origin_id) == [field.commune.pk]
    again = correct_round(new, actor=cast.district_officer, **{**args, "asked": [field.commune, field.other_commune]})
    assert set(units_asked(again.origin_id)) == {field.commune.pk, field.other_commune.pk}


class TestThePages:
    def form(self, field, **changes):
        data = {
            "kind": "report",
            "title": "Báo cáo quý I",
            "reference_on": "27/12/2023",
            "due_on": "05/01/2024",
            "asked": [str(field.commune.pk)],
        }
        return {**data, **changes}

    def test_an_officer_opens_a_round_and_sees_who_is_missing(self, client, cast, field, directive):
        cast.sign_in(client, "district_officer")
        address = reverse("fieldwork:open_round", args=[KEY])
        assert "8703/UBND-NCPC" in client.get(address).content.decode()
        answer = client.post(address, self.form(field, directive=str(directive.pk)))
        made = Round.objects.get()
        assert answer.headers["Location"] == reverse("fieldwork:round", args=[made.pk])
        page = client.get(answer.headers["Location"]).content.decode()
        assert "thị trấn Phủ Thông" in page
        assert "xã Nguyên Phúc" not in page

    def test_a_due_date_before_the_reference_date_is_refused_beside_the_form(self, client, cast, field):
        cast.sign_in(client, "district_officer")
        answer = client.post(reverse("fieldwork:open_round", args=[KEY]), self.form(field, due_on="26/12/2023"))
        assert answer.status_code == 422
        assert not Round.objects.exists()

    def test_a_round_is_corrected_with_a_reason(self, client, cast, field):
        asked = ask(cast, field)
        cast.sign_in(client, "district_officer")
        address = reverse("fieldwork:correct_round", args=[asked.pk])
        assert client.post(address, self.form(field)).status_code == 422
        assert client.post(address, self.form(field, reason="gia hạn")).status_code == 302
        assert units_asked(asked.pk) == [field.commune.pk]

    def test_a_clerk_reads_the_round_and_may_not_change_it(self, client, cast, field):
        asked = ask(cast, field)
        cast.sign_in(client, "clerk")
        page = client.get(reverse("fieldwork:round", args=[asked.pk])).content.decode()
        assert f'<a href="{reverse("equipment:devices")}">Khai từng thiết bị</a>' in page
        assert client.get(reverse("fieldwork:rounds", args=[KEY])).status_code == 200
        assert client.get(reverse("fieldwork:correct_round", args=[asked.pk])).status_code == 403

    def test_the_directive_is_a_link_for_those_alone_who_may_open_it(self, client, cast, field, directive):
        asked = ask(cast, field, directive=directive)
        paper = reverse("registry:document", args=[directive.pk])
        for who, opens in (("district_officer", 200), ("clerk", 404)):
            cast.sign_in(client, who)
            page = client.get(reverse("fieldwork:round", args=[asked.pk])).content.decode()
            assert "8703/UBND-NCPC" in page
            assert (f'href="{paper}"' in page, client.get(paper).status_code) == (opens == 200, opens)

    def test_a_stranger_finds_nothing(self, client, cast, field):
        asked = ask(cast, field)
        cast.sign_in(client, "stranger")
        for name, args in (
            ("rounds", [KEY]),
            ("open_round", [KEY]),
            ("round", [asked.pk]),
            ("correct_round", [asked.pk]),
        ):
            assert client.get(reverse(f"fieldwork:{name}", args=args)).status_code == 404

    def test_the_list_comes_as_a_workbook_too(self, client, cast, field):
        asked = ask(cast, field)
        cast.sign_in(client, "district_officer")
        answer = client.get(reverse("fieldwork:round", args=[asked.pk]), {"export": "xlsx"})
        assert answer.content[:2] == b"PK"


def test_the_list_asks_the_same_number_of_questions_however_many_rounds_there_are(
    client, cast, field, directive, django_assert_num_queries
):
    cast.sign_in(client, "district_officer")
    address = reverse("fieldwork:rounds", args=[KEY])
    ask(cast, field, directive=directive)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _time in range(3):
        ask(cast, field, directive=directive, title="Đợt nữa")
    with django_assert_num_queries(len(one)):
        client.get(address)


def test_a_round_stays_late_only_after_its_due_date(cast, field):
    asked = ask(cast, field, due_on=dt.date(2030, 1, 5), reference_on=dt.date(2030, 1, 1))
    assert set(answers(cast, asked).values()) == {"missing"}
    with time_machine.travel(dt.datetime(2030, 1, 6, 12, tzinfo=dt.UTC)):
        assert set(answers(cast, asked).values()) == {"late"}
