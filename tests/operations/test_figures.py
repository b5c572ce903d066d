"""`motcua figures --json`: the case's table exactly, districts of our own, and any district against a slow count."""

import datetime as dt
import json
import tempfile
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.common.actor import operator
from motcua.common.models import AuditEntry
from motcua.figures.queries import evaluate_all
from motcua.funding.models import Programme
from motcua.operations.load import load_folder
from motcua.operations.saying import figure_json
from motcua.units.queries import by_code
from tests.districts import DAY, DISTRICT, Commune, Device, District, Seen, code_of, write
from tests.operations.any_district import changed_districts, districts
from tests.operations.slow_count import count

pytestmark = pytest.mark.django_db
ALL = [
    "01969", "01975", "01978", "01981", "01984", "01990", "01993", "01999", "02002", "02005", "02008", "02011",
    "02014", "02017",
]  # fmt: skip
DEDICATED = ["01969", "01975", "01999", "02011"]


def units(name, inside, outside=(), unknown=()):
    population = len(inside) + len(outside) + len(unknown)
    sides = {"in": list(inside), "out": list(outside), "unknown": list(unknown)}
    return {"name": name, "value": len(inside), "population": population, **sides}


def amount(name, value):
    return {"name": name, "value": value, "population": None, "in": [], "out": [], "unknown": []}


THE_CASE = [
    amount("amount_allocated", 403_200_000),
    amount("amount_given_on", 403_200_000),
    amount("amount_each", 28_800_000),
    units("units_allocated", ALL),
    units("units_settled", ALL),
    units("units_meeting_requirements", ALL),
    units("units_placed", [code for code in ALL if code != "01999"], ["01999"]),
    units("units_dedicated", DEDICATED, [code for code in ALL if code not in DEDICATED]),
    units("units_shared", [code for code in ALL if code not in DEDICATED], DEDICATED),
]


def asked(command, key, *more, unit="063", day="2023-12-27"):
    return command("figures", key, "--unit", unit, "--as-of", day, *more)


class TestTheCase:
    @pytest.fixture(autouse=True)
    def _loaded(self, command, case):
        command("load", case)

    def test_every_figure_is_as_its_table_says(self, command):
        said = asked(command, "bach-thong-2023", "--json")
        assert (said.code, said.err) == (0, "")
        assert json.loads(said.out) == THE_CASE

    def test_the_slow_count_agrees(self, case):
        assert count(case, "2023-12-27") == THE_CASE

    def test_the_classes_part_the_population(self):
        figures = {figure["name"]: figure for figure in THE_CASE}
        assert figures["units_shared"]["value"] + figures["units_dedicated"]["value"] == 14
        assert 14 * figures["amount_each"]["value"] == figures["amount_allocated"]["value"]

    def test_a_commune_has_its_own_figures(self, command):
        answers = {f["name"]: f for f in json.loads(asked(command, "bach-thong-2023", "--json", unit="01999").out)}
        assert answers["amount_allocated"]["value"] == 28_800_000
        assert answers["units_placed"] == units("units_placed", [], ["01999"])

    def test_before_the_visits_nothing_is_known(self, command):
        answers = {f["name"]: f for f in json.loads(asked(command, "bach-thong-2023", "--json", day="2023-12-26").out)}
        assert answers["units_placed"] == units("units_placed", [], [], ALL)
        assert answers["units_allocated"]["value"] == 14

    def test_before_the_decision_no_money_was_given(self, command):
        answers = {f["name"]: f for f in json.loads(asked(command, "bach-thong-2023", "--json", day="2023-05-07").out)}
        assert answers["amount_allocated"]["value"] == 0
        assert answers["units_allocated"] == units("units_allocated", [], ALL)
        assert answers["units_placed"] == units("units_placed", [])

    def test_before_it_was_recorded_nothing_was_known(self, command):
        moment = ("--known-at", "2020-01-01T00:00")
        said = asked(command, "bach-thong-2023", "--json", *moment)
        assert (said.code, said.out) == (1, "")
        assert said.err == "Vào lúc 00:00 01/01/2020 chưa có dữ kiện nào về đơn vị mang mã 063 vào ngày 27/12/2023.\n"

    def test_a_person_reads_them_in_vietnamese(self, command):
        said = asked(command, "bach-thong-2023")
        assert "13/14" in said.out
        assert "không đặt tại Bộ phận Một cửa: xã Nguyên Phúc\n" in said.out
        assert "403.200.000" in said.out

    @pytest.mark.parametrize(
        ("key", "unit", "day", "said"),
        [
            ("bach-thong-2024", "063", "2023-12-27", "bach-thong-2023"),
            ("bach-thong-2023", "999", "2023-12-27", "999"),
            ("bach-thong-2023", "063", "2025-07-01", "30/06/2025"),
            ("bach-thong-2023", "063", "2203-12-27", "27/12/2203"),
        ],
    )
    def test_what_is_not_there_is_said_with_what_is(self, command, key, unit, day, said):
        answer = asked(command, key, "--json", unit=unit, day=day)
        assert (answer.code, answer.out) == (1, "")
        assert said in answer.err

    def test_a_wrong_call_ends_with_2(self, command):
        assert command("figures", "bach-thong-2023", "--as-of", "2023-12-27").code == 2
        assert asked(command, "bach-thong-2023", day="27-12").code == 2


