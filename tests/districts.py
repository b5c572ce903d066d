"""Districts of our own: a description becomes a folder in the form of a case.

district = District(communes=(Commune("An Bình", devices=(Device(use="shared"),)), Commune("Bình An", amount=None)))
folder = write(district, tmp_path / "district")
"""

import csv
import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PROVINCE, DISTRICT = "88", "880"
DAY = dt.date(2023, 12, 27)
DECIDED = dt.date(2023, 5, 8)
NAMES = (
    "An Bình", "Bảo Lạc", "Cẩm Thủy", "Đại Từ", "Định Hóa", "Gia Lộc", "Hòa Bình", "Kim Sơn",
    "Lạc Thủy", "Mỹ Đức", "Ngọc Hồi", "Phú Lương", "Quang Sơn", "Sơn Dương", "Tân Lạc", "Ý Yên",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found of a device on a day; empty is unknown."""

    on: dt.date = DAY
    present: str = "yes"
    working: str = ""
    meets: str = "yes"
    placement: str = "one_stop"
    note: str = ""
    use: str = "dedicated"


@dataclass(frozen=True, slots=True)
class Device:
    """A device with all that was found of it."""

    kind: str = "computer"
    seen: Sequence[Seen] = (Seen(),)


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune: what it received (several amounts are several allocations), its devices, its settlement by day."""

    name: str
    kind: str = "xã"
    amounts: Sequence[int] = (28_800_000,)
    devices: Sequence[Device] = (Device(),)
    settled: Sequence[tuple[dt.date, str]] = ((DAY, "yes"),)


@dataclass(frozen=True, slots=True)
class Judged:
    """A row of narrative.csv."""

    kind: str
    concerns: str
    said: str


@dataclass(frozen=True, slots=True)
class District:
    """A district below a province; it received what its communes received and `left` beside it."""

    communes: Sequence[Commune]
    left: int = 0
    decided: dt.date | None = DECIDED
    with_visits: bool = True
    judged: Sequence[Judged] = field(default_factory=tuple)

    @property
    def given_on(self) -> int:
        return sum(sum(commune.amounts) for commune in self.communes)


def write(district: District, folder: Path) -> Path:
    """Write the folder; its name is the programme's key."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.csv"):
        old.unlink()
    _table(folder / "units.csv", "code,name,kind,parent_code", _units(district))
    _table(folder / "allocations.csv", "decision,from,to,amount_vnd,purpose", _allocations(district))
    _table(folder / "settlements.csv", "unit,as_of,settled", _settlements(district))
    head = "unit,device_type,device,visited_on,present,working,meets_requirements,placement,placement_note,use_mode"
    _table(folder / "checks.csv", head, _checks(district))
    if district.decided:
        decision = ("decision", "12/QĐ-UBND", district.decided, "UBND tỉnh Thử Nghiệm", "decision", "Phân bổ kinh phí")
        _table(folder / "documents.csv", "key,number,date,issuer,kind,subject,direction", [(*decision, "incoming")])
    if district.with_visits:
        days = {(commune.name, seen.on) for commune in district.communes for d in commune.devices for seen in d.seen}
        _table(folder / "visits.csv", "unit,visited_on", sorted(days))
    if district.judged:
        rows = [(row.kind, row.concerns, row.said) for row in district.judged]
        _table(folder / "narrative.csv", "kind,concerns,judgement_vi", rows)
    (folder / "issue.json").write_text(json.dumps(_issue(), ensure_ascii=False), encoding="utf-8")
    return folder


def _units(district: District) -> list[tuple[str, str, str, str]]:
    rows = [(PROVINCE, "Thử Nghiệm", "tỉnh", ""), (DISTRICT, "Suối Mơ", "huyện", PROVINCE)]
    return rows + [(code_of(n), each.name, each.kind, DISTRICT) for n, each in enumerate(district.communes)]


def code_of(place: int) -> str:
    """The code of the commune at a place in the district."""
    return f"88{place:03}"


def _allocations(district: District) -> Iterable[tuple[object, ...]]:
    received = district.given_on + district.left
    if received:
        yield "decision" if district.decided else "", "UBND tỉnh Thử Nghiệm", "UBND huyện Suối Mơ", received, ""
    for commune in district.communes:
        for amount in commune.amounts:
            yield "", "UBND huyện Suối Mơ", commune.name, amount, "mua sắm máy tính"


def _settlements(district: District) -> Iterable[tuple[object, ...]]:
    return ((commune.name, day, said) for commune in district.communes for day, said in commune.settled)


def _checks(district: District) -> Iterable[tuple[object, ...]]:
    for commune in district.communes:
        numbers: dict[str, int] = {}
        for device in commune.devices:
            numbers[device.kind] = number = numbers.get(device.kind, 0) + 1
            for s in device.seen:
                said = (s.present, s.working, s.meets, s.placement, s.note, s.use)
                yield commune.name, device.kind, number, s.on, *said


def _table(path: Path, head: str, rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head.split(","))
        writer.writerows(rows)


def _issue() -> dict[str, object]:
    return {
        "programme": {"name": "Trang bị máy tính huyện Suối Mơ", "year": 2023, "device_types": ["computer", "scanner"]},
        "subject": "Kết quả sử dụng trang thiết bị",
        "symbol": "BC-UBND",
        "place": "Suối Mơ",
        "date": {"year": 2024, "month": 1, "day": None},
        "issuer": {"parent": None, "name": "UBND huyện Suối Mơ"},
        "as_of": DAY.isoformat(),
        "recipients": [{"name": "Lưu VT", "copy": "archive"}],
        "signature": {"on_behalf_of": "ỦY BAN NHÂN DÂN", "for": None, "title": "CHỦ TỊCH", "name": None},
    }
