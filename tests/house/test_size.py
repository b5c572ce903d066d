"""Files and functions stay short; an exception carries its reason: `# long: …` on its (first) line."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import ROOT, Function, functions, none_of, python_files, short

LONGEST_FUNCTION = 40
LONGEST_FILE = 400
LONGEST_TEST_FILE = 600
REASON = re.compile(r"# long: \w.{5,}")


def long_functions(text: str) -> list[str]:
    lines = text.splitlines()
    return [
        f"{function.lineno}: {function.name} has {length(function)} lines"
        for function in functions(ast.parse(text))
        if length(function) > LONGEST_FUNCTION and not REASON.search(lines[function.lineno - 1])
    ]


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def too_long(text: str, most: int) -> list[str]:
    lines = text.splitlines()
    return [f"{len(lines)} lines, at most {most}"] if len(lines) > most and not REASON.search(lines[0]) else []


def complex_functions(folder: Path, *paths: str) -> str:
    """What ruff says of functions with more branches than pyproject.toml allows."""
    command = [sys.executable, "-m", "ruff", "check", "--config", str(ROOT / "pyproject.toml"), "--select", "C901"]
    done = subprocess.run(
        [*command, "--no-cache", "--output-format", "concise", *paths],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout if done.returncode else ""


def test_files_are_short():
    ours = [(path, LONGEST_FILE) for path in [*python_files("src", "tools", "bench"), ROOT / "run"]]
    tests = [(path, LONGEST_TEST_FILE) for path in python_files("tests")]
    none_of(
        f"{short(path)}: {fault}"
        for path, most in [*ours, *tests]
        for fault in too_long(path.read_text(encoding="utf-8"), most)
    )


def test_functions_are_short():
    files = [*python_files("src", "tools", "bench", "tests"), ROOT / "run"]
    none_of(f"{short(path)}:{fault}" for path in files for fault in long_functions(path.read_text(encoding="utf-8")))


def test_functions_branch_little():
    assert complex_functions(ROOT, "src", "tools", "tests", "run") == ""


def _function(lines: int, head: str = "def walk():") -> str:
    return head + "\n" + "    step()\n" * (lines - 1)


class TestTheGuards:
    def test_a_function_of_41_lines_is_refused_and_one_of_40_is_not(self):
        assert long_functions(_function(41)) == ["1: walk has 41 lines"]
        assert long_functions(_function(40)) == []

    def test_a_method_counts_too(self):
        body = "".join(f"    {line}\n" for line in _function(41).splitlines())
        assert len(long_functions(f"class Walker:\n{body}")) == 1

    @pytest.mark.parametrize(
        ("reason", "faults"), [("# long: one table of states", 0), ("# long", 1), ("# long: x", 1)]
    )
    def test_an_exception_needs_its_reason(self, reason, faults):
        assert len(long_functions(_function(60, f"def walk():  {reason}"))) == faults
        assert len(too_long(f"{reason}\n" + "step()\n" * 400, 400)) == faults

    def test_a_file_is_refused_by_its_lines(self):
        assert too_long("step()\n" * 401, 400) == ["401 lines, at most 400"]

    def test_a_function_with_many_branches_is_refused(self, tmp_path):
        branches = "".join(f"    if day == {number}:\n        step()\n" for number in range(11))
        (tmp_path / "walker.py").write_text(f"def walk(day):\n{branches}", encoding="utf-8")
        assert "walk" in complex_functions(tmp_path, "walker.py")
