"""Reports in reach, and one with its text."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.errors import HttpError

from motcua.common.access import in_reach
from motcua.common.api import REFUSALS, InPost, Said
from motcua.common.request import actor_of
from motcua.figures.rules import ClassesDoNotPart
from motcua.reports.access import reports_for
from motcua.reports.queries import live_report, report_rows, unit_of
from vanban.text import to_text

router = Router(tags=["reports"], auth=InPost())


class ReportOut(Schema):
    """A report in a list: a draft as it was saved last."""

    id: UUID
    programme: str
    unit: str
    subject: str
    as_of: dt.date
    drafted_at: dt.datetime
    drafted_by: str
    edition: int


class ReportTextOut(Schema):
    """A report with its text; the figures of a draft are those of its day as known now."""

    id: UUID
    programme: str
    unit: str
    as_of: dt.date
    drafted_at: dt.datetime
    drafted_by: str
    edition: int
    text: str


@router.get("/reports", response={200: list[ReportOut], **REFUSALS}, operation_id="reports")
def reports(request: HttpRequest) -> list[dict[str, Any]]:
    """Reports in reach, the newest first."""
    return [
        {
            "id": row.report.pk,
            "programme": row.report.programme.key,
            "unit": row.unit_name,
            "subject": row.subject,
            "as_of": row.as_of,
            "drafted_at": row.drafted_at,
            "drafted_by": row.report.drafted_by,
            "edition": row.edition,
        }
        for row in report_rows(actor_of(request))
    ]


@router.get("/reports/{report_id}", response={200: ReportTextOut, **REFUSALS, 409: Said}, operation_id="report")
def report(request: HttpRequest, report_id: UUID) -> dict[str, Any]:
    """One report with its text."""
    row = in_reach(reports_for(actor_of(request)).select_related("programme"), pk=report_id)
    try:
        live = live_report(row)
    except ClassesDoNotPart as error:
        raise HttpError(409, _("These figures contradict themselves.")) from error
    return {
        "id": row.pk,
        "programme": row.programme.key,
        "unit": unit_of(row).full_name,
        "as_of": row.as_of,
        "drafted_at": row.drafted_at,
        "drafted_by": row.drafted_by,
        "edition": live.edition.number,
        "text": to_text(live.document),
    }
