"""Reading tables that people made: every fault is named by file, row and column.

Rows are counted as a spreadsheet shows them: the header is row 1. An empty cell is
unknown (None). Spaces of any kind, and line breaks in a cell, count as one space.
Nothing here raises for one bad cell; faults gather in `Table.problems`.
"""

import csv
import datetime as dt
import io
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from motcua.common import clock
from motcua.common.errors import Problem, Unreadable

LARGEST_FILE = 64 * 1024 * 1024
YES_NO = {"yes": True, "no": False}


@dataclass(slots=True)
class Table:
    """A file's rows and the faults found in them so far."""

    file: str
    rows: "list[Row]" = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def fault(self, message: str, row: int | None = None, column: str | None = None) -> None:
        self.problems.append(Problem(self.file, row, column, message))


@dataclass(slots=True)
class Row:
    """One row; the readers below return None and note a fault where a cell is wrong."""

    table: Table
    number: int
    cells: Mapping[str, str]

    def fault(self, column: str | None, message: str) -> None:
        self.table.fault(message, self.number, column)

    def text(self, column: str, *, required: bool = False, longest: int = 500) -> str:
        value = self.cells.get(column, "")
        if required and not value:
            self.fault(column, _("this cell is empty, and it must not be"))
        if len(value) > longest:
            self.fault(column, _("longer than %(longest)s characters") % {"longest": longest})
        return value[:longest]

    def choice(self, column: str, choices: Collection[str], *, required: bool = False) -> str:
        value = self.text(column, required=required)
        if value and value not in choices:
            known = ", ".join(choices)
            self.fault(column, _("“%(value)s” is not one of: %(known)s") % {"value": value, "known": known})
            return ""
        return value

    def yes_no(self, column: str) -> bool | None:
        value = self.choice(column, YES_NO)
        return YES_NO.get(value)

    def day(self, column: str, *, required: bool = False, fact: bool = True) -> dt.date | None:
        """A date (2023-12-27, or 27/12/2023); a fact cannot lie in the future."""
        value = self.text(column, required=required)
        if not value:
            return None
        day = read_day(value)
        if day is None:
            self.fault(column, _("“%(value)s” is not a date (write 2023-12-27 or 27/12/2023)") % {"value": value})
        elif day < clock.EARLIEST or not (fact or clock.fits_as_of(day)):
            self.fault(column, _("the date %(value)s cannot be right") % {"value": value})
        elif fact and not clock.fits_fact(day):
            self.fault(
                column,
                _("the date %(value)s is in the future (today is %(today)s)")
                % {"value": f"{day:%d/%m/%Y}", "today": f"{clock.today():%d/%m/%Y}"},
            )
        else:
            return day
        return None

    def amount(self, column: str) -> int | None:
        """Whole đồng above zero: 28800000, or 28.800.000."""
        value = self.text(column, required=True)
        digits = value.replace(".", "") if _grouped(value) else value
        if not value:
            return None
        if not (digits.isascii() and digits.isdigit()):
            self.fault(column, _("“%(value)s” is not a whole amount of đồng") % {"value": value})
        elif not 0 < int(digits) < 10**15:
            self.fault(
                column, _("the amount %(value)s must be above zero and below a million billion") % {"value": value}
            )
        else:
            return int(digits)
        return None


def read_day(value: str) -> dt.date | None:
    """A date as ISO or as Vietnamese officials write it; None where it is neither."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(value, form).date()
        except ValueError:
            continue
    return None


def read_table(source: Path | bytes, file: str, *, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> Table:
    """The rows of a CSV file. Raises `Unreadable` where it is no such table at all."""
    text = _decode(_bytes(source, file), file)
    table = Table(file)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        _fill(table, reader, required, optional)
    except csv.Error as error:
        row = reader.line_num
        message = _("the row cannot be read as CSV (%(error)s); is a quotation mark left open?") % {"error": error}
        raise Unreadable([*table.problems, Problem(file, row, None, message)]) from error
    return table


def _fill(table: Table, reader: Iterable[list[str]], required: tuple[str, ...], optional: tuple[str, ...]) -> None:
    header: list[str] = []
    for number, raw in enumerate(reader, start=1):
        cells = [" ".join(unicodedata.normalize("NFC", cell).split()) for cell in raw]
        if number == 1:
            header = _header(table, cells, required, optional)
        elif any(cells):
            if len(cells) > len(header) and any(cells[len(header) :]):
                table.fault(_("the row has more cells than the header"), number)
            padded = cells + [""] * (len(header) - len(cells))
            table.rows.append(Row(table, number, dict(zip(header, padded, strict=False))))
    if not header:
        raise Unreadable([Problem(table.file, None, None, _("the file is empty; its first row must name the columns"))])


def _header(table: Table, cells: list[str], required: tuple[str, ...], optional: tuple[str, ...]) -> list[str]:
    missing = [name for name in required if name not in cells]
    if missing:
        message = _("the first row must name the columns; missing: %(names)s") % {"names": ", ".join(missing)}
        raise Unreadable([Problem(table.file, 1, None, message)])
    for name in {name for name in cells if name and cells.count(name) > 1}:
        table.fault(_("this column stands twice"), 1, name)
    for name in cells:
        if name and name not in (*required, *optional):
            table.fault(
                _("this column is not known; known: %(names)s") % {"names": ", ".join((*required, *optional))}, 1, name
            )
    return cells


def _bytes(source: Path | bytes, file: str) -> bytes:
    if isinstance(source, bytes):
        return source
    if source.stat().st_size > LARGEST_FILE:
        raise Unreadable([Problem(file, None, None, _("the file is larger than 64 MB"))])
    return source.read_bytes()


def _decode(content: bytes, file: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        message = _("the file is not UTF-8; save it as “CSV UTF-8”")
        raise Unreadable([Problem(file, row, None, message)]) from error
    if "\x00" in text:
        raise Unreadable([Problem(file, None, None, _("this is not a text file"))])
    return text


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return ";" if ";" in first and "," not in first else ","


def _grouped(value: str) -> bool:
    groups = value.split(".")
    return len(groups) > 1 and 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
