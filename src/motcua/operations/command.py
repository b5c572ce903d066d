"""The `motcua` command for operators."""

import argparse
import getpass
import inspect
import os
import sys
from collections.abc import Sequence
from pathlib import Path

DESCRIPTION = """\
Motcua: chương trình trang bị cho Bộ phận Một cửa, từ phân bổ kinh phí đến báo cáo.
Runs an equipment programme of commune one-stop sections, from the money to the report.

Một thư mục chứa cơ sở dữ liệu và các tệp: --data, không có thì MOTCUA_DATA, không có nữa thì nơi thường dùng của máy.
One folder holds the database and the stored files: --data, else MOTCUA_DATA, else the system's usual place.
"""
EPILOG = """\
Ví dụ · examples:
  motcua demo --data trinh-dien                    chuẩn bị bản trình diễn · make the demonstration ready
  motcua serve --data trinh-dien                   mở bản trình diễn trên máy này · serve it on this machine
  motcua setup                                     tạo đơn vị gốc và quản trị viên · the first unit and administrator
  motcua load ho-so/bach-thong-2023 --dry-run      xem trước một thư mục dữ kiện · look a folder of facts over
  motcua figures bach-thong-2023 --unit 063 --as-of 2023-12-27 --json
  motcua report bach-thong-2023 --unit 063 --as-of 2023-12-27 --word bao-cao.docx --pdf bao-cao.pdf
  motcua backup sao-luu.zip                        sao lưu, cả khi đang chạy · back up, also while it runs

Mã thoát: 0 xong, 1 bị từ chối hoặc có lỗi (kèm lý do), 2 gọi sai lệnh.
Exit code: 0 done, 1 refused or faulty (with the reason), 2 the call itself is wrong.
Từng lệnh · each command: motcua COMMAND --help
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
        os.environ["MOTCUA_DATA"] = str(Path(chosen.data).expanduser().absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    try:
        code = _run(chosen)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the output has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


def _run(chosen: argparse.Namespace) -> int:
    """Run the command in the chosen language; a refusal is a plain message and the code 1."""
    if chosen.before_django:
        done = chosen.before_django(chosen)
        if done is not None:
            return int(done)
    try:
        import django

        django.setup()
    except (ValueError, OSError) as error:
        print(f"Thiết lập chưa đúng · the settings are wrong: {error}", file=sys.stderr)
        return 1
    from django.db import DatabaseError, IntegrityError, InterfaceError, ProgrammingError
    from django.utils import translation
    from django.utils.translation import gettext as _

    from motcua.common.errors import NotAllowed, Refused
    from motcua.figures.rules import ClassesDoNotPart
    from motcua.operations import ready

    with translation.override("en" if chosen.english else "vi"):
        try:
            if chosen.needs_database:
                ready.make_ready()
            return chosen.run(chosen) or 0
        except BrokenPipeError:
            raise
        except (Refused, NotAllowed, OSError) as error:
            print(error, file=sys.stderr)
        except (IntegrityError, ProgrammingError):
            raise  # a fault of ours
        except (DatabaseError, InterfaceError) as error:
            message = _("The database cannot be used: %(error)s")
            print(message % {"error": str(error).strip()}, file=sys.stderr)
        except ClassesDoNotPart as error:
            message = _("The figures contradict themselves, nothing was written: %(error)s")
            print(message % {"error": error}, file=sys.stderr)
        return 1


def build_parser() -> argparse.ArgumentParser:
    """All commands with their help."""
    from motcua.operations import commands

    common = argparse.ArgumentParser(add_help=False)
    group = common.add_argument_group("chung · for every command")
    where = "thư mục dữ liệu · the folder of database and files"
    group.add_argument("--data", metavar="FOLDER", default=None, help=where)
    group.add_argument("--english", action="store_true", help="thông báo bằng tiếng Anh · messages in English")
    who = "tên ghi trong nhật ký · who the audit log names (%(default)s)"
    group.add_argument("--as", dest="operator", default=_login(), metavar="NAME", help=who)
    lines = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="motcua", description=DESCRIPTION, epilog=EPILOG, formatter_class=lines)
    parser.set_defaults(data=None)
    subparsers = parser.add_subparsers(title="các lệnh · commands", metavar="COMMAND")
    for name, add in commands.ALL.items():
        text = inspect.getdoc(add) or ""
        sub = subparsers.add_parser(
            name, parents=[common], help=text.splitlines()[0], description=text, formatter_class=lines
        )
        sub.set_defaults(needs_database=True, before_django=None)
        add(sub)
    return parser


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "operator"
