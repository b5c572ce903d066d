"""Commands that look and say what is wrong."""

import argparse
import sys
from pathlib import Path


def template(parser: argparse.ArgumentParser) -> None:
    """Kiểm tra một mẫu báo cáo (tệp JSON) · check a report template (a JSON file)

    Nói rõ từng chỗ sai và vị trí của nó trong mẫu; không lưu gì.
    Names every fault with its place in the tree; stores nothing.
    """
    parser.add_argument("file", type=Path, metavar="FILE", help="tệp mẫu · the template")
    parser.set_defaults(run=_template, needs_database=False)


def doctor(parser: argparse.ArgumentParser) -> None:
    """Khám dữ liệu: mọi thứ có khớp nhau không · hold everything against each other, name what is broken

    Các chốt giữ bản ghi, số dư và sổ cái, tệp lưu và mã băm, câu trả lời và kết quả kiểm tra, cây đơn vị.
    Triggers, balances and their ledger, stored files and their hashes, answers and their checks, the tree of units.
    """
    parser.set_defaults(run=_doctor, needs_database=False)


def _template(chosen: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from motcua.reports.template import TemplateFault, read_template

    try:
        read_template(chosen.file.read_bytes())
    except TemplateFault as fault:
        for place, message in fault.faults:
            print(f"{chosen.file}: {place}: {message}", file=sys.stderr)
        return 1
    print(_("%(file)s is a sound template.") % {"file": chosen.file}, file=sys.stderr)
    return 0


def _doctor(chosen: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from motcua.operations import doctor, ready

    waiting = ready.waiting()
    if waiting:
        message = _("The database is not up to date (%(names)s). Run “motcua migrate” first.")
        print(message % {"names": ", ".join(waiting)}, file=sys.stderr)
        return 1
    broken = False
    for label, faults in doctor.examine():
        print(f"{'✕' if faults else '✓'} {label}")
        for fault in faults:
            print(f"    {fault}")
        broken = broken or bool(faults)
    if broken:
        message = _("Something is broken: keep this output, make a backup, and restore the last sound one if need be.")
        print(message, file=sys.stderr)
    return 1 if broken else 0
