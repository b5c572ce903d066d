"""Commands that make an installation: the first people, the demonstration, the database."""

import argparse
import getpass
import os
import sys
from pathlib import Path

NARRATOR = "Dữ liệu trình diễn"
"""Who the audit log names for the facts of the demonstration."""
KINDS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu")


def setup(parser: argparse.ArgumentParser) -> None:
    """Tạo đơn vị gốc và quản trị viên đầu tiên · make the root unit and the first administrator

    Chỉ chạy được một lần. Điều gì chưa nêu thì lệnh hỏi. Mật khẩu ít nhất 10 ký tự, không hiện ra màn hình.
    It runs once. What is not given is asked for. A password has 10 characters or more and is never shown.
    """
    parser.add_argument("--unit-code", metavar="CODE", help="mã đơn vị, ví dụ 06 · the unit's code")
    parser.add_argument("--unit-name", metavar="NAME", help="tên đơn vị, ví dụ “Bắc Kạn” · the unit's name")
    parser.add_argument("--unit-kind", metavar="KIND", choices=KINDS, help="loại · kind: " + ", ".join(KINDS))
    parser.add_argument("--name", metavar="NAME", help="họ và tên quản trị viên · the administrator's full name")
    parser.add_argument("--username", metavar="NAME", help="tên đăng nhập · the sign-in name")
    file = "tệp có mật khẩu ở dòng đầu, “-”: từ đầu vào · a file whose first line is the password, “-”: standard input"
    parser.add_argument("--password-file", metavar="FILE", help=file)
    parser.set_defaults(run=_setup)


def demo(parser: argparse.ArgumentParser) -> None:
    """Chuẩn bị bản trình diễn trong một thư mục riêng · make the demonstration ready, in a folder of its own

    Dữ kiện huyện Bạch Thông năm 2023 và các tài khoản trình diễn; ngày trong đó là 05/01/2024. Chạy lại không thay đổi
    gì. Không nêu thư mục thì dùng một thư mục bên cạnh nơi thường dùng. Không bao giờ dùng thư mục có dữ liệu thật.
    The facts of Bạch Thông district in 2023 and a cast; its today is 2024-01-05. Again, it changes nothing. Without a
    folder, one beside the system's usual place is used. It never touches a folder that holds real work.
    """
    parser.set_defaults(run=_demo, before_django=_claim_folder, operator=NARRATOR)


def migrate(parser: argparse.ArgumentParser) -> None:
    """Nâng cấp cơ sở dữ liệu và dựng lại các chốt giữ bản ghi · upgrade the database, make its triggers anew

    Các lệnh khác tự nâng cấp khi cần; lệnh này để làm trước, hoặc khi một lệnh khác yêu cầu.
    Other commands upgrade by themselves; this does it beforehand, or when another command asks for it.
    """
    parser.set_defaults(run=_migrate, needs_database=False)


def _setup(chosen: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from motcua.common.actor import operator
    from motcua.operations import actions
    from motcua.operations.asking import refuse_second_setup

    refuse_second_setup()
    labels = {
        "unit_code": _("The unit's code"),
        "unit_name": _("The unit's name"),
        "unit_kind": _("The unit's kind (tỉnh, huyện, xã, …)"),
        "name": _("The administrator's full name"),
        "username": _("Sign-in name"),
    }
    missing = [f"--{name.replace('_', '-')}" for name in (*labels, "password_file") if not getattr(chosen, name)]
    if missing and not sys.stdin.isatty():
        print(_("Missing: %(names)s.") % {"names": ", ".join(missing)}, file=sys.stderr)
        return 2
    given = {name: (getattr(chosen, name) or input(f"{label}: ")).strip() for name, label in labels.items()}
    post = actions.set_up(
        actor=operator(chosen.operator),
        unit={"code": given["unit_code"], "name": given["unit_name"], "kind": given["unit_kind"]},
        person={"full_name": given["name"], "username": given["username"]},
        password=_password(chosen.password_file, _("Password")),
    )
    message = _("%(name)s is the administrator and signs in as %(username)s. Next: motcua serve")
    print(message % {"name": post.person.full_name, "username": post.person.username}, file=sys.stderr)
    return 0


def _password(file: str | None, label: str) -> str:
    if file is None:
        return getpass.getpass(f"{label}: ")
    text = sys.stdin.readline() if file == "-" else Path(file).read_text(encoding="utf-8")
    return text.splitlines()[0] if text.strip() else ""


def _claim_folder(chosen: argparse.Namespace) -> int | None:
    """Choose and mark the folder while nothing has read it yet; done already where nothing has changed since."""
    from motcua.operations import demonstration

    folder = demonstration.chosen_folder(chosen.data)
    os.environ["MOTCUA_DATA"] = str(folder)
    try:
        demonstration.claim(folder)
    except (demonstration.NotForDemonstration, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    if not demonstration.is_up_to_date(folder):
        return None
    _say_ready(folder)
    return 0


def _demo(chosen: argparse.Namespace) -> int:
    from django.conf import settings

    from motcua.common.actor import operator
    from motcua.operations import demonstration
    from motcua.operations.demonstration.making import make

    make(actor=operator(chosen.operator))
    demonstration.note_ready(settings.MOTCUA_DATA)
    _say_ready(settings.MOTCUA_DATA)
    return 0


def _say_ready(folder: Path) -> None:
    from motcua.operations import demonstration

    print(f"Bản trình diễn đã sẵn sàng · the demonstration is ready: {folder}")
    for line in demonstration.cast_lines():
        print(line)


def _migrate(chosen: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from motcua.operations import ready

    applied = ready.upgrade()
    for name in applied:
        print(_("Applied: %(name)s") % {"name": name}, file=sys.stderr)
    print(_("The database is up to date, and all its triggers stand."), file=sys.stderr)
    return 0
