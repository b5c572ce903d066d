"""Judging a device criterion by criterion: the whole verdict follows from the requirements in force that day."""

import datetime as dt

import pytest

from motcua.catalogue.actions import publish_requirements
from motcua.catalogue.models import DeviceType
from motcua.common.errors import Refused
from motcua.equipment.actions import enter_device
from motcua.fieldwork.actions import correct_check, record_check
from motcua.fieldwork.models import Answer
from motcua.fieldwork.queries import states, values
from motcua.funding.actions import start_programme

DAY = dt.date(2023, 12, 27)


@pytest.fixture
def computer(cast):
    """A computer of a commune for which the province asks two criteria since 2023."""
    district, commune = cast.units["063"], cast.units["01969"]
    terms = {"name": "Trang bị máy tính", "device_type_keys": ["computer"]}
    programme = start_programme(actor=cast.district_officer, key="may-tinh", owner=district, values=terms)
    publish(cast, dt.date(2023, 1, 1), ["ram", "disk"])
    kind = DeviceType.objects.get(pk="computer")
    return enter_device(
        actor=cast.clerk, programme=programme, unit=commune, device_type=kind, number="1", values={"make": "ABC"}
    )


def publish(cast, since, keys):
    publish_requirements(
        actor=cast.province_officer,
        values={
            "owner_unit": cast.units["06"],
            "device_type": "computer",
            "title": "Cấu hình tối thiểu",
            "criteria": [{"key": key, "wording": f"Đạt {key}"} for key in keys],
            "valid_from": since,
        },
    )


def check(cast, computer, said, day=DAY):
    facts = {"device": computer, "unit": cast.units["01969"], "visit": None, "observed_on": day}
    return record_check(actor=cast.inspector, values={**facts, "kind": "inspected", "said": said})


def state(computer, day=DAY):
    return values(states([computer.pk], day).get(computer.pk, {}))


@pytest.mark.parametrize(
    ("said", "comes_to"),
    [
        ({"criterion:ram": "yes", "criterion:disk": "yes"}, {"meets_requirements": "yes"}),
        ({"criterion:ram": "yes", "criterion:disk": "no"}, {"meets_requirements": "no"}),
        ({"criterion:ram": "yes"}, {}),
        ({"criterion:ram": "no", "meets_requirements": "yes"}, {"meets_requirements": "yes"}),
        ({"criterion:other": "no", "present": "yes"}, {"present": "yes"}),
    ],
)
def test_the_whole_verdict_follows_from_the_criteria_unless_it_is_given(cast, computer, said, comes_to):
    check(cast, computer, said)
    assert state(computer) == comes_to


def test_each_criterion_is_kept_as_an_answer_of_its_own(cast, computer):
    check(cast, computer, {"criterion:ram": "yes", "criterion:disk": "no"})
    rows = Answer.objects.filter(device=computer, attribute="meets_requirements").order_by("criterion")
    assert list(rows.values_list("criterion", "value")) == [("", "no"), ("disk", "no"), ("ram", "yes")]


def test_the_requirements_of_that_day_decide(cast, computer):
    publish(cast, dt.date(2024, 1, 1), ["screen"])
    said = {"criterion:ram": "yes", "criterion:disk": "yes"}
    check(cast, computer, said)
    check(cast, computer, said, day=dt.date(2024, 1, 2))
    whole = Answer.objects.filter(device=computer, criterion="", attribute="meets_requirements")
    assert [row.observed_on for row in whole] == [DAY]


def test_requirements_of_another_province_do_not_count(cast, computer):
    values_of_another = {
        "owner_unit": cast.units["19"],
        "device_type": "computer",
        "title": "Của tỉnh khác",
        "criteria": [{"key": "screen", "wording": "Màn hình"}],
    }
    publish_requirements(actor=cast.stranger, values=values_of_another)
    check(cast, computer, {"criterion:ram": "yes", "criterion:disk": "yes"})
    assert state(computer) == {"meets_requirements": "yes"}


def test_a_correction_takes_the_derived_verdict_back(cast, computer):
    first = check(cast, computer, {"criterion:ram": "no"})
    assert state(computer) == {"meets_requirements": "no"}
    correct_check(first, actor=cast.inspector, values={"said": {"criterion:ram": "yes"}}, reason="Nhập nhầm")
    assert state(computer) == {}


def test_an_answer_to_a_criterion_is_yes_or_no(cast, computer):
    with pytest.raises(Refused, match=r"criterion:ram = 8GB"):
        check(cast, computer, {"criterion:ram": "8GB"})
