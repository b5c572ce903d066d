"""The template language: a small typed tree, read from JSON and checked whole before it is used.

Blocks: {"heading": {"level", "number", "text"}}, {"paragraph": INLINE}, {"item": INLINE},
{"table": "amounts"}, {"if": CONDITION, "then": BLOCKS, "else": BLOCKS},
{"each": "judgements:KIND", "then": BLOCKS, "else": BLOCKS}.
INLINE is a list of texts and of {"figure", "show", …}, {"cite"}, {"date"}, {"unit"}, {"word"}, {"judgement"}.
CONDITION is {"figure", "is"} with is one of known, differ, some (above zero), zero, left; or {"has": "directive"}.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from motcua.common.errors import Refused
from motcua.figures.definitions import FIGURES
from motcua.followup.enums import JudgementKind

BUILT_IN = Path(__file__).parent / "built_in"
AMOUNT_SHOWS = ("amount", "left")
UNIT_SHOWS = ("ratio", "exceptions", "count", "names", "quantifier")
SIDED_SHOWS = ("count", "names", "quantifier")
SIDES = ("in", "out", "unknown")
CITES = ("directive", "decisions", "requirements")
HAS = ("directive", "decisions", "requirements")
UNITS = ("committee", "name")
WORDS = ("purpose", "received_for", "subject", "programme")
STATES = ("known", "differ", "some", "zero", "left")
TABLES = ("amounts",)
UNPRINTABLE = re.compile(r"\\u00(?:0[0-8bcef]|1[0-9a-f])|\\u(?:d[89a-f]|fff[ef])")
"""Characters, as JSON writes them, that no document and not every database can hold."""
Inline = Sequence[Any]


class TemplateFault(Refused):
    """A template that cannot be used; each fault is named by its place in the tree."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{place}: {message}" for place, message in faults))


@dataclass(slots=True)
class _Checker:
    faults: list[tuple[str, str]] = field(default_factory=list)

    def fault(self, place: str, message: str) -> None:
        self.faults.append((place, message))

    def one_of(self, place: str, value: object, choices: Sequence[str]) -> None:
        if value not in choices:
            message = _("“%(value)s” is not one of: %(known)s")
            self.fault(place, message % {"value": value, "known": ", ".join(choices)})

    def figure(self, place: str, name: object) -> bool:
        if isinstance(name, str) and name in FIGURES:
            return True
        message = _("there is no figure called “%(name)s”; there are: %(known)s")
        self.fault(place, message % {"name": name, "known": ", ".join(FIGURES)})
        return False

    def blocks(self, place: str, blocks: object) -> None:
        if not isinstance(blocks, list):
            self.fault(place, _("this must be a list"))
            return
        for number, block in enumerate(blocks, start=1):
            self.block(f"{place}[{number}]", block)

    def block(self, place: str, block: object) -> None:
        if not isinstance(block, dict):
            self.fault(place, _("this must be an object"))
            return
        kind = next((name for name in _BLOCKS if name in block), None)
        if kind is None:
            self.fault(place, _("a block is one of: %(known)s") % {"known": ", ".join(_BLOCKS)})
            return
        _BLOCKS[kind](self, f"{place}.{kind}", block)

    def inline(self, place: str, parts: object) -> None:
        if not isinstance(parts, list):
            self.fault(place, _("this must be a list"))
            return
        for number, part in enumerate(parts, start=1):
            where = f"{place}[{number}]"
            if isinstance(part, str):
                continue
            kind = next((name for name in _INLINES if isinstance(part, dict) and name in part), None)
            if kind is None:
                known = ", ".join(_INLINES)
                self.fault(where, _("a part is a text or one of: %(known)s") % {"known": known})
            else:
                _INLINES[kind](self, f"{where}.{kind}", part)


def _heading(check: _Checker, place: str, block: Mapping[str, Any]) -> None:
    heading = block["heading"]
    if not isinstance(heading, dict) or heading.get("level") not in (1, 2, 3):
        check.fault(place, _("a heading has a level from 1 to 3"))
        return
    if not isinstance(heading.get("number", ""), str):
        check.fault(f"{place}.number", _("this must be a text"))
    check.inline(f"{place}.text", heading.get("text"))


def _table(check: _Checker, place: str, block: Mapping[str, Any]) -> None:
    check.one_of(place, block["table"], TABLES)


def _if(check: _Checker, place: str, block: Mapping[str, Any]) -> None:
    condition = block["if"]
    if not isinstance(condition, dict):
        check.fault(place, _("this must be an object"))
    elif "has" in condition:
        check.one_of(f"{place}.has", condition["has"], HAS)
    elif check.figure(f"{place}.figure", condition.get("figure")):
        check.one_of(f"{place}.is", condition.get("is"), STATES)
    _branches(check, place, block)


def _each(check: _Checker, place: str, block: Mapping[str, Any]) -> None:
    kinds = [f"judgements:{kind}" for kind in JudgementKind.values]
    check.one_of(place, block["each"], kinds)
    _branches(check, place, block)


def _branches(check: _Checker, place: str, block: Mapping[str, Any]) -> None:
    check.blocks(f"{place}.then", block.get("then"))
    if "else" in block:
        check.blocks(f"{place}.else", block["else"])


def _figure(check: _Checker, place: str, part: Mapping[str, Any]) -> None:
    if not check.figure(place, part["figure"]):
        return
    shows = AMOUNT_SHOWS if FIGURES[part["figure"]].is_amount else UNIT_SHOWS
    check.one_of(f"{place}.show", part.get("show"), shows)
    if part.get("show") in SIDED_SHOWS:
        check.one_of(f"{place}.side", part.get("side"), SIDES)


_BLOCKS = {
    "heading": _heading,
    "paragraph": lambda check, place, block: check.inline(place, block["paragraph"]),
    "item": lambda check, place, block: check.inline(place, block["item"]),
    "table": _table,
    "if": _if,
    "each": _each,
}
_INLINES = {
    "figure": _figure,
    "cite": lambda check, place, part: check.one_of(place, part["cite"], CITES),
    "date": lambda check, place, part: check.one_of(place, part["date"], ("as_of",)),
    "unit": lambda check, place, part: check.one_of(place, part["unit"], UNITS),
    "word": lambda check, place, part: check.one_of(place, part["word"], WORDS),
    "judgement": lambda check, place, part: check.one_of(place, part["judgement"], ("said",)),
}


def check_tree(tree: object) -> None:
    """Raise `TemplateFault` with every fault and its place; return where there is none."""
    checker = _Checker()
    if not isinstance(tree, dict) or "body" not in tree:
        checker.fault("template", _("a template is an object with a body"))
    else:
        checker.blocks("body", tree["body"])
    if checker.faults:
        raise TemplateFault(checker.faults)


def read_template(content: str | bytes) -> dict[str, Any]:
    """A template from JSON text, checked. Raises `TemplateFault`."""
    try:
        tree = json.loads(content)
        check_tree(tree)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        place = f"template:{getattr(error, 'lineno', '')}"
        raise TemplateFault([(place, _("this is not valid JSON (%(error)s)") % {"error": error})]) from error
    if UNPRINTABLE.search(json.dumps(tree)):
        raise TemplateFault([("template", _("its texts hold characters that cannot be printed"))])
    return tree


def built_in(key: str) -> dict[str, Any]:
    """A template that comes with the program."""
    return read_template((BUILT_IN / f"{key}.json").read_text(encoding="utf-8"))


def built_in_keys() -> list[str]:
    return sorted(path.stem for path in BUILT_IN.glob("*.json"))
