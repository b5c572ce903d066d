"""LibreOffice opens the Word file and prints the pages that our own PDF has."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.vanban.documents import report, with_annexes
from tests.vanban.pages import Pages
from vanban import to_docx, to_pdf
from vanban.model import MOTTO, NATION

_SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(_SOFFICE is None, reason="LibreOffice (soffice) is not installed")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Pages, Pages]]:
    """Each document: pages from Word through LibreOffice, pages of our PDF."""
    folder = tmp_path_factory.mktemp("word")
    documents = {"report": report(), "annexes": with_annexes()}
    for name, document in documents.items():
        (folder / f"{name}.docx").write_bytes(to_docx(document))
    _convert(folder)
    return {
        name: (Pages((folder / f"{name}.pdf").read_bytes()), Pages(to_pdf(document)))
        for name, document in documents.items()
    }


def _convert(folder: Path) -> None:
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    files = [str(path) for path in sorted(folder.glob("*.docx"))]
    command = [str(_SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=240)


def _words(pages: Pages) -> list[str]:
    return " ".join(line.text for line in pages.lines).split()


@pytest.mark.parametrize("name", ["report", "annexes"])
def test_text_and_pages_are_those_of_our_pdf(printed: dict[str, tuple[Pages, Pages]], name: str) -> None:
    word, ours = printed[name]
    assert len(word) == len(ours)
    assert sorted(_words(word)) == sorted(_words(ours))


def test_the_nation_stays_on_one_line(printed: dict[str, tuple[Pages, Pages]]) -> None:
    word, _ = printed["report"]
    assert word.line(NATION).text == NATION


def test_rules_are_as_long_as_in_our_pdf(printed: dict[str, tuple[Pages, Pages]]) -> None:
    word, ours = printed["report"]
    for start in (MOTTO, "HUYỆN BẠCH THÔNG", "thị trấn trên"):
        found = word.rule_below(word.line(start))
        assert found.width == pytest.approx(ours.rule_below(ours.line(start)).width, abs=0.8)
        assert found.centre == pytest.approx(word.line(start).centre, abs=0.5)


def test_annex_pages_are_numbered_from_one_again(printed: dict[str, tuple[Pages, Pages]]) -> None:
    word, ours = printed["annexes"]
    assert [word.on(page)[0].text for page in range(1, len(word) + 1)] == [
        ours.on(page)[0].text for page in range(1, len(ours) + 1)
    ]
