"""How a figure reads in an official text. Statutory wording: Vietnamese in every language, here and in templates."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from motcua.figures.details import Behind, DeviceState
from vanban.words import two_digits

NAMED_IN_TEXT = 20
"""More units than this on one side are named in the annex instead."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """What is said of those out and of those unknown; {n} is their count."""

    out: str
    unknown: str


PHRASES = {
    "units_allocated": Phrases("{n} đơn vị chưa được phân bổ kinh phí", "{n} đơn vị chưa rõ việc phân bổ kinh phí"),
    "units_settled": Phrases(
        "{n} đơn vị chưa hoàn thành thanh quyết toán", "{n} đơn vị chưa rõ kết quả thanh quyết toán"
    ),
    "units_meeting_requirements": Phrases(
        "{n} đơn vị có thiết bị chưa đáp ứng yêu cầu", "{n} đơn vị chưa rõ thiết bị có đáp ứng yêu cầu hay không"
    ),
    "units_placed": Phrases(
        "{n} đơn vị chưa bố trí máy tính tại Bộ phận Một cửa", "{n} đơn vị chưa rõ vị trí bố trí máy tính"
    ),
    "units_dedicated": Phrases(
        "{n} đơn vị chưa có máy tính dành riêng cho người dân", "{n} đơn vị chưa rõ hình thức sử dụng máy tính"
    ),
    "units_shared": Phrases(
        "{n} đơn vị không thuộc trường hợp này", "{n} đơn vị chưa rõ có dùng chung máy tính hay không"
    ),
}
ABOUT = re.compile(r"^\s*(?:về việc|v/v)[\s:]*", re.IGNORECASE)
ABSENT = "máy tính không có tại đơn vị"
PLACEMENT_WORDS = {"outside": "bố trí ngoài Bộ phận Một cửa", "elsewhere": "bố trí ở nơi khác"}
USE_WORDS = {
    "dedicated": "dành riêng cho người dân",
    "shared": "dùng chung với công chức",
    "staff": "chỉ công chức sử dụng",
    "unused": "chưa đưa vào sử dụng",
}


def ratio_of(part: int, whole: int) -> str:
    """ "04/14 đơn vị": counts below ten have two digits."""
    return f"{two_digits(part)}/{two_digits(whole)}"


def reason(figure: str, records: Behind) -> str:
    """Why a commune is out, as it was noted; empty where nothing was."""
    if figure == "units_placed":
        return _of_computers(records, _placement_reason)
    if figure == "units_shared" and any(state.values.get("use_mode") == "dedicated" for state in _seen(records)):
        return "có máy tính dành riêng cho người dân"
    if figure in ("units_dedicated", "units_shared"):
        return _of_computers(records, _use_reason)
    if figure == "units_meeting_requirements":
        failing = [state for state in records.devices if state.values.get("meets_requirements") == "no"]
        return ", ".join(dict.fromkeys(f"{state.device.device_type.name_vi} chưa đáp ứng" for state in failing))
    if figure == "units_settled":
        step = records.steps.get("settled")
        return bare(step.note) if step else ""
    return ""


def bare(note: str) -> str:
    """Somebody's note as it stands inside a sentence: without the mark that ended it."""
    return note.strip().rstrip(".;,: ")


def _seen(records: Behind) -> list[DeviceState]:
    return [state for state in records.computers if not state.is_absent]


def _placement_reason(state: DeviceState) -> str:
    if state.is_absent:
        return ABSENT
    answer = state.answers.get("placement")
    if answer is None or answer.value == "one_stop":
        return ""
    return bare(answer.note) or PLACEMENT_WORDS.get(answer.value, "")


def _use_reason(state: DeviceState) -> str:
    return ABSENT if state.is_absent else USE_WORDS.get(state.values.get("use_mode", ""), "")


def _of_computers(records: Behind, say: Callable[[DeviceState], str]) -> str:
    """The reasons of a commune's computers, counted where it has several."""
    said = [text for text in map(say, records.computers) if text]
    if len(records.computers) == 1:
        return said[0] if said else ""
    counts = {text: said.count(text) for text in dict.fromkeys(said)}
    return ", ".join(_counted(text, count) for text, count in counts.items())


def _counted(text: str, count: int) -> str:
    """ "02 máy tính dùng chung với công chức"; a note in somebody's own words follows a colon."""
    known = {ABSENT, *PLACEMENT_WORDS.values(), *USE_WORDS.values()}
    joint = " " if text in known else ": "
    return f"{two_digits(count)} máy tính{joint}{text.removeprefix('máy tính ')}"


def names_with_reasons(members: Sequence[tuple[str, str]]) -> str:
    """Units in their full style; a reason in brackets, said once for units that share it.

    >>> names_with_reasons([("xã A", "gần cầu thang")])
    'xã A (gần cầu thang)'
    >>> names_with_reasons([("xã A", "dùng chung"), ("xã B", "dùng chung"), ("xã C", "")])
    'xã A, xã B (đều dùng chung); xã C'
    """
    groups: dict[str, list[str]] = {}
    for name, why in members:
        groups.setdefault(why, []).append(name)
    return "; ".join(_group(names, why) for why, names in groups.items())


def _group(names: list[str], why: str) -> str:
    listed = ", ".join(names)
    if not why:
        return listed
    return f"{listed} ({'đều ' if len(names) > 1 else ''}{why})"


def exceptions(figure: str, out: Sequence[tuple[str, str]], unknown: Sequence[str]) -> str:
    """What follows a ratio: who is out, with the reason noted, and who is unknown; empty where nobody is."""
    phrases = PHRASES[figure]
    parts = []
    if out:
        parts.append(_clause(phrases.out, len(out), names_with_reasons(out)))
    if unknown:
        parts.append(_clause(phrases.unknown, len(unknown), ", ".join(unknown)))
    return "".join(f"; {part}" for part in parts)


def _clause(phrase: str, count: int, names: str) -> str:
    said = phrase.format(n=two_digits(count))
    return f"{said}: {names}" if count <= NAMED_IN_TEXT else f"{said} (danh sách tại Phụ lục)"


def about(subject: str) -> str:
    """ "về việc giao kinh phí", also where the subject was written down with these words."""
    return f"về việc {lower_first(ABOUT.sub('', subject))}"


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """For a subject inside a sentence; an abbreviation keeps its capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
