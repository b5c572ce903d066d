"""The Vietnamese catalogue is complete, and says with the same placeholders what the English message says."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from tests.house.sources import MOTCUA, none_of

CATALOGUE = MOTCUA / "locale" / "vi" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w+\}")
# What no text of ours holds: it was meant for Python's f-strings, or lost its name.
BARE = re.compile(r"(?<!%)%[sd]\b")

Message = tuple[str, str]


def unfinished(catalogue: polib.POFile) -> list[str]:
    """Messages with no translation, a doubtful one, or one whose placeholders are others."""
    return [f"{fault}: {entry.msgid!r}" for entry in catalogue if not entry.obsolete for fault in faults_of(entry)]


def faults_of(entry: polib.POEntry) -> list[str]:
    said = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    faults = ["no translation"] if not all(text.strip() for text in said) else []
    faults += ["doubtful (fuzzy)"] if entry.fuzzy else []
    wanted = {tuple(sorted(set(PLACEHOLDER.findall(text)))) for text in (entry.msgid, entry.msgid_plural) if text}
    if any(text and tuple(sorted(set(PLACEHOLDER.findall(text)))) not in wanted for text in said):
        faults.append("other placeholders")
    if entry.msgid.endswith("\n") != said[0].endswith("\n"):
        faults.append("another end of line")
    return faults


def messages(catalogue: polib.POFile) -> set[Message]:
    return {(entry.msgctxt or "", entry.msgid) for entry in catalogue if not entry.obsolete}


def extracted(tmp_path: Path) -> polib.POFile:
    """What the code and the templates say today, taken from a copy so that the repository stays as it is."""
    copy = tmp_path / "motcua"
    shutil.copytree(MOTCUA, copy, ignore=shutil.ignore_patterns("locale", "__pycache__", "migrations", "*.ttf"))
    (copy / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "vi", "--no-wrap"]
    done = subprocess.run(command, cwd=copy, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return polib.pofile(str(copy / "locale" / "vi" / "LC_MESSAGES" / "django.po"))


def catalogue() -> polib.POFile:
    assert CATALOGUE.exists(), "there is no Vietnamese catalogue"
    return polib.pofile(str(CATALOGUE))


def test_every_message_has_its_translation_with_the_same_placeholders():
    none_of(unfinished(catalogue()))


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="xgettext is missing: apt-get install -y gettext")
def test_the_catalogue_holds_the_messages_of_the_code_and_no_others(tmp_path, monkeypatch):
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    said, held = messages(extracted(tmp_path)), messages(catalogue())
    none_of(
        [f"not in the catalogue: {text!r}" for _context, text in said - held]
        + [f"in the catalogue, said by nobody: {text!r}" for _context, text in held - said]
    )


def test_placeholders_are_named():
    none_of(entry.msgid for entry in catalogue() if BARE.search(entry.msgid))


def test_the_compiled_catalogue_is_what_people_see():
    from django.utils.translation import gettext, override

    with override("vi"):
        assert gettext("commune clerk") != "commune clerk"


class TestTheGuard:
    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ('msgid "Save"\nmsgstr ""\n', "no translation"),
            ('#, fuzzy\nmsgid "Save"\nmsgstr "Lưu"\n', "doubtful"),
            ('msgid "row %(row)s"\nmsgstr "dòng %(dong)s"\n', "other placeholders"),
            ('msgid "row %(row)s"\nmsgstr "dòng"\n', "other placeholders"),
            ('msgid "%(n)s unit"\nmsgid_plural "%(n)s units"\nmsgstr[0] ""\n', "no translation"),
        ],
    )
    def test_an_unfinished_message_is_refused(self, text, fault):
        (said,) = unfinished(polib.pofile(text))
        assert said.startswith(fault)

    def test_a_finished_message_passes(self):
        text = 'msgid "%(n)s unit"\nmsgid_plural "%(n)s units"\nmsgstr[0] "%(n)s đơn vị"\n'
        assert unfinished(polib.pofile(text)) == []
