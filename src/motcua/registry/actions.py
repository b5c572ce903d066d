"""Verbs on official documents."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.common import records
from motcua.common.access import allow
from motcua.common.actor import Actor
from motcua.common.errors import Refused
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
    _address(document, addressed_to or [], actor, "")
    return document


@transaction.atomic
def correct_document(
    document: OfficialDocument,
    *,
    actor: Actor,
    values: Mapping[str, Any],
    reason: str,
    upload: Upload | None = None,
    addressed_to: list[Unit] | None = None,
) -> OfficialDocument:
    """Correct a document whole; without a new file the old one stays, and without `addressed_to` its addressees."""
    why = _("A document is corrected by officers and clerks of the unit that keeps it.")
    allow(access.may_correct_document(actor, document), why)
    kept = {"owner_unit": document.owner_unit_id, "file": document.file_id, "key": document.key}
    new = records.correct(document, actor, {**kept, **values, **_file(upload)}, reason=reason)
    if addressed_to is not None:
        _address(new, addressed_to, actor, reason)
    return new


def _address(document: OfficialDocument, units: list[Unit], actor: Actor, reason: str) -> None:
    """Make these the units that the document is addressed to."""
    held = Addressee.objects.known().filter(document_id=document.origin_id)
    standing = {addressee.unit_id: addressee for addressee in held.select_related("unit")}
    wanted = {unit.pk: unit for unit in units}
    new = [unit for key, unit in wanted.items() if key not in standing]
    reachable = access.addressable_units(actor).filter(pk__in=[unit.pk for unit in new]).count()
    if reachable < len(new):
        raise Refused(_("A document is addressed to units in your reach or above your own."))
    for unit in new:
        records.enter(Addressee, actor, {"document": document, "unit": unit})
    for key, addressee in standing.items():
        if key not in wanted:
            records.withdraw(addressee, actor, reason=reason)


def _file(upload: Upload | None) -> dict[str, Any]:
    return {"file": store_file(*upload)} if upload else {}
