"""Criteria of a requirement set: a small typed list, checked when it is published."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from itertools import count
from typing import Any

Criterion = Mapping[str, Any]


LONGEST_KEY = 60


def faults(criteria: Sequence[Criterion]) -> list[str]:
    """What is wrong with a list of criteria ({"key", "wording"}): numbers of the rows, empty when all is well."""
    seen: set[str] = set()
    wrong = []
    for number, criterion in enumerate(criteria, start=1):
        key, wording = str(criterion.get("key", "")), str(criterion.get("wording", ""))
        if not key or len(key) > LONGEST_KEY or not wording or key in seen:
            wrong.append(str(number))
        seen.add(key)
    return wrong


def state(valid_from: dt.date | None, ended_on: dt.date | None, day: dt.date) -> str:
    """ "ahead", "in_force" or "ended", for a half-open period on a day."""
    if valid_from is not None and day < valid_from:
        return "ahead"
    return "ended" if ended_on is not None and ended_on <= day else "in_force"


def with_keys(criteria: Sequence[Criterion]) -> list[dict[str, str]]:
    """Criteria as somebody typed them: rows left empty are dropped, and a wording without a key is given a free one."""
    rows = [{"key": str(c["key"]).strip(), "wording": str(c["wording"]).strip()} for c in criteria]
    rows = [row for row in rows if row["key"] or row["wording"]]
    taken = {row["key"] for row in rows}
    for row in rows:
        if not row["key"]:
            row["key"] = next(key for n in count(1) if (key := f"c{n}") not in taken)
            taken.add(row["key"])
    return rows


def verdict(answered: Mapping[str, str], keys: Collection[str]) -> bool | None:
    """Whether a device meets criteria (`keys`) of which some are answered "yes" or "no" (three-valued).

    One that is not met decides; all must be met; one that nobody judged leaves it unknown, and so does a set
    whose criteria are not recorded.
    """
    values = [answered[key] for key in keys if answered.get(key)]
    if "no" in values:
        return False
    return True if keys and len(values) == len(keys) else None
