"""Drafts as they are shown: the newest edition with its figures live."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from motcua.common import clock
from motcua.common.actor import Actor
from motcua.figures.definitions import FIGURES
from motcua.figures.rules import ClassesDoNotPart
from motcua.funding.access import programmes_for
from motcua.funding.models import Allocation, Programme, ProgrammeTerms
from motcua.registry.access import documents_for
from motcua.reports import access, template
from motcua.reports.digits import LooseDigits, loose_digits
from motcua.reports.live import Change, refresh
from motcua.reports.models import IssueForm, Report, ReportEdition, ReportTemplate
from motcua.reports.shown import Shown
from motcua.units.access import own_units
from motcua.units.queries import UnitAt, unit_at, units_at
from vanban.departures import departures
from vanban.model import Document
from vanban.serial import from_json
from vanban.text import to_text


@dataclass(frozen=True, slots=True)
class LiveReport:
    """A draft with everything that its page shows."""

    report: Report
    edition: ReportEdition
    document: Document
    shown: Shown
    changes: list[Change]
    loose: list[LooseDigits]
    departures: tuple[Any, ...]


def live_report(report: Report) -> LiveReport:
    """The newest edition with its figures shown anew. Raises `ClassesDoNotPart` where they contradict themselves."""
    edition = report.editions.order_by("-number").first()
    if edition is None:
        raise ReportEdition.DoesNotExist
    shown = Shown.of(report.programme, unit_of(report), report.as_of)
    document, changes = refresh(from_json(edition.body), shown)
    return LiveReport(report, edition, document, shown, changes, loose_digits(document), departures(document))


def unit_of(report: Report) -> UnitAt:
    """The report's unit as it stood on the report's day."""
    return units_at([report.unit_id], report.as_of)[report.unit_id]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A draft in a list."""

    report: Report
    programme_name: str
    unit_name: str
    subject: str
    edition: int

    @property
    def as_of(self) -> dt.date:
        return self.report.as_of

    @property
    def drafted_at(self) -> dt.datetime:
        return self.report.drafted_at


def report_rows(actor: Actor) -> list[ReportRow]:
    """The drafts in an actor's reach, the newest first, in a number of queries that does not grow with them."""
    reports = list(access.reports_for(actor).select_related("programme").order_by("-drafted_at"))
    names = programme_names([report.programme_id for report in reports])
    editions = {
        edition.report_id: edition for edition in ReportEdition.objects.filter(report__in=reports).order_by("number")
    }
    rows = []
    for report in reports:
        unit = unit_at(report.unit_id, report.as_of) or unit_of(report)
        edition = editions[report.pk]
        subject = "".join(run["text"] for run in edition.body.get("subject", []))
        rows.append(ReportRow(report, names.get(report.programme_id, ""), unit.full_name, subject, edition.number))
    return rows


def programme_names(programme_ids: list[Any]) -> dict[Any, str]:
    """What programmes are called now."""
    rows = ProgrammeTerms.objects.known().filter(programme_id__in=programme_ids)
    return dict(rows.values_list("programme_id", "name"))


def issue_form_of(programme: Programme, unit_id: uuid.UUID | None) -> IssueForm | None:
    """The form in which a unit issues its report on a programme."""
    if unit_id is None:
        return None
    return IssueForm.objects.known().filter(programme=programme, unit_id=unit_id).first()


def template_choices(actor: Actor) -> dict[str, tuple[str, Mapping[str, Any]]]:
    """Templates to choose from, by key: name and tree. Built-in ones first."""
    built_in = {key: template.built_in(key) for key in template.built_in_keys()}
    choices: dict[str, tuple[str, Mapping[str, Any]]] = {
        key: (str(tree.get("name", key)), tree) for key, tree in built_in.items()
    }
    for row in access.templates_for(actor).order_by("name"):
        choices[str(row.origin_id)] = (row.name, row.tree)
    return choices


@dataclass(frozen=True, slots=True)
class Offer:
    """A programme that the actor may draft a report on."""

    key: str
    name: str


