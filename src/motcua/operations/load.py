"""Taking in a folder in the form of a case: every file, one transaction, all faults at once."""

import datetime as dt
import re
import unicodedata
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.catalogue.actions import know_device_types
from motcua.catalogue.models import RequirementSet
from motcua.common import audit, clock, outbox
from motcua.common.actor import Actor
from motcua.common.errors import Problem, Unreadable
from motcua.common.records import Intake, reconcile
from motcua.common.tables import Table
from motcua.equipment.actions import take_devices
from motcua.fieldwork import imports as fieldwork
from motcua.fieldwork.enums import RoundKind
from motcua.fieldwork.models import Round, RoundUnit
from motcua.figures.sides import NoSuchSide, read_side
from motcua.followup import imports as followup
from motcua.funding import imports as funding
from motcua.funding.models import Programme, ProgrammeTerms
from motcua.registry import imports as registry
from motcua.reports import imports as reports
from motcua.units import imports as units
from motcua.units.models import Unit
from motcua.units.names import FolderUnits, unclear_message
from motcua.units.queries import heirs_of
from motcua.units.rules import NameUnclear

REQUIRED = ("units.csv", "allocations.csv", "issue.json")
KEY = re.compile(r"^[^\W_][\w .-]{0,59}$")
CHANGES = re.compile(r"^unit-changes-(\d{4}-\d{2}-\d{2})\.csv$")
REQUIREMENTS = "requirements"
R = TypeVar("R")


@dataclass(slots=True)
class Loading:
    """One folder on its way in."""

    folder: Path
    actor: Actor
    intake: Intake = field(default_factory=Intake)
    problems: list[Problem] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The folder's name, in one Unicode form whatever the file system keeps."""
        return unicodedata.normalize("NFC", self.folder.name)

    @property
    def how(self) -> dict[str, Any]:
        """What every intake is told."""
        return {"actor": self.actor, "source": f"load:{self.key}", "intake": self.intake}

    def read(self, name: str, reader: Callable[[Path], tuple[Table, list[R]]]) -> list[R] | None:
        """A file's rows, its faults kept; None where the folder does not have the file."""
        path = self.folder / name
        if not path.is_file():
            return None
        try:
            table, rows = reader(path)
        except Unreadable as error:
            self.problems += error.problems
            return []
        self.problems += table.problems
        return rows

    def stop_at_faults(self) -> None:
        if self.problems:
            raise Unreadable(self.problems)


class _DryRun(Exception):
    """Undoes everything at the end of a dry run."""


def load_folder(folder: Path, *, actor: Actor, dry_run: bool = False) -> Intake:
    """Take a folder in: all of it or nothing. Loading the same folder again changes nothing.

    Raises `Unreadable` with every fault found, `Refused` where the money does not tie.
    """
    loading = Loading(folder.resolve(), actor)
    _check_folder(loading)
    try:
        with transaction.atomic():
            _load(loading)
            if dry_run:
                raise _DryRun
    except _DryRun:
        return loading.intake
    outbox.drain()
    return loading.intake


def _check_folder(loading: Loading) -> None:
    if not loading.folder.is_dir():
        raise Unreadable([Problem(str(loading.folder), None, None, _("there is no such folder"))])
    absent = [name for name in REQUIRED if not (loading.folder / name).is_file()]
    if absent:
        raise Unreadable([Problem(name, None, None, _("the file is missing")) for name in absent])
    if not KEY.match(loading.key):
        message = _(
            "the folder's name is the programme's key: use letters, digits, spaces, dots, - and _ only, at most 60"
        )
        raise Unreadable([Problem(loading.key, None, None, message)])


def _load(loading: Loading) -> None:
    issue = reports.read_issue(loading.folder / reports.FILE)
    loading.problems += issue.problems
    day = issue.as_of or clock.today()
    folder_units = _take_units(loading, issue.issuer, day)
    home, said = folder_units.home_unit, loading.read("documents.csv", registry.read_documents)
    papers = said or []
    dates = {row.key: row.date for row in papers}
    if issue.answers and issue.answers not in dates:
        message = _("there is no document with the key “%(key)s” in documents.csv")
        issue_problem = Problem(reports.FILE, None, "answers", message % {"key": issue.answers})
        loading.problems.append(issue_problem)
    gifts = loading.read("allocations.csv", lambda p: funding.read_allocations(p, folder_units, dates, day)) or []
    settlements = loading.read("settlements.csv", lambda p: funding.read_settlements(p, folder_units))
    visits = loading.read("visits.csv", lambda p: fieldwork.read_visits(p, folder_units))
    checks = loading.read("checks.csv", lambda p: fieldwork.read_checks(p, folder_units))
    narrative = loading.read("narrative.csv", followup.read_narrative)
    _check_concerns(loading, narrative or [])
    loading.stop_at_faults()

    documents = {} if said is None else registry.take_documents(papers, home, **loading.how)
    programme = _take_programme(loading, issue, home)
    funding.take_allocations(gifts, programme, documents, dates, **loading.how)
    if settlements is not None:
        funding.take_settlements(settlements, programme, **loading.how)
    if said is not None:
        _take_requirements(loading, papers, documents, issue.device_types, home)
    answered = next((row for row in papers if row.key == issue.answers), None)
    asked = {row.taker for row in gifts} - {home}
    day = issue.as_of or _last_day(answered, visits or [], checks or []) or day
    round_id = _take_round(loading, programme, home, answered, documents, day=day, asked=asked)
    _take_fieldwork(loading, programme, visits, checks, _Asked(round_id, answered.date if answered else None, day))
    if narrative is not None:
        followup.take_narrative(narrative, programme, home, **loading.how)
    issue.facts["subject"] = issue.facts["subject"] or loading.key
    reports.take_issue(issue, programme, home, documents, **loading.how)


