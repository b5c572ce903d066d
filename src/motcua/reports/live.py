"""A draft's figures stay live: its keyed runs are shown anew from today's records, and what changed is named."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from motcua.reports.shown import NoSuchKey, Shown
from vanban.model import Annex, Block, Document, Heading, Item, Paragraph, Run, Table

PERSON = "statement:person:"
"""Key of a run that a named person answers for: its text is that person's and is not shown anew."""


@dataclass(frozen=True, slots=True)
class Change:
    """A run whose text is no longer what it was when the draft was saved; `now` None: the key shows nothing now."""

    key: str
    before: str
    now: str | None


def is_live(key: str | None) -> bool:
    """Whether a run's text follows from records."""
    return key is not None and not key.startswith(PERSON)


def refresh(document: Document, shown: Shown) -> tuple[Document, list[Change]]:
    """The document with its live runs shown anew, and what that changed. A key that shows nothing keeps its text."""
    changes: list[Change] = []

    def anew(run: Run) -> Run:
        if not is_live(run.key):
            return run
        try:
            now = shown.render(run.key or "")
        except NoSuchKey:
            changes.append(Change(run.key or "", run.text, None))
            return run
        if now != run.text:
            changes.append(Change(run.key or "", run.text, now))
        return replace(run, text=now)

    return map_runs(document, anew), list(dict.fromkeys(changes))


def map_runs(document: Document, change: Callable[[Run], Run]) -> Document:
    """The document with every run of its subject, body and annexes changed."""
    return replace(
        document,
        subject=tuple(change(run) for run in document.subject),
        body=tuple(_map_block(block, change) for block in document.body),
        annexes=tuple(
            Annex(
                tuple(change(run) for run in annex.title_runs),
                tuple(_map_block(block, change) for block in annex.blocks),
                annex.landscape,
            )
            for annex in document.annexes
        ),
    )


def _map_block(block: Block, change: Callable[[Run], Run]) -> Block:
    if isinstance(block, Heading):
        return replace(block, title=tuple(change(run) for run in block.title))
    if isinstance(block, Paragraph | Item):
        return replace(block, runs=tuple(change(run) for run in block.runs))
    rows = tuple(tuple(tuple(change(run) for run in cell) for cell in row) for row in block.rows)
    return Table(block.columns, rows, block.caption)
