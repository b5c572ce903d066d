"""Naming a side of a figure in text: "units_shared:in"."""

from motcua.figures.definitions import FIGURES

SIDES = ("in", "out", "unknown")


class NoSuchSide(ValueError):
    """A text of the form "figure:side" that names no figure, or no side of one; `text` is it."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(text)


def read_side(text: str) -> tuple[str, str] | None:
    """The figure and the side that a text names; None for a text that names none (it has no colon).

    Raises `NoSuchSide`.
    """
    if ":" not in text:
        return None
    name, side = text.split(":", 1)
    figure = FIGURES.get(name)
    if figure is None or figure.is_amount or side not in SIDES:
        raise NoSuchSide(text)
    return name, side
