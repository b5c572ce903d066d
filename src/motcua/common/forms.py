"""What every form is made of: the base form, and fields for days, amounts and answers that may be unknown."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from motcua.common import clock
from motcua.common.tables import read_day
from vanban.words import group_digits

SHORT_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})|(\d{2})(\d{2})(\d{4})")
LARGEST_AMOUNT = 10**15


class Form(forms.Form):
    """The base of all forms: labels above, help and faults tied to their fields, no browser bubbles.

    A field that need not be filled in says so in its label.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)


def dress(field: forms.Field) -> None:
    """Give a field's widget the class that the sheet knows, and say to readers that it is required."""
    widget = field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.CheckboxInput):
        css = "form-check-input"
    elif isinstance(widget, forms.Select):
        css = "form-select"
    else:
        css = "form-control"
    widget.attrs["class"] = " ".join({*str(widget.attrs.get("class", "")).split(), css})
    if field.required and css != "form-check-input":
        widget.attrs["aria-required"] = "true"


class DayInput(forms.DateInput):
    """A day as text, 27/12/2023: keyboards are faster than calendars, and old browsers have none."""

    input_type = "text"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        usual = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "10"}
        super().__init__({**usual, **(attrs or {})}, format="%d/%m/%Y")


class DayField(forms.Field):
    """A day: 27/12/2023, 27.12.2023, 27122023 or 2023-12-27.

    `fact=True` (something that has happened) refuses the future; `fact=False` (a due date, a question)
    takes some years ahead. Both refuse what cannot be right.
    """

    widget = DayInput
    default_error_messages = {
        "required": _("Write the day, for example 27/12/2023."),
        "invalid": _("“%(value)s” is not a day. Write it as day/month/year, for example 27/12/2023."),
        "future": _("The day %(day)s lies in the future (today is %(today)s)."),
        "impossible": _("The day %(day)s cannot be right. Check the year."),
    }

    def __init__(self, *, fact: bool = True, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Day/month/year, for example 27/12/2023"))
        self.fact = fact
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        if isinstance(value, dt.date) or value in self.empty_values:
            return value or None
        text = str(value).strip()
        day = read_day(text) or _read_short(text)
        if day is None:
            raise ValidationError(self.error_messages["invalid"], "invalid", {"value": text[:40]})
        return day

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value in self.empty_values:
            return
        said = {"day": f"{value:%d/%m/%Y}", "today": f"{clock.today():%d/%m/%Y}"}
        if not clock.fits_as_of(value):
            raise ValidationError(self.error_messages["impossible"], "impossible", said)
        if self.fact and not clock.fits_fact(value):
            raise ValidationError(self.error_messages["future"], "future", said)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class AmountInput(forms.TextInput):
    """An amount with its digits in groups of three."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return group_digits(value) if isinstance(value, int) else super().format_value(value)


class AmountField(forms.Field):
    """Whole đồng: 28800000, 28.800.000, 28 800 000 or 28,800,000, with or without đ at the end."""

    widget = AmountInput
    default_error_messages = {
        "required": _("Write the amount in đồng, for example 28.800.000."),
        "invalid": _("“%(value)s” is not a whole amount of đồng. Write for example 28.800.000."),
        "range": _("The amount must be at least %(least)s đồng and below a million billion."),
    }

    def __init__(self, *, least: int = 1, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("In đồng, for example 28.800.000"))
        self.least = least
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or isinstance(value, int):
            return None if value in self.empty_values else value
        text = str(value).strip()
        amount = read_amount(text)
        if amount is None:
            raise ValidationError(self.error_messages["invalid"], "invalid", {"value": text[:40]})
        return amount

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and not self.least <= value < LARGEST_AMOUNT:
            raise ValidationError(self.error_messages["range"], "range", {"least": group_digits(self.least)})

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class AnswerField(forms.TypedChoiceField):
    """One of `choices`, or unknown (None): an answer that nobody knows stays empty (law 2)."""

    widget = forms.RadioSelect

    def __init__(self, *, choices: Any, coerce: Callable[[str], Any] = str, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        with_unknown = [*choices, ("", _("unknown"))]
        super().__init__(choices=with_unknown, coerce=coerce, empty_value=None, **kwargs)


class YesNoField(AnswerField):
    """Yes, no or unknown: True, False or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[("yes", _("yes")), ("no", _("no"))], coerce=lambda said: said == "yes", **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value) if not isinstance(value, str) else value


class ReasonForm(Form):
    """For a correction or a withdrawal: why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("Kept with the record, for whoever reads its history."),
        error_messages={"required": _("Say why: the reason is kept with the record.")},
    )


def read_amount(text: str) -> int | None:
    """The whole number that a text of digits in groups means; None where it is none."""
    bare = text.removesuffix("đ").removesuffix("₫").strip().replace("\u00a0", " ")
    if re.fullmatch(r"[0-9]{1,18}|[0-9]{1,3}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*", bare) is None:
        return None
    return int(re.sub(r"[., ]", "", bare))


def _read_short(text: str) -> dt.date | None:
    found = SHORT_DAY.fullmatch(text)
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups() if part is not None)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
