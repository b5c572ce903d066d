"""The audit log's only writer. Every action ends in it."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from motcua.common import clock
from motcua.common.actor import Actor
from motcua.common.models import AuditEntry, plain
from vanban.words import fold

OWNERS = ("owner_unit_id", "unit_id", "to_unit_id", "new_unit_id", "first_unit_id", "responsible_unit_id")
"""Where a row names the unit that it belongs to; a model that does so otherwise has an `audited_unit_id`."""


def entry(
    actor: Actor,
    verb: str,
    thing: models.Model,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> AuditEntry:
    """An audit entry, not yet stored; `before` and `after` hold only what was touched."""
    name = str(thing)[:300]
    return AuditEntry(
        at=clock.now(),
        request_id=actor.request_id,
        actor=actor.plain(),
        unit_id=actor.unit_id,
        about_unit_id=_owner(thing),
        verb=verb,
        object_type=thing._meta.model_name or "",
        object_id=str(getattr(thing, "origin_id", None) or thing.pk),
        object_name=name,
        before=_plain(before),
        after=_plain(after),
        reason=reason,
        folded=fold(" ".join((actor.name, actor.unit_name, name, reason))),
    )


def record(
    actor: Actor,
    verb: str,
    thing: models.Model,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Store one audit entry in the transaction of the action that calls it."""
    entry(actor, verb, thing, before=before, after=after, reason=reason).save(force_insert=True)


def record_all(entries: Iterable[AuditEntry]) -> None:
    """Store the entries of many rows written at once."""
    AuditEntry.objects.bulk_create(entries, batch_size=500)


def _owner(thing: models.Model) -> uuid.UUID | None:
    """The unit that a row belongs to, as far as the row itself says it: nothing is asked of the database."""
    if hasattr(thing, "audited_unit_id"):
        owner: uuid.UUID | None = thing.audited_unit_id
        return owner
    return next((getattr(thing, name) for name in OWNERS if hasattr(thing, name)), None)


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if values is None else {name: plain(value) for name, value in values.items()}
