"""A GET cannot write: during it the database refuses, but for the session's own table."""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

READS = (
    "SELECT",
    "SAVEPOINT",
    "RELEASE",
    "ROLLBACK",
    "BEGIN",
    "COMMIT",
    "SET",
    "SHOW",
    "PRAGMA",
    "EXPLAIN",
    "WITH",
    "DECLARE",
    "FETCH",
    "CLOSE",
)
OWN = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "django_session"')
WRITES = re.compile(r"\b(?:INSERT|UPDATE|DELETE|MERGE)\b", re.IGNORECASE)


class WriteDuringRead(RuntimeError):
    """A page that is only read tried to write: a fault of the program."""


def _guard(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    first = sql.lstrip(" (").split(None, 1)[0].upper() if sql.strip() else ""
    reads = first in READS and not (first == "WITH" and WRITES.search(sql))
    if not reads and not OWN.match(sql):
        raise WriteDuringRead(sql[:200])
    return execute(sql, params, many, context)


class ReadOnlyMiddleware:
    """Wraps safe requests in the guard."""

    def __init__(self, next_step: Callable[[HttpRequest], HttpResponse]) -> None:
        self.next_step = next_step

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            return self.next_step(request)
        with connection.execute_wrapper(_guard):
            return self.next_step(request)
