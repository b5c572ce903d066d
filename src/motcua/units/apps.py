from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    name = "motcua.units"
    label = "units"
    verbs = {
        "add_unit": _("added"),
        "add_person": _("added"),
        "correct_person": _("corrected"),
        "give_password": _("gave a new password to"),
        "deactivate_person": _("ended the sign-in of"),
        "reactivate_person": _("let sign in again"),
    }
