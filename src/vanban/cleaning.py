"""Text as it may stand in a document: one Unicode form, no control characters.

Word, PDF/A and HTML each refuse or damage some characters. Cleaning once, where text enters the model,
lets every writer print the same letters (TCVN 6909:2001 is Unicode with precomposed letters, A1).
"""

import unicodedata

_SPACES = {"\t", "\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x1f", "\x85", "\xa0"}
_SPACES |= {"\u2028", "\u2029", "\u202f", "\u2007"}
_NEVER = {"Cc", "Cs"}
_INVISIBLE = {"\u00ad", "\u200b", "\u2060", "\ufeff"}


def clean(text: str) -> str:
    """Return `text` in NFC; line breaks, tabs and no-break spaces become one space each.

    Control characters, lone surrogates, non-characters and invisible break hints are dropped.
    """
    if text.isascii() and text.isprintable():
        return text
    kept = [" " if letter in _SPACES else letter for letter in text if not _dropped(letter)]
    return unicodedata.normalize("NFC", "".join(kept))


def _dropped(letter: str) -> bool:
    if letter in _SPACES:
        return False
    if letter in _INVISIBLE or unicodedata.category(letter) in _NEVER:
        return True
    code = ord(letter)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def capitals(text: str) -> str:
    """Return `text` in capitals (HOA), precomposed: "huyện Bạch Thông" → "HUYỆN BẠCH THÔNG"."""
    return unicodedata.normalize("NFC", clean(text).upper())
