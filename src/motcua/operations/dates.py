"""Dates and moments on a command line."""

import argparse
import datetime as dt
from zoneinfo import ZoneInfo


def read_date(text: str) -> dt.date:
    """2023-12-27 or 27/12/2023."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(f"“{text}”: hãy viết ngày dạng 2023-12-27 / write a date as 2023-12-27")


def read_moment(text: str) -> dt.datetime:
    """2024-01-05T10:00; without an offset it is Việt Nam's time."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        message = f"“{text}”: hãy viết thời điểm dạng 2024-01-05T10:00 / write a moment as 2024-01-05T10:00"
        raise argparse.ArgumentTypeError(message) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
