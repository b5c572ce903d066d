"""Forms for devices: what is left empty is unknown."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.common.forms import AmountField, DayField, Form, ReasonForm

DESCRIBED = ("is_assumed", "serial_number", "make", "model", "price_vnd", "in_use_since", "note")


class DescriptionForm(Form):
    """Whatever is known of a device."""

    serial_number = forms.CharField(label=_("Serial number"), max_length=80, required=False)
    make = forms.CharField(label=_("Make"), max_length=80, required=False)
    model = forms.CharField(label=_("Model"), max_length=120, required=False)
    price_vnd = AmountField(label=_("Price"), required=False)
    in_use_since = DayField(label=_("In use since"), required=False)
    is_assumed = forms.BooleanField(
        label=_("Only assumed: no source counts this device, but it must exist"), required=False
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def description(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in DESCRIBED}


class EnterDeviceForm(DescriptionForm):
    programme = forms.ChoiceField(label=_("Programme"))
    unit = forms.ChoiceField(label=_("Held by"))
    device_type = forms.ChoiceField(label=_("Device type"))
    number = forms.RegexField(
        r"^[0-9A-Za-z./-]{1,20}$",
        label=_("Running number"),
        required=False,
        help_text=_("Within the unit and the type; left empty, the next one is given."),
        error_messages={"invalid": _("Use digits and letters without marks only, at most 20.")},
    )
    held_since = DayField(label=_("Held since"), required=False)

    field_order = ("programme", "unit", "device_type", "number", "held_since")

    def __init__(
        self,
        *args: Any,
        programmes: list[tuple[str, str]],
        units: list[tuple[str, str]],
        types: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("programme", programmes), ("unit", units), ("device_type", types)):
            first = [("", _("choose …"))] if len(choices) != 1 else []
            self.fields[name].choices = [*first, *choices]  # type: ignore[attr-defined]


class DescribeDeviceForm(DescriptionForm, ReasonForm):
    field_order = ("serial_number", "make", "model", "price_vnd", "in_use_since", "is_assumed", "note", "reason")


class CorrectCustodyForm(ReasonForm):
    valid_from = DayField(label=_("Held since"), required=False)
    last_day = DayField(
        label=_("Last day held"), required=False, help_text=_("Left empty while the unit still holds the device.")
    )

    field_order = ("valid_from", "last_day", "reason")

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        last = self.cleaned_data["last_day"]
        return {
            "valid_from": self.cleaned_data["valid_from"],
            "ended_on": last + dt.timedelta(days=1) if last else None,
        }
