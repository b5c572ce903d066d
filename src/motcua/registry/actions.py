"""Verbs on official documents."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.common import records
from motcua.common.access import allow
from motcua.common.actor import Actor
from motcua.registry import access
from motcua.registry.files import store_file
from motcua.registry.models import Addressee, OfficialDocument
from motcua.units.models import Unit

Upload = tuple[str, bytes]


@transaction.atomic
def enter_document(
    *, actor: Actor, values: Mapping[str, Any], addressed_to: list[Unit] | None = None, upload: Upload | None = None
) -> OfficialDocument:
    """Enter a document kept by `values["owner_unit"]`, with a file (name, content) and the units it is addressed to."""
    reason = _("Documents of a unit are entered by its own officers and clerks.")
    allow(access.may_enter_document(actor, values["owner_unit"].pk), reason)
    document = records.enter(OfficialDocument, actor, {**values, **_file(upload)})
    for unit in addressed_to or []:
        records.enter(Addressee, actor, {"document": document, "unit": unit})
    return document


@transaction.atomic
def correct_document(
    document: OfficialDocument, *, actor: Actor, values: Mapping[str, Any], reason: str, upload: Upload | None = None
) -> OfficialDocument:
    """Correct a document whole; without a new file the old one stays."""
    why = _("A document is corrected by officers and clerks of the unit that keeps it.")
    allow(access.may_correct_document(actor, document), why)
    kept = {"owner_unit": document.owner_unit_id, "file": document.file_id, "key": document.key}
    return records.correct(document, actor, {**kept, **values, **_file(upload)}, reason=reason)


def _file(upload: Upload | None) -> dict[str, Any]:
    return {"file": store_file(*upload)} if upload else {}
