"""Digits that nothing answers for: every group of digits in a draft is a figure, a citation, a date, an ordinal,
or a named person's statement; what is none of these is listed (DESIGN.md, the life of a report)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vanban.model import Block, Document, Heading, Item, Paragraph, Run, Table

DATES = (
    r"\d{1,2}/\d{1,2}/\d{4}",
    r"\b[Nn]gày\s+\d{1,2}(?:/\d{1,2}(?:/\d{4})?)?(?:\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?)?",
    r"\b[Tt]háng\s+\d{1,2}(?:/\d{4}|\s+năm\s+\d{4})?",
    r"\b[Qq]uý\s+\d(?:/\d{4}|\s+năm\s+\d{4})?",
    r"\b[Nn]ăm\s+\d{4}",
    r"\b[Gg]iai đoạn\s+\d{4}\s*[-–]\s*\d{4}",
)
CITATIONS = (r"\b\d+(?:/\d{4})?/[A-ZĐ][A-Za-zĐđ0-9]*(?:-[A-ZĐ][A-Za-zĐđ0-9]*)*",)
ORDINALS = (
    r"\b(?:[Pp]hụ lục|[Đđ]iều|[Kk]hoản|[Đđ]iểm|[Mm]ục|[Cc]hương|[Pp]hần)\s+\d+(?:\.\d+)*",
    r"\b(?:[Bb]iểu(?: số)?|[Mm]ẫu(?: số)?|[Ll]ần(?: thứ)?|[Tt]hứ)\s+\d+",
    r"\b(?:[Pp]hường|[Qq]uận|[Tt]ổ(?: dân phố)?|[Kk]hu(?: phố)?|[Tt]hôn|[Xx]óm|[Ấấ]p)\s+\d+",
)
ANSWERED = re.compile("|".join((*DATES, *CITATIONS, *ORDINALS)))
DIGITS = re.compile(r"\d[\d.,/]*\d|\d")
AROUND = 30


@dataclass(frozen=True, slots=True)
class LooseDigits:
    """A group of digits that nothing answers for; `place` counts blocks from 1, None is the subject."""

    place: int | None
    digits: str
    context: str


def loose_digits(document: Document) -> list[LooseDigits]:
    """Every group of digits in subject, body and annexes that nothing answers for, in the order of the text."""
    found = list(_in_runs(document.subject, None))
    for place, block in enumerate(document.body, start=1):
        for runs in _texts(block):
            found += _in_runs(runs, place)
    for annex in document.annexes:
        for block in annex.blocks:
            for runs in _texts(block):
                found += _in_runs(runs, len(document.body))
    return found


def _texts(block: Block) -> Iterator[tuple[Run, ...]]:
    if isinstance(block, Heading):
        yield block.title
    elif isinstance(block, Paragraph | Item):
        yield block.runs
    elif isinstance(block, Table):
        for row in block.rows:
            yield from row


def _in_runs(runs: tuple[Run, ...], place: int | None) -> Iterator[LooseDigits]:
    """A keyed run answers for its digits; it stands as a mark that neither joins nor parts its neighbours."""
    text = "".join("\ufffc" if run.key else run.text for run in runs)
    free = ANSWERED.sub(lambda match: "\ufffd" * len(match.group()), text)
    for match in DIGITS.finditer(free):
        start, end = max(match.start() - AROUND, 0), match.end() + AROUND
        yield LooseDigits(place, match.group(), text[start:end].replace("\ufffc", "…").strip())
