"""Forms of the follow-up: what is to be done, that it was done, that it was seen."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.common.forms import DayField, Form, ReasonForm
from motcua.followup.models import Remedy
from motcua.units.queries import UnitAt


class RemedyForm(Form):
    """What must be done, by whom, by when. `units`: those that may be made responsible."""

    wording = forms.CharField(
        label=_("What is to be done"),
        max_length=500,
        help_text=_("For example: move the computer into the one-stop section"),
    )
    responsible_unit = forms.ChoiceField(label=_("Responsible unit"))
    due_on = DayField(label=_("To be done by"), fact=False, required=False)

    def __init__(self, *args: Any, units: Sequence[UnitAt], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(unit.id), unit.full_name) for unit in units]
        self.fields["responsible_unit"].choices = choices  # type: ignore[attr-defined]


class CorrectRemedyForm(RemedyForm):
    reason = ReasonForm.base_fields["reason"]


class DoneForm(Form):
    """That it was done, with what shows it."""

    done_on = DayField(label=_("Done on"))
    done_note = forms.CharField(
        label=_("How it was done"),
        max_length=500,
        error_messages={"required": _("Say in a few words how it was done.")},
    )
    evidence = forms.FileField(label=_("Photo or paper"), required=False, help_text=_("PDF, PNG or JPEG, up to 20 MB"))


class SeenForm(Form):
    """That somebody else has seen it."""

    seen_on = DayField(label=_("Seen on"))


def remedy_initial(remedy: Remedy) -> dict[str, Any]:
    """A remedy as its form shows it."""
    unit_id = str(remedy.responsible_unit_id)
    return {"wording": remedy.wording, "responsible_unit": unit_id, "due_on": remedy.due_on}
