"""What the audit log is searched by."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.common import history
from motcua.common.forms import DayField, Form


class LogForm(Form):
    """Search of the log, sent by GET."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=200)
    person = forms.CharField(label=gettext_lazy("Person"), required=False, max_length=120)
    verb = forms.ChoiceField(label=gettext_lazy("What was done"), required=False)
    since = DayField(label=gettext_lazy("From day"), required=False, help_text="")
    until = DayField(label=gettext_lazy("To day"), required=False, help_text="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted(history.verbs().items(), key=lambda pair: pair[1])
        self.fields["verb"].choices = [("", _("all")), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            raise ValidationError({"until": _("The last day must not lie before the first.")})
        return said
