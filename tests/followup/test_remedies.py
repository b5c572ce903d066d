"""A remedy is ordered, done by the unit responsible, and closed by a second person who has seen it."""

import datetime as dt
import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from motcua.common import outbox, records
from motcua.common.errors import NotAllowed, Refused
from motcua.fieldwork.models import Check
from motcua.followup import actions
from motcua.followup.access import remedies_for
from motcua.followup.models import Finding, Remedy
from motcua.followup.queries import CLOSED, DONE, LATE, ORDERED, remedy_state
from motcua.registry.files import path_of
from tests.fieldwork.programme import inspect

pytestmark = pytest.mark.django_db

DUE = dt.date(2030, 1, 15)
DONE_ON = dt.date(2024, 1, 10)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MOTCUA_DATA = tmp_path


@pytest.fixture
def finding(cast, field):
    inspect(cast, field.computer, placement="outside")
    outbox.drain()
    return Finding.objects.known().get()


@pytest.fixture
def remedy(cast, field, finding):
    values = {"wording": "Chuyển máy tính vào Bộ phận Một cửa", "responsible_unit": field.commune, "due_on": DUE}
    return actions.order_remedy(finding, actor=cast.district_officer, values=values)


def reported(remedy, actor):
    values = {"done_on": DONE_ON, "done_note": "đã chuyển vào trong"}
    return actions.report_remedy_done(remedy, actor=actor, values=values)


def test_a_remedy_goes_from_ordered_over_done_to_closed(cast, remedy):
    assert remedy_state(remedy) == ORDERED
    done = reported(remedy, cast.clerk)
    assert (remedy_state(done), done.done_by) == (DONE, "Đặng Thị Phủ")
    closed = actions.confirm_remedy(done, actor=cast.inspector, seen_on=dt.date(2024, 1, 12))
    assert (remedy_state(closed), closed.seen_by) == (CLOSED, "Lý Văn Tra")


def test_a_remedy_is_late_after_its_day(cast, field, finding, remedy):
    values = {"due_on": dt.date(2024, 1, 1)}
    late = actions.correct_remedy(remedy, actor=cast.district_officer, values=values, reason="hạn cũ")
    assert remedy_state(late) == LATE


def test_who_did_it_does_not_confirm_it(cast, remedy):
    done = reported(remedy, cast.district_officer)
    with pytest.raises(NotAllowed, match="người khác"):
        actions.confirm_remedy(done, actor=cast.district_officer, seen_on=DONE_ON)
    assert remedy_state(actions.confirm_remedy(done, actor=cast.inspector, seen_on=DONE_ON)) == CLOSED


def test_the_database_too_refuses_the_same_person(cast, remedy):
    done = reported(remedy, cast.clerk)
    values = {**records.facts(done), "seen_on": DONE_ON, "seen_person": done.done_person}
    with pytest.raises(IntegrityError), transaction.atomic():
        records.correct(done, cast.inspector, values, reason="x")


def test_it_cannot_be_seen_before_it_was_done(cast, remedy):
    done = reported(remedy, cast.clerk)
    with pytest.raises(Refused, match="trước"):
        actions.confirm_remedy(done, actor=cast.inspector, seen_on=DONE_ON - dt.timedelta(days=1))


def test_what_was_not_done_after_all_goes_back_and_is_reported_again(cast, remedy):
    done = reported(remedy, cast.clerk)
    back = actions.reopen_remedy(done, actor=cast.inspector, reason="máy vẫn ở ngoài")
    assert (remedy_state(back), back.done_by, back.done_note) == (ORDERED, "", "")
    assert remedy_state(reported(back, cast.clerk)) == DONE


@pytest.mark.parametrize("who", ["clerk", "auditor", "stranger"])
def test_others_do_not_order(cast, field, finding, who):
    values = {"wording": "x", "responsible_unit": field.commune, "due_on": None}
    with pytest.raises(NotAllowed):
        actions.order_remedy(finding, actor=getattr(cast, who), values=values)


@pytest.mark.parametrize("who", ["other_clerk", "auditor", "stranger"])
def test_others_do_not_report(cast, remedy, who):
    with pytest.raises(NotAllowed):
        reported(remedy, getattr(cast, who))


