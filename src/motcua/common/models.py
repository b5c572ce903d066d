"""What every app's tables share: records that are never overwritten, the audit log, the outbox."""

import datetime as dt
import uuid
from typing import Any, Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

R_co = TypeVar("R_co", bound="Record", covariant=True)


class RecordQuerySet(models.QuerySet[R_co]):
    """Rows of a `Record` table, asked as they were known at a moment."""

    def known(self, known_at: dt.datetime | None = None) -> Self:
        """The records in force at `known_at` (None: now); withdrawn ones are left out."""
        if known_at is None:
            return self.filter(replaced_at__isnull=True, withdrawn=False)
        open_then = models.Q(replaced_at__isnull=True) | models.Q(replaced_at__gt=known_at)
        return self.filter(open_then, recorded_at__lte=known_at, withdrawn=False)

    def of(self, origin_id: uuid.UUID) -> Self:
        """All records that say the same thing's facts, the first and its corrections."""
        return self.filter(origin_id=origin_id).order_by("recorded_at", "pk")


class Record(models.Model):
    """A fact as somebody recorded it (law 1).

    A correction is a new row with the same `origin` that `replaces` the row before it
    whole; of the old row only `replaced_at` is set, and the database refuses any other
    change. Foreign keys from other tables point at the origin, the first of its records.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    origin = models.ForeignKey("self", models.PROTECT, related_name="+", editable=False)
    replaces = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, editable=False)
    recorded_at = models.DateTimeField(_("recorded at"), editable=False)
    recorded_by = models.CharField(_("recorded by"), max_length=200, editable=False)
    replaced_at = models.DateTimeField(null=True, editable=False)
    withdrawn = models.BooleanField(default=False, editable=False)
    reason = models.CharField(_("reason of the correction"), max_length=500, blank=True)
    source = models.CharField(max_length=120, blank=True, editable=False)

    origin_id: uuid.UUID
    replaces_id: uuid.UUID | None

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_correction(self) -> bool:
        return self.replaces_id is not None


class AuditEntry(models.Model):
    """One write: who, for which unit, when, what. Append-only in the database.

    `unit_id` is the unit acted for (None: an operator), `about_unit_id` the one that the thing belongs to where
    it says so: by these two the log keeps to a reader's reach. `folded` is the text that the log is searched by.
    """

    at = models.DateTimeField()
    request_id = models.CharField(max_length=40, blank=True)
    actor = models.JSONField()
    unit_id = models.UUIDField(null=True)
    about_unit_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    object_name = models.CharField(max_length=300, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    folded = models.TextField(blank=True)

    class Meta:
        db_table = "audit_entry"
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="audit_object"),
            models.Index(fields=["-at"], name="audit_at"),
            models.Index(fields=["unit_id", "-at"], name="audit_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type} {self.object_id}"


class OutboxEvent(models.Model):
    """Something that happened, told to the apps above in the transaction that did it."""

    name = models.CharField(max_length=60)
    payload = models.JSONField()
    happened_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["id"], name="outbox_waiting", condition=models.Q(taken_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.name


def plain_values(record: models.Model, names: tuple[str, ...]) -> dict[str, Any]:
    """The named fields as values that JSON can hold, foreign keys as text."""
    return {name: plain(getattr(record, attribute(type(record), name))) for name in names}


def attribute(model: type[models.Model], name: str) -> str:
    """Where a row keeps a field's own value: `unit_id` for the foreign key `unit`, else the name itself."""
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise LookupError(f"{name} is no column of {model.__name__}")
    return field.attname


def plain(value: Any) -> Any:
    """One value as JSON holds it: dates and identities become text."""
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    return value
