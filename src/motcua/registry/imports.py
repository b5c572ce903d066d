"""Intake of documents.csv."""

import datetime as dt
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from motcua.common import records
from motcua.common.actor import Actor
from motcua.common.records import Intake
from motcua.common.tables import Row, Table, read_table
from motcua.registry.enums import Direction, DocumentKind
from motcua.registry.models import OfficialDocument, new_document_id
from motcua.units.models import Unit

REQUIRED = ("key", "number", "date", "issuer", "kind", "subject")


@dataclass(frozen=True, slots=True)
class DocumentRow:
    row: int
    key: str
    number: str
    date: dt.date | None
    issuer: str
    kind: str
    subject: str
    direction: str
    due: dt.date | None
    asks_for: str


def read_documents(source: Path | bytes, file: str = "documents.csv") -> tuple[Table, list[DocumentRow]]:
    """Rows of documents.csv. Number and date may be empty: unknown."""
    table = read_table(source, file, required=REQUIRED, optional=("direction", "due_on", "asks_for"))
    rows = [_read(row) for row in table.rows]
    seen: dict[str, int] = {}
    for row in rows:
        if row.key in seen:
            message = _("the key %(key)s already stands in row %(row)s")
            table.fault(message % {"key": row.key, "row": seen[row.key]}, row.row, "key")
        seen.setdefault(row.key, row.row)
    return table, rows


def _read(row: Row) -> DocumentRow:
    issued, due = row.day("date"), row.day("due_on", fact=False)
    if issued and due and due < issued:
        row.fault("due_on", _("due before the document's own date"))
    return DocumentRow(
        row=row.number,
        key=row.text("key", required=True, longest=60),
        number=row.text("number", longest=60),
        date=issued,
        issuer=row.text("issuer", longest=200),
        kind=row.choice("kind", DocumentKind.values) or DocumentKind.OTHER,
        subject=row.text("subject", required=True),
        direction=row.choice("direction", Direction.values) or Direction.INCOMING,
        due=due,
        asks_for=row.text("asks_for"),
    )


def take_documents(
    rows: list[DocumentRow], owner: Unit, *, actor: Actor, source: str, intake: Intake
) -> dict[str, uuid.UUID]:
    """Enter or correct the documents; returns their identities by key."""
    ids = {row.key: new_document_id(owner.pk, f"{source}/{row.key}") for row in rows}
    wanted: dict[uuid.UUID, dict[str, Any]] = {ids[row.key]: _facts(row, owner) for row in rows}
    records.reconcile(OfficialDocument, wanted, actor=actor, source=source, intake=intake)
    return ids


def _facts(row: DocumentRow, owner: Unit) -> dict[str, Any]:
    return {
        "owner_unit": owner,
        "key": row.key,
        "number": row.number,
        "issued_on": row.date,
        "issuer": row.issuer,
        "kind": row.kind,
        "subject": row.subject,
        "direction": row.direction,
        "due_on": row.due,
        "asks_for": row.asks_for,
    }
