"""A unit's money in a programme: received, given on, left."""

from dataclasses import dataclass

from motcua.figures.queries import Facts
from motcua.units.enums import Level


@dataclass(frozen=True, slots=True)
class MoneyStrip:
    """Amounts in đồng. `left_vnd` None: more was given on than was received here (money of the unit's own)."""

    received_vnd: int
    given_on_vnd: int
    left_vnd: int | None
    each_vnd: int | None
    differs: bool
    passes_on: bool

    @property
    def given_width(self) -> str:
        """How much of the bar is given on, in hundredths, as SVG reads it."""
        whole = max(self.received_vnd, self.given_on_vnd)
        return f"{100 * self.given_on_vnd / whole:.2f}" if whole else "0"


def money_strip(facts: Facts) -> MoneyStrip:
    """The money of the unit that the facts are asked for; a commune passes nothing on."""
    received, given = facts.received_vnd, facts.given_on_vnd
    each = facts.evaluate("amount_each").value
    return MoneyStrip(
        received,
        given,
        received - given if received >= given else None,
        each,
        differs=each is None and bool(facts.receivers),
        passes_on=facts.unit.level != Level.COMMUNE or given > 0,
    )
