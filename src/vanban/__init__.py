"""Vietnamese administrative documents in the format of Decree 30/2020/NĐ-CP.

A document is a plain value (`Document` and its parts); it is written as Word, PDF, HTML or text, kept as JSON,
and held against the decree.
"""

from vanban.departures import Departure, departures
from vanban.docx import to_docx
from vanban.html import to_html
from vanban.kinds import KINDS, Kind, symbol_for
from vanban.model import (
    Annex,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Issuer,
    Item,
    ModelError,
    Paragraph,
    PlaceDate,
    Recipients,
    Run,
    Runs,
    Signature,
    Symbol,
    Table,
    plain,
)
from vanban.pdf import PdfError, to_pdf
from vanban.serial import from_json, to_json
from vanban.text import to_text

__all__ = [
    "KINDS",
    "Annex",
    "Block",
    "Cell",
    "Column",
    "Departure",
    "Document",
    "Heading",
    "Issuer",
    "Item",
    "Kind",
    "ModelError",
    "Paragraph",
    "PdfError",
    "PlaceDate",
    "Recipients",
    "Run",
    "Runs",
    "Signature",
    "Symbol",
    "Table",
    "departures",
    "from_json",
    "plain",
    "symbol_for",
    "to_docx",
    "to_html",
    "to_json",
    "to_pdf",
    "to_text",
]
