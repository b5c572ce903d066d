"""Errors that a person reads: each says what is wrong, where, and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _


class Refused(Exception):
    """An action was refused for a reason in the facts; nothing was written."""


class NotAllowed(Exception):
    """In reach, but this post may not do it (answered 403 with this reason)."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in a file: the row is counted as the spreadsheet shows it, the header being row 1."""

    file: str
    row: int | None
    column: str | None
    message: str

    def __str__(self) -> str:
        place = [self.file]
        if self.row is not None:
            place.append(_("row %(row)s") % {"row": self.row})
        if self.column:
            item = _("item %(item)s") % {"item": self.column}
            place.append(item if self.file.endswith(".json") else _("column %(column)s") % {"column": self.column})
        return f"{', '.join(place)}: {self.message}"


class Unreadable(Refused):
    """A file or a folder could not be taken in; every fault found is listed."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
