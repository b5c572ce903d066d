"""Widths of text in Liberation Serif, whose widths are those of Times New Roman.

Rule lines must be as long as the text above them, or a part of it (A2 rows 1b, 2b, 5a-ii); Word cannot say
"as long as that text", so the writer measures. A small reader of the bundled TrueType files: `head`, `hhea`,
`hmtx` and the Unicode `cmap` of format 4, all that widths need.
"""

import struct
from functools import lru_cache
from pathlib import Path

FONTS = Path(__file__).parent / "assets" / "fonts"
_FACES = {
    (False, False): "LiberationSerif-Regular.ttf",
    (True, False): "LiberationSerif-Bold.ttf",
    (False, True): "LiberationSerif-Italic.ttf",
    (True, True): "LiberationSerif-BoldItalic.ttf",
}
_MM_PER_POINT = 25.4 / 72


def text_width(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """Width in millimetres of `text` on one line, set in `size` points without kerning."""
    advances = _advances(bold, italic)
    return sum(advances.get(ord(letter), 0.5) for letter in text) * size * _MM_PER_POINT


def unprintable(text: str) -> str:
    """The letters of `text` that the font has no shape for, each once, in order."""
    known = _advances(False, False)
    return "".join(dict.fromkeys(letter for letter in text if ord(letter) not in known and letter not in "\n\t"))


def wrapped_widths(text: str, size: float, limit: float, *, bold: bool = False) -> list[float]:
    """Width in millimetres of each line of `text` broken at spaces to lines of at most `limit` millimetres."""
    widths: list[float] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and text_width(longer, size, bold=bold) > limit:
            widths.append(text_width(line, size, bold=bold))
            longer = word
        line = longer
    return [*widths, text_width(line, size, bold=bold)] if line else widths


@lru_cache(maxsize=4)
def _advances(bold: bool, italic: bool) -> dict[int, float]:
    """Advance width of each code point, in parts of the font size."""
    data = (FONTS / _FACES[bold, italic]).read_bytes()
    tables = _tables(data)
    units = struct.unpack_from(">H", data, tables["head"] + 18)[0]
    measured = struct.unpack_from(">H", data, tables["hhea"] + 34)[0]
    widths = [struct.unpack_from(">H", data, tables["hmtx"] + 4 * glyph)[0] for glyph in range(measured)]
    glyphs = _glyphs(data, _unicode_map(data, tables["cmap"]))
    return {code: widths[min(glyph, measured - 1)] / units for code, glyph in glyphs.items()}


def _tables(data: bytes) -> dict[str, int]:
    count = struct.unpack_from(">H", data, 4)[0]
    records = (struct.unpack_from(">4sLLL", data, 12 + 16 * index) for index in range(count))
    return {tag.decode(): offset for tag, _, offset, _ in records}


def _unicode_map(data: bytes, cmap: int) -> int:
    """Offset of the Windows Unicode subtable (platform 3, encoding 1), in format 4 in every bundled font."""
    count = struct.unpack_from(">H", data, cmap + 2)[0]
    for index in range(count):
        platform, encoding, offset = struct.unpack_from(">HHL", data, cmap + 4 + 8 * index)
        if (platform, encoding) == (3, 1):
            return cmap + int(offset)
    raise ValueError("the font has no Windows Unicode map")


def _glyphs(data: bytes, table: int) -> dict[int, int]:
    """Glyph of each code point, from a `cmap` subtable of format 4 (OpenType 1.9, cmap)."""
    count = struct.unpack_from(">H", data, table + 6)[0] // 2
    form = f">{count}H"
    ends = struct.unpack_from(form, data, table + 14)
    starts = struct.unpack_from(form, data, table + 16 + 2 * count)
    deltas = struct.unpack_from(form, data, table + 16 + 4 * count)
    ranges_at = table + 16 + 6 * count
    ranges = struct.unpack_from(form, data, ranges_at)
    glyphs: dict[int, int] = {}
    for index, (start, end, delta, shift) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            at = ranges_at + 2 * index + shift + 2 * (code - start)
            glyph = struct.unpack_from(">H", data, at)[0] if shift else code
            if glyph and (glyph + delta) & 0xFFFF:
                glyphs[code] = (glyph + delta) & 0xFFFF
    return glyphs
