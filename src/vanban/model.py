"""What a document of Decree 30/2020/NĐ-CP is made of.

Plain frozen values: no writer, no page. Each part knows the lines that are printed for it, in the words,
capitals and punctuation of A2, so that every writer prints the same text. Sequences are tuples.

Text is cleaned where it enters (`vanban.cleaning`): NFC, one space for a line break, no control characters.
"""

from calendar import monthrange
from dataclasses import dataclass, fields
from typing import Literal

from vanban.cleaning import capitals, clean
from vanban.kinds import KINDS

Align = Literal["justify", "left", "center", "right"]
ALIGNMENTS: tuple[Align, ...] = ("justify", "left", "center", "right")

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
ENDING = "./."
RECIPIENTS_HEAD = "Nơi nhận:"
ADDRESSEES_HEAD = "Kính gửi:"
ANNEX_HEAD = "Phụ lục"

_BLANK_NUMBER = " " * 6
_BLANK_DAY = " " * 5


class ModelError(ValueError):
    """Data that is no document. `path` says where ("body[3].rows[0]"), `message` what is wrong."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path or 'document'}: {message}")
        self.path = path
        self.message = message


def _clean_fields(value: object) -> None:
    """Clean every text, and every tuple of texts, of a dataclass under construction."""
    for field in fields(value):  # type: ignore[arg-type]  # only dataclasses of this module call it
        held = getattr(value, field.name)
        if isinstance(held, str):
            object.__setattr__(value, field.name, clean(held))
        elif isinstance(held, tuple) and any(isinstance(part, str) for part in held):
            object.__setattr__(value, field.name, tuple(clean(part) for part in held))


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. `key` is opaque: what the text shows ("figure:units_placed:ratio")."""

    text: str
    bold: bool = False
    italic: bool = False
    key: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean(self.text))
        if self.key is not None:
            object.__setattr__(self, "key", clean(self.key) or None)


Runs = tuple[Run, ...]
Cell = tuple[Run, ...]


def plain(runs: Runs) -> str:
    """The text of `runs`, without style or keys."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body (A2 row 6). `indent`: first line set in by 1 cm."""

    runs: Runs
    align: Align = "justify"
    indent: bool = True

    def __post_init__(self) -> None:
        _ask(self.align in ALIGNMENTS, f"align is {self.align!r}, not one of {', '.join(ALIGNMENTS)}")


@dataclass(frozen=True, slots=True)
class Heading:
    """A step of the ladder I. → 1. → a) (A2 rows 6-rI, 6-k, 6-đ); `number` is printed as given ("I.", "a)")."""

    level: int
    number: str
    title: Runs

    def __post_init__(self) -> None:
        _ask(self.level in (1, 2, 3), f"level is {self.level!r}, not 1, 2 or 3")
        _clean_fields(self)

    @property
    def runs(self) -> Runs:
        """Number and title as printed, levels 1 and 2 in bold: `1. Việc mua sắm`."""
        bold = self.level < 3
        title = tuple(Run(run.text, run.bold or bold, run.italic, run.key) for run in self.title)
        return (Run(f"{self.number} ", bold=bold), *title) if self.number else title


@dataclass(frozen=True, slots=True)
class Item:
    """A dash paragraph of a list; `runs` without the dash."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `width` is relative to the other columns'."""

    title: str
    width: float = 1.0
    align: Align = "left"

    def __post_init__(self) -> None:
        _ask(self.width > 0, f"width is {self.width!r}, not above zero")
        _ask(self.align in ALIGNMENTS, f"align is {self.align!r}, not one of {', '.join(ALIGNMENTS)}")
        _clean_fields(self)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row, which writers repeat on each page. Each row has a cell per column."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str | None = None

    def __post_init__(self) -> None:
        _ask(bool(self.columns), "a table needs a column")
        for number, row in enumerate(self.rows):
            found, asked = len(row), len(self.columns)
            _ask(found == asked, f"row {number} has {found} cells, the table has {asked} columns")
        _clean_fields(self)


Block = Paragraph | Heading | Item | Table


@dataclass(frozen=True, slots=True)
class Issuer:
    """Governing body (not bold) and issuing body (bold), in capitals, a line each (A2 rows 2a, 2b).

    `name` is the body as named in a sentence ("UBND huyện Bạch Thông"), for the note under an annex.
    """

    parent: str | None
    lines: tuple[str, ...]
    name: str | None = None

    def __post_init__(self) -> None:
        _clean_fields(self)

    @classmethod
    def of_committee(cls, name: str) -> "Issuer":
        """A people's committee from its name: "UBND huyện Bạch Thông" → ỦY BAN NHÂN DÂN / HUYỆN BẠCH THÔNG."""
        words = clean(name).split()
        full = "ủy ban nhân dân"
        if words and words[0].upper() == "UBND":
            place = words[1:]
        elif " ".join(words[:4]).lower() in (full, "uỷ ban nhân dân"):
            place = words[4:]
        else:
            raise ValueError(f"{name!r} is not the name of a people's committee")
        lines = (capitals(full), capitals(" ".join(place))) if place else (capitals(full),)
        return cls(parent=None, lines=lines, name=" ".join(words))

    @property
    def sentence_name(self) -> str:
        """The body's name inside a sentence; its printed lines when no other is known."""
        return self.name or " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Symbol:
    """Number and symbol (A2 row 3, A4); `number` is None until the document is issued."""

    number: int | None
    symbol: str

    def __post_init__(self) -> None:
        _ask(self.number is None or self.number > 0, f"number is {self.number!r}, not above zero")
        _clean_fields(self)

    @property
    def line(self) -> str:
        """ "Số: 05/BC-UBND", or with room for the number in a draft."""
        number = _BLANK_NUMBER if self.number is None else f" {self.number:02d}"
        return f"Số:{number}/{self.symbol}"


