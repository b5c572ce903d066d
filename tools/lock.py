"""Write the lock files anew from pyproject.toml: `.venv/bin/python tools/lock.py`, `--upgrade` for newer versions.

The locks hold every package with the hashes of its files for all systems, and no address of a registry: pip and uv
know theirs.

    requirements.lock       what the program runs on
    setup.lock              what ./run needs beside it: the build back end, and what compiles translations
    requirements-dev.lock   both, and the tools of the developers
    uv.lock.txt             uv itself, which installs the others
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TOOLS = Path(__file__).resolve().parent
ROOT = TOOLS.parent


def write(lock: str, *sources: str, wanted: str = "", options: tuple[str, ...] = ()) -> None:
    """Resolve `sources` and `wanted` for Python 3.11 and later on every system, into one lock file."""
    uv = ROOT / ".venv" / "uv" / "bin" / ("uv.exe" if sys.platform == "win32" else "uv")
    shape = ["--universal", "--generate-hashes", "--no-header", "--no-annotate", "--python-version", "3.11", "--quiet"]
    # With -o, uv keeps the versions that the file already holds unless it is told to upgrade.
    command = [str(uv), "pip", "compile", *shape, *options, "-o", str(TOOLS / lock), *sources, "-"]
    subprocess.run(command, cwd=ROOT, input=wanted, text=True, check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    upgrade = tuple(argument for argument in sys.argv[1:] if argument == "--upgrade")
    developers = TOOLS / "requirements-dev.lock"
    within = ("--constraints", str(developers))
    write("requirements-dev.lock", "pyproject.toml", options=("--group", "dev", *upgrade))
    write("requirements.lock", "pyproject.toml", options=(*within, *upgrade))
    write("setup.lock", wanted="hatchling\neditables\npolib\n", options=(*within, *upgrade))
    if upgrade:
        write("uv.lock.txt", wanted="uv\n", options=upgrade)
    return 0


if __name__ == "__main__":
    sys.exit(main())
