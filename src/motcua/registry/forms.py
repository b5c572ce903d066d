"""An official document as it is entered and corrected."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.common.errors import Refused
from motcua.common.forms import DayField, Form, ReasonForm
from motcua.registry.enums import Direction, DocumentKind
from motcua.registry.files import check_file
from motcua.units.models import Unit
from motcua.units.queries import UnitAt

FACTS = ("direction", "kind", "number", "issued_on", "issuer", "subject", "asks_for", "due_on")


class DocumentForm(Form):
    """Facts, file and addressees. `units`: those that the document may be addressed to, by their names of today."""

    direction = forms.ChoiceField(
        label=gettext_lazy("Direction"), choices=Direction.choices, widget=forms.RadioSelect, initial=Direction.INCOMING
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=DocumentKind.choices)
    number = forms.CharField(
        label=gettext_lazy("Number and symbol"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("For example 773/QĐ-UBND; left empty where it is not known"),
    )
    issued_on = DayField(label=gettext_lazy("Date"), required=False)
    issuer = forms.CharField(
        label=gettext_lazy("Issuer"), max_length=200, help_text=gettext_lazy("For example UBND tỉnh Bắc Kạn")
    )
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=500, widget=forms.Textarea({"rows": 2}))
    asks_for = forms.CharField(
        label=gettext_lazy("What it asks for"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("For a directive: what has to be done or reported"),
    )
    due_on = DayField(label=gettext_lazy("To be answered by"), required=False, fact=False)
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("PDF, PNG or JPEG, at most 20 MB"),
        widget=forms.FileInput({"accept": ".pdf,.png,.jpg,.jpeg"}),
    )
    addressed_to = forms.MultipleChoiceField(
        label=gettext_lazy("Addressed to"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("These units read the document from now on."),
    )

    def __init__(self, *args: Any, units: Iterable[UnitAt], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(unit.id), unit.full_name) for unit in units]
        self.fields["addressed_to"].choices = named  # type: ignore[attr-defined]
        if not named:
            del self.fields["addressed_to"]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        issued, due = said.get("issued_on"), said.get("due_on")
        if isinstance(issued, dt.date) and isinstance(due, dt.date) and due < issued:
            self.add_error("due_on", _("A document cannot be due before its own date."))
        return said

    def clean_file(self) -> tuple[str, bytes] | None:
        """The file's name and content, judged by its size before it is read and by its content after."""
        sent = self.cleaned_data["file"]
        if sent is None:
            return None
        if sent.size > settings.MOTCUA_FILE_LIMIT:
            raise ValidationError(_("The file %(name)s is larger than 20 MB.") % {"name": sent.name})
        content = sent.read()
        try:
            check_file(sent.name, content)
        except Refused as refused:
            raise ValidationError(str(refused)) from refused
        return sent.name, content

    @property
    def values(self) -> dict[str, Any]:
        """The facts as the actions take them."""
        return {name: self.cleaned_data[name] for name in FACTS}

    def chosen(self, *units: QuerySet[Unit]) -> list[Unit]:
        """The units addressed, of these."""
        wanted = self.cleaned_data.get("addressed_to", [])
        found = {unit.pk: unit for some in units for unit in some.filter(pk__in=wanted)}
        return list(found.values())


class DocumentCorrectionForm(DocumentForm, ReasonForm):
    field_order = [*FACTS, "file", "addressed_to", "reason"]