def programmes_to_draft(actor: Actor) -> list[Offer]:
    """Programmes in reach, for whoever may draft for their own unit; none for the others."""
    if not access.may_draft(actor, actor.unit_id):
        return []
    programmes = list(programmes_for(actor))
    names = programme_names([programme.pk for programme in programmes])
    return [Offer(programme.key, names.get(programme.pk, programme.key)) for programme in programmes]


def reporting_units(actor: Actor, programme: Programme) -> list[tuple[str, str]]:
    """Units that the actor may draft for (code, full name): the one that runs the programme, then its receivers."""
    money = Allocation.objects.known().filter(programme=programme)
    touched = [programme.owner_unit_id, *money.values_list("to_unit_id", flat=True)]
    own = own_units(actor).filter(pk__in=set(touched)).values_list("pk", flat=True)
    living = units_at([actor.unit_id, *own] if actor.unit_id else own, clock.today())
    rows = sorted(living.values(), key=lambda unit: (unit.id != programme.owner_unit_id, unit.path))
    return [(unit.code, unit.full_name) for unit in rows if unit.code]


def say_parting(error: ClassesDoNotPart) -> str:
    """Classes that do not part their population, in words, with the units named."""
    messages = (
        (error.twice, _("These units stand in two classes at once: %(units)s.")),
        (error.left_out, _("These units stand in no class: %(units)s.")),
        (error.foreign, _("These units are no part of the population: %(units)s.")),
    )
    said = [text % {"units": _names(units)} for units, text in messages if units]
    return " ".join([_("The figures contradict themselves, so no report is drafted."), *said])


def _names(units: Iterable[object]) -> str:
    return ", ".join(sorted(getattr(unit, "full_name", str(unit)) for unit in units))


@dataclass(frozen=True, slots=True)
class EditionText:
    """An edition as it was saved."""

    edition: ReportEdition
    text: str


def edition_texts(report: Report) -> list[EditionText]:
    """Every edition with its text, the newest first."""
    rows = report.editions.order_by("-number")
    return [EditionText(edition, to_text(from_json(edition.body))) for edition in rows]


@dataclass(frozen=True, slots=True)
class Chip:
    """A figure to put into the text."""

    key: str
    text: str
    label: str

    @property
    def token(self) -> str:
        return f"{{{self.text}|{self.key}}}"


CHIP_SHOWS = {"amount": ("amount",), "units": ("ratio", "count:in", "count:out", "exceptions")}


def chips(shown: Shown) -> list[Chip]:
    """What can be put into a draft: the figures that have a value, and the day."""
    offered = [Chip("date:as_of", shown.render("date:as_of"), _("as of"))]
    for name, figure in FIGURES.items():
        if shown.evaluation(name).value is None:
            continue
        for show in CHIP_SHOWS["amount" if figure.is_amount else "units"]:
            key = f"figure:{name}:{show}"
            text = shown.render(key)
            if text:
                offered.append(Chip(key, text, f"{figure.label} – {_show_label(show)}"))
    return offered


def _show_label(show: str) -> str:
    return {
        "amount": _("amount"),
        "ratio": _("so many of so many"),
        "count:in": _("number of those in"),
        "count:out": _("number of those out"),
        "exceptions": _("who is out and who is unknown"),
    }[show]


def document_choices(actor: Actor) -> list[tuple[str, str]]:
    """Documents that a report may answer: identity and name."""
    rows = documents_for(actor).order_by("-issued_on")[:500]
    return [(str(row.origin_id), f"{row.number or '–'} · {row.subject}"[:120]) for row in rows]


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A template in a list; `record` None: it comes with the program."""

    key: str
    name: str
    record: ReportTemplate | None


def template_rows(actor: Actor) -> list[TemplateRow]:
    """Templates to draft from."""
    built_in = [
        TemplateRow(key, str(template.built_in(key).get("name", key)), None) for key in template.built_in_keys()
    ]
    kept = access.templates_for(actor).order_by("name")
    return built_in + [TemplateRow(str(row.origin_id), row.name, row) for row in kept]
