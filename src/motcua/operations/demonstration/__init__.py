"""The demonstration: its day, its cast, its facts, and the folder that it may live in. Nothing here needs Django."""

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from motcua.accounts.demonstration import CAST_PASSWORD
from motcua.common import data_folder

TODAY = dt.date(2024, 1, 5)
CASE = Path(__file__).parent / "bach-thong-2023"
READY = "demonstration-ready.json"
PACKAGE = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast: sign-in name, full name, role, title, the code of the unit and the unit as people call it."""

    username: str
    full_name: str
    role: str
    title: str
    code: str
    unit: str


NEIGHBOUR = "19"
CAST = (
    Member("can-bo-tinh", "Nông Thị Thu Hà", "programme_officer", "Chuyên viên phụ trách", "06", "tỉnh Bắc Kạn"),
    Member("can-bo-huyen", "Triệu Thị Lan", "programme_officer", "Chuyên viên phụ trách", "063", "huyện Bạch Thông"),
    Member("lanh-dao-huyen", "Hà Văn Định", "leader", "Phó Chủ tịch", "063", "huyện Bạch Thông"),
    Member("kiem-tra", "Lý Thị Mai", "inspector", "Cán bộ kiểm tra", "063", "huyện Bạch Thông"),
    Member("can-bo-nguyen-phuc", "Bàn Thị Liễu", "clerk", "Công chức Một cửa", "01999", "xã Nguyên Phúc"),
    Member("can-bo-phu-thong", "Đặng Văn Sơn", "clerk", "Công chức Một cửa", "01969", "thị trấn Phủ Thông"),
    Member("kiem-toan", "Ma Văn Toàn", "auditor", "Cán bộ thanh tra", "06", "tỉnh Bắc Kạn"),
    Member("quan-tri", "Hoàng Văn Quân", "administrator", "Quản trị viên", "06", "tỉnh Bắc Kạn"),
    Member("quan-tri-huyen", "Lường Thị Hoa", "administrator", "Quản trị viên", "063", "huyện Bạch Thông"),
    Member(
        "can-bo-thai-nguyen",
        "Dương Văn Minh",
        "programme_officer",
        "Chuyên viên phụ trách",
        NEIGHBOUR,
        "tỉnh Thái Nguyên",
    ),
)


class NotForDemonstration(ValueError):
    """A folder that the demonstration may not use; the message says why, in both languages."""


def chosen_folder(asked: str | None) -> Path:
    """The folder that was asked for, else `MOTCUA_DATA`, else one beside the usual place: never the usual place."""
    if asked or os.environ.get("MOTCUA_DATA"):
        return data_folder.chosen_folder()
    usual = data_folder.usual_folder()
    return usual.with_name(usual.name + "-demo").absolute()


def claim(folder: Path) -> None:
    """Mark a new or empty folder as the demonstration's. Raises `NotForDemonstration` where there is something else."""
    if data_folder.demonstration(folder) is not None:
        return
    other = [path for path in folder.iterdir() if not path.name.startswith(data_folder.MARK)] if folder.is_dir() else []
    if other and data_folder.demonstration(folder) is None:  # asked again: another start may be filling it this moment
        raise NotForDemonstration(
            f"Thư mục {folder} đã có dữ liệu khác; bản trình diễn cần một thư mục riêng, ví dụ: --data trinh-dien\n"
            f"The folder {folder} holds something else; the demonstration needs one of its own: --data trinh-dien"
        )
    data_folder.mark_as_demonstration(folder, TODAY)


def is_up_to_date(folder: Path) -> bool:
    """Whether this very program has already made the folder ready."""
    try:
        mark = json.loads((folder / READY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(mark == {"program": fingerprint()}) and (folder / data_folder.DATABASE_FILE).exists()


def note_ready(folder: Path) -> None:
    """Remember which program made the folder ready."""
    fresh = folder / f"{READY}.part"
    fresh.write_text(json.dumps({"program": fingerprint()}), encoding="utf-8")
    fresh.replace(folder / READY)


def fingerprint() -> str:
    """Changes with any file of the program that may decide what the demonstration holds."""
    seen = sorted(_files(PACKAGE))
    return hashlib.sha256(repr(seen).encode()).hexdigest()


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir() and entry.name != "__pycache__":
                yield from _files(Path(entry.path))
            elif entry.name.endswith((".py", ".csv", ".json")):
                status = entry.stat()
                yield os.path.relpath(entry.path, PACKAGE), status.st_size, status.st_mtime_ns


def cast_lines() -> list[str]:
    """The cast for the terminal."""
    widths = [max(len(getattr(member, name)) for member in CAST) for name in ("username", "full_name")]
    lines = [
        f"  {member.username:<{widths[0]}}  {member.full_name:<{widths[1]}}  {member.title}, {member.unit}"
        for member in CAST
    ]
    return [f"Đăng nhập bằng mật khẩu “{CAST_PASSWORD}” · sign in with this password:", *lines]
