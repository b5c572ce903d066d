"""What can be asked of a device, and the answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Attribute(models.TextChoices):
    """One question about a device."""

    PRESENT = "present", _("present")
    WORKING = "working", _("working")
    MEETS = "meets_requirements", _("meets the requirements")
    PLACEMENT = "placement", _("placement")
    USE_MODE = "use_mode", _("use mode")


class YesNo(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")


class Placement(models.TextChoices):
    ONE_STOP = "one_stop", _("in the one-stop section")
    OUTSIDE = "outside", _("outside the one-stop section")
    ELSEWHERE = "elsewhere", _("elsewhere")


class UseMode(models.TextChoices):
    DEDICATED = "dedicated", _("dedicated to citizens")
    SHARED = "shared", _("shared with officials")
    STAFF = "staff", _("officials only")
    UNUSED = "unused", _("not in use")


ANSWERS: dict[str, type[models.TextChoices]] = {
    Attribute.PRESENT: YesNo,
    Attribute.WORKING: YesNo,
    Attribute.MEETS: YesNo,
    Attribute.PLACEMENT: Placement,
    Attribute.USE_MODE: UseMode,
}
"""The choices that each question has."""


class Source(models.TextChoices):
    """Who says it."""

    INSPECTED = "inspected", _("inspected")
    DECLARED = "declared", _("declared by the unit")
    REPORTED = "reported", _("reported, source not given")


class RoundKind(models.TextChoices):
    INSPECTION = "inspection", _("inspection")
    DECLARATION = "declaration", _("declaration")
    REPORT = "report", _("report")
