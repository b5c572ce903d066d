"""Whether a device meets criteria of which some are judged."""

import pytest

from motcua.catalogue.rules import faults, verdict


@pytest.mark.parametrize(
    ("answered", "keys", "comes_to"),
    [
        ({"ram": "yes", "disk": "yes"}, ["ram", "disk"], True),
        ({"ram": "yes", "disk": "no"}, ["ram", "disk"], False),
        ({"disk": "no"}, ["ram", "disk"], False),
        ({"ram": "yes"}, ["ram", "disk"], None),
        ({"ram": "yes", "disk": ""}, ["ram", "disk"], None),
        ({}, ["ram"], None),
        ({}, [], None),
        ({"colour": "no", "ram": "yes"}, ["ram"], True),
    ],
)
def test_one_unmet_criterion_decides_and_one_unjudged_leaves_it_unknown(answered, keys, comes_to):
    assert verdict(answered, keys) is comes_to


@pytest.mark.parametrize(
    ("criteria", "wrong"),
    [
        ([{"key": "ram", "wording": "RAM từ 8 GB"}], []),
        ([{"key": "", "wording": "RAM từ 8 GB"}], ["1"]),
        ([{"key": "ram", "wording": ""}], ["1"]),
        ([{"key": "ram", "wording": "a"}, {"key": "ram", "wording": "b"}], ["2"]),
        ([{"key": "r" * 61, "wording": "a"}], ["1"]),
    ],
)
def test_a_criterion_needs_a_key_of_its_own_and_a_wording(criteria, wrong):
    assert faults(criteria) == wrong
