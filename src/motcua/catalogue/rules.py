"""Criteria of a requirement set: a small typed list, checked when it is published."""

from collections.abc import Mapping, Sequence
from typing import Any

Criterion = Mapping[str, Any]


def faults(criteria: Sequence[Criterion]) -> list[str]:
    """What is wrong with a list of criteria ({"key", "wording"}): numbers of the rows, empty when all is well."""
    seen: set[str] = set()
    wrong = []
    for number, criterion in enumerate(criteria, start=1):
        key, wording = str(criterion.get("key", "")), str(criterion.get("wording", ""))
        if not key or not wording or key in seen:
            wrong.append(str(number))
        seen.add(key)
    return wrong


def verdict(whole: tuple[str, str] | None, parts: Mapping[str, tuple[str, str]], keys: Sequence[str]) -> bool | None:
    """Whether a device meets a set (three-valued).

    `whole` is the verdict given as a whole, `parts` the answer to each criterion, each as
    (ISO date seen, "yes" or "no"). Judged criteria speak where any is at least as recent as the verdict
    as a whole: all must be met, and one that nobody judged leaves it unknown.
    """
    answered = {key: parts[key] for key in keys if key in parts}
    newest = max((day for day, _value in answered.values()), default="")
    if whole and (not answered or whole[0] > newest):
        return whole[1] == "yes"
    values = [value for _day, value in answered.values()]
    if "no" in values:
        return False
    return True if keys and len(answered) == len(keys) else (whole[1] == "yes" if whole else None)
