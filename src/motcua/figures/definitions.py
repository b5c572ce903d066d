"""The dictionary of figures: each is defined once (law 3)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.fieldwork.enums import Attribute
from motcua.figures import rules

Verdict = Callable[[rules.UnitFacts], bool | None]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: what it is called, what it says, what it counts. `verdict` None: an amount of money."""

    name: str
    label: str | Promise
    wording: str | Promise
    population: str | Promise = ""
    verdict: Verdict | None = None
    inside: str | Promise = ""
    outside: str | Promise = ""
    questions: tuple[str, ...] = ()
    """What it asks of devices: the answers that have to be read for it."""

    @property
    def is_amount(self) -> bool:
        return self.verdict is None

    @property
    def counted_in(self) -> str | Promise:
        """The unit of count."""
        return _("đồng") if self.is_amount else _("units")


_RECEIVERS = _("communes at or below the unit that received money")

FIGURES: dict[str, Figure] = {
    figure.name: figure
    for figure in (
        Figure("amount_allocated", _("amount allocated"), _("Money in đồng that the unit received in the programme.")),
        Figure("amount_given_on", _("amount given on"), _("Money in đồng that the unit gave on to other units.")),
        Figure(
            "amount_each",
            _("amount for each commune"),
            _("The one amount that every receiving commune received; none where the amounts differ."),
        ),
        Figure(
            "units_allocated",
            _("communes that received money"),
            _("Communes at or below the unit that received money in the programme."),
            _("communes at or below the unit"),
            rules.received_money,
            _("received money"),
            _("received no money"),
        ),
        Figure(
            "units_settled",
            _("communes that have settled"),
            _("Communes whose purchase is settled: its accounts are closed."),
            _RECEIVERS,
            rules.has_settled,
            _("settled"),
            _("not settled"),
        ),
        Figure(
            "units_meeting_requirements",
            _("communes whose equipment meets the requirements"),
            _("Communes all of whose devices meet the published requirements."),
            _RECEIVERS,
            rules.meets_requirements,
            _("meets the requirements"),
            _("does not meet the requirements"),
            (Attribute.MEETS,),
        ),
        Figure(
            "units_placed",
            _("communes whose computers stand in the one-stop section"),
            _("Communes all of whose computers stand in the one-stop section. A computer not present does not."),
            _RECEIVERS,
            rules.is_placed,
            _("in the one-stop section"),
            _("not in the one-stop section"),
            (Attribute.PRESENT, Attribute.PLACEMENT),
        ),
        Figure(
            "units_dedicated",
            _("communes with a computer for citizens alone"),
            _("Communes any of whose computers is for citizens alone. A computer not present is not."),
            _RECEIVERS,
            rules.is_dedicated,
            _("has a computer for citizens alone"),
            _("has no computer for citizens alone"),
            (Attribute.PRESENT, Attribute.USE_MODE),
        ),
        Figure(
            "units_shared",
            _("communes that share the computer with officials"),
            _("Communes with no computer for citizens alone, any of whose computers is shared with officials."),
            _RECEIVERS,
            rules.is_shared,
            _("shared with officials"),
            _("not shared with officials"),
            (Attribute.PRESENT, Attribute.USE_MODE),
        ),
    )
}
POPULATION_FIGURE = "units_allocated"
