"""From a side of a figure to the subject of a sentence. Statutory wording: Vietnamese in every language."""

from collections.abc import Sequence

from motcua.figures.queries import Facts
from motcua.figures.sides import read_side
from vanban.words import two_digits

NOUN = "đơn vị"
OF_THE_PROGRAMME = "Việc trang bị thiết bị"
"""The subject of a judgement that concerns the programme as a whole."""


def quantifier(count: int, population: int, names: Sequence[str]) -> str:
    """Toàn bộ, phần lớn, một số, with the count; one alone is named. Empty where there is none.

    >>> quantifier(10, 14, [])
    'Phần lớn các đơn vị (10 đơn vị)'
    >>> quantifier(1, 14, ["xã Nguyên Phúc"])
    '01 đơn vị (xã Nguyên Phúc)'
    """
    if count == 0:
        return ""
    counted = f"{two_digits(count)} {NOUN}"
    if count == population:
        return f"Toàn bộ {counted}"
    if count == 1:
        return f"{counted} ({names[0]})" if names else counted
    if count * 2 > population:
        return f"Phần lớn các {NOUN} ({counted})"
    return f"Một số {NOUN} ({counted})"


def subject(concerns: str, facts: Facts) -> str | None:
    """The subject that a judgement's clause follows; "" where nobody stands on the side, None where it needs none.

    Raises `NoSuchSide`.
    """
    side = read_side(concerns)
    if side is None:
        return OF_THE_PROGRAMME if concerns == "programme" else None
    answer = facts.evaluate(side[0])
    members = answer.side(side[1])
    return quantifier(len(members), answer.population or 0, [unit.full_name for unit in members])


def sentence(concerns: str, wording: str, facts: Facts) -> str:
    """A judgement as the report prints it; empty where it has no words, or nobody stands on its side.

    The report has the same parts from the same functions (`reports.drafting`). Raises `NoSuchSide`.
    """
    clause = wording.strip().rstrip(".;,")
    if not clause:
        return ""
    before = subject(concerns, facts)
    if before is None:
        return f"{clause[:1].upper()}{clause[1:]}."
    return f"{before} {clause}." if before else ""
