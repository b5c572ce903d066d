"""What commands print."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from motcua.common.records import Intake
from motcua.figures.queries import Evaluation


def say_intake(intake: Intake) -> list[str]:
    """What an intake did, a line per kind of object."""
    if not intake.total:
        return [_("Nothing to change: all of this is known already.")]
    lines = []
    for book, wording in (
        (intake.created, _("entered: %(count)s %(kind)s")),
        (intake.changed, _("corrected: %(count)s %(kind)s")),
        (intake.withdrawn, _("withdrawn, no longer in the files: %(count)s %(kind)s")),
    ):
        lines += [wording % {"count": count, "kind": _kind(name)} for name, count in sorted(book.items())]
    return lines + intake.lines


def _kind(model_name: str) -> str:
    found = next((m for m in apps.get_models() if m._meta.model_name == model_name), None)
    return str(found._meta.verbose_name) if found else model_name


def figure_json(answer: Evaluation) -> dict[str, Any]:
    """A figure as `motcua figures --json` prints it: whole numbers, codes as text."""
    return {
        "name": answer.figure.name,
        "value": answer.value,
        "population": answer.population,
        **{side: sorted(unit.code for unit in answer.side(side)) for side in ("in", "out", "unknown")},
    }


def figure_lines(answers: Iterable[Evaluation]) -> list[str]:
    """Figures for a person at the terminal."""
    lines = []
    for answer in answers:
        value = "–" if answer.value is None else f"{answer.value:,}".replace(",", ".")
        of = "" if answer.population is None else f"/{answer.population}"
        lines.append(f"{answer.figure.label}: {value}{of}")
        for side, label in (("out", answer.figure.outside), ("unknown", _("unknown"))):
            names = ", ".join(unit.full_name for unit in answer.side(side))
            if names:
                lines.append(f"    {label}: {names}")
    return lines
