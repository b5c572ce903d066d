"""Every writer takes every document: strange text, empty parts, tables of any shape."""

import io
import xml.dom.minidom
import zipfile
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings

from tests.vanban.strategies import documents
from vanban import Document, PdfError, departures, to_docx, to_html, to_pdf, to_text
from vanban.metrics import unprintable

_FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class _Open(HTMLParser):
    """Elements that stand open; one closed out of order fails."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "col":
            self.open.append(tag)
        assert not {"style", "onclick"} & {name for name, _ in attrs}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(documents)
@_FEW
def test_word_parts_are_well_formed(document: Document) -> None:
    with zipfile.ZipFile(io.BytesIO(to_docx(document))) as package:
        for name in package.namelist():
            xml.dom.minidom.parseString(package.read(name))


@given(documents)
@_FEW
def test_html_elements_are_closed_in_order(document: Document) -> None:
    parser = _Open()
    parser.feed(to_html(document, link=lambda key: f"/k?{key}"))
    assert not parser.open


@given(documents)
@_FEW
def test_pdf_is_made_or_refused_by_letter(document: Document) -> None:
    if missing := unprintable(to_text(document)):
        with pytest.raises(PdfError, match=f"U\\+{ord(missing[0]):04X}"):
            to_pdf(document)
    else:
        assert to_pdf(document).startswith(b"%PDF-1.7")


@given(documents)
@_FEW
def test_text_has_no_control_characters(document: Document) -> None:
    text = to_text(document)
    assert all(letter.isprintable() or letter in "\n\t" or ord(letter) > 127 for letter in text)
    assert "\u00a0" not in text


@given(documents)
@_FEW
def test_departures_are_found_without_failing(document: Document) -> None:
    assert all(departure.rule.startswith("A") for departure in departures(document))
