"""The units that a folder speaks of, by the names that it uses."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.utils.translation import gettext as _

from motcua.common.tables import Row
from motcua.units import rules
from motcua.units.models import Unit
from motcua.units.queries import all_named


class FolderUnits:
    """Looks units up by name for the rows of a folder's files.

    A name means a unit of the folder that lives on the row's day; of several, one below the case's own
    unit first. What the folder does not list is looked for among all units. The own unit is the one of its name
    that lives on `day`.
    """

    def __init__(self, unit_ids: Iterable[uuid.UUID], home: str, day: dt.date | None = None) -> None:
        self._day = day
        self.named = all_named(unit_ids, day)
        self._others: list[rules.Named[uuid.UUID]] | None = None
        self._units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=[n.unit for n in self.named])}
        self._found: dict[tuple[str, dt.date | None], uuid.UUID] = {}
        self.home = ""
        self.home_unit = self.find(home, day)
        self.home = next(n.path for n in self.named if n.unit == self.home_unit.pk)

    def find(self, text: str, day: dt.date | None = None) -> Unit:
        """The unit that a text means on a day. Raises `units.rules.NameUnclear`."""
        key = (text, day)
        if key not in self._found:
            self._found[key] = self._find(text, day)
        return self._unit(self._found[key])

    def _find(self, text: str, day: dt.date | None) -> uuid.UUID:
        living = [n for n in self.named if day is None or n.span.holds(day)]
        for pool in (living, self.named):
            try:
                return rules.find_by_name(text, pool, self.home)
            except rules.NameUnclear as unclear:
                if unclear.fits:
                    raise
        if self._others is None:
            self._others = all_named(day=self._day)
        return rules.find_by_name(text, [n for n in self._others if day is None or n.span.holds(day)], self.home)

    def _unit(self, unit_id: uuid.UUID) -> Unit:
        if unit_id not in self._units:
            self._units[unit_id] = Unit.objects.get(pk=unit_id)
        return self._units[unit_id]

    def read(self, row: Row, column: str, day: dt.date | None = None) -> Unit | None:
        """The unit in a cell, or a fault that says what the name could be."""
        text = row.text(column, required=True)
        if not text:
            return None
        try:
            return self.find(text, day)
        except rules.NameUnclear as unclear:
            row.fault(column, unclear_message(unclear))
            return None


def unclear_message(unclear: rules.NameUnclear) -> str:
    """Why a name means no single unit, for a person."""
    if unclear.fits:
        message = _("“%(name)s” may mean several units (%(fits)s): write the kind before the name, or the code")
        return message % {"name": unclear.text, "fits": ", ".join(unclear.fits)}
    return _("there is no unit called “%(name)s” in units.csv") % {"name": unclear.text}
