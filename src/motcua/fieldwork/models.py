"""Rounds, visits, checks and their answers."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.common.models import Record
from motcua.equipment.models import Device
from motcua.fieldwork.enums import ANSWERS, Attribute, RoundKind, Source
from motcua.funding.models import Programme
from motcua.registry.models import OfficialDocument
from motcua.units.models import Unit


class Round(Record):
    """A question put to many units, with one reference date and one due date."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="rounds")
    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=RoundKind.choices)
    title = models.CharField(_("title"), max_length=300)
    reference_on = models.DateField(_("reference date"))
    due_on = models.DateField(_("due date"), null=True, blank=True)
    directive = models.ForeignKey(
        OfficialDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("directive")
    )

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints = [
            models.CheckConstraint(
                name="round_due_after_reference",
                condition=Q(due_on__isnull=True) | Q(due_on__gte=models.F("reference_on")),
                violation_error_message=_("A round cannot be due before its reference date."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RoundUnit(Record):
    """A unit that a round asks."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="asked")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("unit asked")
        verbose_name_plural = _("units asked")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "unit"],
                condition=Q(replaced_at__isnull=True, withdrawn=False),
                name="round_asks_once",
                violation_error_message=_("The round already asks this unit."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.unit)


class Visit(Record):
    """An inspector's visit to a unit on a day, on somebody's order."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="visits")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    round = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("round"))
    visited_on = models.DateField(_("visited on"))
    inspected_by = models.CharField(_("inspected by"), max_length=200, blank=True)
    assigned_by = models.CharField(_("on the order of"), max_length=200, blank=True)
    assigned_on = models.DateField(_("ordered on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        indexes = [models.Index(fields=["programme", "unit"], name="visit_unit")]

    def __str__(self) -> str:
        return f"{self.visited_on:%d/%m/%Y}"


class Check(Record):
    """What one visit or declaration says of one device; the answers are rows of `Answer`."""

    device = models.ForeignKey(Device, models.PROTECT, related_name="checks")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="checks")
    observed_on = models.DateField(_("seen on"))
    kind = models.CharField(_("source"), max_length=10, choices=Source.choices)
    said = models.JSONField(_("answers"), default=dict)

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        indexes = [models.Index(fields=["device", "observed_on"], name="check_device")]

    def __str__(self) -> str:
        return f"{self.observed_on:%d/%m/%Y}"


class AnswerQuerySet(models.QuerySet):
    def in_force(self, as_of: dt.date, known_at: dt.datetime | None = None) -> Self:
        """Answers seen on or before a day, as known at a moment."""
        rows = self.filter(observed_on__lte=as_of)
        if known_at is None:
            return rows.filter(replaced_at__isnull=True)
        return rows.filter(Q(replaced_at__isnull=True) | Q(replaced_at__gt=known_at), recorded_at__lte=known_at)


class Answer(models.Model):
    """One answer: device, question, value, seen on, from which check (DESIGN.md, "As of, exactly").

    Derived from the check in the same transaction and replaced with it; an empty answer has no row.
    """

    check_record = models.ForeignKey(Check, models.PROTECT, related_name="answers")
    device = models.ForeignKey(Device, models.PROTECT, related_name="answers")
    attribute = models.CharField(max_length=20, choices=Attribute.choices)
    criterion = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=12)
    note = models.CharField(max_length=300, blank=True)
    observed_on = models.DateField()
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    append_only = True
    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        indexes = [
            models.Index(fields=["device", "attribute", "observed_on", "check_record"], name="answer_state"),
        ]

    def __str__(self) -> str:
        return f"{self.attribute}: {self.value}"

    @property
    def value_label(self) -> str:
        return str(ANSWERS[self.attribute](self.value).label)
