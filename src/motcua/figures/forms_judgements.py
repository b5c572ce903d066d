"""The form of a judgement: its kind, what it concerns (a side of a figure, with its count), and the words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.common.forms import Form, ReasonForm
from motcua.figures.definitions import FIGURES
from motcua.figures.queries import Facts
from motcua.figures.sides import SIDES
from motcua.followup.enums import JudgementKind
from motcua.followup.models import Judgement

Choices = list[tuple[str, Any]]


def concerns_choices(facts: Facts | None, kept: str = "") -> Choices:
    """What a judgement may concern; `kept` is what an older one says that is none of these."""
    plain: Choices = [("", _("nothing that is counted")), ("programme", _("the programme as a whole"))]
    sides: Choices = []
    for figure in FIGURES.values():
        if figure.is_amount:
            continue
        words = {"in": figure.inside, "out": figure.outside, "unknown": _("unknown")}
        answer = facts.evaluate(figure.name) if facts else None
        choices = []
        for side in SIDES:
            count = f" ({len(answer.side(side))}/{answer.population})" if answer else ""
            choices.append((f"{figure.name}:{side}", f"{words[side]}{count}"))
        sides.append((str(figure.label), choices))
    known = {"", "programme", *(f"{name}:{side}" for name in FIGURES for side in SIDES)}
    older: Choices = [(kept, kept)] if kept not in known else []
    return [*plain, *older, *sides]


def concerns_words() -> dict[str, str]:
    """What each value of `concerns` is called in a judgement's history: the figure, and the side of it."""
    plain, sides = concerns_choices(None)[:2], concerns_choices(None)[2:]
    words = {key: str(word) for key, word in plain}
    return words | {key: f"{label}: {word}" for label, choices in sides for key, word in choices}


class JudgementForm(Form):
    """What a unit judges, in its own words."""

    kind = forms.ChoiceField(label=_("Kind"), choices=JudgementKind.choices)
    concerns = forms.ChoiceField(
        label=_("Concerns"),
        required=False,
        help_text=_("The sentence then begins with the units counted there, and follows the figure."),
    )
    wording = forms.CharField(
        label=_("Wording"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The clause as the report prints it, without its subject: “còn dùng chung máy tính với công chức”"),
    )

    def __init__(self, *args: Any, facts: Facts | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = str(kwargs.get("initial", {}).get("concerns", ""))
        self.fields["concerns"].choices = concerns_choices(facts, kept)  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """The judgement's facts."""
        return {name: self.cleaned_data[name] for name in ("kind", "concerns", "wording")}


class CorrectJudgementForm(JudgementForm):
    reason = ReasonForm.base_fields["reason"]


def judgement_initial(judgement: Judgement) -> dict[str, Any]:
    """A judgement as its form shows it."""
    return {name: getattr(judgement, name) for name in ("kind", "concerns", "wording")}
