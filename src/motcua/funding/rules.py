"""How money is divided, dated and held against what was received: whole đồng, plain functions."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

U = TypeVar("U")


def split_equally(total_vnd: int, units: Sequence[U]) -> list[tuple[U, int]]:
    """Divide an amount over units; đồng that do not divide go one each to the first. The parts sum to the total."""
    if not units:
        return []
    each, rest = divmod(total_vnd, len(units))
    return [(unit, each + (1 if place < rest else 0)) for place, unit in enumerate(units)]


@dataclass(frozen=True, slots=True)
class Gift(Generic[U]):
    """One allocation as the rules see it; `date` is that of its own decision, `has_decision` whether it has one."""

    key: object
    giver: U
    taker: U
    amount_vnd: int
    has_decision: bool
    date: dt.date | None


class Circle(ValueError):
    """Money that would flow in a circle; `units` are those in it."""

    def __init__(self, units: tuple[object, ...]) -> None:
        self.units = units
        super().__init__("money flows in a circle")


def downstream(gifts: Sequence[Gift[U]]) -> list[Gift[U]]:
    """The gifts from the top of the tree down, otherwise in the given order. Raises `Circle`."""
    depth: dict[U, int] = {}
    sources: dict[U, list[U]] = {}
    for gift in gifts:
        sources.setdefault(gift.taker, []).append(gift.giver)

    def depth_of(unit: U, above: tuple[U, ...]) -> int:
        if unit in above:
            raise Circle(above[above.index(unit) :])
        if unit not in depth:
            depth[unit] = max((depth_of(source, (*above, unit)) + 1 for source in sources.get(unit, [])), default=0)
        return depth[unit]

    return sorted(gifts, key=lambda gift: depth_of(gift.giver, ()))


def effective_dates(gifts: Sequence[Gift[U]]) -> dict[object, dt.date | None]:
    """Since when each gift holds. Given on without a decision: from the date of the receipt it is paid from.

    Receipts are used up in order of their dates (those without a date first); a gift that needs several
    holds from the last of them. Without any receipt, or where that has no date, None: it holds for every day.
    """
    dates: dict[object, dt.date | None] = {}
    received: dict[U, list[tuple[dt.date | None, int]]] = {}
    spent: dict[U, int] = {}
    for gift in downstream(gifts):
        spent[gift.giver] = spent.get(gift.giver, 0) + gift.amount_vnd
        date = gift.date if gift.has_decision else _paid_from(received.get(gift.giver, []), spent[gift.giver])
        dates[gift.key] = date
        received.setdefault(gift.taker, []).append((date, gift.amount_vnd))
    return dates


def _paid_from(receipts: list[tuple[dt.date | None, int]], needed: int) -> dt.date | None:
    total, date = 0, None
    for receipt_date, amount in sorted(receipts, key=lambda receipt: receipt[0] or dt.date.min):
        total, date = total + amount, receipt_date
        if total >= needed:
            break
    return date


def own_money(gifts: Sequence[Gift[U]]) -> dict[U, int]:
    """Money of a unit's own: what a giver gives that received nothing from anybody."""
    takers = {gift.taker for gift in gifts}
    own: dict[U, int] = {}
    for gift in gifts:
        if gift.giver not in takers:
            own[gift.giver] = own.get(gift.giver, 0) + gift.amount_vnd
    return own


def last_takers(gifts: Sequence[Gift[U]]) -> set[U]:
    """Those that received money and gave none of it on."""
    return {gift.taker for gift in gifts} - {gift.giver for gift in gifts}


def overdrawn(gifts: Sequence[Gift[U]]) -> dict[U, tuple[int, int, object]]:
    """Givers that give on more than they received: (received, given, key of the gift that exceeds it)."""
    received: Mapping[U, int] = _sum((gift.taker, gift.amount_vnd) for gift in gifts)
    given: dict[U, int] = {}
    over: dict[U, tuple[int, int, object]] = {}
    for gift in gifts:
        given[gift.giver] = given.get(gift.giver, 0) + gift.amount_vnd
        if gift.giver in received and given[gift.giver] > received[gift.giver]:
            key = over.get(gift.giver, (0, 0, gift.key))[2]
            over[gift.giver] = (received[gift.giver], given[gift.giver], key)
    return over


def _sum(pairs: "object") -> dict[U, int]:
    total: dict[U, int] = {}
    for unit, amount in pairs:  # type: ignore[attr-defined]
        total[unit] = total.get(unit, 0) + amount
    return total


@dataclass(frozen=True, slots=True)
class Line(Generic[U]):
    """One line of the tree of money: a gift under its giver, or (without one) a unit at the top.

    `is_first`: the unit stands here for the first time, and what it gave on stands below.
    """

    depth: int
    unit: U
    gift: Gift[U] | None
    is_first: bool


def flow(gifts: Sequence[Gift[U]]) -> list[Line[U]]:
    """The gifts as an indented tree, in the given order below each giver; givers that received nothing stand on top."""
    by_giver: dict[U, list[Gift[U]]] = {}
    for gift in gifts:
        by_giver.setdefault(gift.giver, []).append(gift)
    takers = {gift.taker for gift in gifts}
    lines: list[Line[U]] = []
    seen: set[U] = set()

    def put(depth: int, unit: U, gift: Gift[U] | None) -> None:
        is_first = unit not in seen
        seen.add(unit)
        lines.append(Line(depth, unit, gift, is_first))
        if is_first:
            for given in by_giver.get(unit, []):
                put(depth + 1, given.taker, given)

    for giver in by_giver:
        if giver not in takers:
            put(0, giver, None)
    return lines


def out_of_order(dates: Sequence[dt.date | None]) -> set[int]:
    """Places in a row of steps whose date lies before that of an earlier step; unknown dates say nothing."""
    latest: dt.date | None = None
    wrong = set()
    for place, date in enumerate(dates):
        if date is None:
            continue
        if latest is not None and date < latest:
            wrong.add(place)
        latest = date if latest is None else max(latest, date)
    return wrong
