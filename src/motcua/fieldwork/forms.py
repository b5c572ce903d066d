"""Forms of the field: what is said of a device, a visit, a round."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.common.forms import AnswerField, DayField, Form, dress
from motcua.equipment.models import Device
from motcua.fieldwork.enums import Attribute, Placement, RoundKind, UseMode, YesNo
from motcua.fieldwork.models import Round, Visit
from motcua.fieldwork.rules import CRITERION
from motcua.fieldwork.telling import QUESTIONS
from motcua.registry.models import OfficialDocument
from motcua.units.queries import UnitAt

CHOICES = {
    Attribute.PRESENT: YesNo.choices,
    Attribute.WORKING: YesNo.choices,
    Attribute.PLACEMENT: Placement.choices,
    Attribute.USE_MODE: UseMode.choices,
    Attribute.MEETS: YesNo.choices,
}


class AnswersForm(Form):
    """What is said of one device: every question may stay unknown. `criteria`: wording by key."""

    def __init__(self, *args: Any, criteria: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in CHOICES.items():
            self.fields[name.value] = AnswerField(label=QUESTIONS[name], choices=choices)
            if name == Attribute.PLACEMENT:
                where = forms.CharField(label=_("Where exactly"), max_length=300, required=False)
                self.fields["placement_note"] = where
        self.criteria = [CRITERION + key for key in criteria or {}]
        for key, wording in (criteria or {}).items():
            self.fields[CRITERION + key] = AnswerField(label=wording, choices=YesNo.choices)
        for field in self.fields.values():
            dress(field)

    @property
    def criteria_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.criteria]

    @property
    def said(self) -> dict[str, str]:
        """The answers given, by question."""
        names = [*(name.value for name in CHOICES), "placement_note", *self.criteria]
        return {name: value for name in names if (value := self.cleaned_data.get(name))}


class CheckForm(AnswersForm):
    """A check of one device for itself: the day, and the answers. `packet` makes a second sending harmless."""

    observed_on = DayField(label=_("Seen on"))
    packet = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"packet": uuid.uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class CorrectCheckForm(CheckForm):
    """The whole check anew: what is left unknown becomes unknown."""

    reason = forms.CharField(
        label=_("Reason of the correction"),
        max_length=500,
        error_messages={"required": _("Say why: the reason is kept with the record.")},
    )


class VisitForm(Form):
    """Who went, when, on whose order. `packet` makes a second sending harmless."""

    visited_on = DayField(label=_("Visited on"))
    inspected_by = forms.CharField(label=_("Inspected by"), max_length=200, required=False)
    assigned_by = forms.CharField(label=_("On the order of"), max_length=200, required=False)
    assigned_on = DayField(label=_("Ordered on"), required=False)
    round = forms.ChoiceField(label=_("Answers the round"), required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)
    packet = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rounds: Sequence[Round], **kwargs: Any) -> None:
        kwargs["initial"] = {"packet": uuid.uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.rounds = {str(row.origin_id): row for row in rounds}
        choices = [("", _("no round")), *((key, row.title) for key, row in self.rounds.items())]
        self.fields["round"].choices = choices  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """The facts of the visit."""
        names = ("visited_on", "inspected_by", "assigned_by", "assigned_on", "note")
        chosen = self.rounds.get(self.cleaned_data["round"])
        return {**{name: self.cleaned_data[name] for name in names}, "round": chosen}


class CorrectVisitForm(VisitForm):
    reason = CorrectCheckForm.base_fields["reason"]


def visit_initial(visit: Visit) -> dict[str, Any]:
    """A visit as its form shows it."""
    names = ("visited_on", "inspected_by", "assigned_by", "assigned_on", "note")
    return {**{name: getattr(visit, name) for name in names}, "round": str(visit.round_id or "")}


def device_prefix(device: Device) -> str:
    """Under what a device's answers stand in the form of a visit."""
    return f"device-{device.pk.hex}"


class RoundForm(Form):
    """A question to many units."""

    kind = forms.ChoiceField(label=_("Kind"), choices=RoundKind.choices)
    title = forms.CharField(label=_("Title"), max_length=300)
    reference_on = DayField(
        label=_("Reference date"), fact=False, help_text=_("How things stand on this day is what is asked.")
    )
    due_on = DayField(label=_("Due date"), fact=False, required=False)
    directive = forms.ChoiceField(label=_("Directive"), required=False)
    asked = forms.MultipleChoiceField(
        label=_("Units asked"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("The round asks no unit; choose at least one.")},
    )

    def __init__(
        self, *args: Any, directives: Sequence[OfficialDocument], communes: Sequence[UnitAt], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.directives = {str(paper.origin_id): paper for paper in directives}
        papers = [(key, f"{paper} – {paper.subject}"[:120]) for key, paper in self.directives.items()]
        self.fields["directive"].choices = [("", _("no directive")), *papers]  # type: ignore[attr-defined]
        units = [(str(unit.id), unit.full_name) for unit in communes]
        self.fields["asked"].choices = units  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """The facts of the round."""
        names = ("kind", "title", "reference_on", "due_on")
        chosen = self.directives.get(self.cleaned_data["directive"])
        return {**{name: self.cleaned_data[name] for name in names}, "directive": chosen}


class CorrectRoundForm(RoundForm):
    reason = CorrectCheckForm.base_fields["reason"]
