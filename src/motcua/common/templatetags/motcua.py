"""Template tags and filters of every page (docs/developers/pages.md shows each in use)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, RadioSelect, Textarea
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from motcua.common import clock, history
from motcua.common.forms import AmountField, DayField
from motcua.common.forms_times import Times, times_query
from motcua.common.listing import Listing
from motcua.common.models import AuditEntry
from motcua.common.navigation import is_shown
from vanban import words

register = template.Library()

# the page, what it is called, and the apps whose pages belong to it
NAVIGATION = (
    ("overview:home", gettext_lazy("To do"), ()),
    ("funding:programmes", gettext_lazy("Programmes"), ("funding", "figures", "fieldwork", "followup", "equipment")),
    ("units:units", gettext_lazy("Units"), ("units",)),
    ("registry:documents", gettext_lazy("Documents"), ("registry", "catalogue")),
    ("reports:reports", gettext_lazy("Reports"), ("reports",)),
    ("overview:log", pgettext_lazy("navigation", "Log"), ()),
)
STATE_WORDS = {True: gettext_lazy("yes"), False: gettext_lazy("no"), None: gettext_lazy("unknown")}
STATE_MARKS = {"yes": "✓", "no": "✕", "late": "!", "unknown": "?", "plain": "•"}


# ── frame ──────────────────────────────────────────────────────────────────────


@register.simple_tag(takes_context=True)
def nav_links(context: Context) -> list[dict[str, Any]]:
    """The main navigation: the entries whose page exists, the one shown marked "page", that of its app "true"."""
    request = context["request"]
    app = request.resolver_match.namespace if request.resolver_match else ""
    links = []
    for name, label, apps in NAVIGATION:
        url = page_url(name)
        if url and is_shown(name, getattr(request, "actor", None)):
            here = "page" if request.path == url else "true" if app in apps else ""
            links.append({"url": url, "label": label, "current": here})
    return links


@register.simple_tag
def page_url(name: str, *args: Any) -> str:
    """The page's address; empty where no such page exists (yet)."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.inclusion_tag("common/breadcrumbs.html")
def breadcrumbs(*pairs: Any) -> dict[str, Any]:
    """`{% breadcrumbs url label url label … here %}`: the way down to this page, itself last and without a link."""
    steps = [{"url": pairs[at], "label": pairs[at + 1]} for at in range(0, len(pairs) - 1, 2)]
    return {"steps": steps, "here": pairs[-1] if len(pairs) % 2 else ""}


@register.inclusion_tag("common/empty.html")
def empty_state(title: str, text: str = "", url: str = "", label: str = "") -> dict[str, Any]:
    """Nothing here yet: why, and the next step as a button."""
    return {"title": title, "text": text, "url": url, "label": label}


# ── values ─────────────────────────────────────────────────────────────────────


@register.filter
def vnd(amount: int | None) -> str | SafeString:
    """403200000 → 403.200.000đ."""
    return unknown(None) if amount is None else words.format_vnd(amount)


@register.filter
def grouped(number: int | None) -> str | SafeString:
    """403200000 → 403.200.000."""
    return unknown(None) if number is None else words.group_digits(number)


@register.filter
def two_digits(count: int | None) -> str | SafeString:
    """4 → 04: counts below ten in official text."""
    return unknown(None) if count is None else words.two_digits(count)


@register.filter
def day(value: dt.date | dt.datetime | None) -> str | SafeString:
    """A day as 27/12/2023."""
    if value is None:
        return unknown(None)
    return f"{_local(value):%d/%m/%Y}"


@register.filter
def moment(value: dt.datetime | None) -> str | SafeString:
    """A moment as 14:30 27/12/2023, in Việt Nam."""
    return unknown(None) if value is None else f"{_local(value):%H:%M %d/%m/%Y}"


@register.filter
def unknown(value: Any) -> Any:
    """The value, or "unknown" where there is none (never a dash, never a blank)."""
    if value is None or value == "":
        return format_html('<span class="unknown">{}</span>', _("unknown"))
    return value


@register.simple_tag
def state(value: bool | None, yes: str = "", no: str = "", unknown: str = "") -> SafeString:
    """Yes, no or unknown as word and mark; the words may be given: `{% state device.works yes=_("works") %}`."""
    kind = "unknown" if value is None else "yes" if value else "no"
    word = {"yes": yes, "no": no, "unknown": unknown}[kind] or STATE_WORDS[value]
    return badge(kind, word)


@register.simple_tag
def badge(kind: str, word: Any) -> SafeString:
    """Any state: `kind` is yes, no, late, unknown or plain."""
    mark = STATE_MARKS[kind]
    return format_html('<span class="state state-{}"><span aria-hidden="true">{}</span>{}</span>', kind, mark, word)


@register.inclusion_tag("common/facts.html")
def facts(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """A list of (label, value): what is empty is shown as unknown, True and False as words, days as days."""
    return {"pairs": [(label, shown(value)) for label, value in pairs]}


@register.simple_block_tag
def fact(content: str, label: str) -> SafeString:
    """One line of a `<dl class="facts">` whose value needs markup."""
    value = content.strip() or unknown(None)
    return format_html("<dt>{}</dt><dd>{}</dd>", label, mark_safe(value))  # noqa: S308 (rendered by the template)


def shown(value: Any) -> Any:
    """A value as a page shows it."""
    if isinstance(value, bool):
        return state(value)
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date):
        return day(value)
    return grouped(value) if isinstance(value, int) else unknown(value)


