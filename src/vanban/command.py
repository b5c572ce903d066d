"""The command `vanban`: a document to Word, PDF, HTML or text, and numbers in words."""

import argparse
import io
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from vanban.docx import to_docx
from vanban.html import to_html
from vanban.model import Document, ModelError
from vanban.pdf import PdfError, to_pdf
from vanban.serial import from_json
from vanban.text import to_text
from vanban.words import money_in_words, number_in_words

UNREADABLE = 2
_EXAMPLES = """\
examples:
  vanban convert report.json report.docx
  vanban words 403200000 --money
"""
_WRITERS: dict[str, Callable[[Document], bytes]] = {
    ".docx": to_docx,
    ".pdf": to_pdf,
    ".html": lambda document: to_html(document).encode(),
    ".txt": lambda document: to_text(document).encode(),
}


class RefusalError(Exception):
    """What the person is told, and nothing more."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 0, or 2 for what cannot be read."""
    _speak_unicode()
    asked = _parser().parse_args(arguments)
    try:
        if asked.command == "convert":
            _convert(asked.source, asked.target)
        else:
            _say(asked.number, money=asked.money)
    except RefusalError as refusal:
        print(f"vanban: {refusal}", file=sys.stderr)
        return UNREADABLE
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="vanban",
        description="Vietnamese administrative documents in the format of Decree 30/2020/NĐ-CP.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    convert = commands.add_parser("convert", help="write a document as .docx, .pdf, .html or .txt")
    convert.add_argument("source", metavar="IN.json", type=Path, help="the document, schema vanban/1")
    convert.add_argument("target", metavar="OUT", type=Path, help="its ending says the form: .docx .pdf .html .txt")
    words = commands.add_parser("words", help="say a whole number in Vietnamese words")
    words.add_argument("number", metavar="N", help="0 to 10^15; groups may be parted by full stops")
    words.add_argument("--money", action="store_true", help="an amount: end with “đồng”")
    return parser


def _convert(source: Path, target: Path) -> None:
    write = _WRITERS.get(target.suffix.lower())
    if write is None:
        raise RefusalError(f"{target}: the ending must be one of {' '.join(_WRITERS)}")
    document = _read(source)
    try:
        target.write_bytes(write(document))
    except (PdfError, OSError) as error:
        raise RefusalError(f"{target}: {error}") from error


def _read(source: Path) -> Document:
    try:
        return from_json(json.loads(source.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise RefusalError(f"{source}: {error.strerror}") from error
    except ModelError as error:
        raise RefusalError(f"{source}: {error}") from error
    except (ValueError, RecursionError) as error:
        raise RefusalError(f"{source}: is no JSON ({error})") from error


def _say(number: str, *, money: bool) -> None:
    try:
        count = int(number.replace(".", ""))
        said = money_in_words(count) if money else number_in_words(count)
    except ValueError as error:
        raise RefusalError(f"{number}: is no whole number from 0 to 10^15") from error
    print(said)


def _speak_unicode() -> None:
    """Write UTF-8 whatever the console's own code page is (Windows)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
