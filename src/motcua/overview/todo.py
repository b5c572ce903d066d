"""What there is to do for a person today: each line a number or a name, a day, and the page where it is done."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.common import clock
from motcua.common.actor import Actor
from motcua.common.templatetags.motcua import page_url
from motcua.fieldwork.access import rounds_for
from motcua.fieldwork.rounds import RoundState, round_states
from motcua.followup.access import findings_for, may_confirm_remedy, remedies_for
from motcua.followup.enums import FindingKind
from motcua.funding.access import programmes_for
from motcua.funding.models import Programme
from motcua.funding.queries import terms_of
from motcua.registry.access import documents_for
from motcua.registry.models import OfficialDocument
from motcua.reports.access import issue_forms_for, may_draft, reports_for
from motcua.reports.queries import report_rows
from motcua.units.access import own_units
from motcua.units.enums import Role

LATE, WRONG, WAITING, IN_WORK = "late", "no", "unknown", "plain"
ORDER = (LATE, WRONG, WAITING, IN_WORK)
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Task:
    """One line. `mark` is a badge's kind (late first), `word` its word; `url` is empty where there is no page."""

    mark: str
    word: str
    text: str
    detail: str = ""
    due_on: dt.date | None = None
    url: str = ""

    @property
    def order(self) -> tuple[int, dt.date]:
        return ORDER.index(self.mark), self.due_on or dt.date.max


def todo(actor: Actor) -> list[Task]:
    """Everything for this person, what is late or wrong first."""
    found = [*directives(actor), *rounds(actor), *findings(actor), *remedies(actor), *drafts(actor)]
    return sorted(found, key=lambda task: task.order)


def directives(actor: Actor) -> Iterator[Task]:
    """Documents that ask this unit for an answer by a day, for which no report has been drafted."""
    if not (may_draft(actor, actor.unit_id) or actor.role == Role.LEADER):
        return
    asking = documents_for(actor).filter(due_on__isnull=False, direction="incoming")
    answered = _answered(actor)
    for paper in asking.order_by("due_on")[:SHOWN]:
        if paper.origin_id not in answered:
            yield _of_directive(paper)


def _answered(actor: Actor) -> set[object]:
    """Documents to which a drafted report answers."""
    drafted = set(reports_for(actor).values_list("programme_id", "unit_id"))
    forms = issue_forms_for(actor).filter(answers__isnull=False)
    said = forms.values_list("programme_id", "unit_id", "answers_id")
    named = set(reports_for(actor).filter(answers__isnull=False).values_list("answers_id", flat=True))
    return named | {paper for programme, unit, paper in said if (programme, unit) in drafted}


def _of_directive(paper: OfficialDocument) -> Task:
    mark, word = _by_day(paper.due_on, _("to be answered"))
    asks = paper.asks_for or paper.subject
    text = _("%(document)s of %(issuer)s asks for an answer; no report has been drafted") % {
        "document": paper,
        "issuer": paper.issuer,
    }
    return Task(mark, word, text, asks, paper.due_on, page_url("registry:document", paper.origin_id))


def rounds(actor: Actor) -> Iterator[Task]:
    """Rounds in which units of this person's have not answered yet."""
    own = own_units(actor)
    for state in round_states(rounds_for(actor).order_by("-reference_on")[:SHOWN], own):
        if state.missing:
            yield _of_round(state)


def _of_round(state: RoundState) -> Task:
    text = ngettext(
        "%(count)s unit has not answered the round “%(round)s”",
        "%(count)s units have not answered the round “%(round)s”",
        state.missing,
    ) % {"count": state.missing, "round": state.title}
    names = [row.name for row in state.asked if not row.answered_on]
    mark, word = _by_day(state.due_on, _("not yet answered"))
    return Task(mark, word, text, _some(names), state.due_on, page_url("fieldwork:round", state.round.origin_id))


def findings(actor: Actor) -> Iterator[Task]:
    """Open findings, counted by programme and kind: at the own commune for its clerk, who can put them right."""
    rows = findings_for(actor).filter(ended_on__isnull=True)
    counted = rows.values("programme__key", "programme_id", "kind").annotate(count=Count("pk")).order_by()
    names = terms_of({row["programme_id"] for row in counted})
    for row in counted:
        terms = names.get(row["programme_id"])
        text = ngettext(
            "%(count)s finding still open: %(kind)s", "%(count)s findings still open: %(kind)s", row["count"]
        )
        said = text % {"count": row["count"], "kind": FindingKind(row["kind"]).label}
        url = page_url("followup:findings", row["programme__key"])
        query = f"?kind={row['kind']}" if url else ""
        yield Task(WRONG, _("finding"), said, terms.name if terms else row["programme__key"], url=url + query)


def remedies(actor: Actor) -> Iterator[Task]:
    """Remedies that this person's units must carry out, and those done that wait for a second person."""
    own = set(own_units(actor).values_list("pk", flat=True))
    waiting = remedies_for(actor).filter(seen_on__isnull=True).select_related("finding").order_by("due_on")
    for row in waiting[: SHOWN * 5]:
        if row.done_on is None and row.responsible_unit_id in own:
            mark, word = _by_day(row.due_on, _("to be put right"))
        elif row.done_on is not None and may_confirm_remedy(actor, row):
            mark, word = WAITING, _("to be confirmed")
        else:
            continue
        kind = str(row.finding.get_kind_display())
        yield Task(mark, word, row.wording, kind, row.due_on, page_url("followup:finding", row.finding_id))


def drafts(actor: Actor) -> Iterator[Task]:
    """Reports in work."""
    for row in report_rows(actor)[:SHOWN]:
        detail = _("%(unit)s, as of %(day)s, edition %(number)s") % {
            "unit": row.unit_name,
            "day": f"{row.as_of:%d/%m/%Y}",
            "number": row.edition,
        }
        yield Task(IN_WORK, _("draft"), row.subject, detail, url=page_url("reports:report", row.report.pk))


def programmes_of(actor: Actor) -> list[tuple[Programme, str]]:
    """The programmes in reach with their names, the latest year first."""
    found = list(programmes_for(actor))
    names = terms_of([programme.pk for programme in found])
    said = [(programme, names.get(programme.pk)) for programme in found]
    said.sort(key=lambda pair: (-(pair[1].year or 0) if pair[1] else 0, pair[0].key))
    return [(programme, terms.name if terms else programme.key) for programme, terms in said]


def _by_day(due_on: dt.date | None, word: str) -> tuple[str, str]:
    return (LATE, _("late")) if due_on and due_on < clock.today() else (WAITING, word)


def _some(names: Iterable[str], most: int = 5) -> str:
    listed = list(names)
    if len(listed) <= most:
        return ", ".join(listed)
    return _("%(names)s and %(count)s more") % {"names": ", ".join(listed[:most]), "count": len(listed) - most}
