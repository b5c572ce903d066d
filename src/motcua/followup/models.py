"""Findings from facts, what people judge about them, and the remedies that close them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.common.models import Record
from motcua.equipment.models import Device
from motcua.fieldwork.models import Check
from motcua.followup.enums import FindingKind, JudgementKind
from motcua.funding.models import Programme
from motcua.registry.models import StoredFile
from motcua.units.models import Unit


class Finding(Record):
    """A fact that should not be so, at a device, since the check that showed it until the check that ended it."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="findings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    device = models.ForeignKey(Device, models.PROTECT, related_name="findings")
    kind = models.CharField(_("kind"), max_length=20, choices=FindingKind.choices)
    found_on = models.DateField(_("found on"))
    found_by = models.ForeignKey(Check, models.PROTECT, related_name="+")
    ended_on = models.DateField(_("ended on"), null=True)
    ended_by = models.ForeignKey(Check, models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        indexes = [models.Index(fields=["programme", "unit"], name="finding_unit")]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Judgement(Record):
    """A person's own words, printed as given; `concerns` may name a side of a figure ("units_shared:in")."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="judgements")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=JudgementKind.choices)
    concerns = models.CharField(_("concerns"), max_length=80, blank=True)
    wording = models.CharField(_("wording"), max_length=1000, blank=True)
    gloss = models.CharField(_("in English"), max_length=1000, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.wording or str(self.get_kind_display())


class Remedy(Record):
    """What somebody must do about a finding, by when. A second person sees that it was done."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="remedies")
    wording = models.CharField(_("what is to be done"), max_length=500)
    responsible_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("responsible"))
    due_on = models.DateField(_("by"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_note = models.CharField(_("how it was done"), max_length=500, blank=True)
    done_by = models.CharField(_("done by"), max_length=200, blank=True, editable=False)
    done_person = models.UUIDField(null=True, editable=False)
    evidence = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("evidence")
    )
    seen_on = models.DateField(_("seen on"), null=True, blank=True)
    seen_by = models.CharField(_("seen by"), max_length=200, blank=True, editable=False)
    seen_person = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("remedy")
        verbose_name_plural = _("remedies")
        constraints = [
            models.CheckConstraint(
                name="remedy_seen_by_a_second_person",
                condition=Q(seen_person__isnull=True) | ~Q(seen_person=models.F("done_person")),
                violation_error_message=_("Somebody else than the one who did it must confirm it."),
            ),
            models.CheckConstraint(
                name="remedy_seen_after_done",
                condition=Q(seen_on__isnull=True) | Q(done_on__isnull=False, seen_on__gte=models.F("done_on")),
                violation_error_message=_("It cannot have been seen before it was done."),
            ),
        ]

    def __str__(self) -> str:
        return self.wording
