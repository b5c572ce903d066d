"""Where a run's key leads: the page of its figure, its document."""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from motcua.reports.models import Report
from motcua.units.queries import UnitAt


def links_of(report: Report, unit: UnitAt, request: HttpRequest | None = None) -> Callable[[str], str | None]:
    """A function from key to address: paths for the preview, whole addresses (with a request) for a file."""
    query = urlencode({"unit": unit.code, "as_of": report.as_of.isoformat()})

    def link(key: str) -> str | None:
        kind, *rest = key.split(":")
        try:
            if kind == "figure":
                address = f"{reverse('figures:figure', args=[report.programme.key, rest[0]])}?{query}"
            elif kind == "citation":
                address = reverse("registry:document", args=[rest[0]])
            else:
                return None
        except NoReverseMatch:
            return None
        return request.build_absolute_uri(address) if request else address

    return link
