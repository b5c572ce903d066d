"""An administrator adds a unit, corrects it and says what became of it; nobody else, and never outside the own."""

import datetime as dt

import pytest
from django.utils import translation

from motcua.accounts.models import Person
from motcua.common.errors import NotAllowed
from motcua.units import access, queries
from motcua.units.actions import add_unit, correct_unit, give_post, record_unit_change
from motcua.units.enums import Extent, Role
from motcua.units.middleware import actor_for
from motcua.units.models import Succession, Unit, UnitChange, UnitPeriod
from tests.text import text_of
from tests.units.pages import errors_of, opened, sent

TODAY = dt.date(2024, 1, 5)
DAY = dt.date(2025, 7, 1)
NEW = {"code": "02000", "kind": "xã", "name": "Tân Tiến", "valid_from": "", "last_day": ""}


@pytest.fixture(autouse=True)
def _on_a_day(settings, client):
    settings.MOTCUA_TODAY = TODAY
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        yield


@pytest.fixture
def other_administrator(cast, operator):
    person = Person.objects.create_user("other_administrator", full_name="Người tỉnh khác")
    values = {"unit": cast.units["19"], "role": Role.ADMINISTRATOR}
    return actor_for(give_post(actor=operator, person=person, values=values))


def period_of(unit):
    return UnitPeriod.objects.known().get(unit=unit)


class TestAddUnit:
    def test_it_stands_below_at_once_and_the_next_step_is_said(self, client, cast):
        answer = sent(client, cast, "administrator", "units:add_unit", cast.units["063"].pk, **NEW)
        unit = Unit.objects.get(code="02000")
        assert answer["Location"].endswith(str(unit.pk))
        assert queries.unit_at(unit.pk, TODAY).parent_id == cast.units["063"].pk
        assert "xã Tân Tiến has been added. Next, give somebody a post there." in text_of(
            client.get(answer["Location"])
        )

    def test_a_code_that_lives_already_is_refused_beside_the_form(self, client, cast):
        values = {**NEW, "code": "01999"}
        answer = sent(client, cast, "administrator", "units:add_unit", cast.units["063"].pk, **values)
        assert answer.status_code == 422
        assert "belongs to xã Nguyên Phúc" in errors_of(answer)

    def test_days_in_the_wrong_order_and_impossible_years_are_refused(self, client, cast):
        values = {**NEW, "valid_from": "01/07/2025", "last_day": "30/06/2025"}
        answer = sent(client, cast, "administrator", "units:add_unit", cast.units["063"].pk, **values)
        assert "must not lie before the first" in errors_of(answer)
        values = {**NEW, "valid_from": "01/07/2203"}
        answer = sent(client, cast, "administrator", "units:add_unit", cast.units["063"].pk, **values)
        assert "cannot be right" in errors_of(answer)

    def test_others_are_told_why_they_may_not(self, client, cast):
        answer = opened(client, cast, "district_officer", "units:add_unit", cast.units["063"].pk)
        assert answer.status_code == 403
        assert "Only the administrator of this unit or of one above" in answer.content.decode()
        assert opened(client, cast, "stranger", "units:add_unit", cast.units["063"].pk).status_code == 404


class TestCorrectUnit:
    def send(self, client, cast, unit, **values):
        said = {"kind": "xã", "name": "Nguyên Phúc", "parent_text": "063", "reason": "Ghi sai", **values}
        return sent(client, cast, "administrator", "units:correct_unit", period_of(unit).origin_id, **said)

    def test_a_name_is_corrected_with_its_reason(self, client, cast):
        unit = cast.units["01999"]
        assert self.send(client, cast, unit, name="Nguyên Phú").status_code == 302
        assert (period_of(unit).name, period_of(unit).reason) == ("Nguyên Phú", "Ghi sai")

    def test_a_unit_is_moved_by_code_or_by_name(self, client, cast):
        unit = cast.units["01999"]
        self.send(client, cast, unit, parent_text="tinh bac kan")
        assert queries.unit_at(unit.pk, TODAY).parent_id == cast.units["06"].pk
        self.send(client, cast, unit, parent_text="063")
        assert queries.unit_at(unit.pk, TODAY).parent_id == cast.units["063"].pk

    def test_a_parent_out_of_reach_is_not_found(self, client, cast):
        answer = self.send(client, cast, cast.units["01999"], parent_text="19")
        assert "No unit in your reach" in errors_of(answer)

    def test_a_parent_is_not_taken_away(self, client, cast):
        answer = self.send(client, cast, cast.units["01999"], parent_text="")
        assert "only the uppermost unit belongs to none" in errors_of(answer)

    def test_a_reason_is_asked_for(self, client, cast):
        assert "Say why" in errors_of(self.send(client, cast, cast.units["01999"], reason=""))

    def test_the_action_refuses_another_province_as_parent(self, cast):
        values = {"name": "Nguyên Phúc", "kind": "xã", "parent": cast.units["19"]}
        with pytest.raises(NotAllowed, match="only to a unit that you administer"):
            correct_unit(period_of(cast.units["01999"]), actor=cast.administrator, values=values, reason="Thử")

    def test_an_ended_unit_is_still_corrected_by_who_had_it(self, cast, settings, other_administrator):
        unit = cast.units["01999"]
        values = {"name": "Nguyên Phúc", "kind": "xã", "parent": cast.units["063"], "ended_on": DAY}
        correct_unit(period_of(unit), actor=cast.administrator, values=values, reason="Sắp xếp")
        settings.MOTCUA_TODAY = DAY
        assert not access.owns(cast.administrator, unit.pk)
        assert access.may_change_unit(cast.administrator, unit.pk)
        assert not access.may_change_unit(other_administrator, unit.pk)


class TestRecordUnitChange:
    @pytest.fixture
    def new(self, cast):
        values = {"name": "Bạch Thông", "kind": "xã", "parent": cast.units["06"], "valid_from": DAY}
        return add_unit(actor=cast.administrator, code="02014", values=values)

    def values(self, **said):
        usual = {"new_text": "02014", "changed_on": "01/07/2025", "extent": "whole", "citation": "1683/NQ-UBTVQH15"}
        return {**usual, "ends_old": "on", **said}

    def test_the_new_unit_succeeds_and_the_old_one_ends_the_day_before(self, client, cast, new):
        old = cast.units["01999"]
        answer = sent(client, cast, "administrator", "units:record_unit_change", old.pk, **self.values())
        assert answer["Location"].endswith(str(new.pk))
        assert queries.unit_at(old.pk, DAY) is None
        assert queries.unit_at(old.pk, DAY - dt.timedelta(days=1)) is not None
        assert Succession.objects.filter(successor=new, predecessor=old).exists()

    def test_a_unit_that_does_not_live_then_is_not_found(self, client, cast, new):
        values = self.values(changed_on="30/06/2025")
        answer = sent(client, cast, "administrator", "units:record_unit_change", cast.units["01999"].pk, **values)
        assert "No unit in your reach has the code or the name “02014” on 30/06/2025." in errors_of(answer)

    def test_nobody_takes_over_what_another_province_has(self, cast, other_administrator):
        with pytest.raises(NotAllowed, match="both the old unit and the new one"):
            record_unit_change(
                actor=other_administrator,
                old=cast.units["01999"],
                new=cast.units["05443"],
                changed_on=DAY,
                extent=Extent.WHOLE,
                citation="Tự nhận",
            )
        assert not UnitChange.objects.exists()
        assert cast.units["01999"] not in access.units_for(other_administrator)
