"""What stands where on the pages of a PDF: lines of text and rules, in millimetres from the page's edge."""

import io
from dataclasses import dataclass
from itertools import pairwise

import pdfplumber

MM = 25.4 / 72


@dataclass(frozen=True)
class Line:
    """One line of text of one column."""

    page: int
    text: str
    left: float
    right: float
    top: float
    bottom: float
    baseline: float
    size: float
    font: str

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def style(self) -> tuple[bool, bool]:
        return "Bold" in self.font, "Italic" in self.font


@dataclass(frozen=True)
class Rule:
    """A drawn horizontal line."""

    page: int
    left: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2


class Pages:
    """The pages of a PDF, measured once."""

    def __init__(self, data: bytes) -> None:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            self.sizes = [(page.width * MM, page.height * MM) for page in pdf.pages]
            self.lines = [line for page in pdf.pages for line in _lines(page)]
            self.rules = [rule for page in pdf.pages for rule in _rules(page)]

    def __len__(self) -> int:
        return len(self.sizes)

    def line(self, start: str) -> Line:
        """The first line that starts with `start`."""
        found = [line for line in self.lines if line.text.startswith(start)]
        assert found, f"no line starts with {start!r}"
        return found[0]

    def on(self, page: int) -> list[Line]:
        return [line for line in self.lines if line.page == page]

    def rule_below(self, line: Line) -> Rule:
        """The nearest rule under `line`, within 5 mm and its column."""
        found = [
            rule
            for rule in self.rules
            if rule.page == line.page
            and -1 < rule.top - line.baseline < 5
            and line.left - 1 < rule.centre < line.right + 1
        ]
        assert found, f"no rule under {line.text!r}"
        return min(found, key=lambda rule: rule.top)


def _lines(page: pdfplumber.page.Page) -> list[Line]:
    gap = 24  # points: less than the gutter between the two columns of the header, more than a blank day
    words = page.extract_text_lines(x_tolerance=3)
    lines = []
    for found in words:
        for part in _columns(found["chars"], gap):
            lines.append(_line(page, part))
    return lines


def _columns(chars: list[dict], gap: float) -> list[list[dict]]:
    parts: list[list[dict]] = [[]]
    for char in sorted((char for char in chars if char["text"].strip()), key=lambda char: char["x0"]):
        if parts[-1] and char["x0"] - parts[-1][-1]["x1"] > gap:
            parts.append([])
        parts[-1].append(char)
    return [part for part in parts if part]


def _line(page: pdfplumber.page.Page, chars: list[dict]) -> Line:
    text = chars[0]["text"]
    for before, char in pairwise(chars):
        text += " " * (char["x0"] - before["x1"] > before["size"] * 0.12) + char["text"]
    baseline = page.height - chars[0]["matrix"][5]
    return Line(
        page=page.page_number,
        text=text,
        left=chars[0]["x0"] * MM,
        right=chars[-1]["x1"] * MM,
        top=min(char["top"] for char in chars) * MM,
        bottom=max(char["bottom"] for char in chars) * MM,
        baseline=baseline * MM,
        size=round(chars[0]["size"], 1),
        font=chars[0]["fontname"].split("+")[-1],
    )


def _rules(page: pdfplumber.page.Page) -> list[Rule]:
    drawn = [*page.lines, *(rect for rect in page.rects if rect["height"] < 2)]
    return [
        Rule(page.page_number, one["x0"] * MM, one["x1"] * MM, one["top"] * MM)
        for one in drawn
        if one["x1"] - one["x0"] > 10
    ]
