"""Files of units: looked over first, then taken in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motcua.common.access import allow, signed_in
from motcua.common.forms import DayField, Form
from motcua.common.forms_outcome import done, refusals
from motcua.common.request import ActorRequest
from motcua.units import access, intake
from motcua.units.intake import LARGEST_FILE, Outcome, UnitsFile


class UnitsFileForm(Form):
    """A file to look over."""

    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy("units.csv or unit-changes-2025-07-01.csv, UTF-8, at most 2 MB"),
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
    )
    changed_on = DayField(
        label=gettext_lazy("Day of the changes"),
        required=False,
        fact=False,
        help_text=gettext_lazy("Only for a file of unit changes whose name does not say the day"),
    )

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 2 MB. Send it in parts."))
        return sent

    @property
    def sent(self) -> UnitsFile:
        file = self.cleaned_data["file"]
        file.seek(0)
        return UnitsFile(file.name, file.read(), self.cleaned_data.get("changed_on"))


class SeenFileForm(Form):
    """The file that has been looked over, sent back to be taken in."""

    text = forms.CharField(widget=forms.HiddenInput, strip=False)
    name = forms.CharField(widget=forms.HiddenInput, max_length=200)
    day = DayField(widget=forms.HiddenInput, required=False, fact=False)

    @property
    def sent(self) -> UnitsFile:
        said = self.cleaned_data
        return UnitsFile(said["name"], said["text"].encode(), said.get("day"))


@signed_in
def import_units(request: ActorRequest) -> HttpResponse:
    """First what a file would do, and every fault by row and column; then, once more asked, it is done."""
    allow(access.may_administer(request.actor), _("Only an administrator may take in files of units."))
    if "text" in request.POST:
        return _take_in(request)
    form = UnitsFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            return _look_over(request, form)
    return _page(request, form, status=422 if form.errors else 200)


def _look_over(request: ActorRequest, form: UnitsFileForm) -> HttpResponse:
    sent = form.sent
    outcome = intake.import_units(sent, actor=request.actor, dry_run=True)
    seen = {"text": sent.content.decode("utf-8-sig"), "name": sent.name, "day": sent.day}
    return _page(request, UnitsFileForm(), outcome=outcome, seen=SeenFileForm(initial=seen), file_name=sent.name)


def _take_in(request: ActorRequest) -> HttpResponse:
    form = SeenFileForm(request.POST)
    if form.is_valid():
        with refusals(form):
            outcome = intake.import_units(form.sent, actor=request.actor)
            words = {"count": outcome.total, "file": form.sent.name}
            message = ngettext(
                "%(file)s has been taken in: %(count)s entry has been written.",
                "%(file)s has been taken in: %(count)s entries have been written.",
                outcome.total,
            )
            return done(request, message % words, "units:units")
    return _page(request, form, status=422, is_lost=True)


def _page(
    request: ActorRequest,
    form: Form,
    *,
    status: int = 200,
    outcome: Outcome | None = None,
    seen: SeenFileForm | None = None,
    file_name: str = "",
    is_lost: bool = False,
) -> HttpResponse:
    shown = UnitsFileForm() if is_lost else form
    names = {"form": shown, "faulty": form, "outcome": outcome, "seen": seen, "file_name": file_name}
    return render(request, "units/import_units.html", names, status=status)
