"""Kinds of finding and of judgement."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FindingKind(models.TextChoices):
    PLACED_OUTSIDE = "placed_outside", _("placed outside the one-stop section")
    SHARED = "shared", _("shared with officials")
    NOT_PRESENT = "not_present", _("not present")
    BELOW_REQUIREMENTS = "below_requirements", _("below the requirements")


class JudgementKind(models.TextChoices):
    STRENGTH = "strength", _("strength")
    SHORTCOMING = "shortcoming", _("shortcoming")
    CAUSE = "cause", _("cause")
    REMEDY = "remedy", _("remedy")
    PROPOSAL = "proposal", _("proposal")
