"""Findings arise from checks: since the check that showed it, until the check that ended it."""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.common import outbox
from motcua.common.actor import operator
from motcua.common.models import AuditEntry
from motcua.fieldwork import rules as fieldwork
from motcua.fieldwork.actions import correct_check, withdraw_check
from motcua.fieldwork.queries import states, values
from motcua.followup import tasks
from motcua.followup.access import findings_for
from motcua.followup.enums import FindingKind
from motcua.followup.models import Finding
from motcua.operations.load import load_folder
from tests.fieldwork.programme import DAY, KEY, inspect
from tests.fieldwork.test_as_of_exactly import DAYS, deliver, deliveries

pytestmark = pytest.mark.django_db

EARLIER, LATER = dt.date(2023, 12, 20), dt.date(2024, 1, 3)
CASE = Path(__file__).parents[2] / "src/motcua/operations/demonstration/bach-thong-2023"


def found() -> list[tuple[str, dt.date, dt.date | None]]:
    """Take what waits, then (kind, since, until) of every finding in force."""
    outbox.drain()
    rows = Finding.objects.known().order_by("found_on", "kind")
    return [(row.kind, row.found_on, row.ended_on) for row in rows]


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ({"placement": "outside"}, ["placed_outside"]),
        ({"placement": "elsewhere"}, ["placed_outside"]),
        ({"placement": "one_stop", "use_mode": "dedicated", "present": "yes", "meets_requirements": "yes"}, []),
        ({"use_mode": "shared"}, ["shared"]),
        ({"use_mode": "staff"}, []),
        ({"present": "no"}, ["not_present"]),
        ({"present": "no", "placement": "outside", "use_mode": "shared"}, ["not_present"]),
        ({"meets_requirements": "no"}, ["below_requirements"]),
        ({"working": "no"}, []),
    ],
)
def test_a_check_raises_what_it_shows(cast, field, said, kinds):
    inspect(cast, field.computer, **said)
    assert found() == [(kind, DAY, None) for kind in kinds]


def test_only_a_computer_is_found_shared(cast, field):
    inspect(cast, field.scanner, use_mode="shared")
    assert found() == []


def test_the_check_that_shows_it_mended_ends_the_finding(cast, field):
    first = inspect(cast, field.computer, placement="outside", placement_note="gần cầu thang")
    second = inspect(cast, field.computer, LATER, placement="one_stop")
    assert found() == [("placed_outside", DAY, LATER)]
    finding = Finding.objects.known().get()
    assert (finding.found_by_id, finding.ended_by_id, finding.note) == (first.pk, second.pk, "gần cầu thang")


def test_a_device_that_is_gone_is_no_longer_outside_and_is_again_once_it_is_seen(cast, field):
    inspect(cast, field.computer, EARLIER, placement="outside")
    inspect(cast, field.computer, DAY, present="no")
    inspect(cast, field.computer, LATER, present="yes")
    assert found() == [
        ("placed_outside", EARLIER, DAY),
        ("not_present", DAY, LATER),
        ("placed_outside", LATER, None),
    ]


def test_a_corrected_check_withdraws_its_finding_and_a_second_correction_takes_it_up_again(cast, field):
    check = inspect(cast, field.computer, placement="outside")
    assert len(found()) == 1
    finding = Finding.objects.known().get()
    wrong = correct_check(check, actor=cast.inspector, values={"said": {"placement": "one_stop"}}, reason="nhầm")
    assert found() == []
    correct_check(wrong, actor=cast.inspector, values={"said": {"placement": "outside"}}, reason="không nhầm")
    assert found() == [("placed_outside", DAY, None)]
    assert Finding.objects.known().get().origin_id == finding.origin_id


def test_a_withdrawn_check_withdraws_its_finding_and_the_record_stays(cast, field):
    check = inspect(cast, field.computer, use_mode="shared")
    assert len(found()) == 1
    withdraw_check(check, actor=cast.inspector, reason="nhầm máy")
    assert found() == []
    assert Finding.objects.get(replaced_at__isnull=True).withdrawn


def test_an_earlier_check_that_arrives_late_moves_the_beginning_of_the_same_finding(cast, field):
    inspect(cast, field.computer, placement="outside")
    assert len(found()) == 1
    finding = Finding.objects.known().get()
    late = inspect(cast, field.computer, EARLIER, placement="outside")
    assert found() == [("placed_outside", EARLIER, None)]
    now = Finding.objects.known().get()
    assert (now.origin_id, now.found_by_id) == (finding.origin_id, late.pk)


def test_taking_the_event_again_writes_nothing(cast, field):
    inspect(cast, field.computer, placement="outside", use_mode="shared")
    assert len(found()) == 2
    entries = AuditEntry.objects.count()
    for _time in range(2):
        tasks.raise_findings({"devices": [str(device.pk) for device in field.devices]})
    assert AuditEntry.objects.count() == entries
    assert Finding.objects.count() == 2


