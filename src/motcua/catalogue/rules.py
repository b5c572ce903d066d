"""Criteria of a requirement set: a small typed list, checked when it is published."""

from collections.abc import Collection, Mapping, Sequence
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


def verdict(answered: Mapping[str, str], keys: Collection[str]) -> bool | None:
    """Whether a device meets criteria (`keys`) of which some are answered "yes" or "no" (three-valued).

    One that is not met decides; all must be met; one that nobody judged leaves it unknown, and so does a set
    whose criteria are not recorded.
    """
    values = [answered[key] for key in keys if answered.get(key)]
    if "no" in values:
        return False
    return True if keys and len(values) == len(keys) else None
