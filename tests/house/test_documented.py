"""Documentation that lags fails: settings that an operator may set, and events told from app to app."""

import ast
import importlib
import re
from collections.abc import Callable
from typing import Any

from motcua.common import outbox
from tests.house.sources import ROOT, attribute_path, called, dotted_name, imported, none_of, python_files, tree_of

SETTINGS = ROOT / "docs" / "operators" / "settings.md"
FLOWS = ROOT / "docs" / "flows.md"
SETTING = re.compile(r"MOTCUA_[A-Z_]+")
FOR_TESTS = {"MOTCUA_TEST_POSTGRES", "MOTCUA_CHROMIUM"}
TELL, TAKE = "motcua.common.outbox.append", "motcua.common.outbox.taker"

Takers = dict[str, list[Callable[..., Any]]]


def settings_read(tree: ast.AST) -> set[str]:
    """Environment variables of ours that a file reads or sets."""
    names = imported(tree)
    found = set()
    for node in ast.walk(tree):
        inner = node.value if isinstance(node, ast.Subscript) else node.func if isinstance(node, ast.Call) else None
        first, _dot, rest = attribute_path(inner).partition(".") if inner else ("", "", "")
        if f"{names.get(first, first)}.{rest}".startswith(("os.environ", "os.getenv", "os.environ.get")):
            texts = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))
            found |= {text for text in texts if isinstance(text, str) and SETTING.fullmatch(text)}
    return found


def events_told(tree: ast.Module, module: str) -> set[str]:
    """Names of the events that a file tells, as plain text or by a constant."""
    names = imported(tree)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and TELL in _callee(node, names, module)]
    return {_event(node.args[0], names, module) for node in calls}


def _event(node: ast.expr, names: dict[str, str], module: str) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    first, _dot, rest = attribute_path(node).partition(".")
    home, _dot, constant = (names.get(first, f"{module}.{first}") + (f".{rest}" if rest else "")).rpartition(".")
    return str(getattr(importlib.import_module(home), constant))


def _callee(node: ast.Call, names: dict[str, str], module: str) -> set[str]:
    return called(ast.Expression(ast.Call(node.func, [], [])), names, module)


def rows_of(page: str) -> dict[str, str]:
    """The table's rows by the event in their first cell."""
    rows = (line for line in page.splitlines() if line.startswith("| `"))
    return {row.split("`")[1]: row for row in rows}


def undocumented(told: set[str], takers: Takers, page: str) -> list[str]:
    """What docs/flows.md lacks or holds in vain."""
    rows = rows_of(page)
    happening = told | takers.keys()
    faults = [f"the event {event} has no row" for event in happening - rows.keys()]
    faults += [f"the event {event} has a row, but nobody tells or takes it" for event in rows.keys() - happening]
    faults += [f"the event {event} is taken, but nobody tells it" for event in takers.keys() - told]
    for event, functions in takers.items():
        paths = [f"{each.__module__}.{each.__qualname__}".removeprefix("motcua.") for each in functions]
        faults += [
            f"the row of {event} lacks its taker `{path}`" for path in paths if f"`{path}`" not in rows.get(event, "")
        ]
    return faults


def test_every_setting_is_documented_and_no_other():
    read = {name for path in python_files("src") for name in settings_read(tree_of(path))}
    assert "MOTCUA_DATA" in read
    vietnamese, english = SETTINGS.read_text(encoding="utf-8").split("\n# Settings\n")
    for part in (vietnamese, english):
        assert set(SETTING.findall(part)) - FOR_TESTS == read


def test_every_event_and_each_of_its_takers_is_documented():
    told = {event for path in python_files("src/motcua") for event in events_told(tree_of(path), dotted_name(path))}
    ours = {event: list(functions) for event, functions in outbox.takers().items() if not event.startswith("test_")}
    none_of(undocumented(told, ours, FLOWS.read_text(encoding="utf-8")))


def raise_findings(payload: Any) -> None:
    """Stands for a taker in the guard's own tests."""


class TestTheGuards:
    def test_a_setting_is_found_however_it_is_read(self):
        text = (
            'import os\nfrom os import environ, getenv\na = os.environ.get("MOTCUA_A")\nb = os.environ["MOTCUA_B"]\n'
            'c = getenv("MOTCUA_C")\nd = environ["MOTCUA_D"]\ne = settings.MOTCUA_E\nf = "MOTCUA_F"\n'
        )
        assert settings_read(ast.parse(text)) == {"MOTCUA_A", "MOTCUA_B", "MOTCUA_C", "MOTCUA_D"}

    def test_an_event_is_found_however_the_outbox_is_imported(self):
        text = (
            "from motcua.common import outbox as told, actor\nfrom motcua.common.outbox import append\n"
            "from motcua.common.actor import OPERATOR\ntold.append(OPERATOR)\ntold.append(actor.OPERATOR)\n"
            "told.append('visit_recorded', visit=1)\nappend('device_moved')\nlist().append('no event')\n"
        )
        assert events_told(ast.parse(text), "motcua.small.actions") == {"visit_recorded", "device_moved", "operator"}

    def test_an_event_and_a_taker_without_their_place_are_refused(self):
        takers: Takers = {"visit_recorded": [raise_findings], "visit_closed": [raise_findings]}
        page = "| `visit_recorded` | fieldwork | `other.tasks.do` |\n| `forgotten` | units | |\n"
        assert sorted(undocumented({"visit_recorded", "device_moved"}, takers, page)) == [
            "the event device_moved has no row",
            "the event forgotten has a row, but nobody tells or takes it",
            "the event visit_closed has no row",
            "the event visit_closed is taken, but nobody tells it",
            "the row of visit_closed lacks its taker `tests.house.test_documented.raise_findings`",
            "the row of visit_recorded lacks its taker `tests.house.test_documented.raise_findings`",
        ]

    def test_a_full_page_passes(self):
        page = "| `visit_recorded` | `fieldwork` | `tests.house.test_documented.raise_findings` |\n"
        assert undocumented({"visit_recorded"}, {"visit_recorded": [raise_findings]}, page) == []
