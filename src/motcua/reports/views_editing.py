"""Editing a draft: header, blocks, live preview."""

import re
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.common.access import in_reach, signed_in
from motcua.common.forms_outcome import done, refusals
from motcua.common.request import ActorRequest
from motcua.reports import access, actions, editing, queries
from motcua.reports.digits import loose_digits
from motcua.reports.forms import HeaderForm
from motcua.reports.links import links_of
from motcua.reports.models import Report
from motcua.reports.queries import LiveReport, live_report, unit_of
from motcua.reports.reachable import renderer
from motcua.reports.views import contradictions_said, may_edit
from vanban.html import to_html
from vanban.model import Document, ModelError


def _held(request: ActorRequest, pk: UUID) -> tuple[Report, LiveReport]:
    held = in_reach(access.reports_for(request.actor).select_related("programme"), pk=pk)
    may_edit(request, held)
    return held, live_report(held)


@signed_in
@contradictions_said
def edit_report(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Edit a draft; figures in it stay live."""
    held, live = _held(request, pk)
    if request.method != "POST":
        form = HeaderForm(initial=editing.header_values(live.document))
        return _page(request, live, form, editing.blocks_of(live.document), live.edition.number)
    form = HeaderForm(request.POST)
    blocks = editing.read_blocks(request.POST)
    base = _number(request.POST.get("edition", ""))
    if request.POST.get("do") != "save":
        return _page(request, live, form, blocks, base)
    document, blocks = _built(request, live, form, blocks)
    if document is not None:
        with refusals(form):
            saved = actions.save_edition(held, actor=request.actor, document=document, base=base)
            message = _("Edition %(number)s of the draft has been saved.") % {"number": saved.number}
            return done(request, message, "reports:report", held.pk)
    return _page(request, live, form, blocks, base)


@signed_in
@require_POST
@contradictions_said
def preview_report(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The preview of what is typed, without saving it."""
    held, live = _held(request, pk)
    document, _blocks = _built(request, live, HeaderForm(request.POST), editing.read_blocks(request.POST))
    shown = document or live.document
    context = {
        "preview": to_html(shown, links_of(held, unit_of(held)), top=2),
        "is_whole": document is not None,
        "loose": loose_digits(shown),
    }
    return render(request, "reports/_preview.html", context)


def _number(text: str) -> int:
    """The edition that a form says it began from; 0, which none has, for what is no number."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0


def _built(
    request: ActorRequest, live: LiveReport, form: HeaderForm, blocks: list[editing.EditedBlock]
) -> tuple[Document | None, list[editing.EditedBlock]]:
    """The document that was typed (None where something is wrong), and the blocks with their errors."""
    body, checked = editing.build_body(blocks, live.document, renderer(request.actor, live))
    if not body:
        form.add_error(None, _("The report needs at least one paragraph."))
    for number, block in enumerate(checked, start=1):
        if block.error:
            form.add_error(None, _("Block %(number)s: %(error)s") % {"number": number, "error": block.error})
    if not form.is_valid():
        return None, checked
    try:
        return editing.with_header(replace(live.document, body=body), form.cleaned_data), checked
    except ModelError as error:
        form.add_error(None, str(error))
        return None, checked


def _page(
    request: ActorRequest, live: LiveReport, form: HeaderForm, blocks: list[editing.EditedBlock], base: int
) -> HttpResponse:
    context: dict[str, Any] = {
        "live": live,
        "report": live.report,
        "form": form,
        "blocks": blocks,
        "base": base,
        "chips": queries.chips(live.shown),
        "preview": to_html(live.document, links_of(live.report, unit_of(live.report)), top=2),
        "is_whole": True,
        "loose": live.loose,
    }
    return render(request, "reports/edit_report.html", context)