def test_a_remedy_is_not_due_in_the_past(cast, field, finding):
    values = {"wording": "x", "responsible_unit": field.commune, "due_on": dt.date(2020, 1, 1)}
    with pytest.raises(Refused):
        actions.order_remedy(finding, actor=cast.district_officer, values=values)
    assert not Remedy.objects.exists()


def test_the_stranger_reaches_no_remedy(cast, remedy):
    assert list(remedies_for(cast.clerk)) == [remedy]
    assert not remedies_for(cast.stranger).exists()


class TestThePages:
    def test_from_the_order_to_the_confirmation(self, client, cast, field, finding):
        cast.sign_in(client, "district_officer")
        data = {"wording": "Chuyển máy vào trong", "responsible_unit": str(field.commune.pk), "due_on": "15/01/2030"}
        assert client.post(reverse("followup:order_remedy", args=[finding.pk]), data).status_code == 302
        remedy = Remedy.objects.known().get()

        cast.sign_in(client, "clerk")
        address = reverse("followup:report_remedy_done", args=[remedy.pk])
        assert address in client.get(reverse("followup:finding", args=[finding.pk])).content.decode()
        photo = SimpleUploadedFile("ảnh.png", PNG, "image/png")
        data = {"done_on": "10/01/2024", "done_note": "đã chuyển", "evidence": photo}
        assert client.post(address, data).status_code == 302
        assert (
            client.post(reverse("followup:confirm_remedy", args=[remedy.pk]), {"seen_on": "11/01/2024"}).status_code
            == 403
        )

        cast.sign_in(client, "inspector")
        shown = client.get(reverse("followup:remedy_evidence", args=[remedy.pk]))
        assert (shown.content, shown["Content-Type"], shown["X-Content-Type-Options"]) == (PNG, "image/png", "nosniff")
        assert shown["Content-Disposition"] == 'attachment; filename="minh-chung.png"'
        path_of(hashlib.sha256(PNG).hexdigest()).unlink()
        assert client.get(reverse("followup:remedy_evidence", args=[remedy.pk])).status_code == 404
        answer = client.post(reverse("followup:confirm_remedy", args=[remedy.pk]), {"seen_on": "11/01/2024"})
        assert answer.status_code == 302
        assert remedy_state(Remedy.objects.known().get()) == CLOSED

    def test_a_file_that_is_no_picture_is_refused_by_its_name(self, client, cast, remedy):
        cast.sign_in(client, "clerk")
        data = {"done_on": "10/01/2024", "done_note": "đã chuyển"}
        data["evidence"] = SimpleUploadedFile("ảnh.png", b"MZ not a picture", "image/png")
        answer = client.post(reverse("followup:report_remedy_done", args=[remedy.pk]), data)
        assert answer.status_code == 422
        assert "ảnh.png" in answer.content.decode()
        assert remedy_state(Remedy.objects.known().get()) == ORDERED

    def test_a_unit_out_of_reach_cannot_be_made_responsible(self, client, cast, finding):
        cast.sign_in(client, "district_officer")
        data = {"wording": "x", "responsible_unit": str(cast.units["05443"].pk)}
        assert client.post(reverse("followup:order_remedy", args=[finding.pk]), data).status_code == 422

    def test_sending_back_needs_a_reason(self, client, cast, remedy):
        reported(remedy, cast.clerk)
        cast.sign_in(client, "inspector")
        address = reverse("followup:reopen_remedy", args=[remedy.pk])
        assert client.post(address, {"reason": ""}).status_code == 422
        assert client.post(address, {"reason": "máy vẫn ở ngoài"}).status_code == 302
        assert remedy_state(Remedy.objects.known().get()) == ORDERED

    def test_a_stranger_finds_no_page_of_it(self, client, cast, remedy):
        cast.sign_in(client, "stranger")
        for page in ("correct_remedy", "report_remedy_done", "confirm_remedy", "reopen_remedy", "remedy_evidence"):
            assert client.get(reverse(f"followup:{page}", args=[remedy.pk])).status_code == 404
        assert Check.objects.exists()
