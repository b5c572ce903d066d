"""What every template may show."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from motcua.common import clock


def common(request: HttpRequest) -> dict[str, Any]:
    """The day, whether this is the demonstration, and who acts."""
    return {
        "today": clock.today(),
        "is_demonstration": settings.MOTCUA_DEMONSTRATION,
        "actor": getattr(request, "actor", None),
    }
