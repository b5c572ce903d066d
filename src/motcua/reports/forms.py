"""Forms on reports."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.common.forms import DayField, Form, dress
from motcua.registry.fields import DocumentField
from motcua.registry.models import OfficialDocument

TEMPLATE_LIMIT = 512 * 1024


class DraftForm(Form):
    """What a draft begins from."""

    unit = forms.CharField(label=_("Unit that reports"), max_length=20)
    as_of = DayField(label=_("As of"), fact=False)
    template = forms.ChoiceField(label=_("Template"))

    def __init__(
        self,
        *args: Any,
        units: list[tuple[str, str]],
        templates: list[tuple[str, str]],
        documents: QuerySet[OfficialDocument],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].widget = forms.Select(choices=units)
        self.fields["template"].choices = templates  # type: ignore[attr-defined]
        self.fields["answers"] = DocumentField(label=_("Answers the document"), documents=documents)
        for field in self.fields.values():
            dress(field)


class HeaderForm(Form):
    """The parts of a document around its body (DECREE30 A2)."""

    subject = forms.CharField(label=_("Subject"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    parent = forms.CharField(label=_("Governing body"), max_length=200, required=False)
    issuer = forms.CharField(label=_("Issuing body"), max_length=200)
    symbol = forms.CharField(
        label=_("Symbol"), max_length=30, help_text=_("For example BC-UBND; the number comes later.")
    )
    place = forms.CharField(label=_("Place"), max_length=120)
    month = forms.IntegerField(label=_("Month"), min_value=1, max_value=12, required=False)
    year = forms.IntegerField(label=_("Year"), min_value=1945, max_value=2200, required=False, localize=False)
    addressees = forms.CharField(
        label=_("Addressed to (Kính gửi)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line; only in a report to a higher body."),
    )
    recipients_heading = forms.CharField(label=_("Heading of the recipients"), max_length=120, required=False)
    recipients = forms.CharField(
        label=_("Recipients (Nơi nhận)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One a line."),
    )
    archive = forms.CharField(label=_("Kept by (Lưu)"), max_length=60, required=False)
    on_behalf_of = forms.CharField(
        label=_("On behalf of (TM.)"), max_length=120, required=False, help_text=_("For example ỦY BAN NHÂN DÂN")
    )
    signs_for = forms.CharField(
        label=_("For (KT.)"), max_length=120, required=False, help_text=_("The head's title; empty: the head signs.")
    )
    title = forms.CharField(label=_("Title of the signer"), max_length=120)
    signer = forms.CharField(label=_("Name of the signer"), max_length=120, required=False)


class IssueFormForm(HeaderForm):
    """The same parts, kept for the next reports of this unit on this programme."""

    as_of = DayField(label=_("As of"), required=False, fact=False)
    answers = forms.ChoiceField(label=_("Answers the document"), required=False)
    reason = forms.CharField(
        label=_("Reason of the correction"),
        max_length=500,
        required=False,
        help_text=_("Kept with the record, for whoever reads its history."),
    )

    def __init__(self, *args: Any, documents: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answers"].choices = [("", "–"), *documents]  # type: ignore[attr-defined]


class TemplateForm(Form):
    """A template to keep."""

    key = forms.SlugField(label=_("Key"), max_length=60, help_text=_("Letters without marks, digits, - and _."))
    name = forms.CharField(label=_("Name of the template"), max_length=200)
    file = forms.FileField(label=_("Template file (JSON)"), allow_empty_file=False)

    def clean_file(self) -> Any:
        """Small enough to be a template."""
        file = self.cleaned_data["file"]
        if file.size > TEMPLATE_LIMIT:
            raise forms.ValidationError(_("The file is larger than 512 KB."))
        return file
