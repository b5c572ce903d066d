"""The two times that a page can be asked by: as of a day, as known at a moment (DESIGN.md, law 1)."""

import datetime as dt
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from motcua.common import clock
from motcua.common.forms import DayField, Form
from motcua.common.tables import read_day

MOMENT = "%H:%M %d/%m/%Y"
MOMENTS = (MOMENT, "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M")
NAMES = ("as_of", "known_at")


class MomentField(forms.Field):
    """A moment in Việt Nam: 14:30 27/12/2023, or a day, which means its end."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("“%(value)s” is not a moment. Write for example 14:30 27/12/2023."),
    }

    def to_python(self, value: object) -> dt.datetime | None:
        text = str(value or "").strip()
        if not text:
            return None
        for form in MOMENTS:
            try:
                moment = dt.datetime.strptime(text, form).replace(tzinfo=clock.HANOI)
            except ValueError:
                continue
            if not clock.fits_as_of(moment.date()):
                raise ValidationError(self.error_messages["invalid"], "invalid", {"value": text[:40]})
            return moment
        try:
            day = DayField(fact=False).clean(text)
        except ValidationError as error:
            raise ValidationError(self.error_messages["invalid"], "invalid", {"value": text[:40]}) from error
        return dt.datetime.combine(day, dt.time.max, tzinfo=clock.HANOI)


class TimesForm(Form):
    as_of = DayField(label=_("As of"), required=False, fact=False, help_text="")
    known_at = MomentField(label=_("As known at"), required=False)


@dataclass(frozen=True, slots=True)
class Times:
    """What a page was asked: the day, and the moment of knowledge (None: now). `form` is for the bar."""

    as_of: dt.date
    known_at: dt.datetime | None
    form: TimesForm

    @property
    def is_past(self) -> bool:
        """Whether the page shows something else than today as known now."""
        return self.as_of != clock.today() or self.known_at is not None


def asked_times(request: HttpRequest) -> Times:
    """The times in the URL; what cannot be read is said in the bar, and today stands in its place."""
    data = {name: request.GET.get(name, "") for name in NAMES}
    asked = {name: value for name, value in data.items() if value}
    written = read_day(asked.get("as_of", ""))
    if written:
        asked["as_of"] = f"{written:%d/%m/%Y}"
    day = f"{clock.today():%d/%m/%Y}"
    form = TimesForm({"as_of": day, **asked} if asked else None, initial={"as_of": clock.today()})
    found = form.cleaned_data if asked and form.is_valid() else {}
    return Times(found.get("as_of") or clock.today(), found.get("known_at"), form)


def times_query(params: QueryDict) -> str:
    """ "?as_of=…" with the times of the page shown, for the links on it; empty where it was asked none."""
    kept = QueryDict(mutable=True)
    for name in NAMES:
        if params.get(name):
            kept[name] = str(params[name])
    return f"?{kept.urlencode()}" if kept else ""
