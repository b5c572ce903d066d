"""What a person reads on a page: its text, and its table by rows."""

import re
from html import unescape

from django.http import HttpResponse

ROW = re.compile(r"<tr>(.*?)</tr>", re.S)
HEAD = re.compile(r"<th scope=\"row\".*?</th>", re.S)
CELL = re.compile(r"<td.*?</td>", re.S)


def plain(html: str) -> str:
    """Markup out, one space between words."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def text_of(page: HttpResponse) -> str:
    """The text of a page that was answered (200)."""
    assert page.status_code == 200, page.status_code
    return plain(page.content.decode())


def rows_of(page: HttpResponse) -> dict[str, list[str]]:
    """The rows of a page's table by their heads, in order; each cell's text."""
    assert page.status_code == 200, page.status_code
    rows = ROW.findall(page.content.decode())
    return {plain(HEAD.search(row)[0]): [plain(cell) for cell in CELL.findall(row)] for row in rows if HEAD.search(row)}
