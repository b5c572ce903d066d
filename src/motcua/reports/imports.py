"""Intake of issue.json: the programme and the form in which its report is issued."""

import datetime as dt
import json
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from motcua.common import clock, records
from motcua.common.actor import Actor
from motcua.common.errors import Problem, Unreadable
from motcua.common.records import Intake
from motcua.common.tables import read_day
from motcua.funding.models import Programme
from motcua.reports.models import IssueForm
from motcua.units.models import Unit

FILE = "issue.json"
COMMITTEE = "ỦY BAN NHÂN DÂN"


@dataclass(slots=True)
class Issue:
    """What issue.json says; faults are gathered with the path of the key."""

    problems: list[Problem] = field(default_factory=list)
    programme_name: str = ""
    programme_year: int | None = None
    device_types: list[str] = field(default_factory=list)
    issuer: str = ""
    answers: str = ""
    as_of: dt.date | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    def fault(self, path: str, message: str) -> None:
        self.problems.append(Problem(FILE, None, path, message))


class _Reader:
    """Reads typed values out of JSON and notes what is wrong where."""

    def __init__(self, data: Mapping[str, Any], issue: Issue) -> None:
        self.data, self.issue = data, issue

    def value(self, path: str) -> Any:
        here: Any = self.data
        for step in path.split("."):
            here = here.get(step) if isinstance(here, dict) else None
        return here

    def text(self, path: str, *, required: bool = False, longest: int = 500) -> str:
        value = self.value(path)
        if value is None or value == "":
            if required:
                self.issue.fault(path, _("this is missing"))
            return ""
        if not isinstance(value, str) or len(value) > longest:
            self.issue.fault(path, _("this must be a text of at most %(longest)s characters") % {"longest": longest})
            return ""
        if required and not value.strip():
            self.issue.fault(path, _("this is missing"))
        return _clean(value)

    def number(self, path: str, low: int, high: int) -> int | None:
        value = self.value(path)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            message = _("this must be a whole number from %(low)s to %(high)s")
            self.issue.fault(path, message % {"low": low, "high": high})
            return None
        return value

    def day(self, path: str) -> dt.date | None:
        text = self.text(path)
        day = read_day(text) if text else None
        if text and day is None:
            self.issue.fault(path, _("“%(value)s” is not a date (write 2023-12-27)") % {"value": text})
        elif day and not clock.fits_as_of(day):
            self.issue.fault(path, _("the date %(value)s cannot be right") % {"value": text})
            return None
        return day

    def texts(self, path: str, *, longest: int = 500) -> list[str]:
        value = self.value(path)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.issue.fault(path, _("this must be a list of texts"))
            return []
        if any(len(item) > longest for item in value):
            self.issue.fault(path, _("this must be a text of at most %(longest)s characters") % {"longest": longest})
            return []
        return [text for text in map(_clean, value) if text]

    def check_objects(self, *names: str) -> None:
        """Note a fault for each of these that is there and no object."""
        for name in names:
            if not isinstance(self.data.get(name) or {}, dict):
                self.issue.fault(name, _("this must be an object"))


def _clean(text: str) -> str:
    """One Unicode form and single spaces, as in the tables of the folder."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _is_storable(data: Any) -> bool:
    """Whether no text in it holds a NUL or half of a surrogate pair: no database takes them."""
    text = json.dumps(data, ensure_ascii=False)
    return "\\u0000" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def read_issue(source: Path | bytes) -> Issue:
    """Read issue.json. Raises `Unreadable` where it is no JSON object at all."""
    content = source if isinstance(source, bytes) else source.read_bytes()
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable([Problem(FILE, None, None, _("the file is not UTF-8"))]) from error
    except (json.JSONDecodeError, RecursionError) as error:
        row = getattr(error, "lineno", None)
        raise Unreadable(
            [Problem(FILE, row, None, _("this is not valid JSON (%(error)s)") % {"error": error})]
        ) from error
    if not isinstance(data, dict):
        raise Unreadable([Problem(FILE, None, None, _("the file must hold a JSON object"))])
    if not _is_storable(data):
        raise Unreadable([Problem(FILE, None, None, _("this is not a text file"))])
    issue = Issue()
    _fill(issue, _Reader(data, issue))
    return issue


def _fill(issue: Issue, read: _Reader) -> None:
    read.check_objects("programme", "date", "issuer", "signature")
    issue.programme_name = read.text("programme.name", longest=300)
    issue.programme_year = read.number("programme.year", 1945, 2200)
    issue.device_types = read.texts("programme.device_types", longest=40)
    issue.issuer = read.text("issuer.name", required=True, longest=200)
    issue.answers = read.text("answers", longest=60)
    issue.as_of = read.day("as_of")
    issue.facts = {
        "kind": read.text("kind") or "report",
        "subject": read.text("subject") or issue.programme_name,
        "symbol": read.text("symbol", longest=30),
        "parent_name": read.text("issuer.parent", longest=200),
        "issuer_name": issue.issuer,
        "place": read.text("place", longest=120),
        "year": read.number("date.year", 1945, 2200),
        "month": read.number("date.month", 1, 12),
        "as_of": issue.as_of,
        "addressees": read.texts("addressees"),
        "recipients_heading": read.text("recipients_heading", longest=120),
        "recipients": _recipients(issue, read),
        "signature": _signature(read),
    }


def _recipients(issue: Issue, read: _Reader) -> list[dict[str, str]]:
    value = read.value("recipients") or []
    fits = isinstance(value, list) and all(isinstance(r, dict) and isinstance(r.get("name"), str) for r in value)
    if not fits:
        issue.fault("recipients", _("this must be a list of objects with a name"))
        return []
    return [{"name": _clean(r["name"]), "copy": str(r.get("copy") or "")} for r in value]


def _signature(read: _Reader) -> dict[str, str | None]:
    """Who signs; where nothing is said of the collective, a people's committee signs as a whole (DECREE30 A5)."""
    body = read.text("signature.on_behalf_of", longest=120) or None
    if "on_behalf_of" not in (read.value("signature") or {}) and read.text("issuer.name").startswith("UBND "):
        body = COMMITTEE
    return {
        "on_behalf_of": body,
        "for": read.text("signature.for", longest=120) or None,
        "title": read.text("signature.title", longest=120),
        "name": read.text("signature.name", longest=120) or None,
    }


def take_issue(
    issue: Issue,
    programme: Programme,
    unit: Unit,
    documents: Mapping[str, uuid.UUID],
    *,
    actor: Actor,
    source: str,
    intake: Intake,
) -> None:
    """Enter or correct the form in which the unit issues its report on the programme."""
    identity = uuid.uuid5(programme.pk, f"issue/{unit.pk}")
    answers = documents.get(issue.answers)
    wanted = {identity: {**issue.facts, "programme": programme, "unit": unit, "answers": answers}}
    records.reconcile(IssueForm, wanted, actor=actor, source=source, intake=intake)
