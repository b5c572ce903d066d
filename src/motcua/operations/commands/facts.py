"""Commands that take facts in and write figures and reports out."""

import argparse
import json
import sys
from pathlib import Path

from motcua.operations.dates import read_date, read_moment


def load(parser: argparse.ArgumentParser) -> None:
    """Nạp một thư mục dữ kiện; nạp lại không thay đổi gì · take in a folder of facts; again changes nothing

    Bắt buộc có units.csv, allocations.csv và issue.json; các tệp khác có thể thiếu. Có lỗi thì nói rõ tệp, dòng, cột
    và không ghi gì. Thư mục đã sửa thì tạo bản ghi đính chính, không ghi đè.
    units.csv, allocations.csv and issue.json must be there, the others may be missing. Faults are named by file, row
    and column, and then nothing is written. A changed folder makes correcting records.
    """
    name = "thư mục; tên là mã chương trình · the folder; its name is the programme's key"
    parser.add_argument("folder", type=Path, metavar="FOLDER", help=name)
    look = "chỉ xem sẽ thay đổi gì · only say what would change"
    parser.add_argument("--dry-run", action="store_true", help=look)
    parser.set_defaults(run=_load)


def figures(parser: argparse.ArgumentParser) -> None:
    """In các chỉ tiêu của một chương trình cho một đơn vị · print a programme's figures for a unit

    Mỗi chỉ tiêu có giá trị, tổng thể, các đơn vị đạt, không đạt và chưa rõ.
    Each figure has its value, its population, and the units in, out and unknown.
    """
    _ask(parser)
    only = "chỉ in danh sách JSON · print a JSON list alone on standard output"
    parser.add_argument("--json", action="store_true", help=only)
    parser.set_defaults(run=_figures)


def report(parser: argparse.ArgumentParser) -> None:
    """Dự thảo báo cáo và ghi thành tệp, không lưu gì · draft a unit's report as files; nothing is stored

    Không nêu tệp nào thì in ra màn hình. Without a file it is printed.
    """
    _ask(parser)
    for kind, name in {"word": "Word", "pdf": "PDF", "text": "văn bản thuần · plain text"}.items():
        parser.add_argument(f"--{kind}", type=Path, metavar="FILE", help=name)
    parser.set_defaults(run=_report)


def _ask(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("programme", metavar="PROGRAMME", help="mã chương trình · the programme's key")
    parser.add_argument("--unit", required=True, metavar="CODE", help="mã đơn vị · the unit's code")
    day = "tính đến ngày, 2023-12-27 hoặc 27/12/2023 · as of this day"
    parser.add_argument("--as-of", required=True, type=read_date, metavar="DATE", help=day)
    moment = "theo những gì đã biết lúc đó · as known then (2024-01-05T10:00)"
    parser.add_argument("--known-at", type=read_moment, metavar="MOMENT", help=moment)


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

    _check_places(chosen)
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


def _check_places(chosen: argparse.Namespace) -> None:
    """Raise `Refused` before anything is written where a file cannot stand where it is wanted."""
    from django.utils.translation import gettext as _

    from motcua.common.errors import Refused

    wanted = [path for path in (chosen.word, chosen.pdf, chosen.text) if path]
    for number, path in enumerate(wanted):
        if not path.parent.is_dir():
            raise Refused(_("There is no folder %(folder)s; nothing was written.") % {"folder": path.parent})
        if path.is_dir():
            raise Refused(_("%(path)s is a folder, not a file; nothing was written.") % {"path": path})
        if path.resolve() in [other.resolve() for other in wanted[:number]]:
            raise Refused(_("%(path)s is named twice; nothing was written.") % {"path": path})