def test_each_finding_leaves_an_entry_of_the_machine(cast, field):
    inspect(cast, field.computer, placement="outside")
    assert len(found()) == 1
    entry = AuditEntry.objects.filter(object_type="finding").get()
    assert (entry.actor["name"], entry.actor["via"]) == ("Motcua", "task")


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def wrong_on(state: dict[str, str], *, is_computer: bool) -> set[str]:
    """What is wrong with a device, by the rules of fieldwork and the brief's words alone."""
    gone = state.get("present") == "no"
    kinds = {
        FindingKind.NOT_PRESENT: gone,
        FindingKind.PLACED_OUTSIDE: not gone and state.get("placement") in ("outside", "elsewhere"),
        FindingKind.SHARED: is_computer and bool(fieldwork.shared(state)) and not gone,
        FindingKind.BELOW_REQUIREMENTS: state.get("meets_requirements") == "no",
    }
    return {str(kind) for kind, is_so in kinds.items() if is_so}


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(told=deliveries(), at_once=st.booleans())
def test_on_every_day_the_open_findings_are_what_the_state_shows(cast, field, told, at_once):
    """Whatever arrives in whatever order, and whether events are taken one by one or together."""
    with undone():
        deliver(cast, field, told, after_each=bool if at_once else outbox.drain)
        outbox.drain()
        findings = list(Finding.objects.known())
        for device in field.devices:
            for day in DAYS:
                state = values(states([device.pk], day).get(device.pk, {}))
                mine = [row for row in findings if row.device_id == device.pk and row.found_on <= day]
                still = [row.kind for row in mine if row.ended_on is None or row.ended_on > day]
                assert len(still) == len(set(still))
                assert set(still) == wrong_on(state, is_computer=device.device_type.is_computer)


def test_the_case_has_one_finding_outside_and_ten_shared_and_loading_again_adds_none(db):
    for _time in range(2):
        load_folder(CASE, actor=operator("test"))
        outbox.drain()
        rows = Finding.objects.all()
        kinds = sorted(rows.values_list("kind", flat=True))
        assert kinds == ["placed_outside"] + ["shared"] * 10
        outside = rows.get(kind="placed_outside")
        assert (outside.unit.code, outside.note) == ("01999", "khu vực bên ngoài, gần cầu thang đi lại")


class TestThePages:
    @pytest.fixture
    def finding(self, cast, field):
        inspect(cast, field.computer, placement="outside", placement_note="gần cầu thang")
        inspect(cast, field.other_computer, use_mode="shared")
        outbox.drain()
        return Finding.objects.known().get(kind="placed_outside")

    def test_the_list_shows_the_open_ones_first_and_filters_by_the_url(self, client, cast, field, finding):
        inspect(cast, field.computer, LATER, placement="one_stop")
        outbox.drain()
        cast.sign_in(client, "district_officer")
        address = reverse("followup:findings", args=[KEY])
        rows = client.get(address).context["listing"].rows
        assert [(row.kind, row.state) for row in rows] == [("shared", "open"), ("placed_outside", "ended")]
        narrowed = client.get(address, {"kind": "placed_outside", "unit": str(field.commune.pk)})
        assert [row.kind for row in narrowed.context["listing"].rows] == ["placed_outside"]
        assert client.get(address, {"export": "xlsx"}).content[:2] == b"PK"

    def test_a_finding_opens_into_the_check_behind_it(self, client, cast, finding):
        cast.sign_in(client, "district_officer")
        page = client.get(reverse("followup:finding", args=[finding.pk])).content.decode()
        assert reverse("fieldwork:check", args=[finding.found_by_id]) in page
        assert "gần cầu thang" in page

    def test_a_clerk_sees_the_findings_of_the_own_commune_alone(self, client, cast, finding):
        assert list(findings_for(cast.clerk)) == [finding]
        cast.sign_in(client, "clerk")
        rows = client.get(reverse("followup:findings", args=[KEY])).context["listing"].rows
        assert [row.finding for row in rows] == [finding]

    @pytest.mark.parametrize("who", ["stranger", "other_clerk"])
    def test_who_does_not_reach_it_finds_nothing(self, client, cast, finding, who):
        cast.sign_in(client, who)
        for page in ("finding", "order_remedy"):
            assert client.get(reverse(f"followup:{page}", args=[finding.pk])).status_code == 404
        assert client.get(reverse("followup:finding", args=[uuid.uuid4()])).status_code == 404

    def test_the_list_asks_the_same_number_of_questions_however_many_findings_there_are(
        self, client, cast, field, finding, django_assert_max_num_queries
    ):
        cast.sign_in(client, "district_officer")
        address = reverse("followup:findings", args=[KEY])
        for _time in range(2):
            with django_assert_max_num_queries(26):
                client.get(address)
            inspect(cast, field.scanner, placement="outside", present="yes", meets_requirements="no")
            inspect(cast, field.computer, use_mode="shared", meets_requirements="no")
            outbox.drain()
