from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EquipmentConfig(AppConfig):
    name = "motcua.equipment"
    label = "equipment"
    verbs = {"enter_device": _("entered the device"), "withdraw_device": _("withdrew the device")}
    audited_values = {"type": _("device type")}
