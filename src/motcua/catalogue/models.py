"""Device types, and the published requirements that a type must meet."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from motcua.common.models import Record
from motcua.registry.models import OfficialDocument
from motcua.units.models import Unit


class DeviceType(models.Model):
    """A kind of machine. `is_computer` marks those that the computer figures count."""

    key = models.SlugField(_("key"), max_length=40, primary_key=True)
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)
    is_computer = models.BooleanField(_("counts as a computer"), default=False)

    class Meta:
        verbose_name = _("device type")
        verbose_name_plural = _("device types")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_vi


class RequirementSet(Record):
    """A published minimum for one device type, in force from a day to a day."""

    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    device_type = models.ForeignKey(DeviceType, models.PROTECT, related_name="+", verbose_name=_("device type"))
    title = models.CharField(_("title"), max_length=200)
    document = models.ForeignKey(
        OfficialDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("published in")
    )
    criteria = models.JSONField(_("criteria"), default=list)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        verbose_name = _("requirement set")
        verbose_name_plural = _("requirement sets")
        constraints = [
            models.CheckConstraint(
                name="requirement_set_in_order",
                condition=Q(valid_from__isnull=True) | Q(ended_on__isnull=True) | Q(valid_from__lt=F("ended_on")),
                violation_error_message=_("The last day must not lie before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
