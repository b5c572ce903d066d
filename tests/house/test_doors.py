"""Pages and the API reach rows through access and change them through actions, never by themselves."""

import ast

import pytest

from tests.house.sources import MOTCUA, named, none_of, python_files, short, tree_of

MANAGERS = {"objects", "_default_manager", "_base_manager"}
WRITES = {
    "save", "delete", "update", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update",
    "asave", "adelete", "aupdate", "acreate",
}  # fmt: skip
FILES = ("views", "api", "forms", "urls")


def doors_broken(tree: ast.AST) -> list[str]:
    """Lines that touch a manager or write; `Model.objects.none()` holds no row and may stand in a form."""
    empty = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "none" and isinstance(node.value, ast.Attribute)
    }
    faults = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and id(node) not in empty:
            faults.append(f"{node.lineno}: .{node.attr}")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            faults.append(f"{node.lineno}: .{node.func.attr}()")
    return faults


def test_pages_and_api_touch_no_manager_and_write_nothing():
    files = [path for path in python_files("src/motcua") if named(path, *FILES)]
    assert MOTCUA / "accounts" / "views.py" in files
    none_of([f"{short(path)}:{fault}" for path in files for fault in doors_broken(tree_of(path))])


class TestTheGuard:
    @pytest.mark.parametrize(
        "line",
        [
            "rows = Unit.objects.all()",
            "rows = Unit._default_manager.filter(pk=1)",
            "unit.save()",
            "units_for(actor).delete()",
            "units_for(actor).update(code='')",
            "visit.checks.create(device=device)",
        ],
    )
    def test_a_way_around_the_doors_is_refused(self, line):
        assert doors_broken(ast.parse(line)) != []

    def test_access_queries_actions_and_an_empty_queryset_pass(self):
        text = "a = in_reach(units_for(actor), pk=pk)\nadd_unit(actor=actor)\nb = Unit.objects.none()\n"
        assert doors_broken(ast.parse(text)) == []
