"""The translations of motcua: `extract` what is to be translated, `compile` what has been.

`extract` reads the code into the .po files and needs GNU gettext. `compile` writes each .mo beside its .po and needs
only Python; ./run does it by itself, so the .mo files are not kept in the repository.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "motcua"
LANGUAGE = "vi"
# These say when and by whom a file was touched, and would make every change collide with every other.
RESTLESS = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Report-Msgid-Bugs-To")


def catalogues() -> list[Path]:
    return sorted((ROOT / "src").glob("**/locale/*/LC_MESSAGES/*.po"))


def extract() -> int:
    """Bring every .po in line with the code: new messages empty, gone ones dropped, all in the same order."""
    if shutil.which("xgettext") is None:
        print("Thiếu xgettext: chưa cập nhật bản dịch; cài bằng: apt-get install -y gettext")
        print("xgettext is missing: translations are left as they are; the command above brings it")
        return 0
    (SOURCE / "locale").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "django", "makemessages", "--locale", LANGUAGE, "--add-location", "never"]
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    code = subprocess.run([*command, "--no-obsolete", "--no-wrap"], cwd=SOURCE, env=env, check=False).returncode
    for path in catalogues():
        settle(path)
    return code


def settle(path: Path) -> None:
    """Sort a catalogue and drop its restless headers, so that it changes only where a message does."""
    catalogue = polib.pofile(str(path), wrapwidth=0)
    for name in RESTLESS:
        catalogue.metadata.pop(name, None)
    catalogue.metadata.update({"Project-Id-Version": "motcua", "Language": LANGUAGE})
    catalogue.header = "Brought in line with the code by ./run fix."
    catalogue.metadata_is_fuzzy = False
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    path.write_text(str(catalogue).rstrip("\n") + "\n", encoding="utf-8", newline="\n")


def compile_all() -> int:
    for path in catalogues():
        compiled = path.with_suffix(".mo")
        unfinished = compiled.with_suffix(f".mo.{os.getpid()}")
        polib.pofile(str(path)).save_as_mofile(str(unfinished))
        unfinished.replace(compiled)
    return 0


def main() -> int:
    options = argparse.ArgumentParser(description="The translations of motcua.")
    options.add_argument("verb", choices=("extract", "compile"))
    return extract() if options.parse_args().verb == "extract" else compile_all()


if __name__ == "__main__":
    sys.exit(main())
