"""Checks of a programme in reach, a page at a time."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from motcua.common.access import in_reach
from motcua.common.api import PAGE_SIZE, REFUSALS, InPost
from motcua.common.request import actor_of
from motcua.fieldwork.access import checks_for
from motcua.fieldwork.models import Check
from motcua.funding.access import programmes_for

router = Router(tags=["checks"], auth=InPost())


class CheckOut(Schema):
    """What one visit or declaration says of one device. An empty answer, and one left out, says nothing."""

    id: UUID = Field(description="The check's identity, the same in every correction.")
    record_id: UUID = Field(description="The record in force.")
    device_id: UUID
    device: str
    unit_id: UUID
    unit_code: str
    visit_id: UUID | None
    observed_on: dt.date
    kind: str
    answers: dict[str, str | None]
    recorded_by: str
    recorded_at: dt.datetime


class ChecksOut(Schema):
    """One page of checks; ask again with `cursor` for the next one, None after the last."""

    checks: list[CheckOut]
    cursor: UUID | None


@router.get("/programmes/{key}/checks", response={200: ChecksOut, **REFUSALS}, operation_id="checks")
def checks(request: HttpRequest, key: str, unit: str = "", cursor: UUID | None = None) -> dict[str, Any]:
    """Checks in force of a programme (or of its units with one code), in the order of their records."""
    actor = actor_of(request)
    programme = in_reach(programmes_for(actor), key=key)
    rows = checks_for(actor).filter(device__programme=programme).select_related("device__device_type", "unit")
    if unit:
        rows = rows.filter(unit__code=unit[:20].replace("\x00", " "))
    if cursor:
        rows = rows.filter(pk__gt=cursor)
    page = list(rows.order_by("pk")[: PAGE_SIZE + 1])
    more = page[PAGE_SIZE - 1].pk if len(page) > PAGE_SIZE else None
    return {"checks": [_plain(row) for row in page[:PAGE_SIZE]], "cursor": more}


def _plain(row: Check) -> dict[str, Any]:
    return {
        "id": row.origin_id,
        "record_id": row.pk,
        "device_id": row.device_id,
        "device": str(row.device),
        "unit_id": row.unit_id,
        "unit_code": row.unit.code,
        "visit_id": row.visit_id,
        "observed_on": row.observed_on,
        "kind": row.kind,
        "answers": row.said,
        "recorded_by": row.recorded_by,
        "recorded_at": row.recorded_at,
    }
