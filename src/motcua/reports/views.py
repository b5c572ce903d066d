"""Pages of reports: the list, drafting, a draft with its preview, its files."""

import functools
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.common import clock
from motcua.common.access import View, allow, in_reach, signed_in
from motcua.common.attachments import attached
from motcua.common.forms_outcome import done, refusals
from motcua.common.history import history_of
from motcua.common.listing import Column, Listing, spreadsheet
from motcua.common.request import ActorRequest
from motcua.figures.rules import ClassesDoNotPart
from motcua.funding.access import programmes_for
from motcua.funding.models import Programme
from motcua.registry.access import documents_for
from motcua.reports import access, actions, queries
from motcua.reports.forms import DraftForm
from motcua.reports.links import links_of
from motcua.reports.queries import LiveReport, live_report, unit_of
from motcua.units.access import units_for
from motcua.units.queries import UnitAt, by_code, unit_at
from vanban.docx import to_docx
from vanban.html import to_html
from vanban.pdf import to_pdf
from vanban.text import to_text

COLUMNS = (
    Column("subject", gettext_lazy("Subject"), sort="subject"),
    Column("unit_name", gettext_lazy("Unit"), sort="unit_name"),
    Column("as_of", gettext_lazy("As of"), sort="as_of"),
    Column("drafted_at", gettext_lazy("Drafted"), sort="drafted_at"),
    Column("edition", gettext_lazy("Edition"), sort="edition", css="number"),
)
FILES = {
    "word": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("pdf", "application/pdf"),
    "text": ("txt", "text/plain; charset=utf-8"),
}


def contradictions_said(view: View) -> View:
    """A page of a report whose figures contradict themselves says so, and which units (409)."""

    @functools.wraps(view)
    def said(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except ClassesDoNotPart as error:
            return render(request, "reports/contradiction.html", {"message": queries.say_parting(error)}, status=409)

    return said  # type: ignore[return-value]


@signed_in
def reports(request: ActorRequest) -> HttpResponse:
    """The drafts in reach."""
    rows = queries.report_rows(request.actor)
    listing = Listing(request.GET, rows, COLUMNS, search=("subject", "unit_name"), order="-drafted_at")
    if listing.is_export:
        return spreadsheet(listing, "bao-cao")
    programmes = queries.programmes_to_draft(request.actor)
    return render(request, "reports/reports.html", {"listing": listing, "programmes": programmes})


@signed_in
def draft(request: ActorRequest, key: str) -> HttpResponse:
    """Draft a report on a programme: for which unit, as of which day, from which template."""
    programme = in_reach(programmes_for(request.actor), key=key)
    reason = _("A unit's reports are drafted by its programme officer, a commune's by its clerk.")
    allow(access.may_draft(request.actor, request.actor.unit_id), reason)
    templates = queries.template_choices(request.actor)
    choices = [(name, label) for name, (label, _tree) in templates.items()]
    form = DraftForm(
        request.POST or None,
        initial=_beginning(request, programme),
        units=queries.reporting_units(request.actor, programme),
        templates=choices,
        documents=documents_for(request.actor),
    )
    if request.method == "POST" and form.is_valid():
        unit = _own_unit(request, form)
        if unit:
            chosen = form.cleaned_data["template"]
            with refusals(form), said_as_error(form):
                made = actions.draft_report(
                    actor=request.actor,
                    programme=programme,
                    unit=unit,
                    as_of=form.cleaned_data["as_of"],
                    template_key=chosen,
                    tree=templates[chosen][1],
                    answers=form.cleaned_data["answers"],
                )
                message = _("The report has been drafted. Read it through; every number opens into its records.")
                return done(request, message, "reports:report", made.pk)
    names = queries.programme_names([programme.pk])
    context = {
        "form": form,
        "programme": programme,
        "programme_name": names.get(programme.pk, programme.key),
        "form_unit": request.actor.unit_id if access.may_draft(request.actor, request.actor.unit_id) else None,
    }
    return render(request, "reports/draft.html", context)


class said_as_error:  # noqa: N801 (read as a statement)
    """Figures that contradict themselves become an error of the form."""

    def __init__(self, form: DraftForm) -> None:
        self.form = form

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, ClassesDoNotPart):
            from motcua.common.errors import Refused

            raise Refused(queries.say_parting(error)) from error


def _beginning(request: ActorRequest, programme: Programme) -> dict[str, object]:
    unit_id = request.actor.unit_id
    form = queries.issue_form_of(programme, unit_id) or queries.issue_form_of(programme, programme.owner_unit_id)
    asked_unit = request.GET.get("unit")
    own = unit_at(form.unit_id if form else programme.owner_unit_id, clock.today())
    return {
        "unit": asked_unit or (own.code if own else ""),
        "answers": str(form.answers_id) if form and form.answers_id else "",
        "as_of": request.GET.get("as_of") or (form.as_of if form and form.as_of else clock.today()),
    }


def _own_unit(request: ActorRequest, form: DraftForm) -> UnitAt | None:
    """The unit asked for, as of the day; an error of the form where it did not live then or is out of reach."""
    unit = by_code(form.cleaned_data["unit"], form.cleaned_data["as_of"])
    if unit and units_for(request.actor).filter(pk=unit.id).exists():
        return unit
    form.add_error("unit", _("No unit in your reach bears this code on that day."))
    return None


@signed_in
@contradictions_said
def report(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A draft as an A4 page, with what changed since and what is to be looked at."""
    held = in_reach(access.reports_for(request.actor).select_related("programme"), pk=pk)
    live, unit = live_report(held), unit_of(held)
    context = {
        "live": live,
        "report": held,
        "unit": unit,
        "preview": to_html(live.document, links_of(held, unit), top=2),
        "may_edit": access.may_edit_report(request.actor, held),
        "history": history_of(held),
    }
    return render(request, "reports/report.html", context)


@signed_in
def editions(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Every edition of a draft: who saved it, and how it read."""
    held = in_reach(access.reports_for(request.actor), pk=pk)
    return render(request, "reports/editions.html", {"report": held, "editions": queries.edition_texts(held)})


@signed_in
@contradictions_said
def download(request: ActorRequest, pk: UUID, kind: str) -> HttpResponse:
    """A draft as a Word, PDF or text file."""
    if kind not in FILES:
        raise Http404
    held = in_reach(access.reports_for(request.actor).select_related("programme"), pk=pk)
    content = _written(request, live_report(held), kind)
    ending, media_type = FILES[kind]
    answer = HttpResponse(content, content_type=media_type)
    return attached(answer, f"bao-cao-{held.programme.key}-{held.as_of:%Y-%m-%d}.{ending}")


def _written(request: ActorRequest, live: LiveReport, kind: str) -> bytes:
    if kind == "word":
        return to_docx(live.document)
    if kind == "pdf":
        return to_pdf(live.document, links_of(live.report, unit_of(live.report), request))
    return to_text(live.document).encode()


def may_edit(request: ActorRequest, held: object) -> None:
    """Refuse with the reason unless the actor may edit this draft."""
    reason = _("This draft is edited by those who may draft the unit's reports.")
    allow(access.may_edit_report(request.actor, held), reason)  # type: ignore[arg-type]