def _last_day(
    directive: registry.DocumentRow | None,
    visits: Iterable[fieldwork.VisitRow],
    checks: Iterable[fieldwork.CheckRow],
) -> dt.date | None:
    """The last day that the folder's field work speaks of: never today's, so that loading again changes nothing."""
    days = [row.visited_on for row in visits] + [row.visited_on for row in checks]
    return max(days, default=directive.date if directive else None)


def _take_units(loading: Loading, issuer: str, day: dt.date) -> FolderUnits:
    rows = loading.read("units.csv", units.read_units) or []
    changes = [(path, CHANGES.match(path.name)) for path in sorted(loading.folder.iterdir())]
    named = [(path, dt.date.fromisoformat(match[1])) for path, match in changes if match]
    read = [(on, loading.read(path.name, lambda p: units.read_changes(p, p.name)) or []) for path, on in named]
    loading.stop_at_faults()
    taken = units.take_units(rows, **loading.how)
    for changed_on, found in read:
        units.take_changes(found, changed_on, **loading.how)
    became = heirs_of(unit.pk for unit in taken)
    try:
        return FolderUnits({unit.pk for unit in taken} | became, issuer, day)
    except NameUnclear as unclear:
        raise Unreadable([Problem(reports.FILE, None, "issuer.name", unclear_message(unclear))]) from unclear


def _check_concerns(loading: Loading, rows: Iterable[followup.NarrativeRow]) -> None:
    for row in rows:
        try:
            read_side(row.concerns)
        except NoSuchSide:
            message = _("“%(text)s” names no side of a figure (write for example units_shared:in)")
            said = message % {"text": row.concerns}
            loading.problems.append(Problem("narrative.csv", row.row, "concerns", said))


def _take_programme(loading: Loading, issue: reports.Issue, home: Unit) -> Programme:
    programme = Programme.objects.filter(key=loading.key).first()
    if programme is None:
        programme = Programme.objects.create(key=loading.key, owner_unit=home)
        loading.intake.count(loading.intake.created, Programme, 1)
        audit.record(loading.actor, "start_programme", programme, after={"key": loading.key})
    elif programme.owner_unit_id != home.pk:
        message = _("the programme %(key)s is run by another unit; give the folder another name")
        raise Unreadable([Problem(reports.FILE, None, "issuer.name", message % {"key": loading.key})])
    know_device_types(issue.device_types, actor=loading.actor)
    terms = {
        "programme": programme,
        "name": issue.programme_name or issue.facts["subject"] or loading.key,
        "year": issue.programme_year,
        "device_type_keys": issue.device_types,
    }
    reconcile(ProgrammeTerms, {uuid.uuid5(programme.pk, "terms"): terms}, **loading.how)
    return programme


def _take_requirements(
    loading: Loading,
    papers: Iterable[registry.DocumentRow],
    documents: dict[str, uuid.UUID],
    device_types: list[str],
    home: Unit,
) -> None:
    """The requirements that a folder's guidance publishes: its criteria are not known, only where they stand."""
    paper = next((row for row in papers if row.key == REQUIREMENTS), None)
    if paper is None:
        reconcile(RequirementSet, {}, **loading.how)
        return
    wanted = {
        uuid.uuid5(documents[paper.key], f"requirements/{kind}"): {
            "owner_unit": home,
            "device_type": kind,
            "title": paper.subject[:200],
            "document": documents[paper.key],
            "valid_from": paper.date,
        }
        for kind in dict.fromkeys(device_types)
    }
    reconcile(RequirementSet, wanted, **loading.how)


def _take_round(
    loading: Loading,
    programme: Programme,
    home: Unit,
    directive: registry.DocumentRow | None,
    documents: dict[str, uuid.UUID],
    *,
    day: dt.date,
    asked: set[Unit],
) -> uuid.UUID | None:
    """The round that a directive sets going among the units that received money; without a directive there is none."""
    if directive is None:
        reconcile(Round, {}, **loading.how)
        reconcile(RoundUnit, {}, **loading.how)
        return None
    identity = uuid.uuid5(programme.pk, f"round/{directive.key}")
    values = {
        "programme": programme,
        "owner_unit": home,
        "kind": RoundKind.REPORT,
        "title": directive.subject[:300],
        "reference_on": day,
        "due_on": directive.due if directive.due and directive.due >= day else None,
        "directive": documents[directive.key],
    }
    reconcile(Round, {identity: values}, **loading.how)
    wanted = {uuid.uuid5(identity, str(unit.pk)): {"round": identity, "unit": unit} for unit in asked}
    reconcile(RoundUnit, wanted, **loading.how)
    return identity


@dataclass(frozen=True, slots=True)
class _Asked:
    """A round with the days between which a visit answers it."""

    round_id: uuid.UUID | None
    begun: dt.date | None
    day: dt.date

    def answered_by(self, visited_on: dt.date) -> bool:
        return self.round_id is not None and visited_on <= self.day and (self.begun is None or self.begun <= visited_on)


def _take_fieldwork(
    loading: Loading,
    programme: Programme,
    visits: list[fieldwork.VisitRow] | None,
    checks: list[fieldwork.CheckRow] | None,
    asked: _Asked,
) -> None:
    if visits is None:
        by_day = fieldwork.visits_loaded(programme, loading.how["source"])
    else:
        rounds = {row.row: asked.round_id for row in visits if asked.answered_by(row.visited_on)}
        by_day = fieldwork.take_visits(visits, programme, rounds, **loading.how)
    if checks is not None:
        keys = list({row.device: (row.device, row.assumed) for row in checks}.values())
        devices = take_devices(keys, programme, **loading.how)
        fieldwork.take_checks(checks, devices, by_day, **loading.how)
