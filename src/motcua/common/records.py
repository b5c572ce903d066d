"""How facts enter, are corrected and are withdrawn; and how a folder is reconciled with what is known.

Three verbs (`enter`, `correct`, `withdraw`) and their bulk form (`reconcile`). They are
called by actions, inside the action's transaction, and write the audit entries themselves.
"""

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from django.db import models
from django.utils.translation import gettext as _

from motcua.common import audit, clock
from motcua.common.actor import Actor
from motcua.common.errors import Refused
from motcua.common.models import AuditEntry, Record, RecordQuerySet, attribute, plain

R = TypeVar("R", bound=Record)
AT_ONCE = 5000  # identities in one query: SQLite may allow no more than 32,766
KEPT_BY_THE_RECORD = {field.name for field in Record._meta.get_fields() if isinstance(field, models.Field)}


def rows_of(model: type[R]) -> RecordQuerySet[R]:
    """Every row of a kind of record, whatever the type of its own queryset."""
    return cast("RecordQuerySet[R]", model._default_manager.all())


def fact_fields(model: type[Record]) -> tuple[str, ...]:
    """Names of the fields that hold the fact itself, in the model's order."""
    return tuple(f.name for f in model._meta.concrete_fields if f.name not in KEPT_BY_THE_RECORD)


def facts(record: Record) -> dict[str, Any]:
    """What a record says, foreign keys as identities."""
    model = type(record)
    return {n: getattr(record, attribute(model, n)) for n in fact_fields(model)}


def build(
    model: type[R],
    actor: Actor,
    values: Mapping[str, Any],
    *,
    id: uuid.UUID | None = None,
    source: str = "",
    at: dt.datetime | None = None,
) -> R:
    """A first record, not yet stored."""
    identity = id or uuid.uuid4()
    moment = at or clock.now()
    new = model(id=identity, origin_id=identity, recorded_at=moment, recorded_by=actor.name, source=source)
    _assign(new, values)
    return new


def build_correction(
    current: R,
    actor: Actor,
    values: Mapping[str, Any],
    *,
    reason: str,
    source: str = "",
    withdrawn: bool = False,
    at: dt.datetime | None = None,
) -> R:
    """A record that replaces `current` whole, not yet stored; its identity follows from what it says."""
    moment = max(at or clock.now(), current.recorded_at)
    said = json.dumps({n: plain(_identity(v)) for n, v in sorted(values.items())}, default=str)
    new = type(current)(
        id=uuid.uuid5(current.id, said + reason + str(withdrawn)),
        origin_id=current.origin_id,
        replaces_id=current.id,
        recorded_at=moment,
        recorded_by=actor.name,
        reason=reason,
        source=source,
        withdrawn=withdrawn,
    )
    _assign(new, values)
    return new


def enter(
    model: type[R], actor: Actor, values: Mapping[str, Any], *, id: uuid.UUID | None = None, source: str = ""
) -> R:
    """Store a first record and its audit entry."""
    new = build(model, actor, values, id=id, source=source)
    new.save(force_insert=True)
    audit.record(actor, "enter", new, after=facts(new))
    return new


def correct(current: R, actor: Actor, values: Mapping[str, Any], *, reason: str) -> R:
    """Replace a record whole, blanks included. Raises `Refused` when somebody was faster."""
    locked = hold(current)
    new = build_correction(locked, actor, values, reason=reason)
    _replace(locked, new)
    audit.record(actor, "correct", new, before=facts(locked), after=facts(new), reason=reason)
    return new


def withdraw(current: R, actor: Actor, *, reason: str) -> R:
    """Say that a record should never have been made; what it said stays readable."""
    locked = hold(current)
    new = build_correction(locked, actor, facts(locked), reason=reason, withdrawn=True)
    _replace(locked, new)
    audit.record(actor, "withdraw", new, before=facts(locked), reason=reason)
    return new


def hold(current: R) -> R:
    """The record, locked. Raises `Refused` when it has been replaced since it was read."""
    locked = rows_of(type(current)).select_for_update().get(pk=current.pk)
    if locked.replaced_at is not None:
        raise Refused(
            _("%(thing)s has been corrected by somebody else since you opened it. Open it again and repeat the change.")
            % {"thing": current}
        )
    return locked


def current(
    model: type[R], origins: Iterable[uuid.UUID | None], known_at: dt.datetime | None = None
) -> dict[uuid.UUID, R]:
    """The records in force of several things, by the identity of the thing."""
    wanted = {origin for origin in origins if origin is not None}
    known = rows_of(model).known(known_at)
    return {row.origin_id: row for part in _parts(list(wanted)) for row in known.filter(origin_id__in=part)}


@dataclass(slots=True)
class Intake:
    """What an intake did, counted per kind of object; `lines` are said to the person."""

    created: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    withdrawn: dict[str, int] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def count(self, book: dict[str, int], model: type[models.Model], number: int) -> None:
        if number:
            name = model._meta.model_name or ""
            book[name] = book.get(name, 0) + number

    @property
    def total(self) -> int:
        return sum(sum(book.values()) for book in (self.created, self.changed, self.withdrawn))


