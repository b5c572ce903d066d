"""The facts that verdicts are taken from, in one query per kind whatever the number of units."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection, models
from django.db.models import Sum

from motcua.catalogue.models import DeviceType
from motcua.equipment.models import Custody, Device
from motcua.fieldwork.enums import Attribute
from motcua.fieldwork.models import Answer
from motcua.figures.rules import Tally
from motcua.funding.models import Allocation
from motcua.units.models import UnitPosition
from motcua.units.rules import AFTER_EVERY_PATH

HOLDS = "({t}.{start} IS NULL OR {t}.{start} <= %(as_of)s) AND ({t}.ended_on IS NULL OR {t}.ended_on > %(as_of)s)"
KNOWN_NOW = "{t}.replaced_at IS NULL"
KNOWN_THEN = "{t}.recorded_at <= %(known_at)s AND ({t}.replaced_at IS NULL OR {t}.replaced_at > %(known_at)s)"

LATEST = """(
        SELECT a.value FROM {answer} a
        WHERE a.device_id = h.device_id AND a.attribute = '{question}' AND a.criterion = ''
          AND a.observed_on <= %(as_of)s AND {a_known}
        ORDER BY a.observed_on DESC, a.check_record_id DESC LIMIT 1)"""
"""The answer that holds: one step in the index for each device and question (docs/adr/0003)."""
NOT_ASKED = "CAST(NULL AS varchar(12))"
DEVICE_COUNTS = """
WITH held AS (
    SELECT c.unit_id, c.device_id, t.is_computer
    FROM {position} p
    JOIN {custody} c ON c.unit_id = p.unit_id
    JOIN {device} d ON d.id = c.device_id
    JOIN {device_type} t ON t.key = d.device_type_id
    WHERE p.path >= %(path)s AND p.path < %(path_end)s AND p.level = 'commune' AND {p_holds} AND {p_known}
      AND d.programme_id = %(programme)s AND {c_holds} AND {c_known} AND NOT c.withdrawn
), state AS MATERIALIZED (
    SELECT h.unit_id, h.is_computer, {meets_requirements} AS meets, {present} AS present,
        {placement} AS placement, {use_mode} AS use_mode
    FROM held h
), judged AS (
    SELECT unit_id, is_computer, meets,
        CASE WHEN present = 'no' THEN 'no' WHEN placement = 'one_stop' THEN 'yes'
             WHEN placement IS NOT NULL THEN 'no' END AS placed,
        CASE WHEN present = 'no' THEN 'no' WHEN use_mode = 'dedicated' THEN 'yes'
             WHEN use_mode IS NOT NULL THEN 'no' END AS dedicated,
        CASE WHEN present = 'no' THEN 'no' WHEN use_mode = 'shared' THEN 'yes'
             WHEN use_mode IS NOT NULL THEN 'no' END AS shared
    FROM state
)
SELECT unit_id, COUNT(*), SUM(CASE WHEN is_computer THEN 1 ELSE 0 END),
    SUM(CASE WHEN meets = 'yes' THEN 1 ELSE 0 END), SUM(CASE WHEN meets = 'no' THEN 1 ELSE 0 END),
    SUM(CASE WHEN is_computer AND placed = 'yes' THEN 1 ELSE 0 END),
    SUM(CASE WHEN is_computer AND placed = 'no' THEN 1 ELSE 0 END),
    SUM(CASE WHEN is_computer AND dedicated = 'yes' THEN 1 ELSE 0 END),
    SUM(CASE WHEN is_computer AND dedicated = 'no' THEN 1 ELSE 0 END),
    SUM(CASE WHEN is_computer AND shared = 'yes' THEN 1 ELSE 0 END),
    SUM(CASE WHEN is_computer AND shared = 'no' THEN 1 ELSE 0 END)
FROM judged GROUP BY unit_id
"""


ALL_QUESTIONS = (Attribute.MEETS, Attribute.PRESENT, Attribute.PLACEMENT, Attribute.USE_MODE)


def device_tallies(
    path: str,
    programme_id: uuid.UUID,
    as_of: dt.date,
    known_at: dt.datetime | None = None,
    *,
    questions: Collection[str] = ALL_QUESTIONS,
) -> dict[uuid.UUID, dict[str, Tally]]:
    """Per commune at or below `path`: the tallies `meets` (all devices), `placed`, `dedicated`, `shared` (computers).

    The state of each device follows DESIGN.md, "As of, exactly"; `fieldwork.rules` says the same in Python.
    Answers to other `questions` than those named are not read: their tallies are all unknown.
    """
    known = KNOWN_NOW if known_at is None else KNOWN_THEN
    latest = {"answer": Answer._meta.db_table, "a_known": known.format(t="a")}
    answers = {
        question.value: LATEST.format(question=question.value, **latest) if question in questions else NOT_ASKED
        for question in ALL_QUESTIONS
    }
    sql = DEVICE_COUNTS.format(
        **answers,
        position=UnitPosition._meta.db_table,
        custody=Custody._meta.db_table,
        device=Device._meta.db_table,
        device_type=DeviceType._meta.db_table,
        p_holds=HOLDS.format(t="p", start="from_on"),
        c_holds=HOLDS.format(t="c", start="valid_from"),
        p_known=known.format(t="p"),
        c_known=known.format(t="c"),
    )
    values = {
        "path": path,
        "path_end": path + AFTER_EVERY_PATH,
        "programme": _stored(models.UUIDField(), programme_id),
        "as_of": _stored(models.DateField(), as_of),
        "known_at": _stored(models.DateTimeField(), known_at),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return {_uuid(row[0]): _tallies(row[1:]) for row in cursor.fetchall()}


def _tallies(counts: tuple[int, ...]) -> dict[str, Tally]:
    devices, computers, *pairs = counts
    named = zip(("meets", "placed", "dedicated", "shared"), zip(pairs[::2], pairs[1::2], strict=True), strict=True)
    totals = {"meets": devices}
    return {name: Tally(yes, no, totals.get(name, computers) - yes - no) for name, (yes, no) in named}


def _stored(field: models.Field, value: Any) -> Any:
    return field.get_db_prep_value(value, connection)


def _uuid(value: Any) -> uuid.UUID:
    return value if isinstance(value, uuid.UUID) else uuid.UUID(value)


def amounts_received(
    programme_id: uuid.UUID, unit_ids: Iterable[uuid.UUID] | None, as_of: dt.date, known_at: dt.datetime | None = None
) -> dict[uuid.UUID, int]:
    """Đồng that units received in a programme (None: every unit that received any)."""
    return _amounts("to_unit_id", programme_id, unit_ids, as_of, known_at)


def amounts_given_on(
    programme_id: uuid.UUID, unit_ids: Iterable[uuid.UUID] | None, as_of: dt.date, known_at: dt.datetime | None = None
) -> dict[uuid.UUID, int]:
    """Đồng that units gave on in a programme."""
    return _amounts("from_unit_id", programme_id, unit_ids, as_of, known_at)


def _amounts(
    side: str,
    programme_id: uuid.UUID,
    unit_ids: Iterable[uuid.UUID] | None,
    as_of: dt.date,
    known_at: dt.datetime | None,
) -> dict[uuid.UUID, int]:
    rows = Allocation.objects.as_of(as_of, known_at).filter(programme_id=programme_id)
    if unit_ids is not None:
        rows = rows.filter(**{f"{side}__in": list(unit_ids)})
    return dict(rows.values_list(side).annotate(total=Sum("amount_vnd")).order_by())
