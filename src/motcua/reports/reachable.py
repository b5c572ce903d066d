"""What a person may put into a draft by its key: what stands there already, and what they reach themselves."""

import uuid
from collections.abc import Callable

from motcua.common.actor import Actor
from motcua.registry.access import documents_for
from motcua.reports.live import map_runs
from motcua.reports.queries import LiveReport
from motcua.reports.shown import NoSuchKey
from vanban.model import Document, Run


def renderer(actor: Actor, live: LiveReport) -> Callable[[str], str]:
    """`live.shown.render` for somebody who edits. Raises `NoSuchKey` for a document out of their reach too."""
    standing = _keys(live.document)

    def render(key: str) -> str:
        kind, *rest = key.split(":")
        if kind == "citation" and key not in standing and not _reaches(actor, rest[0]):
            raise NoSuchKey(key)
        return live.shown.render(key)

    return render


def _reaches(actor: Actor, text: str) -> bool:
    try:
        return documents_for(actor).filter(origin_id=uuid.UUID(text)).exists()
    except ValueError:
        return False


def _keys(document: Document) -> set[str]:
    found: set[str] = set()

    def note(run: Run) -> Run:
        found.update([run.key] if run.key else [])
        return run

    map_runs(document, note)
    return found
