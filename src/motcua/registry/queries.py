"""Documents as they are cited."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from motcua.common import clock, records
from motcua.common.history import entries_of
from motcua.common.models import AuditEntry
from motcua.registry import rules
from motcua.registry.enums import STATUTORY_NAMES
from motcua.registry.models import Addressee, OfficialDocument
from motcua.units.models import Unit
from motcua.units.queries import UnitAt, near, unit_at, units_at
from vanban.words import sort_key


def documents(
    ids: Iterable[uuid.UUID | None], known_at: dt.datetime | None = None
) -> dict[uuid.UUID, OfficialDocument]:
    """Documents by identity, as known at a moment."""
    return records.current(OfficialDocument, ids, known_at)


def statutory_kind(document: OfficialDocument) -> str:
    """The kind's name as a citation has it, "Công văn"."""
    return STATUTORY_NAMES.get(document.kind, STATUTORY_NAMES["other"])


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document as a list shows it."""

    document: OfficialDocument
    owner: str
    today: dt.date

    @property
    def kind_name(self) -> str:
        return str(self.document.get_kind_display())

    @property
    def direction_name(self) -> str:
        return str(self.document.get_direction_display())

    @property
    def file_kind(self) -> str:
        """PDF, PNG or JPG; empty without a file."""
        file = self.document.file
        return rules.EXTENSIONS.get(file.media_type, "").strip(".").upper() if file else ""

    @property
    def days_late(self) -> int:
        return rules.days_late(self.document.due_on, self.today)

    @property
    def due_state(self) -> str:
        """late, ahead or none."""
        if self.document.due_on is None:
            return "none"
        return "late" if self.days_late else "ahead"

    @property
    def order(self) -> tuple[int, int]:
        return rules.due_order(self.document.due_on, self.document.issued_on, self.today)


def document_lines(rows: QuerySet[OfficialDocument]) -> list[DocumentLine]:
    """Documents with the name of the unit that keeps them: what is overdue first, then what is due soonest."""
    today, listed = clock.today(), list(rows.select_related("file"))
    owners = units_at((row.owner_unit_id for row in listed), today)
    lines = [DocumentLine(row, owners[row.owner_unit_id].full_name, today) for row in listed]
    return sorted(lines, key=lambda line: line.order)


def addressees_of(document: OfficialDocument) -> list[UnitAt]:
    """The units that a document is addressed to."""
    rows = Addressee.objects.known().filter(document_id=document.origin_id).values_list("unit_id", flat=True)
    return sorted(units_at(rows, clock.today()).values(), key=lambda unit: sort_key(unit.name))


def addressable(units: QuerySet[Unit], own_id: uuid.UUID | None, also: Iterable[UnitAt] = ()) -> list[UnitAt]:
    """Of these units the ones that a form offers: those above the own unit, it itself and those right below it."""
    today = clock.today()
    own = unit_at(own_id, today) if own_id else None
    offered = {unit.id: unit for unit in (*(near(own, units, today) if own else []), *also)}
    return sorted(offered.values(), key=lambda unit: (len(unit.path), sort_key(unit.name)))


def history_of_document(document: OfficialDocument) -> list[AuditEntry]:
    """What was written of a document and of its addressees, the latest first."""
    addressees = Addressee.objects.filter(document_id=document.origin_id, replaces__isnull=True)
    return list(entries_of(document, *addressees)[:100])


def units_addressed(document: OfficialDocument) -> QuerySet[Unit]:
    """The units that a document is addressed to, as rows."""
    rows = Addressee.objects.known().filter(document_id=document.origin_id)
    return Unit.objects.filter(pk__in=rows.values("unit_id"))
