"""The form field in which a document is chosen."""

from typing import Any

from django import forms
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from motcua.registry.models import OfficialDocument

NEWEST = 500


class DocumentField(forms.TypedChoiceField):
    """One of the newest documents in reach, or none (None). `also`: one that a record names already."""

    def __init__(self, *, documents: QuerySet[OfficialDocument], also: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        rows = list(documents.order_by(F("issued_on").desc(nulls_last=True), "number")[:NEWEST])
        if also is not None and also.origin_id not in {row.origin_id for row in rows}:
            rows.append(also)
        by_id = {str(row.origin_id): row for row in rows}
        choices = [("", _("none"))] + [(key, name_of(row)) for key, row in by_id.items()]
        super().__init__(choices=choices, coerce=by_id.__getitem__, empty_value=None, **kwargs)


def name_of(document: OfficialDocument) -> str:
    """How a document is called in a list of choices: number, date, subject."""
    said = [document.number, f"{document.issued_on:%d/%m/%Y}" if document.issued_on else "", document.subject[:80]]
    return " – ".join(part for part in said if part)