@dataclass(frozen=True, slots=True)
class Difference:
    """What a folder says against what is known of one kind: records not yet stored."""

    created: list[Any]
    changed: list[tuple[Any, Any]]
    withdrawn: list[tuple[Any, Any]]


def compare(
    model: type[R],
    wanted: Mapping[uuid.UUID, Mapping[str, Any]],
    *,
    actor: Actor,
    source: str,
    withdraw_rest: bool = True,
) -> Difference:
    """Hold a file's rows (thing's identity → facts) against the records.

    A row is held against the record last *loaded*: a correction made by hand since
    stays, until the file itself says something new. What the file said before and no
    longer says is withdrawn, if it came from this `source`.
    """
    loaded, at = _last_loaded(model, source), clock.now()
    gone = {key for key, row in loaded.items() if not row.withdrawn and key not in wanted} if withdraw_rest else set()
    newest = _newest(model, [*wanted, *gone])
    created, changed = [], []
    for identity, values in wanted.items():
        held = loaded.get(identity) or newest.get(identity)
        if held is None:
            created.append(build(model, actor, values, id=identity, source=source, at=at))
        elif held.withdrawn or not _says(held, values):
            base, reason = newest[identity], _("The loaded file says something else.")
            changed.append((base, build_correction(base, actor, values, reason=reason, source=source, at=at)))
    left = [newest[key] for key in gone if not newest[key].withdrawn]
    return Difference(created, changed, [(row, _withdrawal(row, actor, source, at)) for row in left])


def reconcile(
    model: type[R],
    wanted: Mapping[uuid.UUID, Mapping[str, Any]],
    *,
    actor: Actor,
    source: str,
    intake: Intake,
    withdraw_rest: bool = True,
) -> Difference:
    """Store the difference between a file's rows and the records, one audit entry each."""
    difference = compare(model, wanted, actor=actor, source=source, withdraw_rest=withdraw_rest)
    store(model, difference, actor=actor, intake=intake)
    return difference


def store(model: type[R], difference: Difference, *, actor: Actor, intake: Intake) -> None:
    """Write a `Difference` and its audit entries; counts go to `intake`."""
    entries: list[AuditEntry] = []
    moments: dict[dt.datetime, list[uuid.UUID]] = {}
    for old, new in (*difference.changed, *difference.withdrawn):
        moments.setdefault(new.recorded_at, []).append(old.pk)
        verb = "withdraw" if new.withdrawn else "correct"
        after = None if new.withdrawn else facts(new)
        entries.append(audit.entry(actor, verb, new, before=facts(old), after=after, reason=new.reason))
    for moment, keys in moments.items():
        for part in _parts(keys):
            rows_of(model).filter(pk__in=part, replaced_at__isnull=True).update(replaced_at=moment)
    new_rows = [*difference.created, *(new for _old, new in (*difference.changed, *difference.withdrawn))]
    rows_of(model).bulk_create(new_rows, batch_size=500)
    entries += [audit.entry(actor, "enter", new, after=facts(new)) for new in difference.created]
    audit.record_all(entries)
    intake.count(intake.created, model, len(difference.created))
    intake.count(intake.changed, model, len(difference.changed))
    intake.count(intake.withdrawn, model, len(difference.withdrawn))


def _assign(record: Record, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if isinstance(value, models.Model) and not isinstance(value, Record):
            setattr(record, name, value)  # kept whole, so that the record can be named without asking for it again
        else:
            setattr(record, attribute(type(record), name), _identity(value))


def _identity(value: Any) -> Any:
    """A foreign key's column holds the identity: of a record, that of its origin."""
    if isinstance(value, Record):
        return value.origin_id
    return value.pk if isinstance(value, models.Model) else value


def _replace(old: Record, new: Record) -> None:
    rows_of(type(old)).filter(pk=old.pk).update(replaced_at=new.recorded_at)
    new.save(force_insert=True)


def _says(record: Record, values: Mapping[str, Any]) -> bool:
    said = facts(record)
    return all(said[name] == _identity(value) for name, value in values.items())


def _last_loaded(model: type[R], source: str) -> dict[uuid.UUID, R]:
    return {row.origin_id: row for row in rows_of(model).filter(source=source).order_by("recorded_at")}


def _newest(model: type[R], origins: Sequence[uuid.UUID]) -> dict[uuid.UUID, R]:
    rows = rows_of(model).filter(replaced_at__isnull=True)
    return {row.origin_id: row for part in _parts(origins) for row in rows.filter(origin_id__in=part)}


def _parts(identities: Sequence[uuid.UUID]) -> list[Sequence[uuid.UUID]]:
    return [identities[start : start + AT_ONCE] for start in range(0, len(identities), AT_ONCE)]


def _withdrawal(row: R, actor: Actor, source: str, at: dt.datetime) -> R:
    reason = _("No longer in the loaded file.")
    return build_correction(row, actor, facts(row), reason=reason, source=source, withdrawn=True, at=at)
