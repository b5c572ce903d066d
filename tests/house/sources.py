"""The house's own source text, parsed once, for the guards that read it."""

import ast
import functools
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
MOTCUA = SRC / "motcua"

Function = ast.FunctionDef | ast.AsyncFunctionDef


def python_files(*folders: str) -> list[Path]:
    """Python files of these folders of the repository; migrations are written by Django, not by us."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def named(path: Path, *names: str) -> bool:
    """Whether a file is one of an app's `views.py`, `actions.py` …, or stands in a package of that name."""
    return path.stem in names or path.parent.name in names


@functools.cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def short(path: Path) -> str:
    """How a guard calls a file: its path within the repository."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


def dotted_name(path: Path) -> str:
    """src/motcua/units/actions.py → motcua.units.actions."""
    parts = path.relative_to(SRC).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function, also within classes and functions."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def imported(tree: ast.AST) -> dict[str, str]:
    """What each imported name stands for: `from motcua.common import audit as a` gives a → motcua.common.audit."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname or alias.name.split(".")[0]: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def attribute_path(node: ast.expr) -> str:
    """The text of `a.b.c`; empty where it is no plain chain of names."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = attribute_path(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def called(function: ast.AST, names: dict[str, str], module: str) -> set[str]:
    """Full names of what a function calls, as far as plain names tell; a bare name is the module's own."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            first, _dot, rest = attribute_path(node.func).partition(".")
            start = names.get(first, f"{module}.{first}")
            found.add(f"{start}.{rest}" if rest else start)
    return found


def none_of(faults: Iterable[str]) -> None:
    """Fails with every fault on a line of its own."""
    found = sorted(faults)
    assert not found, "\n" + "\n".join(found)
