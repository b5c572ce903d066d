"""Requirement sets on pages: published for those below, read only to them, criteria as rows."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from motcua.catalogue.actions import publish_requirements
from motcua.catalogue.models import RequirementSet
from motcua.catalogue.queries import criteria_in_force
from motcua.common.errors import NotAllowed, Refused

CRITERIA = [{"key": "ram", "wording": "RAM từ 8 GB"}, {"key": "disk", "wording": "Ổ cứng SSD"}]


def publish(cast, by="province_officer", unit="06", **values):
    said = {"device_type": "computer", "title": "Cấu hình tối thiểu", "criteria": CRITERIA, **values}
    return publish_requirements(actor=getattr(cast, by), values={"owner_unit": cast.units[unit], **said})


def sent(*rows, **more):
    keys, wordings = [row[0] for row in rows], [row[1] for row in rows]
    said = {"device_type": "scanner", "title": "Máy scan", "criterion_key": keys, "criterion_wording": wordings}
    return {**said, **more}


@pytest.fixture
def officer(cast, client):
    return cast.sign_in(client, "province_officer")


class TestPublishing:
    address = property(lambda self: reverse("catalogue:publish_requirements"))

    def test_rows_become_criteria_and_a_key_left_empty_is_given(self, cast, officer):
        rows = [("dpi", "Từ 600 dpi"), ("", "Hai mặt"), ("", "")]
        officer.post(self.address, sent(*rows, valid_from="01/01/2023", last_day="31/12/2023"))
        made = RequirementSet.objects.known().get()
        assert made.criteria == [{"key": "dpi", "wording": "Từ 600 dpi"}, {"key": "c1", "wording": "Hai mặt"}]
        assert (made.owner_unit, made.ended_on) == (cast.units["06"], dt.date(2024, 1, 1))
        assert made.device_type.name_vi == "máy scan"

    def test_a_row_is_added_and_removed_without_scripts_and_nothing_is_published_yet(self, officer):
        answer = officer.post(self.address, sent(("a", "Một"), ("b", "Hai"), add_row="1"))
        text = answer.content.decode()
        assert answer.status_code == 200
        assert text.count('name="criterion_wording"') == 3
        assert "error-summary" not in text
        text = officer.post(self.address, sent(("a", "Một"), ("b", "Hai"), remove_row="1")).content.decode()
        assert re.findall(r'name="criterion_wording" value="(\w*)"', text) == ["Hai"]
        assert RequirementSet.objects.count() == 0

    def test_no_kind_of_device_is_chosen_beforehand(self, officer):
        assert '<option value="" selected>chọn …' in officer.get(self.address).content.decode()
        answer = officer.post(self.address, sent(("a", "Một"), device_type=""))
        assert answer.status_code == 422
        assert RequirementSet.objects.count() == 0

    def test_a_key_without_wording_is_named_by_its_row(self, officer):
        answer = officer.post(self.address, sent(("a", "Một"), ("b", "")))
        assert answer.status_code == 422
        assert "số 2" in answer.content.decode()
        assert RequirementSet.objects.count() == 0

    def test_a_last_day_before_the_first_is_refused(self, officer):
        answer = officer.post(self.address, sent(("a", "Một"), valid_from="02/01/2024", last_day="31/12/2023"))
        assert answer.status_code == 422
        assert RequirementSet.objects.count() == 0

    @pytest.mark.parametrize("who", ["clerk", "inspector", "auditor", "district_leader"])
    def test_others_are_told_why_not(self, cast, client, who):
        cast.sign_in(client, who)
        assert client.get(self.address).status_code == 403


class TestReading:
    def test_what_is_published_above_is_read_only_below(self, cast, client):
        made = publish(cast)
        cast.sign_in(client, "district_officer")
        page = client.get(reverse("catalogue:requirement_set", args=[made.origin_id])).content.decode()
        assert "RAM từ 8 GB" in page
        assert "UBND tỉnh Bắc Kạn" in page
        assert reverse("catalogue:correct_requirements", args=[made.origin_id]) not in page
        answer = client.get(reverse("catalogue:correct_requirements", args=[made.origin_id]))
        assert answer.status_code == 403

    def test_the_history_says_the_criteria_in_words(self, cast, officer):
        made = publish(cast)
        page = officer.get(reverse("catalogue:requirement_set", args=[made.origin_id])).content.decode()
        assert "ram: RAM từ 8 GB, disk: Ổ cứng SSD" in page

    def test_a_stranger_finds_nothing(self, cast, client):
        made = publish(cast)
        cast.sign_in(client, "stranger")
        assert client.get(reverse("catalogue:requirement_set", args=[made.origin_id])).status_code == 404
        assert "Cấu hình tối thiểu" not in client.get(reverse("catalogue:requirement_sets")).content.decode()

    def test_the_list_says_what_is_in_force_as_of_a_day(self, cast, officer):
        publish(cast, valid_from=dt.date(2023, 1, 1), ended_on=dt.date(2024, 1, 1))
        address = reverse("catalogue:requirement_sets")
        for day, state in (("31/12/2022", "ahead"), ("31/12/2023", "in_force"), ("01/01/2024", "ended")):
            text = officer.get(f"{address}?as_of={day}&state={state}").content.decode()
            assert "Cấu hình tối thiểu" in text

    def test_device_types_are_listed(self, cast, officer):
        publish(cast)
        assert "máy tính" in officer.get(reverse("catalogue:device_types")).content.decode()


class TestCorrecting:
    def test_a_correction_replaces_the_set_whole(self, cast, officer):
        made = publish(cast, valid_from=dt.date(2023, 1, 1))
        said = {**sent(("ram", "RAM từ 16 GB")), "device_type": "computer", "title": "Mới", "reason": "Nâng mức"}
        officer.post(reverse("catalogue:correct_requirements", args=[made.origin_id]), said)
        now = RequirementSet.objects.known().get()
        assert (now.title, now.valid_from) == ("Mới", None)
        assert now.criteria == [{"key": "ram", "wording": "RAM từ 16 GB"}]

    def test_the_action_refuses_whoever_sets_no_requirements(self, cast):
        with pytest.raises(NotAllowed):
            publish(cast, by="district_officer", unit="06")
        with pytest.raises(Refused, match="1"):
            publish(cast, criteria=[{"key": "", "wording": "x"}])


def test_criteria_of_the_unit_and_of_those_above_hold_together(cast):
    publish(cast)
    publish(cast, by="district_officer", unit="063", criteria=[{"key": "screen", "wording": "Màn hình 22 inch"}])
    day = dt.date(2023, 12, 27)
    keys = [each["key"] for each in criteria_in_force("computer", cast.units["01969"].pk, day)]
    assert sorted(keys) == ["disk", "ram", "screen"]
    assert criteria_in_force("computer", cast.units["05443"].pk, day) == []
