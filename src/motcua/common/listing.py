"""Lists in tables: searched, filtered, sorted and paged from what stands in the URL.

Takes plain rows (dataclasses, mappings) or a queryset. Plain rows are sorted by the
Vietnamese alphabet and searched without regard to diacritics; a queryset is asked of the database.
"""

import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import xlsxwriter
from django.core.paginator import Page, Paginator
from django.db.models import F, Model, Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.common import clock
from motcua.common.attachments import attached
from vanban.words import fold, sort_key

PAGE_SIZE = 50
STATES = (("yes", gettext_lazy("yes")), ("no", gettext_lazy("no")), ("unknown", gettext_lazy("unknown")))
"""Choices of a filter over something that is yes, no or unknown."""

Rows = Sequence[Any] | QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `key` is the attribute (or path, "unit.name") that the cell shows.

    `sort`: "" not sortable; else the path, or for a queryset the lookup, to sort by; or a function of
    the row. `css`: "number", "mid". `export`: what the spreadsheet holds, where it is not the `key`'s value.
    """

    key: str
    label: str | Promise
    sort: str | Callable[[Any], Any] = ""
    css: str = ""
    export: Callable[[Any], Any] | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of the toolbar; `by` is the path (for a queryset the lookup), or a test of row and value."""

    key: str
    label: str | Promise
    choices: Sequence[tuple[str, Any]]
    by: str | Callable[[Any, str], bool]


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head as the table shows it; `url` is empty where the column is not sortable."""

    label: str | Promise
    css: str
    url: str
    direction: str


class Listing:
    """What a table shows of `rows` for the parameters of a GET: `q`, `sort`, `page`, `export` and the filters' keys.

    `folded`: for a queryset, the column that holds the text to search in as `vanban.words.fold` writes it.
    """

    def __init__(
        self,
        params: QueryDict,
        rows: Rows,
        columns: Sequence[Column],
        *,
        search: Sequence[str] = (),
        folded: str = "",
        filters: Sequence[Filter] = (),
        order: str = "",
        page_size: int = PAGE_SIZE,
    ) -> None:
        self.params, self.source, self.columns = params, rows, tuple(columns)
        self.search, self.folded = tuple(search) or ((folded,) if folded else ()), folded
        self.filters, self.page_size = tuple(filters), page_size
        self.query = params.get("q", "").strip()[:200]
        self.sort = self._known_sort(params.get("sort", "")) or order
        self._by_key = {column.key: column for column in columns}

    def column(self, key: str) -> Column:
        return self._by_key[key]

    @cached_property
    def total(self) -> int:
        """How many rows there are before search and filters."""
        return self.source.count() if isinstance(self.source, QuerySet) else len(self.source)

    @cached_property
    def all_rows(self) -> Rows:
        """Every row that fits, in order: for totals and for the spreadsheet."""
        if isinstance(self.source, QuerySet):
            return self._asked_of_database(self.source)
        return self._sorted([row for row in self.source if self._fits(row)])

    @cached_property
    def page(self) -> Page:
        return Paginator(self.all_rows, self.page_size).get_page(self.params.get("page"))

    @property
    def rows(self) -> Sequence[Any]:
        """The rows of the page asked for."""
        return list(self.page.object_list)

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def is_narrowed(self) -> bool:
        """Whether search or a filter leaves rows out."""
        return bool(self.query) or any(self.chosen(narrowing) for narrowing in self.filters)

    def chosen(self, narrowing: Filter) -> str:
        """The filter's value in the URL; empty for one that it does not offer."""
        value = self.params.get(narrowing.key, "")
        return value if value in {str(choice) for choice, _label in narrowing.choices} else ""

    @property
    def toolbar(self) -> list[dict[str, Any]]:
        """The filters as the toolbar shows them."""
        return [
            {
                "key": f.key,
                "label": f.label,
                "choices": [(str(v), name) for v, name in f.choices],
                "now": self.chosen(f),
            }
            for f in self.filters
        ]

    @property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.columns]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Parameters that a search must not lose: the order, the day asked for."""
        own = {"q", "page", "export", *(narrowing.key for narrowing in self.filters)}
        return [(key, value) for key, values in self.params.lists() if key not in own for value in values]

    def url(self, **changes: Any) -> str:
        """The query string with changes (None drops a parameter)."""
        params = self.params.copy()
        for key, value in changes.items():
            params.pop(key, None)
            if value not in (None, ""):
                params[key] = str(value)
        return "?" + params.urlencode()

    @property
    def bare_url(self) -> str:
        """The list without search and filters."""
        return self.url(q=None, page=None, **{narrowing.key: None for narrowing in self.filters})

    @property
    def pages(self) -> list[dict[str, Any]]:
        """Links to the pages near the one shown; a gap has no url."""
        shown = self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1)
        return [
            {"name": str(n), "url": self.url(page=n) if isinstance(n, int) else "", "current": n == self.page.number}
            for n in shown
        ]

    @property
    def export_url(self) -> str:
        return self.url(export="xlsx", page=None)

    @property
    def is_export(self) -> bool:
        """Whether the spreadsheet was asked for: then the view answers with `spreadsheet(listing, …)`."""
        return self.params.get("export") == "xlsx"

    def _known_sort(self, asked: str) -> str:
        sortable = {column.key for column in self.columns if column.sort}
        return asked if asked.removeprefix("-") in sortable else ""

    def _head(self, column: Column) -> Head:
        if not column.sort:
            return Head(column.label, column.css, "", "")
        direction = {column.key: "ascending", f"-{column.key}": "descending"}.get(self.sort, "")
        wanted = f"-{column.key}" if direction == "ascending" else column.key
        return Head(column.label, column.css, self.url(sort=wanted, page=None), direction)

    def _fits(self, row: Any) -> bool:
        for narrowing in self.filters:
            chosen = self.chosen(narrowing)
            if chosen and not _passes(narrowing, row, chosen):
                return False
        wanted = fold(self.query).split()
        if not wanted:
            return True
        text = fold(" ".join(str(value_at(row, path) or "") for path in self.search))
        return all(word in text for word in wanted)

    def _sorted(self, rows: list[Any]) -> list[Any]:
        column = self._by_key.get(self.sort.removeprefix("-"))
        if column is None or not column.sort:
            return rows
        known: list[tuple[Any, Any]] = []
        unknown = []
        for row in rows:
            value = column.sort(row) if callable(column.sort) else value_at(row, column.sort)
            if value is None or value == "":
                unknown.append(row)
            else:
                known.append((sort_key(str(value)) if _is_text(value) else value, row))
        known.sort(key=lambda pair: pair[0], reverse=self.sort.startswith("-"))
        return [row for _key, row in known] + unknown

    def _asked_of_database(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        for narrowing in self.filters:
            chosen = self.chosen(narrowing)
            if chosen and isinstance(narrowing.by, str):
                rows = rows.filter(_condition(narrowing.by, chosen))
        for word in (fold(self.query) if self.folded else self.query).split():
            rows = rows.filter(self._holds(word))
        column = self._by_key.get(self.sort.removeprefix("-"))
        if column is None or not isinstance(column.sort, str) or not column.sort:
            return rows if rows.query.order_by or rows.query.default_ordering else rows.order_by("pk")
        by = F(column.sort)
        ordered = by.desc(nulls_last=True) if self.sort.startswith("-") else by.asc(nulls_last=True)
        return rows.order_by(ordered, "pk")

    def _holds(self, word: str) -> Q:
        if self.folded:
            return Q(**{f"{self.folded}__contains": word})
        fits = Q()
        for path in self.search:
            fits |= Q(**{f"{path}__icontains": word})
        return fits


def value_at(row: Any, path: str) -> Any:
    """The value at a path ("unit.full_name") of attributes or keys; None where the path breaks off."""
    for name in path.replace("__", ".").split("."):
        if row is None:
            return None
        row = row.get(name) if isinstance(row, Mapping) else getattr(row, name)
        row = row() if callable(row) and not isinstance(row, Model) else row
    return row


def spreadsheet(listing: Listing, name: str) -> HttpResponse:
    """The list's rows (all that fit, not one page) as an Excel workbook called `name`.xlsx."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet()
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        day, whole = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "#,##0"})
        for place, column in enumerate(listing.columns):
            sheet.write_string(0, place, str(column.label), head)
            sheet.set_column(place, place, 14 if column.css == "number" else 24)
        sheet.freeze_panes(1, 1)
        for number, row in enumerate(listing.all_rows, start=1):
            for place, column in enumerate(listing.columns):
                value = column.export(row) if column.export else value_at(row, column.key)
                sheet.write(number, place, *_cell(value, day, whole))
        book.set_properties({"created": dt.datetime.combine(clock.today(), dt.time())})
    answer = HttpResponse(
        target.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    return attached(answer, f"{name}.xlsx")


def _cell(value: Any, day: Any, whole: Any) -> tuple[Any, ...]:
    if value is None or value == "":
        return (_("unknown"),)
    if isinstance(value, bool):
        return (_("yes") if value else _("no"),)
    if isinstance(value, dt.datetime):
        return (value.astimezone(clock.HANOI).replace(tzinfo=None), day)
    if isinstance(value, dt.date):
        return (value, day)
    if isinstance(value, int):
        return (value, whole)
    return (value,) if isinstance(value, float) else (str(value),)


def _passes(narrowing: Filter, row: Any, chosen: str) -> bool:
    if callable(narrowing.by):
        return narrowing.by(row, chosen)
    return _as_parameter(value_at(row, narrowing.by)) == chosen


def _as_parameter(value: Any) -> str:
    if value is None or value == "":
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _condition(lookup: str, chosen: str) -> Q:
    if chosen == "unknown":
        return Q(**{f"{lookup}__isnull": True})
    return Q(**{lookup: {"yes": True, "no": False}.get(chosen, chosen)})


def _is_text(value: Any) -> bool:
    return not isinstance(value, int | float | dt.date | dt.time | tuple)
