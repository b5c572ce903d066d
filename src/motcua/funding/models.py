"""Programmes, the tree of allocations with its ledger, and the steps of each unit's purchase."""

import datetime as dt
import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.common.models import Record, RecordQuerySet
from motcua.funding.enums import EntryKind, Step
from motcua.registry.models import OfficialDocument
from motcua.units.models import Unit
from vanban.words import format_vnd, group_digits


class Programme(models.Model):
    """One purpose, one budget. The identity; what it is called is `ProgrammeTerms`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(
        _("key"), max_length=60, unique=True, error_messages={"unique": _("A programme with this key exists already.")}
    )
    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("run by"))

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class ProgrammeTerms(Record):
    """What a programme is called, its year and what it pays for."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="terms")
    name = models.CharField(_("name"), max_length=300)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    device_type_keys = models.JSONField(_("device types"), default=list)

    class Meta:
        verbose_name = _("programme terms")
        verbose_name_plural = _("programme terms")
        constraints = [
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(replaced_at__isnull=True),
                name="programme_terms_once",
                violation_error_message=_("The programme has terms already; correct them."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AllocationQuerySet(RecordQuerySet):
    def as_of(self, day: dt.date, known_at: dt.datetime | None = None) -> Self:
        """Money given on or before a day; where no date is known it holds for every day."""
        return self.known(known_at).filter(Q(effective_on__isnull=True) | Q(effective_on__lte=day))


class Allocation(Record):
    """Money from one unit to another. Without a decision of its own it is paid out of what was received."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="allocations")
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("from"))
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("to"))
    amount_vnd = models.PositiveBigIntegerField(_("amount (đồng)"))
    purpose = models.CharField(_("purpose"), max_length=300, blank=True)
    decision = models.ForeignKey(
        OfficialDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decision")
    )
    effective_on = models.DateField(_("date"), null=True, blank=True)

    objects: ClassVar = AllocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        constraints = [
            models.CheckConstraint(
                name="allocation_above_zero",
                condition=Q(amount_vnd__gt=0),
                violation_error_message=_("An amount must be above zero."),
            ),
            models.CheckConstraint(
                name="allocation_to_another",
                condition=~Q(from_unit=models.F("to_unit")),
                violation_error_message=_("A unit cannot give money to itself."),
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "to_unit"], name="allocation_to"),
            models.Index(fields=["programme", "from_unit"], name="allocation_from"),
        ]

    def __str__(self) -> str:
        return f"{group_digits(self.amount_vnd)} đ"


class LedgerEntry(models.Model):
    """One movement of one unit's money, signed đồng. Append-only; the database keeps `Balance` equal to it."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=EntryKind.choices)
    amount_vnd = models.BigIntegerField(_("amount (đồng)"))
    allocation = models.ForeignKey(Allocation, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    append_only = True

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        indexes = [models.Index(fields=["programme", "unit"], name="ledger_account")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {format_vnd(self.amount_vnd)}"


class Balance(models.Model):
    """What a unit still has in a programme: one row, written by the database alone (law 6)."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    available_vnd = models.BigIntegerField()

    class Meta:
        verbose_name = _("balance")
        verbose_name_plural = _("balances")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "unit"],
                name="balance_once",
                violation_error_message=_("A unit has one balance in a programme."),
            ),
            models.CheckConstraint(
                name="balance_not_negative",
                condition=Q(available_vnd__gte=0),
                violation_error_message=_("More would be given on than was received."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.available_vnd)


class PurchaseStep(Record):
    """What was said on a day about one step of a unit's purchase: done, not done, or (None) not known."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="steps")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    step = models.CharField(_("step"), max_length=12, choices=Step.choices)
    observed_on = models.DateField(_("as it stood on"))
    done = models.BooleanField(_("done"), null=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    amount_vnd = models.PositiveBigIntegerField(_("amount (đồng)"), null=True, blank=True)
    document = models.ForeignKey(
        OfficialDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("paper")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("purchase step")
        verbose_name_plural = _("purchase steps")
        indexes = [models.Index(fields=["programme", "step", "unit"], name="purchase_step")]
        constraints = [
            models.CheckConstraint(
                name="purchase_step_done_before_said",
                condition=Q(done_on__isnull=True) | Q(done_on__lte=models.F("observed_on")),
                violation_error_message=_("A step cannot have been done after the day on which it was said."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_step_display())
