"""The audit log."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from motcua.common import history
from motcua.common.access import allow, signed_in
from motcua.common.listing import Column, Listing, spreadsheet
from motcua.common.models import AuditEntry
from motcua.common.request import ActorRequest
from motcua.overview import access
from motcua.overview.forms import LogForm
from motcua.overview.queries import name_things, search_log
from motcua.units.access import posts_for

MOST_EXPORTED = 20_000


def _changes(entry: AuditEntry) -> str:
    said = history.line(entry).changes
    return "\n".join(f"{change.label}: {change.before or '–'} → {change.after or _('unknown')}" for change in said)


def _post(entry: AuditEntry) -> str:
    line = history.line(entry)
    return " – ".join(part for part in (line.post, line.unit) if part)


COLUMNS = (
    Column("at", gettext_lazy("When")),
    Column("who", gettext_lazy("Who"), export=lambda entry: history.line(entry).who),
    Column("post", gettext_lazy("Post"), export=_post),
    Column("what", pgettext_lazy("log", "What"), export=lambda entry: history.line(entry).said),
    Column("about", gettext_lazy("Concerning"), export=lambda row: row.about),
    Column("changes", gettext_lazy("Values"), export=_changes),
    Column("reason", gettext_lazy("Reason")),
)


@signed_in
def log(request: ActorRequest) -> HttpResponse:
    """Everything written for the units in reach, by people in their posts."""
    allow(access.may_read_log(request.actor), _("The log is read by auditors and administrators."))
    form = LogForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    rows = search_log(access.log_for(request.actor), posts_for(request.actor), asked)
    listing = Listing(request.GET, rows, COLUMNS)
    listing.query = ""
    too_many = listing.is_export and listing.count > MOST_EXPORTED
    name_things(listing.all_rows if listing.is_export and not too_many else listing.rows)
    if listing.is_export and not too_many:
        return spreadsheet(listing, "nhat-ky")
    is_asked = any(request.GET.get(name) for name in form.fields)
    names = {"form": form, "listing": listing, "is_asked": is_asked, "too_many": too_many, "most": MOST_EXPORTED}
    return render(request, "overview/log.html", names, status=422 if too_many else 200)
