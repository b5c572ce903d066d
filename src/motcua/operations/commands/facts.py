"""Commands that take facts in and write figures and reports out."""

import argparse
import json
import sys
from pathlib import Path

from motcua.operations.dates import read_date, read_moment


def load(parser: argparse.ArgumentParser) -> None:
    """Take in a folder of facts (units.csv, allocations.csv, issue.json, …); loading again changes nothing."""
    parser.add_argument("folder", type=Path, help="the folder; its name is the programme's key")
    parser.add_argument("--dry-run", action="store_true", help="only look: say what would change, change nothing")
    parser.set_defaults(run=_load)


def figures(parser: argparse.ArgumentParser) -> None:
    """Print a programme's figures for a unit as of a day."""
    _ask(parser)
    parser.add_argument("--json", action="store_true", help="print only a JSON list on standard output")
    parser.set_defaults(run=_figures)


def report(parser: argparse.ArgumentParser) -> None:
    """Draft a unit's report on a programme and write it as files; nothing is stored."""
    _ask(parser)
    for kind in ("word", "pdf", "text"):
        parser.add_argument(f"--{kind}", type=Path, metavar="FILE", help=f"write the report as {kind}")
    parser.set_defaults(run=_report)


def _ask(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("programme", help="the programme's key")
    parser.add_argument("--unit", required=True, metavar="CODE", help="the unit's code")
    parser.add_argument("--as-of", required=True, type=read_date, metavar="DATE", help="2023-12-27")
    parser.add_argument("--known-at", type=read_moment, metavar="MOMENT", help="as known then (2024-01-05T10:00)")


def _load(chosen: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from motcua.common.actor import operator
    from motcua.operations.load import load_folder
    from motcua.operations.saying import say_intake

    intake = load_folder(chosen.folder, actor=operator(chosen.operator), dry_run=chosen.dry_run)
    for line in say_intake(intake):
        print(line, file=sys.stderr)
    if chosen.dry_run:
        print(_("This was a dry run: nothing was changed."), file=sys.stderr)
    return 0


def _figures(chosen: argparse.Namespace) -> int:
    from motcua.figures.queries import evaluate_all
    from motcua.operations.asking import programme_called, unit_living
    from motcua.operations.saying import figure_json, figure_lines

    programme = programme_called(chosen.programme)
    unit = unit_living(chosen.unit, chosen.as_of, chosen.known_at)
    answers = evaluate_all(programme, unit, chosen.as_of, chosen.known_at)
    if chosen.json:
        print(json.dumps([figure_json(answer) for answer in answers.values()], ensure_ascii=False, indent=1))
    else:
        for line in figure_lines(answers.values()):
            print(line)
    return 0


def _report(chosen: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from motcua.operations.asking import programme_called, unit_living
    from motcua.reports.drafting import draft
    from vanban.docx import to_docx
    from vanban.pdf import to_pdf
    from vanban.text import to_text

    programme = programme_called(chosen.programme)
    unit = unit_living(chosen.unit, chosen.as_of, chosen.known_at)
    document = draft(programme, unit, chosen.as_of, chosen.known_at)
    files = {chosen.word: to_docx, chosen.pdf: to_pdf, chosen.text: lambda d: to_text(d).encode()}
    files.pop(None, None)
    written = {path: write(document) for path, write in files.items()}
    if not written:
        print(to_text(document))
    for path, content in written.items():
        path.write_bytes(content)
        print(_("Written: %(path)s") % {"path": path}, file=sys.stderr)
    return 0
