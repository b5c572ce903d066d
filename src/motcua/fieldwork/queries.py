"""States of devices and what stands behind them."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping

from motcua.fieldwork import rules
from motcua.fieldwork.models import Answer, Check, Round, RoundUnit, Visit

State = Mapping[str, Answer]
"""The answer that holds, by question."""


def answers_in_force(
    device_ids: Iterable[uuid.UUID], as_of: dt.date, known_at: dt.datetime | None = None
) -> list[Answer]:
    """Every answer about some devices seen on or before a day."""
    rows = Answer.objects.in_force(as_of, known_at).filter(device_id__in=list(device_ids), criterion="")
    return list(rows)


def _said(answer: Answer) -> rules.Said:
    return rules.Said(answer.device_id, answer.attribute, answer.value, answer.observed_on, answer.check_record_id)


def states(
    device_ids: Iterable[uuid.UUID], as_of: dt.date, known_at: dt.datetime | None = None
) -> dict[uuid.UUID, dict[str, Answer]]:
    """The answers that hold for each device on a day."""
    answers = answers_in_force(device_ids, as_of, known_at)
    rows = {(row.device_id, row.attribute, row.check_record_id): row for row in answers}
    held: dict[uuid.UUID, dict[str, Answer]] = {}
    for (device, attribute), said in rules.latest(_said(row) for row in answers).items():
        held.setdefault(device, {})[attribute] = rows[device, attribute, said.record]
    return held


def contradictions(
    device_ids: Iterable[uuid.UUID], as_of: dt.date, known_at: dt.datetime | None = None
) -> list[tuple[Answer, Answer]]:
    """Unlike answers of one day, for an officer to settle."""
    answers = answers_in_force(device_ids, as_of, known_at)
    rows = {(row.device_id, row.attribute, row.check_record_id): row for row in answers}
    pairs = rules.conflicts(_said(row) for row in answers)
    return [(rows[a.device, a.attribute, a.record], rows[b.device, b.attribute, b.record]) for a, b in pairs]


def values(state: State) -> dict[str, str]:
    """A state as the rules read it."""
    return {attribute: answer.value for attribute, answer in state.items()}


def checks_by_record(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Check]:
    """Check records (also replaced ones) by their own identity, with visit and device."""
    rows = Check.objects.filter(pk__in=set(ids)).select_related("device__device_type", "visit")
    return {row.pk: row for row in rows}


def visits_of(ids: Iterable[uuid.UUID | None], known_at: dt.datetime | None = None) -> dict[uuid.UUID, Visit]:
    """Visits in force by identity."""
    rows = Visit.objects.known(known_at).filter(origin_id__in={i for i in ids if i})
    return {row.origin_id: row for row in rows}


def units_asked(round_id: uuid.UUID) -> list[uuid.UUID]:
    """The units that a round asks."""
    return list(RoundUnit.objects.known().filter(round_id=round_id).values_list("unit_id", flat=True))


def rounds_of(programme_id: uuid.UUID) -> list[Round]:
    """A programme's rounds, the latest first."""
    return list(Round.objects.known().filter(programme_id=programme_id).order_by("-reference_on"))
