"""An app uses only what stands below it: in its imports, and in its foreign keys."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

from tests.house.sources import ROOT, SRC, none_of

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint_imports(folder: Path, source: Path) -> subprocess.CompletedProcess[str]:
    """import-linter on the contracts of a folder's pyproject.toml."""
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache", "--no-logo"],
        cwd=folder,
        env={"PYTHONPATH": str(source), "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def layers(contract: dict[str, list[str]]) -> dict[str, int]:
    """Each app's storey, counted from the ground; apps on one line share it."""
    lines = [line.split("|") for line in reversed(contract["layers"])]
    return {name.strip(" ()"): storey for storey, line in enumerate(lines) for name in line}


def house() -> dict[str, int]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    return layers(next(contract for contract in contracts if contract["type"] == "layers"))


def upward_keys(keys: list[tuple[str, str, str]], storeys: dict[str, int]) -> list[str]:
    """Foreign keys (field, its app, the app it points at) that point up or sideways."""
    return [
        f"{field} points from {app} to {other}, which does not stand below"
        for field, app, other in keys
        if app != other and storeys[other] >= storeys[app]
    ]


def foreign_keys() -> list[tuple[str, str, str]]:
    """Every relation between two of our models."""
    ours = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("motcua.")]
    relations = [
        (model, field, field.related_model)
        for model in ours
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and not isinstance(field.related_model, str | None)
    ]
    return [
        (f"{model.__name__}.{field.name}", model._meta.app_label, other._meta.app_label)
        for model, field, other in relations
        if other.__module__.startswith("motcua.")
    ]


def test_imports_point_down():
    done = lint_imports(ROOT, SRC)
    assert done.returncode == 0, done.stdout + done.stderr


def test_foreign_keys_point_down():
    keys = foreign_keys()
    assert ("Visit.programme", "fieldwork", "funding") in keys
    none_of(upward_keys(keys, house()))


def test_every_installed_app_has_its_storey():
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("motcua.")}
    assert ours <= house().keys()


class TestTheGuards:
    def test_a_foreign_key_that_points_up_or_sideways_is_refused(self):
        storeys = layers({"layers": ["overview", "fieldwork | (usage)", "units"]})
        keys = [("A.a", "units", "fieldwork"), ("B.b", "fieldwork", "usage"), ("C.c", "fieldwork", "units")]
        assert [fault.split()[0] for fault in upward_keys(keys, storeys)] == ["A.a", "B.b"]

    @pytest.mark.parametrize(
        ("file", "content", "said"),
        [
            ("low/models.py", "import small.high.models\n", "small.low.models -> small.high.models"),
            ("stray/__init__.py", "", "stray"),
        ],
    )
    def test_an_import_that_points_up_and_an_app_without_a_storey_are_refused(self, tmp_path, file, content, said):
        for name in ("high", "low", "stray") if file.startswith("stray") else ("high", "low"):
            (tmp_path / "small" / name).mkdir(parents=True, exist_ok=True)
            (tmp_path / "small" / name / "__init__.py").touch()
            (tmp_path / "small" / name / "models.py").touch()
        (tmp_path / "small" / "__init__.py").touch()
        (tmp_path / "small" / file).write_text(content, encoding="utf-8")
        contract = '[[tool.importlinter.contracts]]\nname = "house"\ntype = "layers"\ncontainers = ["small"]\n'
        (tmp_path / "pyproject.toml").write_text(
            '[tool.importlinter]\nroot_packages = ["small"]\n'
            + contract
            + 'exhaustive = true\nlayers = ["high", "low"]\n',
            encoding="utf-8",
        )
        done = lint_imports(tmp_path, tmp_path)
        assert done.returncode == 1
        assert said in done.stdout + done.stderr
