"""Every address says who may call it."""

import functools
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path
from ninja import NinjaAPI
from ninja.operation import PathView
from ninja.security import APIKeyHeader

from motcua.common.access import public, signed_in
from tests.house.sources import none_of

Route = tuple[str, Callable[..., Any]]

# Addresses whose view we do not write, with the reason why it needs no rule.
NOT_OURS = {
    "ninja.openapi.views.default_home": "answers only where the addresses' own list is asked for; says nothing",
}


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[Route]:
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, address)
        else:
            yield address, pattern.callback


def undeclared(all_routes: Iterator[Route]) -> list[str]:
    """Addresses that do not say who may call them."""
    return [fault for address, view in all_routes for fault in _faults(address, view)]


def _faults(address: str, view: Callable[..., Any]) -> list[str]:
    operations = _operations(view)
    if operations:
        open_ones = [each for each in operations if not each.auth_callbacks and not hasattr(each.view_func, "access")]
        return [f"{','.join(each.methods)} {address} has no auth" for each in open_ones]
    if hasattr(view, "access") or _full_name(view) in NOT_OURS:
        return []
    return [f"{address} ({_full_name(view)}) does not say who may call it"]


def _operations(view: Callable[..., Any]) -> list[Any]:
    """What an address of the API does: django-ninja keeps it in the closure of the view that it makes."""
    cells = [cell.cell_contents for cell in getattr(view, "__closure__", None) or ()]
    return [operation for cell in cells if isinstance(cell, PathView) for operation in cell.operations]


def _full_name(view: Callable[..., Any]) -> str:
    inner = view.func if isinstance(view, functools.partial) else view
    return f"{inner.__module__}.{getattr(inner, '__qualname__', type(inner).__name__)}"


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def test_every_route_declares_who_may_call_it():
    none_of(undeclared(routes(get_resolver().url_patterns)))


class TestTheGuard:
    def test_a_page_without_a_rule_is_named_also_below_another_address(self):
        inner = [path("open/", public(lambda request: HttpResponse())), path("bare/", page)]
        outer = [path("in/", signed_in(lambda request: HttpResponse())), path("under/", (inner, None, None))]
        assert undeclared(routes(outer)) == ["under/bare/ (tests.house.test_routes.page) does not say who may call it"]

    def test_an_operation_of_the_api_without_auth_is_named_unless_it_is_public(self):
        api = NinjaAPI(urls_namespace="guard", docs_decorator=public)

        class Key(APIKeyHeader):
            def authenticate(self, request: HttpRequest, key: str | None) -> None:
                return None

        api.get("/shut", auth=Key())(lambda request: None)
        api.get("/bare")(lambda request: None)
        api.get("/open")(public(lambda request: None))
        patterns, _app, _namespace = api.urls
        assert undeclared(routes(patterns)) == ["GET bare has no auth"]
