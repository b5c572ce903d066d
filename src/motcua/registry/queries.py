"""Documents as they are cited."""

import datetime as dt
import uuid
from collections.abc import Iterable

from motcua.common import records
from motcua.registry.enums import STATUTORY_NAMES
from motcua.registry.models import OfficialDocument


def documents(
    ids: Iterable[uuid.UUID | None], known_at: dt.datetime | None = None
) -> dict[uuid.UUID, OfficialDocument]:
    """Documents by identity, as known at a moment."""
    return records.current(OfficialDocument, ids, known_at)


def statutory_kind(document: OfficialDocument) -> str:
    """The kind's name as a citation has it, "Công văn"."""
    return STATUTORY_NAMES.get(document.kind, STATUTORY_NAMES["other"])
