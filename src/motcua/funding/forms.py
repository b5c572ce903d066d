"""Forms for programmes, money and purchases."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.common import clock
from motcua.common.forms import AmountField, DayField, Form, ReasonForm, YesNoField, dress
from motcua.funding.enums import Step
from motcua.registry.fields import DocumentField
from motcua.registry.models import OfficialDocument

EQUALLY, BY_TABLE = "equally", "by_table"


class TermsForm(Form):
    """What a programme is called, its year, what it pays for."""

    name = forms.CharField(label=_("Name of the programme"), max_length=300)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1945, max_value=2100)
    device_type_keys = forms.MultipleChoiceField(
        label=_("Kinds of device that it pays for"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, types: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["device_type_keys"].choices = types  # type: ignore[attr-defined]


class StartProgrammeForm(TermsForm):
    key = forms.SlugField(
        label=_("Short key"),
        max_length=60,
        help_text=_("Letters without marks, digits and hyphens, for example may-tinh-2024. It never changes."),
        error_messages={"invalid": _("Use letters without marks, digits, hyphens and underscores only.")},
    )

    field_order: tuple[str, ...] = ("name", "key", "year", "device_type_keys")


class CorrectProgrammeForm(TermsForm, ReasonForm):
    field_order: tuple[str, ...] = ("name", "year", "device_type_keys", "reason")


class PaperForm(Form):
    """What an allocation rests on, and since when it holds: nothing stands in silently for a missing day."""

    purpose = forms.CharField(label=_("Purpose"), max_length=300, required=False)
    effective_on = DayField(
        label=_("Date"), required=False, help_text=_("Left empty, it is the day of the decision chosen.")
    )
    is_undated = forms.BooleanField(
        label=_("The day is not known: it counts from the day of the money that it is paid from"), required=False
    )

    def __init__(
        self, *args: Any, documents: QuerySet[OfficialDocument], also: OfficialDocument | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"] = DocumentField(label=_("Decision"), documents=documents, also=also)
        dress(self.fields["decision"])
        self.order_fields(self.field_order)

    field_order: tuple[str, ...] = ("decision", "purpose", "effective_on", "is_undated")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        is_dated = said.get("decision") or said.get("effective_on") or said.get("is_undated")
        if not is_dated and not self.errors.keys() & {"decision", "effective_on"}:
            self.add_error("effective_on", _("Write the day, choose a decision, or say that the day is not known."))
        return said

    def paper(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in ("decision", "purpose", "effective_on")}


class AllocateForm(PaperForm):
    """To whom a unit's money goes, and how much to each."""

    method = forms.ChoiceField(
        label=_("How the money is divided"),
        choices=((EQUALLY, _("equally among the units chosen")), (BY_TABLE, _("as a table says"))),
        widget=forms.RadioSelect,
        initial=EQUALLY,
    )
    total_vnd = AmountField(label=_("Amount in all"), required=False)
    takers = forms.MultipleChoiceField(label=_("Units"), required=False, widget=forms.CheckboxSelectMultiple)
    table = forms.CharField(
        label=_("Table"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "One unit a line: unit;amount, for example “xã Nguyên Phúc;28.800.000”. Rows of Excel can be pasted."
        ),
    )

    def __init__(self, *args: Any, takers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["takers"].choices = takers  # type: ignore[attr-defined]
        if not takers:
            self.fields["method"].initial = BY_TABLE

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("method") == EQUALLY:
            if not said.get("total_vnd") and "total_vnd" not in self.errors:
                self.add_error("total_vnd", _("Write the amount that is divided."))
            if not said.get("takers"):
                self.add_error("takers", _("Choose at least one unit."))
        elif said.get("method") == BY_TABLE and not said.get("table"):
            self.add_error("table", _("Write or paste the table."))
        return said


class CorrectAllocationForm(PaperForm, ReasonForm):
    amount_vnd = AmountField(label=_("Amount"))

    field_order: tuple[str, ...] = ("amount_vnd", "decision", "purpose", "effective_on", "is_undated", "reason")


class OwnMoneyForm(Form):
    direction = forms.ChoiceField(
        label=_("What is entered"),
        choices=(("in", _("money of the unit's own comes in")), ("out", _("what was entered too high is taken back"))),
        widget=forms.RadioSelect,
        initial="in",
    )
    amount_vnd = AmountField(label=_("Amount"))
    reason = forms.CharField(
        label=_("Where it comes from"),
        max_length=500,
        help_text=_("The source of the money or the paper that shows it; kept with the entry."),
    )


class StepForm(Form):
    """How one step of a purchase stands."""

    step = forms.ChoiceField(label=_("Step"), choices=Step.choices)
    done = YesNoField(label=_("Done"))
    observed_on = DayField(label=_("As it stood on"))
    done_on = DayField(label=_("Done on"), required=False)
    amount_vnd = AmountField(label=_("Amount"), required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    field_order: tuple[str, ...] = ("step", "done", "observed_on", "done_on", "amount_vnd", "document", "note")

    def __init__(
        self, *args: Any, documents: QuerySet[OfficialDocument], also: OfficialDocument | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"] = DocumentField(label=_("Paper"), documents=documents, also=also)
        dress(self.fields["document"])
        self.fields["observed_on"].initial = clock.today
        self.order_fields(self.field_order)


class CorrectStepForm(StepForm, ReasonForm):
    field_order: tuple[str, ...] = (*StepForm.field_order, "reason")
