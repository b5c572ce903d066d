"""A form of issue between its record and the page's fields."""

from collections.abc import Mapping
from typing import Any

from motcua.reports.drafting import ARCHIVE
from motcua.reports.models import IssueForm


def values_of(record: IssueForm) -> dict[str, Any]:
    """A record as the page's fields."""
    sign = record.signature or {}
    kept = next((row["name"] for row in record.recipients if row.get("copy") == ARCHIVE), "")
    return {
        "subject": record.subject,
        "parent": record.parent_name,
        "issuer": record.issuer_name,
        "symbol": record.symbol,
        "place": record.place,
        "month": record.month,
        "year": record.year,
        "as_of": record.as_of,
        "answers": str(record.answers_id or ""),
        "addressees": "\n".join(record.addressees or []),
        "recipients_heading": record.recipients_heading,
        "recipients": "\n".join(row["name"] for row in record.recipients if row.get("copy") != ARCHIVE),
        "archive": kept.removeprefix("Lưu").lstrip(" :"),
        "on_behalf_of": sign.get("on_behalf_of") or "",
        "signs_for": sign.get("for") or "",
        "title": sign.get("title") or "",
        "signer": sign.get("name") or "",
    }


def facts_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The page's fields as the record's facts."""
    recipients = [{"name": name, "copy": "electronic"} for name in _lines(fields["recipients"])]
    recipients.append({"name": f"Lưu {fields['archive'] or 'VT'}", "copy": ARCHIVE})
    return {
        "subject": fields["subject"],
        "parent_name": fields["parent"],
        "issuer_name": fields["issuer"],
        "symbol": fields["symbol"],
        "place": fields["place"],
        "month": fields["month"],
        "year": fields["year"],
        "as_of": fields["as_of"],
        "answers": fields["answers"] or None,
        "addressees": _lines(fields["addressees"]),
        "recipients_heading": fields["recipients_heading"],
        "recipients": recipients,
        "signature": {
            "on_behalf_of": fields["on_behalf_of"] or None,
            "for": fields["signs_for"] or None,
            "title": fields["title"],
            "name": fields["signer"] or None,
        },
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
