"""Something low causes something high: events told upwards, taken after the transaction.

`append` is called inside an action; a higher app registers a taker in its AppConfig.
`drain` runs the takers, each event in a transaction of its own, in the order told.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction

from motcua.common import clock
from motcua.common.models import OutboxEvent

Taker = Callable[[Mapping[str, Any]], None]
_takers: dict[str, list[Taker]] = {}


def taker(event: str) -> Callable[[Taker], Taker]:
    """Register a function that takes an event; several may take the same."""

    def register(function: Taker) -> Taker:
        _takers.setdefault(event, []).append(function)
        return function

    return register


def takers() -> dict[str, list[Taker]]:
    """Every event that somebody takes, for the documentation's test."""
    return {name: list(functions) for name, functions in _takers.items()}


def append(name: str, **payload: Any) -> None:
    """Tell an event in the running transaction; it is taken once that has been committed."""
    OutboxEvent.objects.create(name=name, payload=payload, happened_at=clock.now())
    if settings.MOTCUA_TAKES_EVENTS_AT_ONCE:
        transaction.on_commit(drain, robust=True)


def drain() -> int:
    """Take every waiting event; returns how many were taken."""
    taken = 0
    while _take_next():
        taken += 1
    return taken


def _take_next() -> bool:
    with transaction.atomic():
        waiting = OutboxEvent.objects.select_for_update(skip_locked=_can_skip_locked())
        event = waiting.filter(taken_at__isnull=True).order_by("id").first()
        if event is None:
            return False
        for function in _takers.get(event.name, []):
            function(event.payload)
        event.taken_at = clock.now()
        event.save(update_fields=["taken_at"])
        return True


def _can_skip_locked() -> bool:
    return transaction.get_connection().features.has_select_for_update_skip_locked
