"""Intake of narrative.csv: what a person judged, in that person's words."""

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motcua.common import records
from motcua.common.actor import Actor
from motcua.common.records import Intake
from motcua.common.tables import Table, read_table
from motcua.followup.enums import JudgementKind
from motcua.followup.models import Judgement
from motcua.funding.models import Programme
from motcua.units.models import Unit


@dataclass(frozen=True, slots=True)
class NarrativeRow:
    row: int
    kind: str
    concerns: str
    gloss: str
    wording: str


def read_narrative(source: Path | bytes, file: str = "narrative.csv") -> tuple[Table, list[NarrativeRow]]:
    """Rows of narrative.csv. Whether `concerns` names a figure is known only above: see `figures.sides`."""
    table = read_table(source, file, required=("kind", "judgement_vi"), optional=("concerns", "judgement"))
    rows = [
        NarrativeRow(
            row.number,
            row.choice("kind", JudgementKind.values, required=True),
            row.text("concerns", longest=80),
            row.text("judgement", longest=1000),
            row.text("judgement_vi", longest=1000),
        )
        for row in table.rows
    ]
    return table, rows


def take_narrative(
    rows: list[NarrativeRow], programme: Programme, unit: Unit, *, actor: Actor, source: str, intake: Intake
) -> None:
    """Enter or correct the judgements; a row's place in its kind is its identity."""
    wanted: dict[uuid.UUID, dict[str, Any]] = {}
    counts: dict[str, int] = {}
    for position, row in enumerate(rows):
        counts[row.kind] = number = counts.get(row.kind, 0) + 1
        wanted[uuid.uuid5(programme.pk, f"judgement/{unit.pk}/{row.kind}/{number}")] = {
            "programme": programme,
            "unit": unit,
            "kind": row.kind,
            "concerns": row.concerns,
            "wording": row.wording,
            "gloss": row.gloss,
            "position": position,
        }
    records.reconcile(Judgement, wanted, actor=actor, source=source, intake=intake)
