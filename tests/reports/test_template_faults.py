"""A bad template is refused whole, each fault named by its place."""

import json

import pytest
from django.utils import translation

from motcua.reports.template import TemplateFault, built_in, built_in_keys, check_tree, read_template

CASES = [
    ({"body": [{"item": [{"figure": "units_plced", "show": "ratio"}]}]}, "body[1].item[1].figure", "units_plced"),
    ({"body": [{"item": [{"figure": "units_placed", "show": "rato"}]}]}, "body[1].item[1].figure.show", "rato"),
    ({"body": [{"item": [{"figure": "units_placed", "show": "count"}]}]}, "body[1].item[1].figure.side", "None"),
    ({"body": [{"item": [{"figure": "amount_each", "show": "ratio"}]}]}, "body[1].item[1].figure.show", "ratio"),
    ({"body": [{"if": {"figure": "nope", "is": "some"}, "then": []}]}, "body[1].if.figure", "nope"),
    ({"body": [{"each": "judgements:joy", "then": []}]}, "body[1].each", "judgements:joy"),
    ({"body": [{"heading": {"level": 9, "text": []}}]}, "body[1].heading", "3"),
    ({"body": [{"item": [{"figure": ["units_placed"], "show": "ratio"}]}]}, "body[1].item[1].figure", "units_placed"),
    ({"body": [{"heading": {"level": 1, "number": {"a": 1}, "text": []}}]}, "body[1].heading.number", "văn bản"),
    ({"body": [{"unknown": 1}]}, "body[1]", "paragraph"),
    ({"body": "text"}, "body", "danh sách"),
    ([], "template", "body"),
]


@pytest.mark.parametrize(("tree", "place", "word"), CASES)
def test_each_fault_is_named_by_its_place(tree: object, place: str, word: str) -> None:
    with translation.override("vi"), pytest.raises(TemplateFault) as refused:
        check_tree(tree)
    assert any(where == place and word in message for where, message in refused.value.faults), refused.value.faults


def test_every_fault_is_found_at_once() -> None:
    tree = {"body": [{"item": [{"figure": "a", "show": "ratio"}, {"figure": "b", "show": "ratio"}]}]}
    with pytest.raises(TemplateFault) as refused:
        check_tree(tree)
    assert len(refused.value.faults) == 2


DEEP = '[{"if": {"has": "directive"}, "then": ' * 300 + "[]" + "}]" * 300
UNPRINTABLE = [rf'{{"body": [{{"paragraph": ["a{sign}b"]}}]}}' for sign in (r"\u0000", r"\u0007", r"\ud800")]


@pytest.mark.parametrize("content", ["{", b"\xff\xfe", "[" * 100_000, f'{{"body": {DEEP}}}', *UNPRINTABLE])
def test_what_is_no_json_is_refused(content: str | bytes) -> None:
    with pytest.raises(TemplateFault):
        read_template(content)


def test_the_built_in_templates_are_sound() -> None:
    assert built_in_keys()
    for key in built_in_keys():
        assert json.dumps(built_in(key))
