"""What every template may show."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from motcua.common import clock

DRAFTS_DONE = "drafts_done"


def common(request: HttpRequest) -> dict[str, Any]:
    """The day, whether this is the demonstration, who acts, and which drafts have been sent."""
    return {
        "today": clock.today(),
        "is_demonstration": settings.MOTCUA_DEMONSTRATION,
        "actor": getattr(request, "actor", None),
        "take_drafts_done": _taker(request),
    }


def _taker(request: HttpRequest) -> Callable[[], str]:
    """The pages whose drafts are no longer needed, said once, to the next whole page."""

    def take() -> str:
        session = getattr(request, "session", None)
        return " ".join(session.pop(DRAFTS_DONE)) if session and DRAFTS_DONE in session else ""

    return take
