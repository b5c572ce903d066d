"""A copy of the built-in case to change, and the command as an operator runs it."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils import translation

from motcua.operations.command import main
from motcua.operations.demonstration import CASE


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered: its exit code, standard output, standard error."""

    code: int
    out: str
    err: str


Command = Callable[..., Said]


@pytest.fixture
def command(db: None, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run `motcua` in this process: `command("load", folder)`."""

    def run(*arguments: object) -> Said:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        code = ended.value.code
        return Said(code if isinstance(code, int) else 0, said.out, said.err)

    return run


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """The folder of Bạch Thông 2023, to be changed."""
    return Path(shutil.copytree(CASE, tmp_path / CASE.name))


@pytest.fixture
def _in_vietnamese():
    with translation.override("vi"):
        yield


def change(file: Path, old: str, new: str) -> None:
    """Replace a text that must stand in a file."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
