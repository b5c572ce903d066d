"""Files and classes are called by what they hold, not by what kind of code they are."""

import ast
import re

import pytest

from tests.house.sources import named, none_of, python_files, short, tree_of

FILES = {"utils", "util", "helpers", "helper", "managers", "services", "handlers", "misc", "common_utils"}
ENDINGS = re.compile(r"(Manager|Service|Handler|Helper|Utils?|Data|Info)$")
# Names that a framework makes us give, with the reason.
GIVEN = {"PersonManager": "Django's own word: AbstractBaseUser wants a BaseUserManager"}


def bad_file(stem: str) -> bool:
    return stem in FILES


def bad_names(tree: ast.Module) -> list[str]:
    """Classes called after their kind of code, and functions called `get_…`."""
    classes = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    top = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    faults = [f"class {name}" for name in classes if ENDINGS.search(name) and name not in GIVEN]
    return faults + [f"def {name}" for name in top if name.startswith("get_")]


def unkept_words(tree: ast.Module) -> list[str]:
    """In access.py: public names that are neither `<things>_for`, `may_<verb>` nor a fact about reach."""
    return [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.name.startswith(("can_", "is_"))
    ]


def test_no_file_is_a_drawer_for_everything():
    none_of(short(path) for path in python_files("src", "tests", "tools", "bench") if bad_file(path.stem))


def test_classes_and_functions_are_called_by_what_they_are():
    none_of(f"{short(path)}: {fault}" for path in python_files("src") for fault in bad_names(tree_of(path)))


def test_access_says_may():
    files = [path for path in python_files("src/motcua") if named(path, "access")]
    none_of(f"{short(path)}: {name} (say may_…)" for path in files for name in unkept_words(tree_of(path)))


class TestTheGuards:
    def test_a_drawer_is_refused(self):
        assert bad_file("utils")
        assert not bad_file("queries")

    @pytest.mark.parametrize(
        "text",
        [
            "class UnitService: pass",
            "class VisitManager: pass",
            "class DeviceInfo: pass",
            "class Outer:\n    class RowHelper: pass",
            "def get_units(): pass",
        ],
    )
    def test_a_name_that_says_the_kind_of_code_is_refused(self, text):
        assert len(bad_names(ast.parse(text))) == 1

    def test_what_a_framework_wants_passes(self):
        text = "class PersonManager: pass\nclass Page:\n    def get_queryset(self): pass\n"
        assert bad_names(ast.parse(text)) == []

    def test_access_that_says_can_is_refused(self):
        assert unkept_words(ast.parse("def can_sign(actor): pass\ndef may_sign(actor): pass")) == ["can_sign"]
