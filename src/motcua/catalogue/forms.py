"""The form of a requirement set: its criteria are rows that can be added and removed without scripts."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from motcua.catalogue import rules
from motcua.catalogue.models import RequirementSet
from motcua.catalogue.queries import last_day
from motcua.common.forms import DayField, Form, ReasonForm, dress
from motcua.registry.fields import DocumentField
from motcua.registry.models import OfficialDocument

EMPTY = {"key": "", "wording": ""}


class RequirementsForm(Form):
    """What is published. `rows`: the criteria as the page shows them."""

    device_type = forms.ChoiceField(label=_("Device type"))
    title = forms.CharField(label=_("Title"), max_length=200)
    valid_from = DayField(label=_("In force from"), required=False, fact=False)
    last_day = DayField(label=_("Last day in force"), required=False, fact=False)

    field_order: tuple[str, ...] = ("device_type", "title", "document", "valid_from", "last_day")

    def __init__(
        self,
        *args: Any,
        types: list[tuple[str, str]],
        documents: QuerySet[OfficialDocument],
        also: OfficialDocument | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["device_type"].choices = [("", _("choose …")), *types]  # type: ignore[attr-defined]
        self.fields["document"] = DocumentField(label=_("Published in"), documents=documents, also=also)
        dress(self.fields["document"])
        self.order_fields(self.field_order)
        self.rows = self._rows()

    def _rows(self) -> list[dict[str, str]]:
        if not self.is_bound:
            return [*(dict(row) for row in self.initial.get("criteria", [])), dict(EMPTY)]
        sent = cast(QueryDict, self.data)
        keys, wordings = sent.getlist("criterion_key"), sent.getlist("criterion_wording")
        rows = [{"key": key, "wording": wording} for key, wording in zip(keys, wordings, strict=False)]
        removed = self.data.get("remove_row", "")
        if removed.isdigit() and 0 < int(removed) <= len(rows):
            del rows[int(removed) - 1]
        if "add_row" in self.data or not rows:
            rows.append(dict(EMPTY))
        return rows

    @property
    def is_editing_rows(self) -> bool:
        """Whether a row was added or removed: then nothing is published yet."""
        return self.is_bound and ("add_row" in self.data or "remove_row" in self.data)

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        ended = said["last_day"] + dt.timedelta(days=1) if said["last_day"] else None
        named = {name: said[name] for name in ("device_type", "title", "document", "valid_from")}
        return {**named, "ended_on": ended, "criteria": rules.with_keys(self.rows)}


class CorrectRequirementsForm(RequirementsForm, ReasonForm):
    field_order: tuple[str, ...] = (*RequirementsForm.field_order, "reason")


def initial_of(row: RequirementSet) -> dict[str, Any]:
    """A set as its form shows it."""
    named = {name: getattr(row, name) for name in ("title", "valid_from", "criteria")}
    ids = {"device_type": row.device_type_id, "document": row.document_id}
    return {**named, **ids, "last_day": last_day(row.ended_on)}
