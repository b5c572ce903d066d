"""Every action says who acts, is one transaction, and leaves an audit entry."""

import ast
from pathlib import Path

import pytest

from tests.house.sources import (
    Function,
    attribute_path,
    called,
    dotted_name,
    imported,
    named,
    none_of,
    python_files,
    tree_of,
)

AUDITS = {
    "motcua.common.audit.record",
    "motcua.common.audit.entry",
    "motcua.common.records.enter",
    "motcua.common.records.correct",
    "motcua.common.records.withdraw",
    "motcua.common.records.reconcile",
    "motcua.common.records.store",
}
# Public functions of actions modules that are no verbs, each with the reason why it is public.
NO_VERBS = {
    "motcua.equipment.actions.device_id": "a name-based identity; reads and writes nothing",
    "motcua.fieldwork.actions.derive_answers": "derives the answers of checks that have their entries",
    "motcua.units.actions.next_serial": "a number; nothing is written",
    "motcua.units.actions.make_unit": "an identity without facts; add_unit and the intake enter its first period",
    "motcua.units.actions.rebuild_positions": "derives the tree from periods that have their entries",
    "motcua.units.actions.rebuild_successions": "derives who succeeded whom from changes that have their entries",
}


class Actions:
    """The functions of actions modules, by full name, and what each calls."""

    def __init__(self) -> None:
        self.functions: dict[str, Function] = {}
        self.calls: dict[str, set[str]] = {}

    def read(self, module: str, tree: ast.Module) -> None:
        names = imported(tree)
        for node in tree.body:
            if isinstance(node, Function):
                self.functions[f"{module}.{node.name}"] = node
                self.calls[f"{module}.{node.name}"] = called(node, names, module)

    def verbs(self) -> list[str]:
        return [name for name in self.functions if not name.rpartition(".")[2].startswith("_")]

    def leaves_an_entry(self, name: str, seen: frozenset[str] = frozenset()) -> bool:
        calls = self.calls.get(name, set())
        return bool(calls & AUDITS) or any(
            self.leaves_an_entry(other, seen | {name}) for other in calls & self.functions.keys() if other not in seen
        )

    def faults(self, name: str) -> list[str]:
        """What is wrong with one verb."""
        function = self.functions[name]
        found = []
        if "actor" not in [argument.arg for argument in function.args.kwonlyargs]:
            found.append("has no keyword-only argument `actor`")
        if not self.leaves_an_entry(name):
            found.append("leaves no audit entry")
        if not is_atomic(function):
            found.append("is not one transaction (transaction.atomic)")
        return [f"{name} {fault}" for fault in found]


def is_atomic(function: Function) -> bool:
    places = [*function.decorator_list]
    places += [item.context_expr for node in ast.walk(function) if isinstance(node, ast.With) for item in node.items]
    plain = [place.func if isinstance(place, ast.Call) else place for place in places]
    return "transaction.atomic" in [attribute_path(place) for place in plain]


def house() -> Actions:
    actions = Actions()
    for path in python_files("src/motcua"):
        if named(path, "actions"):
            actions.read(dotted_name(path), tree_of(path))
    return actions


def test_every_action_takes_an_actor_is_atomic_and_leaves_an_audit_entry():
    actions = house()
    assert "motcua.units.actions.add_unit" in actions.verbs()
    none_of([fault for name in actions.verbs() if name not in NO_VERBS for fault in actions.faults(name)])


def test_the_list_of_functions_that_are_no_verbs_holds_no_stale_name():
    assert NO_VERBS.keys() <= set(house().verbs())


def _actions(text: str) -> Actions:
    actions = Actions()
    actions.read("motcua.small.actions", ast.parse(text))
    return actions


HEAD = """
from django.db import transaction
from motcua.common import records as r
from motcua.common.audit import record
"""
GOOD = HEAD + "@transaction.atomic\ndef close_visit(visit, *, actor):\n    _note(visit, actor)\n"


class TestTheGuard:
    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("@transaction.atomic\ndef a(actor):\n    record(actor, 'a', 1)\n", "keyword-only"),
            ("@transaction.atomic\ndef a(*, actor):\n    record_keeping(actor)\n", "audit"),
            ("@transaction.atomic\ndef a(*, actor):\n    a(actor=actor)\n", "audit"),
            ("def a(*, actor):\n    record(actor, 'a', 1)\n", "transaction"),
        ],
    )
    def test_a_verb_without_its_duty_is_refused(self, text, fault):
        faults = _actions(HEAD + text).faults("motcua.small.actions.a")
        assert len(faults) == 1
        assert fault in faults[0]

    @pytest.mark.parametrize(
        "rest",
        [
            "def _note(visit, actor):\n    record(actor, 'close_visit', visit)\n",
            "def _note(visit, actor):\n    r.enter(1, actor, {})\n",
            "def _note(visit, actor):\n    open_visit(visit, actor=actor)\n"
            "def open_visit(visit, *, actor):\n    with transaction.atomic():\n        r.correct(visit, actor, {})\n",
        ],
    )
    def test_an_entry_left_through_another_function_counts(self, rest):
        actions = _actions(GOOD + rest)
        assert [fault for name in actions.verbs() for fault in actions.faults(name)] == []

    def test_a_folder_of_actions_is_read_like_a_file(self):
        assert named(Path("src/motcua/units/actions/posts.py"), "actions")
