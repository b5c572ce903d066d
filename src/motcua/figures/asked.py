"""What a page about a programme was asked: which unit, as of which day, as known when; and the facts that answer."""

import logging
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from motcua.common.forms_times import NAMES, Times, asked_times
from motcua.common.request import ActorRequest
from motcua.figures import access
from motcua.figures.queries import Facts, read_facts
from motcua.figures.rules import ClassesDoNotPart
from motcua.funding.models import ProgrammeTerms
from motcua.funding.queries import terms_of
from motcua.units.enums import Level
from motcua.units.queries import UnitAt, units_at

log = logging.getLogger(__name__)

CHOICES_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """A page's question, all in reach. `facts` None: no unit that could be meant lived on that day."""

    reach: access.InReach
    times: Times
    terms: ProgrammeTerms | None
    facts: Facts | None
    fault: ClassesDoNotPart | None

    @property
    def name(self) -> str:
        return self.terms.name if self.terms else self.reach.programme.key

    @property
    def query(self) -> str:
        """The query of links that ask the same: unit, day and moment."""
        unit = {"unit": self.reach.unit.reference} if self.reach.unit else {}
        return f"?{urlencode({**unit, **self._asked_times()})}"

    def _asked_times(self) -> dict[str, str]:
        form = self.times.form
        return {name: form.data[name] for name in NAMES if form.is_bound and form.data.get(name)}

    @property
    def context(self) -> dict[str, Any]:
        """What the templates of such pages show."""
        return {
            "programme": self.reach.programme,
            "programme_name": self.name,
            "unit": self.reach.unit,
            "unit_choices": self._choices(),
            "last_day": self.reach.last_day,
            "times": self.times,
            "query": self.query,
            "and_times": "".join(f"&{urlencode({name: said})}" for name, said in self._asked_times().items()),
            "fault": self._explained(),
        }

    def _choices(self) -> list[UnitAt]:
        """The units to choose from: where they are very many, those that pass money on."""
        units = list(self.reach.units)
        if len(units) > CHOICES_AT_ONCE:
            units = [unit for unit in units if unit.level != Level.COMMUNE]
        chosen = self.reach.unit
        return units if chosen is None or chosen in units else [chosen, *units]

    def _explained(self) -> str:
        """Why the figures contradict themselves, naming the units."""
        if self.fault is None or self.facts is None:
            return ""
        names: dict[Hashable, str] = {unit.id: unit.full_name for unit in self.facts.communes}
        message = _("counted twice: %(twice)s; left out: %(left_out)s; counted without belonging: %(foreign)s")
        sides = {"twice": self.fault.twice, "left_out": self.fault.left_out, "foreign": self.fault.foreign}
        said = {side: ", ".join(sorted(str(names.get(u, u)) for u in units)) for side, units in sides.items()}
        return message % {side: names or _("nobody") for side, names in said.items()}


def asked_of(request: ActorRequest, key: str) -> Asked:
    """Read a page's question about the programme with a key. Raises `Http404` out of reach."""
    times = asked_times(request)
    code = request.GET.get("unit", "")
    reach = access.figures_in_reach(request.actor, key, code, times.as_of, times.known_at)
    terms = terms_of([reach.programme.pk], times.known_at).get(reach.programme.pk)
    if reach.unit is None:
        return Asked(reach, times, terms, None, None)
    facts = read_facts(reach.programme, reach.unit, times.as_of, times.known_at)
    try:
        facts.check()
    except ClassesDoNotPart as fault:
        log.error("The figures of %s for %s as of %s: %s", key, reach.unit.code, times.as_of, fault)
        return Asked(reach, times, terms, facts, fault)
    return Asked(reach, times, terms, facts, None)


def owner_of(asked: Asked) -> UnitAt | None:
    """The unit that runs the programme, as it stood on the day (it may stand above the actor's reach)."""
    owner = asked.reach.programme.owner_unit_id
    return units_at([owner], asked.times.as_of, asked.times.known_at).get(owner)
