"""Forms: days, amounts, answers that may be unknown; and what an action refuses, said beside the field."""

import datetime as dt
import re

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import RequestFactory, override_settings
from django.urls import include, path

from motcua.accounts.models import Person
from motcua.common.access import signed_in
from motcua.common.errors import NotAllowed, Problem, Refused, Unreadable
from motcua.common.forms import AmountField, AnswerField, DayField, Form, YesNoField
from motcua.common.forms_outcome import confirm, done, refusals
from motcua.common.forms_times import asked_times, times_query
from motcua.units.enums import Extent
from motcua.units.models import Unit, UnitChange
from tests.cast import Cast


class PurchaseForm(Form):
    name = forms.CharField(label="Tên", help_text="Ghi như trên hợp đồng")
    on = DayField(label="Ngày ký", required=False)
    due = DayField(label="Hạn", required=False, fact=False)
    amount = AmountField(label="Số tiền", required=False)
    present = YesNoField(label="Còn máy")
    extent = AnswerField(label="Phần", choices=Extent.choices)


@pytest.fixture(autouse=True)
def _today(settings):
    settings.MOTCUA_TODAY = dt.date(2024, 1, 5)
    settings.MOTCUA_STARTED_AT = dt.datetime(2024, 1, 5, tzinfo=dt.UTC)


def form(**data: str) -> PurchaseForm:
    return PurchaseForm({"name": "x", **data})


@pytest.mark.parametrize("text", ["27/12/2023", "2023-12-27", "27.12.2023", "27-12-2023", "27122023", " 27/12/2023 "])
def test_a_day_may_be_written_in_these_ways(text):
    asked = form(on=text)
    assert asked.is_valid()
    assert asked.cleaned_data["on"] == dt.date(2023, 12, 27)


@pytest.mark.parametrize(
    "text", ["31/02/2023", "12/27/2023", "hôm qua", "2023", "00000000", "06/01/2024", "01/01/2203"]
)
def test_a_day_that_cannot_be_or_has_not_come_is_refused(text):
    assert list(form(on=text).errors) == ["on"]


def test_a_due_day_may_lie_ahead_but_not_in_another_century():
    assert form(due="31/03/2024").is_valid()
    assert not form(due="01/01/2203").is_valid()
    assert not form(due="01/01/1203").is_valid()


@pytest.mark.parametrize("text", ["28800000", "28.800.000", "28 800 000", "28,800,000", "28.800.000đ", "28.800.000 đ"])
def test_an_amount_may_be_grouped(text):
    asked = form(amount=text)
    assert asked.is_valid()
    assert asked.cleaned_data["amount"] == 28_800_000


@pytest.mark.parametrize("text", ["28.8", "28.800.00", "-5", "0", "1e9", "28.800,000", "9" * 18, "٣", "0x10"])
def test_what_is_no_whole_amount_is_refused(text):
    assert list(form(amount=text).errors) == ["amount"]


def test_an_answer_not_given_is_unknown_and_not_no():
    assert form().is_valid()
    asked = form()
    assert asked.is_valid()
    assert (asked.cleaned_data["present"], asked.cleaned_data["extent"]) == (None, None)
    asked = form(present="no", extent="part")
    assert asked.is_valid()
    assert (asked.cleaned_data["present"], asked.cleaned_data["extent"]) == (False, "part")
    assert list(form(present="maybe").errors) == ["present"]


def rendered(asked: Form) -> str:
    text = "{% error_summary form %}{% form_fields form %}"
    return engines["django"].from_string(text).render({"form": asked})


def test_what_is_known_is_shown_as_officials_write_it():
    initial = {"on": dt.date(2023, 12, 27), "amount": 28_800_000, "present": False}
    text = rendered(PurchaseForm(initial=initial))
    assert 'value="27/12/2023"' in text
    assert 'value="28.800.000"' in text
    assert re.search(r'value="no"[^>]* checked', text)
    assert re.search(r'name="extent" value=""[^>]* checked', text)


def test_help_and_faults_are_tied_to_their_field_and_listed_above():
    text = rendered(PurchaseForm({"name": "", "on": "x"}))
    field = re.search(r'<input[^>]*name="name"[^>]*>', text)
    assert field
    assert 'aria-describedby="id_name_helptext id_name_error"' in field[0]
    assert 'aria-invalid="true"' in field[0]
    assert 'id="id_name_error"' in text
    assert '<a href="#id_name">' in text
    assert '<a href="#id_on">' in text


def test_what_a_person_typed_is_escaped():
    assert "<b>" not in rendered(form(on="<b>", extent="<b>"))


