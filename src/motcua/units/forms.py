"""Units, what became of them, people and their posts."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.accounts.models import Person
from motcua.common import clock
from motcua.common.forms import DayField, Form, ReasonForm
from motcua.units import queries
from motcua.units.enums import Extent, Role, UnitKind
from motcua.units.models import Unit
from vanban.words import sort_key

ONE_DAY = dt.timedelta(days=1)
MOST_PEOPLE = 500


class UnitTextField(forms.CharField):
    """A unit, by its code or its full name; `unit_called` finds it once the form's day is known."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 140)
        kwargs.setdefault("widget", forms.TextInput({"autocomplete": "off"}))
        kwargs.setdefault("help_text", gettext_lazy("Its code or its name, for example 01969 or xã Phủ Thông"))
        super().__init__(**kwargs)


def unit_called(text: str, units: QuerySet[Unit], day: dt.date) -> Unit:
    """The one of these units that bears a code or a name on a day. Raises `ValidationError`."""
    found = queries.called(text, units, day)
    said = {"text": text, "day": f"{day:%d/%m/%Y}"}
    if not found:
        message = _("No unit in your reach has the code or the name “%(text)s” on %(day)s.")
        raise ValidationError(message % said)
    if len(found) > 1:
        named = ", ".join(f"{unit.full_name} ({unit.code})" for unit in found[:5])
        message = _("Several units are called “%(text)s”: %(units)s. Write the code.")
        raise ValidationError(message % {**said, "units": named})
    return units.get(pk=found[0].id)


def text_of(unit: Unit | None) -> str:
    """What stands in a field for a unit: its code, or its name where it has none."""
    return "" if unit is None else unit.code or queries.full_name_of(unit)


class SpanForm(Form):
    """A period of days; both ends may be open."""

    valid_from = DayField(label=gettext_lazy("First day"), required=False, fact=False)
    last_day = DayField(label=gettext_lazy("Last day"), required=False, fact=False)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        first, last = said.get("valid_from"), said.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day must not lie before the first."))
        return said

    @property
    def span(self) -> dict[str, dt.date | None]:
        """The period as it is stored, half-open."""
        last = self.cleaned_data.get("last_day")
        return {"valid_from": self.cleaned_data.get("valid_from"), "ended_on": last + ONE_DAY if last else None}


class UnitForm(SpanForm):
    """A new unit below a given one."""

    code = forms.CharField(
        label=gettext_lazy("Code"), max_length=20, help_text=gettext_lazy("The statistical code, for example 01969")
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=UnitKind.choices, initial=UnitKind.XA)
    name = forms.CharField(
        label=gettext_lazy("Name of the unit"),
        max_length=120,
        help_text=gettext_lazy("Without the kind, for example Nguyên Phúc"),
    )
    field_order = ["code", "kind", "name", "valid_from", "last_day"]


class UnitPeriodForm(SpanForm, ReasonForm):
    """A correction of what is recorded of a unit. `units`: those under which it may be put."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=UnitKind.choices)
    name = forms.CharField(label=gettext_lazy("Name of the unit"), max_length=120)
    parent_text = UnitTextField(label=gettext_lazy("Unit above"), required=False)
    field_order = ["kind", "name", "parent_text", "valid_from", "last_day", "reason"]

    def __init__(self, *args: Any, units: QuerySet[Unit], parent: Unit | None, **kwargs: Any) -> None:
        self.units, self.parent = units, parent
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        text = said.get("parent_text", "")
        said["parent"] = self.parent
        if text == text_of(self.parent):
            return said
        if not text:
            self.add_error("parent_text", _("Write the unit above: only the uppermost unit belongs to none."))
            return said
        last = said.get("last_day")
        day = last if last and last < clock.today() else max(said.get("valid_from") or clock.today(), clock.today())
        try:
            said["parent"] = unit_called(text, self.units, day)
        except ValidationError as error:
            self.add_error("parent_text", error)
        return said


class UnitChangeForm(Form):
    """What became of a unit. `units`: those that it may have become."""

    changed_on = DayField(label=gettext_lazy("First day of the new unit"), fact=False)
    new_text = UnitTextField(
        label=gettext_lazy("New unit"),
        help_text=gettext_lazy("Its code or its name. Add the new unit first, if it is not there."),
    )
    extent = forms.ChoiceField(label=gettext_lazy("Extent"), choices=Extent.choices, widget=forms.RadioSelect)
    citation = forms.CharField(
        label=gettext_lazy("Legal basis"),
        max_length=300,
        help_text=gettext_lazy("For example Resolution 1683/NQ-UBTVQH15"),
    )
    ends_old = forms.BooleanField(
        label=gettext_lazy("The old unit ends on the day before"), required=False, initial=True
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        self.units = units
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("changed_on") and said.get("new_text"):
            try:
                said["new"] = unit_called(said["new_text"], self.units, said["changed_on"])
            except ValidationError as error:
                self.add_error("new_text", error)
        return said


class PersonForm(Form):
    full_name = forms.CharField(label=gettext_lazy("Full name"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)


class PasswordField(forms.CharField):
    """A password that an administrator makes up for somebody."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Password"))
        kwargs.setdefault(
            "help_text", gettext_lazy("At least 10 characters. Tell it to the person, who then changes it.")
        )
        super().__init__(
            strip=False, max_length=200, widget=forms.PasswordInput({"autocomplete": "new-password"}), **kwargs
        )