# ── time ───────────────────────────────────────────────────────────────────────


@register.inclusion_tag("common/as_of.html", takes_context=True)
def as_of_bar(context: Context, times: Times) -> dict[str, Any]:
    """The day (and moment of knowledge) that the page is asked by, as a form that keeps the other parameters."""
    params = context["request"].GET
    kept = [(k, v) for k, values in params.lists() if k not in ("as_of", "known_at", "page") for v in values]
    return {"times": times, "form": times.form, "kept": kept, "path": context["request"].path}


@register.simple_tag(takes_context=True)
def times_kept(context: Context) -> str:
    """`<a href="{% url … %}{% times_kept %}">`: the next page is asked by the same times as this one."""
    return times_query(context["request"].GET)


# ── tables ─────────────────────────────────────────────────────────────────────


@register.inclusion_tag("common/listing_toolbar.html", takes_context=True)
def listing_toolbar(context: Context, listing: Listing, placeholder: str = "", export: bool = True) -> dict[str, Any]:
    """Search box, filters, the number of rows and the spreadsheet."""
    return {"listing": listing, "placeholder": placeholder, "export": export, "path": context["request"].path}


@register.simple_tag(takes_context=True)
def listing_table(
    context: Context, listing: Listing, row_template: str, caption: str = "", wide: bool = False
) -> SafeString:
    """The table; `row_template` renders one `row` as a `<tr>` of `{% cell %}`s."""
    engine = context.template.engine  # type: ignore[union-attr]
    row, frame = engine.get_template(row_template), engine.get_template("common/listing_table.html")
    rows = []
    for item in listing.rows:
        with context.push(row=item, listing=listing):
            rows.append(row.render(context))
    body = mark_safe("".join(rows))  # noqa: S308 (rendered by templates)
    with context.push(listing=listing, body=body, caption=caption, wide=wide):
        return frame.render(context)


@register.simple_block_tag(takes_context=True)
def cell(context: Context, content: str, key: str, head: bool = False, css: str = "") -> SafeString:
    """`{% cell "amount" %}{{ row.amount|vnd }}{% endcell %}`: a cell that knows its column's label and alignment."""
    column = context["listing"].column(key)
    names = " ".join(filter(None, (column.css, css, "" if content.strip() else "cell-empty")))
    body = mark_safe(content.strip())  # noqa: S308 (rendered by the template)
    if head:
        return format_html('<th scope="row" class="{}" data-label="{}"><div>{}</div></th>', names, column.label, body)
    return format_html('<td class="{}" data-label="{}"><div>{}</div></td>', names, column.label, body)


@register.inclusion_tag("common/listing_paging.html")
def listing_paging(listing: Listing) -> dict[str, Any]:
    """Which rows are shown, and the links to the others."""
    return {"listing": listing, "page": listing.page}


# ── forms ──────────────────────────────────────────────────────────────────────


@register.inclusion_tag("common/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """Every fault of the form at its head, each a link to its field."""
    bound = [form[name] for name in form.errors if name in form.fields]
    faults = [{"id": _first_id(field), "label": field.label, "errors": field.errors} for field in bound]
    return {"general": form.non_field_errors() if form.is_bound else [], "faults": faults}


@register.inclusion_tag("common/form_fields.html")
def form_fields(form: BaseForm, *names: str) -> dict[str, Any]:
    """The form's visible fields (or those named), and all its hidden ones."""
    visible = [form[name] for name in names] if names else form.visible_fields()
    return {"fields": [_described(field) for field in visible], "hidden": [] if names else form.hidden_fields()}


@register.inclusion_tag("common/form_fields.html")
def form_field(field: BoundField) -> dict[str, Any]:
    """One field of a form."""
    return {"fields": [_described(field)], "hidden": []}


@register.simple_tag
def draft(form: BaseForm, key: str) -> SafeString:
    """Attributes of a `<form>` whose unsent input is kept on this machine, under a key of its own on the page."""
    return format_html(' data-draft="{}"{}', key, " data-bound" if form.is_bound else "")


def _described(field: BoundField) -> dict[str, Any]:
    widget = field.field.widget
    kinds = {AmountField: "amount", DayField: "date"}
    kind = next((name for sort, name in kinds.items() if isinstance(field.field, sort)), "text")
    if isinstance(widget, RadioSelect):
        kind = "choices-short" if len(field.field.choices) <= 4 else "choices"  # type: ignore[attr-defined]
    elif isinstance(widget, CheckboxInput | Textarea):
        kind = "check" if isinstance(widget, CheckboxInput) else "long"
    optional = not field.field.required and kind not in ("check", "choices", "choices-short")
    return {"field": field, "kind": kind, "is_optional": optional, "is_group": widget.use_fieldset}


def _first_id(field: BoundField) -> str:
    return field.id_for_label or f"{field.auto_id}_0"


# ── history ────────────────────────────────────────────────────────────────────


@register.inclusion_tag("common/history.html")
def history_list(entries: Iterable[AuditEntry]) -> dict[str, Any]:
    """What was written of a thing, by whom, for which unit, when and why: the latest first."""
    return {"lines": [history.line(entry) for entry in entries]}


@register.filter
def in_words(entry: AuditEntry) -> history.Line:
    """One entry of the audit log as a page shows it."""
    return history.line(entry)


def _local(value: dt.date | dt.datetime) -> dt.date:
    return value.astimezone(clock.HANOI) if isinstance(value, dt.datetime) else value
