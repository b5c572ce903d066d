"""The audit log's only writer. Every action ends in it."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from motcua.common import clock
from motcua.common.actor import Actor
from motcua.common.models import AuditEntry, plain


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
    return AuditEntry(
        at=clock.now(),
        request_id=actor.request_id,
        actor=actor.plain(),
        verb=verb,
        object_type=thing._meta.model_name or "",
        object_id=str(getattr(thing, "origin_id", None) or thing.pk),
        object_name=str(thing)[:300],
        before=_plain(before),
        after=_plain(after),
        reason=reason,
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


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if values is None else {name: plain(value) for name, value in values.items()}
