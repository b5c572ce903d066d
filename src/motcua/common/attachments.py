"""Files that a page hands out, under names that every system takes: no diacritics (DECREE30 A11)."""

import re

from django.http import HttpResponse

from vanban.words import fold

LONGEST = 100


def plain_name(name: str) -> str:
    """ "Huyện Ba Bể 2023.xlsx" → "huyen-ba-be-2023.xlsx"."""
    return re.sub(r"[^a-z0-9._-]+", "-", fold(name)).strip("-.")[-LONGEST:] or "file"


def attached(answer: HttpResponse, name: str) -> HttpResponse:
    """The answer as a file to keep."""
    answer["Content-Disposition"] = f'attachment; filename="{plain_name(name)}"'
    return answer
