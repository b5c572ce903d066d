"""Triggers that keep what must not change: installed after every migration, checked at every start.

SQLite loses a table's triggers when Django rebuilds it, so they are dropped and made anew
after each migration on both engines.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models

from motcua.common.models import AuditEntry, Record

PREFIX = "motcua_"
REFUSE_FUNCTION = """
CREATE OR REPLACE FUNCTION motcua_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger with its SQL for each engine (`extra` is run before it, on PostgreSQL)."""

    name: str
    table: str
    sqlite: str
    postgresql: str
    extra: str = ""


_more: list[Callable[[], Iterable[Trigger]]] = []


def register(source: Callable[[], Iterable[Trigger]]) -> None:
    """An app's own triggers (called from its AppConfig)."""
    _more.append(source)


def expected() -> list[Trigger]:
    """Every trigger that must stand in the database."""
    triggers = [trigger for model in _guarded() for trigger in _guards(model)]
    return triggers + [trigger for source in _more for trigger in source()]


def install(**_signal: Any) -> None:
    """Make every trigger anew (a `post_migrate` receiver, run once all tables are there)."""
    tables = set(connection.introspection.table_names())
    wanted = [trigger for trigger in expected() if trigger.table in tables]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(REFUSE_FUNCTION)
        for trigger in wanted:
            for statement in _statements(trigger):
                cursor.execute(statement)


def drop() -> None:
    """Take all triggers away: for a restore, and for tests that empty tables."""
    standing = present()
    with connection.cursor() as cursor:
        for trigger in expected():
            if trigger.name in standing:
                cursor.execute(_drop(trigger))


def present() -> set[str]:
    """Names of our triggers that stand in the database."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall() if name.startswith(PREFIX)}


def missing() -> list[str]:
    """Triggers that should stand and do not; empty when all is well."""
    return sorted({trigger.name for trigger in expected()} - present())


def refusal(name: str, table: str, when: str, message: str, condition: str = "") -> Trigger:
    """A trigger that refuses `when` ("DELETE", "UPDATE OF a, b") with a message, on a condition."""
    clause = f"WHEN ({condition}) " if condition else ""
    said = message.replace("'", "''")
    head = f"CREATE TRIGGER {PREFIX}{name} BEFORE {when} ON {table} FOR EACH ROW {clause}"
    sqlite = f"{head}BEGIN SELECT RAISE(ABORT, '{said}'); END"
    return Trigger(f"{PREFIX}{name}", table, sqlite, f"{head}EXECUTE FUNCTION motcua_refuse('{said}')")


def _guarded() -> list[type[models.Model]]:
    kept: list[type[models.Model]] = [AuditEntry, *(m for m in apps.get_models() if getattr(m, "append_only", False))]
    return kept + [model for model in apps.get_models() if issubclass(model, Record)]


def _guards(model: type[models.Model]) -> list[Trigger]:
    table = model._meta.db_table
    columns = [field.column for field in model._meta.concrete_fields]
    closes = "replaced_at" in columns
    fixed = ", ".join(f'"{column}"' for column in columns if column != "replaced_at")
    guards = [
        refusal(f"{table}_keep", table, "DELETE", f"{table}: a record is never deleted"),
        refusal(f"{table}_fix", table, f"UPDATE OF {fixed}", f"{table}: a record is never changed"),
    ]
    if closes:
        message = f"{table}: a record is replaced once"
        guards.append(
            refusal(f"{table}_once", table, 'UPDATE OF "replaced_at"', message, "OLD.replaced_at IS NOT NULL")
        )
    return guards


def _statements(trigger: Trigger) -> list[str]:
    if connection.vendor == "sqlite":
        return [_drop(trigger), trigger.sqlite]
    return [*filter(None, [trigger.extra]), _drop(trigger), trigger.postgresql]


def _drop(trigger: Trigger) -> str:
    where = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {trigger.name}{where}"
