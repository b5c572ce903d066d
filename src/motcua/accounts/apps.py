from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "motcua.accounts"
    label = "accounts"
    verbs = {"sign_in": _("signed in"), "change_own_password": _("changed the own password of")}
