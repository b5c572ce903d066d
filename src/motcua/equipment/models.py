"""Devices, what is known of each, and which unit holds it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import DeviceType
from motcua.common.models import Record
from motcua.funding.models import Programme
from motcua.units.models import Unit


class Device(models.Model):
    """One machine of a programme; `number` runs within the unit that first held it and the type."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="devices")
    device_type = models.ForeignKey(DeviceType, models.PROTECT, related_name="+", verbose_name=_("device type"))
    first_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    number = models.CharField(_("running number"), max_length=20)

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "first_unit", "device_type", "number"],
                name="device_once",
                violation_error_message=_("This unit already has a device of this type with this number."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.device_type} {self.number}"


class DeviceDescription(Record):
    """Whatever is known of a device. Empty is unknown. `is_assumed`: no source counts it, but it must exist."""

    device = models.ForeignKey(Device, models.PROTECT, related_name="descriptions")
    is_assumed = models.BooleanField(_("assumed"), default=False)
    serial_number = models.CharField(_("serial number"), max_length=80, blank=True)
    make = models.CharField(_("make"), max_length=80, blank=True)
    model = models.CharField(_("model"), max_length=120, blank=True)
    price_vnd = models.PositiveBigIntegerField(_("price (đồng)"), null=True, blank=True)
    in_use_since = models.DateField(_("in use since"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("device description")
        verbose_name_plural = _("device descriptions")
        constraints = [
            models.UniqueConstraint(
                fields=["device"],
                condition=Q(replaced_at__isnull=True),
                name="device_description_once",
                violation_error_message=_("The device is described already; correct that."),
            ),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.make, self.model, self.serial_number) if part)


class Custody(Record):
    """Which unit holds a device, from a day to a day; without a start it holds for every day before the end."""

    device = models.ForeignKey(Device, models.PROTECT, related_name="custodies")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    valid_from = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        verbose_name = _("custody")
        verbose_name_plural = _("custodies")
        constraints = [
            models.CheckConstraint(
                name="custody_in_order",
                condition=Q(valid_from__isnull=True) | Q(ended_on__isnull=True) | Q(valid_from__lt=F("ended_on")),
                violation_error_message=_("The last day must not lie before the first."),
            ),
        ]
        indexes = [models.Index(fields=["unit", "device"], name="custody_unit")]

    def __str__(self) -> str:
        return str(self.device)
