"""Which documents and files an actor reaches."""

import uuid

from django.db.models import Q, QuerySet

from motcua.common import clock
from motcua.common.actor import Actor
from motcua.registry.models import Addressee, OfficialDocument, StoredFile
from motcua.units.access import may_write, units_above, units_for
from motcua.units.enums import Role
from motcua.units.models import Unit

WRITERS = (Role.PROGRAMME_OFFICER, Role.CLERK)


def documents_for(actor: Actor) -> QuerySet[OfficialDocument]:
    """Documents kept by a unit in reach, or addressed to one."""
    rows = OfficialDocument.objects.known()
    if actor.is_operator:
        return rows
    reached = units_for(actor)
    addressed = Addressee.objects.known().filter(unit__in=reached).values("document_id")
    return rows.filter(Q(owner_unit__in=reached) | Q(origin_id__in=addressed))


def files_for(actor: Actor) -> QuerySet[StoredFile]:
    """Files of documents in reach."""
    return StoredFile.objects.filter(pk__in=documents_for(actor).values("file_id"))


def addressable_units(actor: Actor) -> QuerySet[Unit]:
    """The units that a document may be addressed to: in reach, and those above, to which one reports."""
    above = units_above(actor, clock.today()).values("pk")
    return Unit.objects.filter(Q(pk__in=units_for(actor).values("pk")) | Q(pk__in=above))


def may_enter_document(actor: Actor, unit_id: uuid.UUID) -> bool:
    return may_write(actor, unit_id, *WRITERS)


def may_correct_document(actor: Actor, document: OfficialDocument) -> bool:
    return may_write(actor, document.owner_unit_id, *WRITERS)
