"""Making a folder ready: it exists, its tables are there, its triggers stand."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from motcua.common import triggers
from motcua.common.data_folder import DATABASE_FILE
from motcua.common.errors import Refused

LOCK = 0x4D4F5443
LOCK_FILE = "upgrade.lock"
WAIT = 120
"""Seconds for which a second start waits for the first one's upgrade."""


def make_ready() -> None:
    """Create or upgrade the database where needed. Raises `Refused` where triggers are missing."""
    _make_private()
    if waiting():
        print(_("Preparing the database …"), file=sys.stderr)
        upgrade()
    missing = triggers.missing()
    if missing:
        with _alone():  # another start may be about to install them
            missing = triggers.missing()
    if missing:
        message = _("The database has lost what keeps its records: %(names)s. Run “motcua migrate”.")
        raise Refused(message % {"names": ", ".join(missing)})


def upgrade() -> list[str]:
    """Bring the database up to date and make every trigger anew; the migrations that were applied."""
    _make_private()
    with _alone():
        applied = waiting()
        call_command("migrate", verbosity=0, stdout=StringIO())
        triggers.install()
    return applied


def _make_private() -> None:
    """What is made new is its owner's alone, also in a folder that others may look into; what is there stays as it is.

    SQLite gives the files beside its database the database's own permissions.
    """
    folder = Path(settings.MOTCUA_DATA)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / "files").mkdir(mode=0o700, exist_ok=True)
    if connection.vendor == "sqlite":
        (folder / DATABASE_FILE).touch(mode=0o600)


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until nobody else upgrades the same database. Both locks end with the process that holds them."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        return
    with closing(sqlite3.connect(Path(settings.MOTCUA_DATA) / LOCK_FILE, timeout=WAIT, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield


def waiting() -> list[str]:
    """Migrations that the database has not seen, as "app.name"."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]
