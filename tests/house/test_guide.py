"""The guide for users and the glossary say the words that are on the screen."""

import csv
import re
from collections.abc import Iterable
from pathlib import Path

import polib
import pytest
from django.db.models import TextChoices
from django.utils import translation

from motcua.fieldwork import enums as fieldwork
from motcua.followup import enums as followup
from motcua.funding import enums as funding
from motcua.units import enums as units
from tests.house.sources import MOTCUA, ROOT, none_of

GUIDE = ROOT / "docs" / "users"
FOLDER_PAGE = GUIDE / "thu-muc-du-lieu.md"
GLOSSARY = ROOT / "docs" / "glossary.md"
CASE = MOTCUA / "operations" / "demonstration" / "bach-thong-2023"
CATALOGUE = MOTCUA / "locale" / "vi" / "LC_MESSAGES" / "django.po"
ENGLISH = "\n## In English\n"
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
ROW = re.compile(r"^\| `(\w+\.\w+)` \| ([^|]+) \|", re.MULTILINE)


def enum_labels() -> dict[str, str]:
    """`Placement.OUTSIDE` → its label in Vietnamese, for every choice of the central enums."""
    found = [kind for module in (fieldwork, followup, funding, units) for kind in vars(module).values()]
    kinds = [kind for kind in found if isinstance(kind, type) and issubclass(kind, TextChoices) and len(kind)]
    with translation.override("vi"):
        return {f"{kind.__name__}.{choice.name}": str(choice.label) for kind in kinds for choice in kind}


def wrong_rows(page: str, labels: dict[str, str]) -> list[str]:
    """What a glossary says of the choices that they do not say themselves; choices without a row."""
    said = {name: word.strip() for name, word in ROW.findall(page)}
    faults = [f"{name} has no row" for name in labels.keys() - said.keys()]
    faults += [f"{name} is no choice" for name in said.keys() - labels.keys()]
    both = said.keys() & labels.keys()
    return faults + [f"{n}: “{said[n]}”, on the screen “{labels[n]}”" for n in both if said[n] != labels[n]]


def words_of(texts: Iterable[str]) -> set[str]:
    """These messages however they begin; a guide names none that holds a placeholder."""
    return {text.casefold() for text in texts if text}


def not_on_screen(page: str, screen: set[str]) -> list[str]:
    """The bold words of a page that are no message."""
    bold = [" ".join(word.split()) for word in BOLD.findall(page)]
    return [word for word in bold if word.casefold() not in screen]


def pages() -> list[Path]:
    """The guide; in the page about folders bold names columns."""
    return sorted(path for path in GUIDE.glob("*.md") if path != FOLDER_PAGE)


def test_the_glossary_calls_every_choice_what_the_screen_calls_it():
    none_of(wrong_rows(GLOSSARY.read_text(encoding="utf-8"), enum_labels()))


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.stem)
def test_bold_words_of_the_guide_are_words_of_the_screen(path):
    catalogue = [entry for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete]
    vietnamese, english = path.read_text(encoding="utf-8").split(ENGLISH)
    shown = [text for entry in catalogue for text in (entry.msgstr, *entry.msgstr_plural.values())]
    none_of(not_on_screen(vietnamese, words_of(shown)))
    none_of(not_on_screen(english, words_of([entry.msgid for entry in catalogue])))


def test_every_column_of_the_case_stands_in_the_page_about_folders():
    page = FOLDER_PAGE.read_text(encoding="utf-8")
    sections = {part.split(":")[0].strip(): part for part in page.split("\n### ")[1:]}
    for path in CASE.glob("*.csv"):
        section = sections[re.sub(r"\d{4}-\d\d-\d\d", "NGÀY", path.name)]
        with path.open(encoding="utf-8-sig", newline="") as file:
            none_of(f"{path.name}: {column}" for column in next(csv.reader(file)) if not names(section, column))


def names(section: str, column: str) -> bool:
    """Whether a section's table has a row for the column."""
    firsts = [line.split("|")[1] for line in section.splitlines() if line.startswith("| ")]
    return any(re.search(rf"(?<!\w){column}(?!\w)", first) for first in firsts)


class TestTheGuards:
    def test_a_row_that_says_another_word_is_refused(self):
        page = "| `Step.PAID` | đã trả | … |\n| `Step.LOST` | mất | … |\n"
        assert sorted(wrong_rows(page, {"Step.PAID": "đã thanh toán", "Step.SETTLED": "xong"})) == [
            "Step.LOST is no choice",
            "Step.PAID: “đã trả”, on the screen “đã thanh toán”",
            "Step.SETTLED has no row",
        ]

    def test_a_bold_word_that_no_screen_shows_is_refused(self):
        screen = words_of(["Lưu", "Phân bổ tiếp"])
        assert not_on_screen("**Lưu**, **lưu**, **Phân bổ\ntiếp**, **Lưu lại**", screen) == ["Lưu lại"]

    def test_a_column_without_a_row_is_seen(self):
        assert names("| **code**, name | mã |", "code")
        assert not names("| **old_code** | mã, code |", "code")