class TestRefusals:
    def test_a_refusal_becomes_an_error_of_the_form_and_nothing_is_written(self, cast: Cast):
        asked = form()
        with refusals(asked):
            Person.objects.create_user("half", "x", full_name="Half")
            raise Refused("Vượt quá số được phân bổ.")
        assert asked.non_field_errors() == ["Vượt quá số được phân bổ."]
        assert not Person.objects.filter(username="half").exists()

    def test_a_rule_of_the_database_speaks_in_its_own_words(self, cast: Cast):
        asked, unit = form(), cast.units["063"]
        with refusals(asked):
            change = UnitChange(old_unit=unit, new_unit=unit, changed_on=dt.date(2024, 1, 1), extent=Extent.WHOLE)
            change.origin, change.recorded_at, change.recorded_by = change, dt.datetime.now(dt.UTC), "x"
            change.save(force_insert=True)
        rule = next(rule for rule in UnitChange._meta.constraints if rule.name == "unit_change_to_another")
        assert asked.non_field_errors() == [str(rule.violation_error_message)]

    def test_a_taken_value_is_said_beside_its_field(self, cast: Cast):
        class PersonForm(Form):
            username = forms.CharField()

        asked = PersonForm({"username": "clerk"})
        assert asked.is_valid()
        with refusals(asked):
            Person.objects.create_user("clerk", "x", full_name="Second")
        assert list(asked.errors) == ["username"]

    def test_what_no_rule_of_ours_refused_goes_on(self, cast: Cast):
        with pytest.raises(IntegrityError), refusals(form()):
            Unit.objects.create(code="x", serial=None)
        with pytest.raises(NotAllowed), refusals(form()):
            raise NotAllowed("no")

    def test_faults_of_a_file_and_of_fields_are_all_listed(self, db):
        asked = form()
        with refusals(asked):
            raise Unreadable([Problem("a.csv", 2, "x", "sai"), Problem("a.csv", 3, None, "thiếu")])
        assert len(asked.non_field_errors()) == 2
        asked = form()
        with refusals(asked):
            raise ValidationError({"name": "đã có", "elsewhere": "khác"})
        assert dict(asked.errors) == {"name": ["đã có"], "__all__": ["khác"]}

    def test_the_block_may_answer(self, db):
        def view(asked: Form) -> str:
            with refusals(asked):
                return "done"
            return "again"

        assert view(form()) == "done"


@signed_in
def record(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return done(request, "Đã ghi <xã Nguyên Phúc>.", "accounts:profile")
    return confirm(request, title="T", question="Q?", submit="S", back="/", facts=[("Số tiền", None)])


urlpatterns = [path("record", record), path("", include("motcua.config.urls"))]


@override_settings(ROOT_URLCONF=__name__)
def test_success_says_so_once_and_lets_go_of_the_draft_of_that_page(client, cast: Cast):
    cast.sign_in(client, "clerk")
    assert client.get("/record?a=1").status_code == 200
    client.post("/record?a=1")
    text = client.get("/accounts/profile").content.decode()
    assert 'data-drafts-done="/record?a=1"' in text
    assert "Đã ghi &lt;xã Nguyên Phúc&gt;." in text
    assert 'data-drafts-done=""' in client.get("/accounts/profile").content.decode()


class TestTimes:
    def test_a_page_is_asked_by_today_unless_the_url_says_otherwise(self):
        times = asked_times(RequestFactory().get("/"))
        assert (times.as_of, times.known_at, times.is_past) == (dt.date(2024, 1, 5), None, False)
        times = asked_times(RequestFactory().get("/?as_of=2023-12-31&known_at=27/12/2023"))
        assert times.as_of == dt.date(2023, 12, 31)
        assert times.known_at is not None
        assert times.known_at.isoformat() == "2023-12-27T23:59:59.999999+07:00"
        assert times.is_past

    def test_a_moment_alone_keeps_today(self):
        times = asked_times(RequestFactory().get("/?known_at=14:30 27/12/2023"))
        assert times.as_of == dt.date(2024, 1, 5)
        assert times.known_at == dt.datetime(2023, 12, 27, 7, 30, tzinfo=dt.UTC)

    @pytest.mark.parametrize("query", ["as_of=01/01/2203", "as_of=x", "known_at=x", "known_at=32/12/2023"])
    def test_what_cannot_be_is_said_and_today_is_shown(self, query):
        times = asked_times(RequestFactory().get(f"/?{query}"))
        assert times.as_of == dt.date(2024, 1, 5)
        assert times.form.errors

    def test_links_carry_the_times_on_and_nothing_else(self):
        params = RequestFactory().get("/?q=x&as_of=31/12/2023&page=2").GET
        assert times_query(params) == "?as_of=31%2F12%2F2023"
        assert times_query(RequestFactory().get("/?q=x").GET) == ""
