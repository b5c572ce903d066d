"""What becomes of a form that was sent: done, or refused with the reason beside the field."""

import re
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from motcua.common.context import DRAFTS_DONE
from motcua.common.errors import Refused, Unreadable

FAILED_ON_SQLITE = re.compile(r"(CHECK|UNIQUE) constraint failed: (?:index '(?P<index>\w+)'|(?P<rest>.+))")


class refusals:  # noqa: N801 (read as a statement: `with refusals(form):`)
    """Runs an action in one transaction; what it refuses becomes the form's errors, and nothing is written.

    `Refused`, `ValidationError` and the database's refusal by a named constraint are caught; anything else
    (`NotAllowed`, a fault of the program) goes on.
    """

    def __init__(self, form: BaseForm) -> None:
        self.form = form
        self._transaction = transaction.atomic()

    def __enter__(self) -> None:
        self._transaction.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        try:
            self._transaction.__exit__(kind, error, trace)
        except IntegrityError as late:
            return _explain(self.form, late)
        return error is not None and _explain(self.form, error)


def done(request: HttpRequest, message: str, to: Any, *args: Any) -> HttpResponse:
    """After success: say what happened, let go of the page's draft, and go to a page by GET."""
    messages.success(request, message)
    request.session[DRAFTS_DONE] = [*request.session.get(DRAFTS_DONE, []), request.get_full_path()][-20:]
    return redirect(to, *args)


def confirm(
    request: HttpRequest,
    *,
    title: str,
    question: str,
    submit: str,
    back: str,
    form: BaseForm | None = None,
    facts: list[tuple[str, Any]] | None = None,
    is_danger: bool = False,
) -> HttpResponse:
    """The page that asks once more before something that cannot be undone, and names what it is about."""
    names = {"title": title, "question": question, "submit": submit, "back": back, "is_danger": is_danger}
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "common/confirm.html", {**names, "form": form, "facts": facts or []}, status=status)


def _explain(form: BaseForm, error: BaseException) -> bool:
    if isinstance(error, Unreadable):
        for problem in error.problems:
            form.add_error(None, str(problem))
    elif isinstance(error, Refused):
        form.add_error(None, str(error))
    elif isinstance(error, ValidationError):
        _add_validation(form, error)
    elif isinstance(error, IntegrityError):
        found = broken_rule(error)
        if found is None:
            return False
        fields, message = found
        form.add_error(next((name for name in fields if name in form.fields), None), message)
    else:
        return False
    return True


def _add_validation(form: BaseForm, error: ValidationError) -> None:
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, faults in error.error_dict.items():
        form.add_error(name if name in form.fields else None, faults)


def broken_rule(error: IntegrityError) -> tuple[tuple[str, ...], str] | None:
    """The fields and the human message of the rule that the database refused by; None for no rule of ours."""
    cause = error.__cause__
    diagnosis = getattr(cause, "diag", None)
    name, table, columns = getattr(diagnosis, "constraint_name", None), "", frozenset[str]()
    if name is None:
        found = FAILED_ON_SQLITE.search(str(error))
        if found is None:
            return None
        name = found["index"] or found["rest"]
        table, columns = _columns(found["rest"] or "")
    for model in apps.get_models():
        for fields, rule, message in _rules(model):
            if rule == name or (columns and model._meta.db_table == table and _own_columns(model, fields) == columns):
                return fields, message
    return None


def _columns(text: str) -> tuple[str, frozenset[str]]:
    """("units_unit.code, units_unit.name") → the table and its columns."""
    parts = [part.strip().partition(".") for part in text.split(",")]
    if not all(dot for _table, dot, _column in parts):
        return "", frozenset()
    return parts[0][0], frozenset(column for _table, _dot, column in parts)


def _own_columns(model: type[models.Model], fields: tuple[str, ...]) -> set[str | None]:
    return {field.column for field in model._meta.local_concrete_fields if field.name in fields}


def _rules(model: type[models.Model]) -> Iterator[tuple[tuple[str, ...], str | None, str]]:
    for rule in model._meta.constraints:
        yield tuple(getattr(rule, "fields", ())), rule.name, str(rule.violation_error_message)
    for field in model._meta.local_fields:
        if field.unique and not field.primary_key:
            message = field.error_messages.get("unique", _("This value is taken already."))
            said = {"model_name": model._meta.verbose_name, "field_label": field.verbose_name}
            # PostgreSQL names the constraint of a unique column <table>_<column>_key, with a hash by Django.
            yield (field.name,), f"{model._meta.db_table}_{field.column}_key", str(message) % said
