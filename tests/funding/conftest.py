"""Two connections at once need a server: the SQLite of the tests lives in memory and locks the second one out."""

from django.conf import settings

collect_ignore = [] if "postgresql" in settings.DATABASES["default"]["ENGINE"] else ["test_at_once.py"]
