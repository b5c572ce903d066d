"""Numbers, money, dates and lists in the words and figures of official Vietnamese text.

Counts below ten carry a zero ("04 đơn vị"), groups of three digits a full stop ("403.200.000đ"), days below
ten and the months 1 and 2 a zero (A2 row 4); points of a clause follow the alphabet without f, j, w, z (A2
row 6-đ). Numbers in words run to 10^15, in lower case with no comma, groups of zeros left out.

Searching and sorting: the alphabet is a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y; f j w z stand
at their places in the Latin one. Tones (ngang, huyền, hỏi, ngã, sắc, nặng) decide only between words alike in
letters, as in CLDR's order for Vietnamese.
"""

import datetime as dt
import unicodedata

LARGEST = 10**15
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: place for place, letter in enumerate(_ALPHABET)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}

SortKey = tuple[tuple[tuple[int, int], ...], tuple[int, ...], str]


def group_digits(number: int) -> str:
    """403200000 → "403.200.000"."""
    return f"{number:,}".replace(",", ".")


def format_vnd(amount: int) -> str:
    """Whole đồng as printed in reports: 403200000 → "403.200.000đ"."""
    return f"{group_digits(amount)}đ"


def two_digits(count: int) -> str:
    """A count in text: 4 → "04", 14 → "14", 1200 → "1.200"."""
    return f"{count:02d}" if 0 <= count < 10 else group_digits(count)


def ratio(part: int, whole: int) -> str:
    """A share in text: (4, 14) → "04/14"."""
    return f"{two_digits(part)}/{two_digits(whole)}"


def date_slash(day: dt.date) -> str:
    """ "27/12/2023", "08/5/2023": zero before days below ten and months 1 and 2."""
    return f"{day.day:02d}/{_month(day.month)}/{day.year}"


def date_long(day: dt.date) -> str:
    """ "ngày 08 tháng 5 năm 2023" (A2 row 4)."""
    return f"ngày {day.day:02d} tháng {_month(day.month)} năm {day.year}"


def _month(month: int) -> str:
    return f"{month:02d}" if month < 3 else str(month)


def roman(number: int) -> str:
    """4 → "IV". Raises ValueError outside 1..3999."""
    if not 1 <= number <= 3999:
        raise ValueError(f"{number} has no Roman numeral")
    digits = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        digits.append(letters * count)
    return "".join(digits)


def item_letter(number: int) -> str:
    """Letter of the nth point: 1 → "a", 5 → "đ", 23 → "y". Raises ValueError beyond (A2 row 6-đ)."""
    if not 1 <= number <= len(_LETTERS):
        raise ValueError(f"{number} is no point between 1 and {len(_LETTERS)}")
    return _LETTERS[number - 1]


def join_names(names: tuple[str, ...]) -> str:
    """Names as an official list runs them: "xã A, xã B, xã C"."""
    return ", ".join(names)


def number_in_words(number: int) -> str:
    """1005 → "một nghìn không trăm linh năm". Raises ValueError outside 0..10^15."""
    if not 0 <= number <= LARGEST:
        raise ValueError(f"{number} is not between 0 and 10^15")
    return " ".join(_whole(number, follows=False)) if number else _DIGITS[0]


def money_in_words(amount: int) -> str:
    """403200000 → "bốn trăm linh ba triệu hai trăm nghìn đồng"."""
    return f"{number_in_words(amount)} đồng"


def _whole(number: int, *, follows: bool) -> list[str]:
    """Words of `number`; `follows`: a higher group stands before it, so hundreds are always said."""
    billions, rest = divmod(number, 10**9)
    words = [*_whole(billions, follows=follows), "tỷ"] if billions else []
    for scale, unit in ((10**6, ["triệu"]), (10**3, ["nghìn"]), (1, [])):
        group, rest = divmod(rest, scale)
        if group:
            words += [*_group(group, follows=follows or bool(words)), *unit]
    return words


def _group(number: int, *, follows: bool) -> list[str]:
    """Words of 1..999."""
    hundreds, rest = divmod(number, 100)
    said = bool(hundreds) or follows
    words = [_DIGITS[hundreds], "trăm"] if said else []
    tens, ones = divmod(rest, 10)
    if tens == 0:
        return words + ((["linh"] if said else []) + [_DIGITS[ones]] if ones else [])
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    return words + ([_after_ten(ones, tens)] if ones else [])


def _after_ten(ones: int, tens: int) -> str:
    """The last digit after a ten: mốt and tư after 20 …, lăm after every ten."""
    if ones == 5:
        return "lăm"
    if tens > 1 and ones in (1, 4):
        return "mốt" if ones == 1 else "tư"
    return _DIGITS[ones]


def fold(text: str) -> str:
    """The form in which text is searched: lower case, no diacritics, đ as d, single spaces.

    "Hoà", "Hòa" and their decomposed forms all give "hoa".
    """
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(letters.split())


def sort_key(text: str) -> SortKey:
    """Key by which `sorted` puts names in the order of the Vietnamese alphabet."""
    letters: list[tuple[int, int]] = []
    tones: list[int] = []
    for letter in unicodedata.normalize("NFC", text.lower()):
        bare, tone = _without_tone(letter)
        letters.append(_place(bare))
        tones.append(tone)
    return tuple(letters), tuple(tones), text.swapcase()


def _without_tone(letter: str) -> tuple[str, int]:
    """("ặ") → ("ă", 5)."""
    parts = unicodedata.normalize("NFD", letter)
    tone = next((_TONES[mark] for mark in parts if mark in _TONES), 0)
    kept = "".join(mark for mark in parts if mark not in _TONES)
    return unicodedata.normalize("NFC", kept), tone


def _place(letter: str) -> tuple[int, int]:
    """Group (space, mark, digit, letter) and place in it."""
    if letter in _RANK:
        return 3, _RANK[letter]
    if letter.isspace():
        return 0, 0
    return (2 if letter.isdigit() else 4 if letter.isalpha() else 1), ord(letter[0])
