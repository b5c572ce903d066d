from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundingConfig(AppConfig):
    name = "motcua.funding"
    label = "funding"
    verbs = {
        "start_programme": _("started"),
        "record_own_money": _("entered"),
        "take_back_own_money": _("took back"),
    }

    def ready(self) -> None:
        from motcua.common.triggers import register
        from motcua.funding.triggers import money_triggers

        register(money_triggers)
