"""A document as JSON and back."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings

from tests.vanban.documents import report, with_annexes
from tests.vanban.strategies import documents
from vanban import Document, ModelError, from_json, to_json


@given(documents)
@settings(max_examples=150, deadline=None)
def test_any_document_comes_back_equal(document: Document) -> None:
    assert from_json(json.loads(json.dumps(to_json(document)))) == document


def test_the_made_documents_come_back_equal() -> None:
    for document in (report(), with_annexes()):
        assert from_json(to_json(document)) == document


def test_the_schema_is_named_and_defaults_are_left_out() -> None:
    written = to_json(report())
    assert written["schema"] == "vanban/1"
    assert written["body"][1] == {
        "block": "heading",
        "level": 1,
        "number": "I.",
        "title": [{"text": "KẾT QUẢ THỰC HIỆN"}],
    }
    assert "annexes" not in written
    assert written["signature"]["for"] == "CHỦ TỊCH"


def _changed(path: list[Any], value: Any) -> dict[str, Any]:
    data = copy.deepcopy(to_json(report()))
    held: Any = data
    for step in path[:-1]:
        held = held[step]
    held[path[-1]] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "where", "message"),
    [
        (["schema"], "vanban/9", "schema", "not 'vanban/1'"),
        (["sujet"], [], "sujet", "no field of Document"),
        (["subject"], "text", "subject", "is text, not a list"),
        (["body", 0, "runs", 0, "text"], 5, "body[0].runs[0].text", "is a number, not text"),
        (["body", 0, "runs", 0, "bold"], 1, "body[0].runs[0].bold", "not true or false"),
        (["body", 1, "block"], "chapter", "body[1]", "not one of paragraph"),
        (["body", 1, "level"], 9, "body[1]", "level is 9"),
        (["body", 4, "rows", 0], [], "body[4]", "row 0 has 0 cells"),
        (["body", 4, "columns", 0, "width"], 0, "body[4].columns[0]", "not above zero"),
        (["place_date", "month"], 13, "place_date", "month is 13"),
        (["symbol", "number"], True, "symbol.number", "not a whole number"),
        (["issuer"], None, "issuer", "is empty, not an object"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(path: list[Any], value: Any, where: str, message: str) -> None:
    with pytest.raises(ModelError, match=message.replace("[", "\\[")) as refused:
        from_json(_changed(path, value))
    assert refused.value.path == where


def test_a_missing_field_is_named() -> None:
    data = to_json(report())
    del data["signature"]
    with pytest.raises(ModelError, match="signature: is missing"):
        from_json(data)


@pytest.mark.parametrize("data", [None, [], "text", 5, {}])
def test_what_is_no_document_is_refused(data: object) -> None:
    with pytest.raises(ModelError):
        from_json(data)
