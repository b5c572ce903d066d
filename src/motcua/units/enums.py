"""Kinds of unit, levels, roles."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    """The state's kinds of administrative unit; the stored value is the word itself."""

    TINH = "tỉnh", _("province")
    THANH_PHO = "thành phố", _("city")
    HUYEN = "huyện", _("rural district")
    QUAN = "quận", _("urban district")
    THI_XA = "thị xã", _("town")
    XA = "xã", _("commune")
    PHUONG = "phường", _("ward")
    THI_TRAN = "thị trấn", _("township")
    DAC_KHU = "đặc khu", _("special zone")


class Level(models.TextChoices):
    PROVINCE = "province", _("province level")
    DISTRICT = "district", _("district level")
    COMMUNE = "commune", _("commune level")


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("administrator")
    PROGRAMME_OFFICER = "programme_officer", _("programme officer")
    LEADER = "leader", _("leader")
    INSPECTOR = "inspector", _("inspector")
    CLERK = "clerk", _("commune clerk")
    AUDITOR = "auditor", _("auditor")


class Extent(models.TextChoices):
    WHOLE = "whole", _("whole")
    PART = "part", _("part")
