"""The unit tree through time, what became of units that ended, and posts."""

import datetime as dt
import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.common.models import Record, RecordQuerySet
from motcua.units import rules
from motcua.units.enums import Extent, Level, Role, UnitKind


def holds_on(day: dt.date, start: str, end: str) -> Q:
    """The condition that a half-open period (columns `start`, `end`; NULL is open) holds a day."""
    begun = Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": day})
    return begun & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": day}))


class PathField(models.CharField):
    """Text compared byte by byte, so that a subtree is a range of it: PostgreSQL's other collations would not."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters = super().db_parameters(connection)
        return {**parameters, "collation": "C"} if connection.vendor == "postgresql" else parameters


class Unit(models.Model):
    """One life of an administrative unit. A code may live again with another territory: that is another unit."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(_("code"), max_length=20, blank=True, db_index=True)
    serial = models.PositiveIntegerField(unique=True, editable=False)

    class Meta:
        ordering = ["code"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def __str__(self) -> str:
        return self.code

    @property
    def audited_unit_id(self) -> uuid.UUID:
        """In the audit log a unit belongs to itself."""
        return self.pk


class UnitPeriod(Record):
    """What a unit is called, what it is and whom it belongs to, from a day to a day."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="periods", verbose_name=_("unit"))
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind.choices)
    parent = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("belongs to")
    )
    valid_from = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        verbose_name = _("name and place of a unit")
        verbose_name_plural = _("names and places of units")
        constraints = [
            models.CheckConstraint(
                name="unit_period_in_order",
                condition=Q(valid_from__isnull=True) | Q(ended_on__isnull=True) | Q(valid_from__lt=F("ended_on")),
                violation_error_message=_("The last day must not lie before the first."),
            ),
            models.CheckConstraint(
                name="unit_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("unit")),
                violation_error_message=_("A unit cannot belong to itself."),
            ),
        ]

    def __str__(self) -> str:
        return rules.full_name(self.kind, self.name)


class PositionQuerySet(models.QuerySet):
    def at(self, as_of: dt.date, known_at: dt.datetime | None = None) -> Self:
        """The tree as it stood on a day, as known at a moment (None: now)."""
        rows = self.filter(holds_on(as_of, "from_on", "ended_on"))
        if known_at is None:
            return rows.filter(replaced_at__isnull=True)
        return rows.filter(Q(replaced_at__isnull=True) | Q(replaced_at__gt=known_at), recorded_at__lte=known_at)

    def below(self, path: str) -> Self:
        """The unit at `path` and all below it: a range, which both engines answer from the index."""
        return self.filter(path__gte=path, path__lt=path + rules.AFTER_EVERY_PATH)


class UnitPosition(models.Model):
    """Where a unit stands in the tree from a day to a day: derived from the periods, never typed in.

    `folded` is the code and the full name as they are searched for.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="positions")  # derived: goes with its unit
    period = models.ForeignKey(UnitPeriod, models.CASCADE, related_name="+")  # derived
    path = PathField(max_length=60)
    folded = models.CharField(max_length=180, editable=False)
    level = models.CharField(max_length=10, choices=Level.choices)
    from_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("place in the tree")
        verbose_name_plural = _("places in the tree")
        indexes = [models.Index(fields=["path"], name="unit_position_path")]

    def __str__(self) -> str:
        return self.path


class UnitChange(Record):
    """A unit (or a part of it) became another on a day, on a legal basis."""

    old_unit = models.ForeignKey(Unit, models.PROTECT, related_name="became", verbose_name=_("old unit"))
    new_unit = models.ForeignKey(Unit, models.PROTECT, related_name="came_from", verbose_name=_("new unit"))
    changed_on = models.DateField(_("on"))
    extent = models.CharField(_("extent"), max_length=10, choices=Extent.choices)
    citation = models.CharField(_("legal basis"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("unit change")
        verbose_name_plural = _("unit changes")
        constraints = [
            models.CheckConstraint(
                name="unit_change_to_another",
                condition=~Q(old_unit=F("new_unit")),
                violation_error_message=_("A unit cannot become itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_unit} → {self.new_unit}"


class Succession(models.Model):
    """Which units a unit has succeeded, and since when, through any number of changes: derived from `UnitChange`."""

    successor = models.ForeignKey(Unit, models.CASCADE, related_name="succeeded")  # derived
    predecessor = models.ForeignKey(Unit, models.CASCADE, related_name="successors")  # derived
    since = models.DateField()

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        constraints = [
            models.UniqueConstraint(
                fields=["successor", "predecessor"],
                name="succession_once",
                violation_error_message=_("This succession is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class PostQuerySet(RecordQuerySet):
    def held_on(self, day: dt.date) -> Self:
        return self.known().filter(holds_on(day, "valid_from", "ended_on"))


class Post(Record):
    """A person acts for a unit in a role, from a day to a day (law 5)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts", verbose_name=_("person"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name=_("unit"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    title = models.CharField(_("title"), max_length=120, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects: ClassVar = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.CheckConstraint(
                name="post_in_order",
                condition=Q(valid_from__isnull=True) | Q(ended_on__isnull=True) | Q(valid_from__lt=F("ended_on")),
                violation_error_message=_("The last day must not lie before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.get_role_display())
