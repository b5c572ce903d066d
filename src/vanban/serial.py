"""A document as JSON and back, exactly: `from_json(to_json(document)) == document`.

Fields that hold their default are left out. Data that is no document raises `ModelError` with the path of what
is wrong; unknown fields are refused, so that a misspelt one is never lost silently.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any, TypeVar

from vanban.model import (
    Annex,
    Block,
    Column,
    Document,
    Heading,
    Issuer,
    Item,
    ModelError,
    Paragraph,
    PlaceDate,
    Recipients,
    Run,
    Runs,
    Signature,
    Symbol,
    Table,
)

SCHEMA = "vanban/1"

_T = TypeVar("_T")
_Reader = Callable[[Any, str], Any]
_BLOCKS: dict[str, type[Block]] = {"paragraph": Paragraph, "heading": Heading, "item": Item, "table": Table}
_NAMES = {kind: name for name, kind in _BLOCKS.items()}


def to_json(document: Document) -> dict[str, Any]:
    """Return `document` as plain JSON values, with "schema": "vanban/1"."""
    return {"schema": SCHEMA, **_written(document)}


def from_json(data: object) -> Document:
    """Return the document that `to_json` wrote. Raises ModelError when `data` is none."""
    record = _record(data, "")
    schema = record.get("schema")
    if schema != SCHEMA:
        raise ModelError("schema", f"is {schema!r}, not {SCHEMA!r}")
    return _read(Document, {key: value for key, value in record.items() if key != "schema"}, "")


def _written(value: object) -> Any:
    if isinstance(value, tuple):
        return [_written(part) for part in value]
    if value is None or isinstance(value, str | int | float):
        return value
    shape = {"block": _NAMES[type(value)]} if isinstance(value, Block) else {}
    return shape | {
        field.name.rstrip("_"): _written(held)
        for field in fields(value)  # type: ignore[arg-type]  # every other value of the model is a dataclass
        if (held := getattr(value, field.name)) != field.default
    }


@dataclass(frozen=True, slots=True)
class _ListOf:
    """Reads a JSON list into a tuple."""

    part: _Reader

    def __call__(self, value: Any, path: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise ModelError(path, f"is {_kind(value)}, not a list")
        return tuple(self.part(part, f"{path}[{place}]") for place, part in enumerate(value))


@dataclass(frozen=True, slots=True)
class _Record:
    """Reads a JSON object into a dataclass."""

    kind: type[Any]

    def __call__(self, value: Any, path: str) -> Any:
        return _read(self.kind, _record(value, path), path)


def _text(value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise ModelError(path, f"is {_kind(value)}, not text")
    return value


def _optional_text(value: Any, path: str) -> str | None:
    return None if value is None else _text(value, path)


def _flag(value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        raise ModelError(path, f"is {_kind(value)}, not true or false")
    return value


def _whole(value: Any, path: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ModelError(path, f"is {_kind(value)}, not a whole number")
    return value


def _optional_whole(value: Any, path: str) -> int | None:
    return None if value is None else _whole(value, path)


def _number(value: Any, path: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise ModelError(path, f"is {_kind(value)}, not a number")
    return value


def _block(value: Any, path: str) -> Block:
    record = dict(_record(value, path))
    name = record.pop("block", None)
    kind = _BLOCKS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise ModelError(path, f"block is {name!r}, not one of {', '.join(_BLOCKS)}")
    return _read(kind, record, path)


def _title(value: Any, path: str) -> Runs | str:
    return value if isinstance(value, str) else _runs(value, path)


_runs = _ListOf(_Record(Run))
_blocks = _ListOf(_block)
_texts = _ListOf(_text)
_READERS: dict[type[Any], dict[str, _Reader]] = {
    Run: {"text": _text, "bold": _flag, "italic": _flag, "key": _optional_text},
    Paragraph: {"runs": _runs, "align": _text, "indent": _flag},
    Heading: {"level": _whole, "number": _text, "title": _runs},
    Item: {"runs": _runs},
    Column: {"title": _text, "width": _number, "align": _text},
    Table: {
        "columns": _ListOf(_Record(Column)),
        "rows": _ListOf(_ListOf(_runs)),
        "caption": _optional_text,
    },
    Issuer: {"parent": _optional_text, "lines": _texts, "name": _optional_text},
    Symbol: {"number": _optional_whole, "symbol": _text},
    PlaceDate: {"place": _text, "year": _optional_whole, "month": _optional_whole, "day": _optional_whole},
    Signature: {
        "on_behalf_of": _optional_text,
        "for": _optional_text,
        "title": _text,
        "name": _optional_text,
    },
    Recipients: {"heading": _optional_text, "lines": _texts, "archive": _text},
    Annex: {"title": _title, "blocks": _blocks, "landscape": _flag},
    Document: {
        "kind": _text,
        "issuer": _Record(Issuer),
        "symbol": _Record(Symbol),
        "place_date": _Record(PlaceDate),
        "type_name": _text,
        "subject": _runs,
        "addressees": _texts,
        "legal_basis": _ListOf(_runs),
        "body": _blocks,
        "recipients": _Record(Recipients),
        "signature": _Record(Signature),
        "annexes": _ListOf(_Record(Annex)),
    },
}


def _read(kind: type[_T], record: Mapping[str, Any], path: str) -> _T:
    readers = _READERS[kind]
    for name in record:
        if name not in readers:
            raise ModelError(_under(path, name), f"is no field of {kind.__name__}")
    for field in fields(kind):  # type: ignore[arg-type]  # every kind of _READERS is a dataclass
        name = field.name.rstrip("_")
        if field.default is MISSING and name not in record:
            raise ModelError(_under(path, name), "is missing")
    held = {name: readers[name](value, _under(path, name)) for name, value in record.items()}
    if "for" in held:
        held["for_"] = held.pop("for")
    try:
        return kind(**held)
    except ModelError as error:
        raise ModelError(path, error.message) from None


def _record(value: object, path: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ModelError(path, f"is {_kind(value)}, not an object")
    return value


def _under(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _kind(value: object) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true or false"
    names = {str: "text", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), type(value).__name__)