class GivenPasswordForm(Form):
    password = PasswordField(label=gettext_lazy("New password"))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.person)
        return self.cleaned_data["password"]


class PostForm(SpanForm):
    """A post at a unit that the administrator has."""

    unit_text = UnitTextField(label=gettext_lazy("Unit"))
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=[("", gettext_lazy("choose …")), *Role.choices])
    title = forms.CharField(
        label=gettext_lazy("Job title"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("As it stands on paper, for example Phó Chủ tịch"),
    )
    field_order = ["person", "unit_text", "role", "title", "valid_from", "last_day"]

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        self.units = units
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("unit_text"):
            day = max(said.get("valid_from") or clock.today(), clock.today())
            try:
                said["unit"] = unit_called(said["unit_text"], self.units, day)
            except ValidationError as error:
                self.add_error("unit_text", error)
        return said

    @property
    def post(self) -> dict[str, Any]:
        """What `give_post` takes."""
        return {name: self.cleaned_data[name] for name in ("unit", "role", "title")} | self.span


class GivePostForm(PostForm):
    """A post for somebody whom the administrator reaches."""

    person = forms.ChoiceField(label=gettext_lazy("Person"))

    def __init__(self, *args: Any, people: QuerySet[Person], chosen: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [*people.filter(is_active=True)[:MOST_PEOPLE], *([chosen] if chosen else [])]
        self.people = {str(person.pk): person for person in sorted(listed, key=lambda one: sort_key(one.full_name))}
        named = [(key, f"{person.full_name} ({person.username})") for key, person in self.people.items()]
        self.fields["person"].choices = [("", _("choose …")), *named]  # type: ignore[attr-defined]

    def clean_person(self) -> Person:
        return self.people[self.cleaned_data["person"]]


class AddPersonForm(PostForm):
    """A new person with a first post."""

    full_name = forms.CharField(label=gettext_lazy("Full name"), max_length=120)
    username = forms.SlugField(
        label=gettext_lazy("Sign-in name"),
        max_length=60,
        widget=forms.TextInput({"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
        help_text=gettext_lazy("Letters without marks, digits, - and _, for example nguyen-thi-lan"),
        error_messages={"invalid": gettext_lazy("Use letters without marks, digits, - and _ only.")},
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    password = PasswordField()
    field_order = ["full_name", "username", "email", "password", "unit_text", "role", "title", "valid_from", "last_day"]

    def clean_password(self) -> str:
        said = self.cleaned_data
        somebody = Person(**{name: said.get(name, "") for name in ("username", "full_name", "email")})
        validate_password(said["password"], somebody)
        return said["password"]

    @property
    def person(self) -> dict[str, str]:
        """What `add_person` takes."""
        return {name: self.cleaned_data[name] for name in ("full_name", "username", "email", "password")}


class EndPostForm(ReasonForm):
    last_day = DayField(label=gettext_lazy("Last day of the post"), fact=False)
    field_order = ["last_day", "reason"]
