from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "motcua.reports"
    label = "reports"
    verbs = {"draft_report": _("drafted"), "save_edition": _("saved a new edition of")}
    audited_values = {"edition": _("edition"), "template": _("template")}
