"""Audit entries in words: what was done, and each value before and after.

An app names its own verbs in its AppConfig, `verbs = {"merge_units": _("merged units")}`, and what it audits that is no
field of the thing: `audited_values = {"edition": _("edition")}`. Where it knows the words of a lower app's values it
gives them: `audited_choices = {"judgement.concerns": words}`, a function.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.common.models import AuditEntry
from motcua.common.tables import read_day

VERBS = {
    "enter": gettext_lazy("entered"),
    "correct": gettext_lazy("corrected"),
    "withdraw": gettext_lazy("withdrew"),
}
POSTS = {"operator": gettext_lazy("operator of the system"), "person": ""}  # who acts in no post of a unit
YES_NO = {True: gettext_lazy("yes"), False: gettext_lazy("no")}


@dataclass(frozen=True, slots=True)
class Change:
    """One value: what it is called, and what it was before and after (None: nothing was said)."""

    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as a page shows it."""

    at: dt.datetime
    who: str
    post: str
    unit: str
    verb: str
    thing: str
    name: str
    reason: str
    changes: tuple[Change, ...]

    @property
    def said(self) -> str:
        """What was done in one line: verb, kind of thing, its name."""
        return " ".join(filter(None, (self.verb, self.thing, self.name)))

    @property
    def changes_said(self) -> str:
        """The changes in one cell of a spreadsheet."""
        return "; ".join(f"{each.label}: {each.before or '…'} → {each.after or '…'}" for each in self.changes)


def entries_of(*things: models.Model) -> models.QuerySet[AuditEntry]:
    """What was written of these things, which the caller has reached, the latest first; a record means all of its."""
    identities: dict[str, list[str]] = {}
    for thing in things:
        identity = str(getattr(thing, "origin_id", None) or thing.pk)
        identities.setdefault(thing._meta.model_name or "", []).append(identity)
    about = models.Q(pk__in=[])
    for kind, those in identities.items():
        about |= models.Q(object_type=kind, object_id__in=those)
    return AuditEntry.objects.filter(about).order_by("-at", "-pk")


def history_of(thing: models.Model, most: int = 100) -> list[AuditEntry]:
    """What was written of one thing, the latest `most` entries."""
    return list(entries_of(thing)[:most])


def line(entry: AuditEntry) -> Line:
    """An entry in words."""
    model = _model(entry.object_type)
    return Line(
        at=entry.at,
        who=entry.actor.get("name", ""),
        post=str(POSTS.get(entry.actor.get("post", ""), entry.actor.get("post", ""))),
        unit=entry.actor.get("unit", ""),
        verb=verb(entry.verb),
        thing=str(model._meta.verbose_name) if model else entry.object_type,
        name=entry.object_name,
        reason=entry.reason,
        changes=tuple(_changes(model, entry.before or {}, entry.after or {})),
    )


def verbs() -> dict[str, str]:
    """Every audited verb that has words, with them."""
    named = {name: word for config in apps.get_app_configs() for name, word in getattr(config, "verbs", {}).items()}
    return {name: str(word) for name, word in {**VERBS, **named}.items()}


def verb(name: str) -> str:
    """What an audited verb is called on a page."""
    return verbs().get(name, name.replace("_", " "))


def _changes(model: type[models.Model] | None, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    for name in dict.fromkeys((*before, *after)):
        field = _field(model, name)
        old, new = before.get(name), after.get(name)
        is_said = old != new and (old not in (None, "") or new not in (None, ""))
        if is_said and not isinstance(field, models.ForeignKey | models.UUIDField):
            label = str(field.verbose_name) if field else _label(name)
            yield Change(label, _said(field, old), _said(field, new))


def _label(name: str) -> str:
    """What an audited value that is no field of its thing is called: an app names these beside its verbs."""
    named = (getattr(config, "audited_values", {}) for config in apps.get_app_configs())
    return str(next((words[name] for words in named if name in words), name.replace("_", " ")))


def _choices(field: models.Field | None) -> dict[Any, Any]:
    """The words of a field's values: its own choices, or what a higher app knows of them."""
    if field is None or field.flatchoices:
        return dict(field.flatchoices) if field else {}
    name = f"{field.model._meta.model_name}.{field.name}"
    named = (getattr(config, "audited_choices", {}) for config in apps.get_app_configs())
    return next((words[name]() for words in named if name in words), {})


def _said(field: models.Field | None, value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return str(YES_NO[value])
    choices = _choices(field)
    if value.__hash__ and value in choices:
        return str(choices[value])
    day = read_day(value) if isinstance(value, str) else None
    if day:
        return f"{day:%d/%m/%Y}"
    if isinstance(value, list | dict):
        parts = map(_part, value) if isinstance(value, list) else (str(part) for part in value.values() if part)
        return ", ".join(parts) or _("none")
    return f"{value:,}".replace(",", ".") if isinstance(value, int) and value >= 10_000 else str(value)


def _part(part: Any) -> str:
    """One of several parts of a value; what is made of named values itself is said by these, "ram: 8 GB"."""
    return ": ".join(str(each) for each in part.values()) if isinstance(part, dict) else str(part)


def _model(name: str) -> type[models.Model] | None:
    return next((model for model in apps.get_models() if model._meta.model_name == name), None)


def _field(model: type[models.Model] | None, name: str) -> models.Field | None:
    try:
        field = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) else None
