"""Mounts the apps' pages. An app that gets pages adds its line to `APPS`."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from motcua.accounts.urls import urlpatterns as accounts_patterns
from motcua.common.access import public
from motcua.config.api import api
from motcua.units.urls import accounts_patterns as sign_in_patterns

# prefix → the app's urls module (with an `app_name` of its own); overview, at "", comes last;
# an app whose pages are not written yet is passed over
APPS = (
    ("units/", "motcua.units.urls"),
    ("documents/", "motcua.registry.urls"),
    ("catalogue/", "motcua.catalogue.urls"),
    ("programmes/", "motcua.funding.urls"),
    ("devices/", "motcua.equipment.urls"),
    ("fieldwork/", "motcua.fieldwork.urls"),
    ("followup/", "motcua.followup.urls"),
    ("reports/", "motcua.reports.urls"),
    ("figures/", "motcua.figures.urls"),
    ("", "motcua.overview.urls"),
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("language", public(set_language), name="set_language"),
    path("accounts/", include(([*sign_in_patterns, *accounts_patterns], "accounts"))),
    path("api/v1/", api.urls),
    *(path(prefix, include(module)) for prefix, module in APPS if find_spec(module)),
]

handler400 = "django.views.defaults.bad_request"
handler403 = "django.views.defaults.permission_denied"
handler404 = "django.views.defaults.page_not_found"
handler500 = "django.views.defaults.server_error"
