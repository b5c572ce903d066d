"""A block's text as a person edits it: keyed runs stand in braces, `{13/14|figure:units_placed:ratio}`.

What stands before the bar is only shown; the key decides. `{|date:as_of}` and `{date:as_of}` do as well.
For a statement that a named person makes the words before the bar are kept: `{04 công chức|statement:person:Bà A}`.
"""

import re
from collections.abc import Callable

from motcua.reports.live import is_live
from vanban.model import Run

TOKEN = re.compile(r"\{([^{}|]*)(?:\|([^{}|]*))?\}")
KEY = re.compile(r"^(?:figure|citation|date|statement|ordinal):\S.*$")


class MarkupFault(ValueError):
    """A brace that stands for nothing; `text` is it."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(text)


def to_text(runs: tuple[Run, ...]) -> str:
    """Runs as editable text."""
    return "".join(f"{{{_shown(run.text)}|{run.key}}}" if run.key else _free(run.text) for run in runs)


def _shown(text: str) -> str:
    return re.sub(r"[{}|]", " ", text)


def _free(text: str) -> str:
    return text.replace("{", "(").replace("}", ")")


def from_text(text: str, render: Callable[[str], str]) -> tuple[Run, ...]:
    """Editable text as runs. `render` gives the text for a live key.

    Raises `MarkupFault` for braces without a key or left open; what `render` raises goes through.
    """
    runs: list[Run] = []
    end = 0
    for match in TOKEN.finditer(text):
        runs.append(_plain(text[end : match.start()]))
        runs.append(_keyed(match, render))
        end = match.end()
    runs.append(_plain(text[end:]))
    return tuple(run for run in runs if run.text or run.key)


def _plain(text: str) -> Run:
    if "{" in text or "}" in text:
        raise MarkupFault(text.strip()[:60])
    return Run(re.sub(r"\s+", " ", text))


def _keyed(match: re.Match[str], render: Callable[[str], str]) -> Run:
    words, key = (match[1], match[2]) if match[2] is not None else ("", match[1])
    key = key.strip()
    if not KEY.match(key):
        raise MarkupFault(match[0])
    return Run(render(key) if is_live(key) else words.strip(), key=key)
