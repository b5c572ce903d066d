"""The `motcua` command for operators."""

import argparse
import getpass
import os
import sys
from collections.abc import Sequence
from pathlib import Path

DESCRIPTION = """\
Motcua: chương trình trang bị cho Bộ phận Một cửa, từ phân bổ kinh phí đến báo cáo.
Runs an equipment programme of commune one-stop sections, from the money to the report.

One folder holds the database and the stored files: --data, else MOTCUA_DATA, else the system's usual place.
"""
EPILOG = """\
Examples:
  motcua setup                                     make the first unit and its administrator
  motcua load ho-so/bach-thong-2023 --dry-run      look a folder of facts over
  motcua figures bach-thong-2023 --unit 063 --as-of 2023-12-27 --json
  motcua report bach-thong-2023 --unit 063 --as-of 2023-12-27 --word bao-cao.docx --pdf bao-cao.pdf
  motcua serve --port 8000
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point: exits 0 when done, 1 when something was refused, 2 when the call itself is wrong."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    parser = build_parser()
    chosen = parser.parse_args(arguments)
    if not hasattr(chosen, "run"):
        parser.print_help()
        sys.exit(0)
    if chosen.data:
        os.environ["MOTCUA_DATA"] = str(Path(chosen.data).absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    sys.exit(_run(chosen))


def _run(chosen: argparse.Namespace) -> int:
    """Make the folder ready, run the command in the chosen language, say refusals plainly."""
    if chosen.before_django:
        chosen.before_django(chosen)
    import django
    from django.utils import translation

    django.setup()
    from motcua.common.errors import NotAllowed, Refused
    from motcua.operations import ready

    with translation.override("en" if chosen.english else "vi"):
        try:
            if chosen.needs_database:
                ready.make_ready()
            return chosen.run(chosen) or 0
        except (Refused, NotAllowed, OSError) as error:
            print(error, file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            return 130


def build_parser() -> argparse.ArgumentParser:
    """All commands with their help."""
    from motcua.operations import commands

    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", metavar="FOLDER", default=None, help="the folder of database and files")
    common.add_argument("--english", action="store_true", help="messages in English")
    common.add_argument("--as", dest="operator", default=_login(), metavar="NAME", help="who the audit log names")
    parser = argparse.ArgumentParser(
        prog="motcua", description=DESCRIPTION, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.set_defaults(data=None)
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name, add in commands.ALL.items():
        summary = (add.__doc__ or "").strip().splitlines()[0]
        sub = subparsers.add_parser(name, parents=[common], help=summary, description=add.__doc__)
        sub.set_defaults(needs_database=True, before_django=None)
        add(sub)
    return parser


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "operator"
