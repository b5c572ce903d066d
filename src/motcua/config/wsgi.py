"""The WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
application = get_wsgi_application()
# Who forwards requests for others, and is believed about whom: nobody unless an operator says so.
if os.environ.get("MOTCUA_PROXY"):
    application = wrap_wsgi_with_proxy_headers(application, os.environ["MOTCUA_PROXY"].split(","))
