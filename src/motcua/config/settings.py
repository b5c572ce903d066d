"""Settings. What an operator may set is read from the environment here and listed in docs/operators/settings.md."""

import os

from csp.constants import NONE, SELF

import vanban.html
from motcua.common import data_folder
from motcua.config import database

BASE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDER = data_folder.chosen_folder()
_demo = data_folder.demonstration(FOLDER)

MOTCUA_DATA = FOLDER
MOTCUA_DEMONSTRATION = _demo is not None
MOTCUA_TODAY = _demo.today if _demo else None
MOTCUA_STARTED_AT = _demo.started_at if _demo else None
MOTCUA_TAKES_EVENTS_AT_ONCE = True
MOTCUA_FILE_LIMIT = 20 * 1024 * 1024

SECRET_KEY = data_folder.secret_key(FOLDER)
DEBUG = False
SERVED_BY_TLS = os.environ.get("MOTCUA_TLS") == "1"
ALLOWED_HOSTS = [host for host in os.environ.get("MOTCUA_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if SERVED_BY_TLS and host[:1].isalnum()]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_filters",
    "csp",
    "motcua.common",
    "motcua.accounts",
    "motcua.units",
    "motcua.registry",
    "motcua.catalogue",
    "motcua.funding",
    "motcua.equipment",
    "motcua.fieldwork",
    "motcua.followup",
    "motcua.figures",
    "motcua.reports",
    "motcua.overview",
    "motcua.operations",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "motcua.common.language.ChosenLanguageMiddleware",
    "motcua.common.sizes.SizeMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "motcua.units.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "motcua.common.access.NotAllowedMiddleware",
    "motcua.common.reading.ReadOnlyMiddleware",
]

ROOT_URLCONF = "motcua.config.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "motcua.common.context.common",
                "motcua.units.context.own_posts",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "motcua.common.templatetags.motcua",
                "motcua.registry.templatetags.papers",
            ],
        },
    }
]

# The demonstration keeps to its folder: its clock and its cast must never meet a server's real database.
_server = None if _demo else os.environ.get("MOTCUA_DATABASE")
DATABASES = {"default": {**database.settings_for(_server, FOLDER), "ATOMIC_REQUESTS": False}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
LOGIN_URL = "accounts:sign_in"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [os.path.join(BASE, "locale")]
FORMAT_MODULE_PATH = ["motcua.config.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATICFILES_DIRS = [("vanban", vanban.html.STYLESHEET.parent)]
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "motcua.common.static_files.VersionedStorage"},
}
WHITENOISE_MAX_AGE = 24 * 3600  # of an address that carries its content's digest
WHITENOISE_ALLOW_ALL_ORIGINS = False

SESSION_COOKIE_NAME = "motcua_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = SERVED_BY_TLS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SERVED_BY_TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "motcua.accounts.views.form_out_of_date"
SECURE_HSTS_SECONDS = 31536000 if SERVED_BY_TLS else 0
SECURE_SSL_REDIRECT = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
