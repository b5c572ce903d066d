"""Decisions are plain functions of plain values: no database, no clock. The document library knows no Django."""

import ast

import pytest

from tests.house.sources import attribute_path, imported, named, none_of, python_files, short, tree_of

CLOCKS = {"datetime.date.today", "datetime.datetime.now", "datetime.datetime.utcnow", "time.time", "time.monotonic"}
# The rooms of an app that reach the database.
ROOMS = {"models", "access", "actions", "queries", "imports", "tasks", "views", "api"}


def impure(tree: ast.AST) -> list[str]:
    """What a rules module takes from the database or the clock."""
    names = imported(tree)
    faults = [f"imports {full}" for full in names.values() if _reaches_out(full)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            first, _dot, rest = attribute_path(node.func).partition(".")
            full = f"{names.get(first, first)}.{rest}"
            faults += [f"{node.lineno}: asks {full}()"] if full in CLOCKS else []
    return faults


def _reaches_out(full: str) -> bool:
    parts = full.split(".")
    if full.startswith(("django.db", "django.utils.timezone", "motcua.common.clock")):
        return True
    return parts[0] == "motcua" and bool(ROOMS & set(parts[1:]))


def not_plain_python(tree: ast.AST) -> list[str]:
    return [full for full in imported(tree).values() if full.split(".")[0] in ("django", "motcua")]


def test_rules_know_neither_database_nor_clock():
    files = [path for path in python_files("src/motcua") if named(path, "rules")]
    assert files
    none_of([f"{short(path)} {fault}" for path in files for fault in impure(tree_of(path))])


def test_the_document_library_is_plain_python():
    files = python_files("src/vanban")
    assert files
    none_of([f"{short(path)}: {fault}" for path in files for fault in not_plain_python(tree_of(path))])


class TestTheGuard:
    @pytest.mark.parametrize(
        "text",
        [
            "from django.db.models import Q",
            "import django.db",
            "from motcua.units.models import Unit",
            "from motcua.units import models",
            "from motcua.common import clock",
            "from motcua.common.clock import today",
            "from django.utils import timezone",
            "import datetime as dt\nday = dt.date.today()",
            "from datetime import datetime\nnow = datetime.now()",
        ],
    )
    def test_a_rule_that_reaches_out_is_refused(self, text):
        assert impure(ast.parse(text)) != []

    def test_enums_and_days_are_plain(self):
        text = "import datetime as dt\nfrom motcua.units.enums import Level\nday = dt.date.min"
        assert impure(ast.parse(text)) == []

    def test_the_library_may_not_take_from_django_or_motcua(self):
        text = "import django.utils.text\nfrom motcua.common import clock\nimport json\nfrom vanban import words"
        assert not_plain_python(ast.parse(text)) == ["django.utils.text", "motcua.common.clock"]
