"""How money is divided, shown before it is done: equally, or as a table says."""

import hashlib
import re
import unicodedata
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.common.forms import read_amount
from motcua.funding.rules import split_equally
from motcua.units.rules import Named, NameUnclear, find_by_name, full_name

CELLS = re.compile(r"[;\t]")


@dataclass(slots=True)
class Share:
    """One row: who gets how much, or what is wrong with it."""

    number: int
    text: str
    unit: uuid.UUID | None = None
    name: str = ""
    amount_vnd: int | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """The rows with their sum, held against what the giver has."""

    shares: Sequence[Share]
    available_vnd: int

    @property
    def total_vnd(self) -> int:
        return sum(share.amount_vnd or 0 for share in self.shares)

    @property
    def left_vnd(self) -> int:
        return self.available_vnd - self.total_vnd

    @property
    def missing_vnd(self) -> int:
        return max(-self.left_vnd, 0)

    @property
    def problems(self) -> list[Share]:
        return [share for share in self.shares if share.problem]

    @property
    def is_right(self) -> bool:
        """Whether it can be done as it stands."""
        return bool(self.shares) and not self.problems and not self.missing_vnd

    @property
    def digest(self) -> str:
        """What was shown: what is done must be the same."""
        said = [f"{share.unit}:{share.amount_vnd}" for share in self.shares]
        return hashlib.sha256("|".join([*said, str(self.available_vnd)]).encode()).hexdigest()[:24]


def equal_shares(total_vnd: int, takers: Sequence[Named[uuid.UUID]]) -> list[Share]:
    """One amount over several units."""
    return [
        Share(number, taker.name, taker.unit, full_name(taker.kind, taker.name), amount, _zero(amount))
        for number, (taker, amount) in enumerate(split_equally(total_vnd, takers), start=1)
    ]


def table_shares(text: str, pool: Iterable[Named[uuid.UUID]], giver: Named[uuid.UUID]) -> list[Share]:
    """Rows "unit;amount" (or pasted from a spreadsheet), each fault beside its row; a head row is passed over."""
    units = [each for each in pool if each.unit != giver.unit]
    seen: dict[uuid.UUID, int] = {}
    shares = []
    for number, line in enumerate(unicodedata.normalize("NFC", text).splitlines(), start=1):
        if not line.strip() or (number == 1 and not re.search(r"\d", line)):
            continue
        share = _read(number, line, units, giver.path)
        if share.unit and not share.problem:
            share.problem = _twice(seen.get(share.unit))
            seen.setdefault(share.unit, number)
        shares.append(share)
    return shares


def _read(number: int, line: str, units: Sequence[Named[uuid.UUID]], home: str) -> Share:
    name, *cells = (cell.strip() for cell in CELLS.split(line.strip().rstrip(";")))
    share = Share(number, line.strip())
    if len(cells) != 1:
        share.problem = _("write the unit, a semicolon, and the amount")
        return share
    share.amount_vnd = read_amount(cells[0])
    if share.amount_vnd is None:
        share.problem = _("“%(value)s” is not a whole amount of đồng") % {"value": cells[0][:40]}
    else:
        share.problem = _zero(share.amount_vnd)
    try:
        share.unit = find_by_name(name, units, home)
    except NameUnclear as unclear:
        share.problem = _unclear(unclear)
        return share
    found = next(each for each in units if each.unit == share.unit)
    share.name = full_name(found.kind, found.name)
    return share


def _zero(amount: int) -> str:
    return "" if amount > 0 else _("the amount must be above zero")


def _twice(row: int | None) -> str:
    return _("this unit stands already in row %(row)s") % {"row": row} if row else ""


def _unclear(unclear: NameUnclear) -> str:
    if unclear.fits:
        message = _("“%(name)s” may mean several units (%(fits)s): write the kind before the name, or the code")
        return message % {"name": unclear.text, "fits": ", ".join(unclear.fits)}
    return _("no unit of yours is called “%(name)s”") % {"name": unclear.text[:60]}
