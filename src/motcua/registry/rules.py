"""Due dates, and what a downloaded file is called: plain functions of plain values."""

import datetime as dt
import re
import unicodedata

EXTENSIONS = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}


def days_late(due_on: dt.date | None, today: dt.date) -> int:
    """How many days have passed since the due date; 0 where it lies ahead or there is none."""
    return max((today - due_on).days, 0) if due_on else 0


def due_order(due_on: dt.date | None, issued_on: dt.date | None, today: dt.date) -> tuple[int, int]:
    """A key for sorting: the latest overdue first, then what is due soonest, then the newest without a due date."""
    if due_on is None:
        return (2, -(issued_on or dt.date.min).toordinal())
    return (0 if due_on < today else 1, due_on.toordinal())


def download_name(number: str, media_type: str) -> str:
    """A file name of plain letters from a document's number: 773/QĐ-UBND gives 773-QD-UBND.pdf."""
    plain = unicodedata.normalize("NFD", number.replace("Đ", "D").replace("đ", "d"))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    stem = re.sub(r"[^A-Za-z0-9]+", "-", letters).strip("-")[:80]
    return (stem or "van-ban") + EXTENSIONS.get(media_type, "")
