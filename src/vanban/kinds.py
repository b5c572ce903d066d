"""The kinds of administrative document and their abbreviations (A6: Annex III of the decree).

Article 7 lists 29 kinds; 27 have an abbreviation, the official letter (công văn) and the official's letter
(thư công) have none. Three kinds of copy have abbreviations of their own.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document: key used in code, Vietnamese name, abbreviation used in the symbol."""

    key: str
    name: str
    abbreviation: str | None

    @property
    def type_name(self) -> str:
        """The name as printed above the subject (A2 row 5a-i): "BÁO CÁO"."""
        return self.name.upper()


_ROWS = (
    ("resolution", "Nghị quyết", "NQ"),
    ("decision", "Quyết định", "QĐ"),
    ("directive", "Chỉ thị", "CT"),
    ("regulation", "Quy chế", "QC"),
    ("rule", "Quy định", "QyĐ"),
    ("communique", "Thông cáo", "TC"),
    ("notice", "Thông báo", "TB"),
    ("guidance", "Hướng dẫn", "HD"),
    ("programme", "Chương trình", "CTr"),
    ("plan", "Kế hoạch", "KH"),
    ("option", "Phương án", "PA"),
    ("scheme", "Đề án", "ĐA"),
    ("project", "Dự án", "DA"),
    ("report", "Báo cáo", "BC"),
    ("minutes", "Biên bản", "BB"),
    ("submission", "Tờ trình", "TTr"),
    ("contract", "Hợp đồng", "HĐ"),
    ("official letter", "Công văn", None),
    ("telegram", "Công điện", "CĐ"),
    ("memorandum", "Bản ghi nhớ", "BGN"),
    ("agreement", "Bản thỏa thuận", "BTT"),
    ("authorisation", "Giấy ủy quyền", "GUQ"),
    ("invitation", "Giấy mời", "GM"),
    ("introduction", "Giấy giới thiệu", "GGT"),
    ("leave", "Giấy nghỉ phép", "GNP"),
    ("dispatch slip", "Phiếu gửi", "PG"),
    ("transfer slip", "Phiếu chuyển", "PC"),
    ("report slip", "Phiếu báo", "PB"),
    ("personal letter", "Thư công", None),
)

KINDS: dict[str, Kind] = {key: Kind(key, name, short) for key, name, short in _ROWS}

COPIES: dict[str, Kind] = {
    "true copy": Kind("true copy", "Bản sao y", "SY"),
    "extract": Kind("extract", "Bản trích sao", "TrS"),
    "copy of a copy": Kind("copy of a copy", "Bản sao lục", "SL"),
}

ADDRESSED = frozenset({"report", "submission", "official letter"})
"""Kinds that may carry "Kính gửi:" (A2 row 9a)."""


def symbol_for(kind: str, body: str, unit: str | None = None) -> str:
    """Return the symbol of a document (A4): ("report", "UBND") → "BC-UBND".

    `body` and `unit` are abbreviations of the issuing body and its unit or field. A kind without an
    abbreviation takes body and unit: ("official letter", "UBND", "VX") → "UBND-VX".

    Raises KeyError when there is no such kind.
    """
    parts = (KINDS[kind].abbreviation, body, unit)
    return "-".join(part for part in parts if part)
