"""Copying a whole database out and in while others use it: SQLite by its online backup, PostgreSQL by its programs."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.common import triggers
from motcua.common.errors import Refused

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
WAIT_MS = 20_000
DEBIAN = Path("/usr/lib/postgresql")
Counts = Mapping[str, int]


def copy_out(to: Path) -> tuple[Counts, list[tuple[str, int]], list[str]]:
    """Copy the database into a file; rows by table, stored files (hash, size) and migrations as the copy holds them."""
    if connection.vendor == "sqlite":
        with closing(_open(database_file())) as live, closing(sqlite3.connect(to)) as copy:
            live.backup(copy)
        with closing(sqlite3.connect(to)) as copy:
            copy.execute("PRAGMA journal_mode=DELETE")
            return _described(lambda sql: copy.execute(sql).fetchall())
    with _snapshot() as snapshot:
        described = _described(_ask)
        pg_dump = ["pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--snapshot={snapshot}", f"--file={to}"]
        _run(pg_dump, to.parent)
        return described


def copy_in(source: Path) -> None:
    """Replace the whole database by a copy in one transaction: then all of it is there, or nothing has changed."""
    if connection.vendor == "sqlite":
        connection.close()
        with closing(sqlite3.connect(source)) as copy, closing(_open(database_file())) as live:
            _drop_foreign(copy)
            copy.backup(live)
        return
    script = source.with_suffix(".sql")
    dropped = source.with_suffix(".drop.sql")
    dropped.write_text(_drop_everything(), encoding="utf-8")
    connection.close()
    _run(["pg_restore", "--no-owner", "--no-acl", f"--file={script}", str(source)], source.parent)
    psql = ["psql", "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output", os.devnull]
    _run([*psql, f"--file={dropped}", f"--file={script}", connection.settings_dict["NAME"]], source.parent)


def _drop_foreign(copy: sqlite3.Connection) -> None:
    """Take out of a copy the triggers and views that are none of ours: no backup brings a program of its own."""
    ours = {trigger.name for trigger in triggers.expected()}
    for kind, name in copy.execute("SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchall():
        if name not in ours:
            quoted = name.replace('"', '""')
            copy.execute(f'DROP {kind} "{quoted}"')
    copy.commit()


def describe_copy(copy: Path) -> Counts | None:
    """Rows by table in a copy; None for PostgreSQL, whose copies cannot be asked before they are taken in.

    Raises `Refused` where the copy is no sound database.
    """
    if connection.vendor != "sqlite":
        _run(["pg_restore", "--list", str(copy)], copy.parent)
        return None
    try:
        with closing(sqlite3.connect(f"file:{copy.as_posix()}?mode=ro", uri=True)) as opened:
            faults = [row[0] for row in opened.execute("PRAGMA integrity_check") if row[0] != "ok"]
            faults += [f"{row[0]} → {row[2]}" for row in opened.execute("PRAGMA foreign_key_check")]
            counts, _files, _migrations = _described(lambda sql: opened.execute(sql).fetchall())
    except sqlite3.DatabaseError as error:
        raise Refused(_("The database in the backup is damaged: %(error)s") % {"error": error}) from error
    if faults:
        raise Refused(_("The database in the backup is damaged: %(error)s") % {"error": "; ".join(faults[:5])})
    return counts


def count_rows() -> Counts:
    """Rows by table in the database in use."""
    return _described(_ask)[0]


def refuse_without_programs() -> None:
    """Raise `Refused` where PostgreSQL's own programs are needed and not there."""
    if connection.vendor == "postgresql":
        for name in ("pg_dump", "pg_restore", "psql"):
            _program(name)


def database_file() -> Path:
    return Path(connection.settings_dict["NAME"])


def _described(ask: Callable[[str], list[Any]]) -> tuple[Counts, list[tuple[str, int]], list[str]]:
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    standing = {row[0] for row in ask(_TABLES[connection.vendor])}
    counts = {name: int(ask(f'SELECT COUNT(*) FROM "{name}"')[0][0]) for name in sorted(tables & standing)}  # noqa: S608 (our own tables)
    files = ask("SELECT sha256, size FROM registry_storedfile ORDER BY sha256")
    applied = ask("SELECT app, name FROM django_migrations ORDER BY app, name")
    return counts, [(row[0], row[1]) for row in files], [f"{app}.{name}" for app, name in applied]


_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
}


def _ask(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def _open(path: Path) -> sqlite3.Connection:
    opened = sqlite3.connect(path, timeout=WAIT_MS / 1000)
    opened.execute(f"PRAGMA busy_timeout={WAIT_MS}")
    return opened


@contextmanager
def _snapshot() -> Iterator[str]:
    """One moment of a PostgreSQL database that pg_dump sees too."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield _ask("SELECT pg_export_snapshot()")[0][0]


def _drop_everything() -> str:
    """SQL that empties the schema: the database is Motcua's alone."""
    tables = [row[0] for row in _ask(_TABLES["postgresql"])]
    functions = _ask(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = current_schema()::regnamespace "
        "AND proname LIKE 'motcua\\_%'"
    )
    statements = [f'DROP TABLE IF EXISTS "{name}" CASCADE;' for name in tables]
    return "\n".join([*statements, *(f"DROP FUNCTION IF EXISTS {row[0]} CASCADE;" for row in functions)])


def _program(name: str) -> str:
    """One of PostgreSQL's programs: on the path, else the newest that Debian keeps."""
    kept = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: path.parts[-3].zfill(4))
    found = shutil.which(name) or (str(kept[-1]) if kept else None)
    if found is None:
        message = _(
            "The program %(name)s is missing; it belongs to PostgreSQL's client programs "
            "(Debian: apt-get install postgresql-client)."
        )
        raise Refused(message % {"name": name})
    return found


def _run(command: list[str], folder: Path) -> None:
    """Run a program of PostgreSQL against the database in use. Raises `Refused` with its own words."""
    place = connection.settings_dict
    given = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    env = {**os.environ, **{name: str(place[key]) for name, key in given.items() if place[key]}}
    options = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "options": "PGOPTIONS"}
    env |= {options[name]: str(value) for name, value in place["OPTIONS"].items() if name in options}
    program = _program(command[0])
    done = subprocess.run(  # noqa: S603 (a program that we found, arguments of our own)
        [program, *command[1:]], env=env, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()[-2000:]
        raise Refused(_("%(name)s failed: %(said)s") % {"name": command[0], "said": said})