def figures_of(district, folder, day=DAY):
    load_folder(write(district, folder), actor=operator("test"))
    unit = by_code(DISTRICT, day)
    answers = evaluate_all(Programme.objects.get(key=folder.name), unit, day)
    return {name: figure_json(answer) for name, answer in answers.items()}


SHARED, STAFF, GONE = Seen(use="shared"), Seen(use="staff"), Seen(present="no", use="dedicated")
NOTHING_SAID = Seen(present="", meets="", placement="", use="")


@pytest.mark.parametrize(
    ("devices", "placed", "dedicated", "shared", "meets"),
    [
        ((), "unknown", "unknown", "unknown", "unknown"),
        ((Device("scanner", (Seen(placement="", use=""),)),), "unknown", "unknown", "unknown", "in"),
        ((Device(seen=(NOTHING_SAID,)),), "unknown", "unknown", "unknown", "unknown"),
        ((Device(seen=(GONE,)),), "out", "out", "out", "in"),
        ((Device(), Device(seen=(GONE,))), "out", "in", "out", "in"),
        ((Device(seen=(SHARED,)), Device(seen=(NOTHING_SAID,))), "unknown", "unknown", "unknown", "unknown"),
        ((Device(seen=(SHARED,)), Device(seen=(STAFF,))), "in", "out", "in", "in"),
        ((Device(seen=(STAFF,)),), "in", "out", "out", "in"),
        ((Device(seen=(STAFF,)), Device(seen=(NOTHING_SAID,))), "unknown", "unknown", "unknown", "unknown"),
        ((Device(), Device("scanner", (Seen(meets="no", placement="", use=""),))), "in", "in", "out", "out"),
        (
            (
                Device(
                    seen=(Seen(placement="outside"), Seen(dt.date(2023, 12, 28))),
                ),
            ),
            "out",
            "in",
            "out",
            "in",
        ),
    ],
)
def test_a_commune_counts_as_its_devices_say(tmp_path, devices, placed, dedicated, shared, meets):
    answers = figures_of(District((Commune("An Bình", devices=devices),)), tmp_path / "own")
    names = ("units_placed", "units_dedicated", "units_shared", "units_meeting_requirements")
    found = {name: next(side for side in ("in", "out", "unknown") if answers[name][side]) for name in names}
    assert found == dict(zip(names, (placed, dedicated, shared, meets), strict=True))


def test_an_empty_answer_leaves_what_was_answered_before(tmp_path):
    seen = (Seen(dt.date(2023, 12, 1), placement="outside"), Seen(DAY, placement="", use="shared"))
    answers = figures_of(District((Commune("An Bình", devices=(Device(seen=seen),)),)), tmp_path / "own")
    assert answers["units_placed"]["out"] == [code_of(0)]
    assert answers["units_shared"]["in"] == [code_of(0)]


def test_money_that_is_left_and_amounts_that_differ(tmp_path):
    communes = (
        Commune("An Bình"),
        Commune("Bảo Lạc", amounts=(10_000_000, 5_000_000)),
        Commune("Cẩm Thủy", amounts=()),
    )
    answers = figures_of(District(communes, left=1_200_000), tmp_path / "own")
    assert answers["amount_allocated"]["value"] == 45_000_000
    assert answers["amount_given_on"]["value"] == 43_800_000
    assert answers["amount_each"]["value"] is None
    assert answers["units_allocated"] == units("units_allocated", ["88000", "88001"], ["88002"])
    assert answers["units_placed"]["population"] == 2


RANDOM = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@RANDOM
@given(district=districts, day=st.sampled_from([dt.date(2023, 5, 7), dt.date(2023, 12, 21), DAY, dt.date(2024, 1, 4)]))
def test_any_district_agrees_with_a_slow_count(district, day):
    with tempfile.TemporaryDirectory() as place, transaction.atomic():
        folder = Path(place) / "any"
        found = list(figures_of(district, folder, day).values())
        assert found == count(folder, day.isoformat())
        transaction.set_rollback(True)


@RANDOM
@given(pair=changed_districts())
def test_a_changed_folder_counts_as_if_it_alone_had_been_taken_in(pair):
    with tempfile.TemporaryDirectory() as place, transaction.atomic():
        folder = Path(place) / "any"
        figures_of(pair[0], folder)
        found = list(figures_of(pair[1], folder).values())
        assert found == count(folder, DAY.isoformat())
        entries = AuditEntry.objects.count()
        figures_of(pair[1], folder)
        assert AuditEntry.objects.count() == entries
        transaction.set_rollback(True)