@dataclass(frozen=True, slots=True)
class PlaceDate:
    """Place and date of issue (A2 row 4). A part that is None is left blank (a draft has no day, A4)."""

    place: str
    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        _ask(self.month is None or 1 <= self.month <= 12, f"month is {self.month!r}")
        _ask(self.day is None or 1 <= self.day <= 31, f"day is {self.day!r}")
        _ask(self.year is None or 1900 <= self.year <= 9999, f"year is {self.year!r}")
        if self.year and self.month and self.day:
            _ask(self.day <= monthrange(self.year, self.month)[1], f"month {self.month} has no day {self.day}")
        _clean_fields(self)

    @property
    def line(self) -> str:
        """ "Bạch Thông, ngày 05 tháng 01 năm 2024": zero before days below 10 and months 1 and 2."""
        day = _BLANK_DAY if self.day is None else f" {self.day:02d} "
        month = _BLANK_DAY if self.month is None else f" {self.month:02d} " if self.month < 3 else f" {self.month} "
        year = "" if self.year is None else f" {self.year}"
        return f"{self.place}, ngày{day}tháng{month}năm{year}"


@dataclass(frozen=True, slots=True)
class Signature:
    """Authority, title and name of the signer (A2 rows 7a, 7b; A5).

    `on_behalf_of` is the collective without "TM.", `for_` the head's title without "KT."; both in capitals.
    """

    on_behalf_of: str | None
    for_: str | None
    title: str
    name: str | None = None

    def __post_init__(self) -> None:
        _clean_fields(self)

    @property
    def authority(self) -> tuple[str, ...]:
        """The lines above the signature: TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH."""
        body = (f"TM. {self.on_behalf_of}",) if self.on_behalf_of else ()
        head = (f"KT. {self.for_}",) if self.for_ else ()
        return (*body, *head, self.title)


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who gets the document (A2 rows 9b-i, 9b-ii): names without dash or mark; `archive` as in "Lưu: VT"."""

    heading: str | None = None
    lines: tuple[str, ...] = ()
    archive: str = "VT"

    def __post_init__(self) -> None:
        _clean_fields(self)

    @property
    def printed(self) -> tuple[str, ...]:
        """The lines under "Nơi nhận:", the last "- Lưu: VT."."""
        heading = (f"{self.heading.rstrip(':')}:",) if self.heading else ()
        named = tuple(f"- {line.rstrip(' ;.')};" for line in self.lines)
        archive = (f"- Lưu: {self.archive.rstrip(' ;.')}.",) if self.archive else ()
        return (*heading, *named, *archive)


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex: its own section with its own page numbers (A1). A plain `title` becomes one run."""

    title: Runs | str
    blocks: tuple[Block, ...]
    landscape: bool = False

    def __post_init__(self) -> None:
        if isinstance(self.title, str):
            object.__setattr__(self, "title", (Run(self.title),))

    @property
    def title_runs(self) -> Runs:
        """The title as runs, whichever way it was given."""
        return (Run(self.title),) if isinstance(self.title, str) else self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole document of a kind with a type name (form 1.4, A7). `kind` is a key of `kinds.KINDS`."""

    kind: str
    issuer: Issuer
    symbol: Symbol
    place_date: PlaceDate
    type_name: str
    subject: Runs
    addressees: tuple[str, ...] = ()
    legal_basis: tuple[Runs, ...] = ()
    body: tuple[Block, ...]
    recipients: Recipients
    signature: Signature
    annexes: tuple[Annex, ...] = ()

    def __post_init__(self) -> None:
        _clean_fields(self)

    @property
    def title(self) -> str:
        """Type and subject on one line, as a file's title: "Báo cáo Kết quả …"."""
        return f"{self.kind_name} {plain(self.subject)}".strip() or "Văn bản"

    @property
    def kind_name(self) -> str:
        """The kind as named in a sentence: "Báo cáo"."""
        kind = KINDS.get(self.kind)
        return kind.name if kind else self.type_name.capitalize()


def _ask(holds: bool, message: str) -> None:
    if not holds:
        raise ModelError("", message)
