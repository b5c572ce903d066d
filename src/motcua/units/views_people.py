"""People with posts in reach: who they are, what posts they hold, whether they may sign in."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from motcua.accounts.models import Person
from motcua.common.access import allow, in_reach, signed_in
from motcua.common.forms import ReasonForm
from motcua.common.forms_outcome import confirm, done, refusals
from motcua.common.history import entries_of
from motcua.common.listing import Column, Filter, Listing, spreadsheet
from motcua.common.request import ActorRequest
from motcua.units import access, actions
from motcua.units.enums import Role
from motcua.units.forms import AddPersonForm, EndPostForm, GivenPasswordForm, GivePostForm, PersonForm, text_of
from motcua.units.models import Post, Unit
from motcua.units.people import post_lines
from motcua.units.queries import full_name_of

PEOPLE_COLUMNS = (
    Column("name", gettext_lazy("Name"), sort="name"),
    Column("username", gettext_lazy("Sign-in name"), sort="username"),
    Column("title", gettext_lazy("Post"), sort="title"),
    Column("unit_name", gettext_lazy("Unit"), sort="unit_name"),
    Column("since", gettext_lazy("Since"), sort="post.valid_from", export=lambda row: row.post.valid_from),
    Column("state", gettext_lazy("State"), sort="state_word", export=lambda row: row.state_word),
)
STATES = (
    ("held", gettext_lazy("in office")),
    ("to_come", gettext_lazy("post begins later")),
    ("ended", gettext_lazy("post has ended")),
    ("shut", gettext_lazy("cannot sign in")),
)
FILTERS = (
    Filter("role", gettext_lazy("Role"), Role.choices, by="post.role"),
    Filter("state", gettext_lazy("State"), STATES, by="state"),
)
ONLY_ADMINISTRATORS = gettext_lazy("Only an administrator may add people and give posts.")
NOT_THEIRS = gettext_lazy("Only an administrator of every unit at which the person holds a post may do this.")


@signed_in
def people(request: ActorRequest) -> HttpResponse:
    """Everybody with a post at a unit in reach, one line for each post."""
    rows = post_lines(access.posts_for(request.actor).select_related("person", "unit"))
    search = ("name", "username", "title", "unit_name")
    listing = Listing(request.GET, rows, PEOPLE_COLUMNS, search=search, filters=FILTERS, order="name")
    if listing.is_export:
        return spreadsheet(listing, "nhan-su")
    may_administer = access.may_administer(request.actor)
    return render(request, "units/people.html", {"listing": listing, "may_administer": may_administer})


@signed_in
def person(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One person: posts in reach, whether they may sign in, history."""
    somebody = in_reach(access.people_for(request.actor), pk=pk)
    posts = access.posts_for(request.actor).filter(person=somebody).select_related("person", "unit")
    may_administer = access.may_administer(request.actor)
    own = set(access.own_units(request.actor).filter(posts__in=posts).values_list("pk", flat=True))
    may_manage = access.may_manage_person(request.actor, somebody)
    names = {
        "person": somebody,
        "lines": post_lines(posts.order_by("recorded_at")),
        "ending": own if may_administer else set(),
        "may_administer": may_administer,
        "may_manage": may_manage,
        "is_oneself": somebody.pk == request.actor.person_id,
        "history": list(entries_of(somebody)[:100]) if may_manage else [],
    }
    return render(request, "units/person.html", names)


@signed_in
@sensitive_post_parameters("password")
def add_person(request: ActorRequest) -> HttpResponse:
    """A new person with a first post: without one they would see nothing."""
    allow(access.may_administer(request.actor), str(ONLY_ADMINISTRATORS))
    shown = access.units_shown_to(request.actor)
    form = AddPersonForm(request.POST or None, initial=_initial(request, shown), units=shown)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            new = actions.add_person(actor=request.actor, **form.person)
            actions.give_post(actor=request.actor, person=new, values=form.post)
            message = _("%(name)s has been added and may sign in as %(username)s.")
            words = {"name": new.full_name, "username": new.username}
            return done(request, message % words, "units:person", new.pk)
    return render(request, "units/add_person.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
def give_post(request: ActorRequest) -> HttpResponse:
    """A post for somebody in reach; `?person=` and `?unit=` fill the form in."""
    allow(access.may_administer(request.actor), str(ONLY_ADMINISTRATORS))
    people, shown = access.people_for(request.actor), access.units_shown_to(request.actor)
    asked = request.GET.get("person")
    chosen = in_reach(people, pk=asked) if asked else None
    initial = {**_initial(request, shown), "person": asked}
    form = GivePostForm(request.POST or None, initial=initial, units=shown, people=people, chosen=chosen)
    if request.method == "POST" and form.is_valid():
        somebody = form.cleaned_data["person"]
        with refusals(form):
            post = actions.give_post(actor=request.actor, person=somebody, values=form.post)
            message = _("%(name)s now has the post of %(post)s at %(unit)s.")
            words = {"name": somebody.full_name, "post": post, "unit": full_name_of(post.unit)}
            return done(request, message % words, "units:person", somebody.pk)
    return render(request, "units/give_post.html", {"form": form}, status=422 if form.errors else 200)


def _initial(request: ActorRequest, shown: QuerySet[Unit]) -> dict[str, Any]:
    asked = request.GET.get("unit") or request.actor.unit_id
    return {"unit_text": text_of(in_reach(shown, pk=asked))}


@signed_in
def end_post(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Let a post end on a day."""
    post = in_reach(access.posts_for(request.actor).select_related("person", "unit"), origin_id=pk)
    reason = _("Only the administrator of this unit or of one above may end a post.")
    allow(access.may_change_unit(request.actor, post.unit_id), reason)
    form = EndPostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.end_post(post, actor=request.actor, **form.cleaned_data)
            words = {"name": post.person.full_name, "post": post, "day": f"{form.cleaned_data['last_day']:%d/%m/%Y}"}
            message = _("The post of %(name)s as %(post)s ends on %(day)s.") % words
            return done(request, message, "units:person", post.person_id)
    return confirm(
        request,
        title=_("End the post"),
        question=_("From the day after, the person can no longer act in this post. What was done in it stays."),
        submit=_("End the post"),
        back=reverse("units:person", args=[post.person_id]),
        form=form,
        facts=_post_facts(post),
        is_danger=True,
    )


def _post_facts(post: Post) -> list[tuple[str, Any]]:
    return [
        (_("Name"), post.person.full_name),
        (_("Post"), str(post)),
        (_("Unit"), full_name_of(post.unit)),
        (_("Since"), post.valid_from),
    ]


@signed_in
def correct_person(request: ActorRequest, pk: UUID) -> HttpResponse:
    somebody = _managed(request, pk)
    form = PersonForm(request.POST or None, initial={"full_name": somebody.full_name, "email": somebody.email})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.correct_person(somebody, actor=request.actor, **form.cleaned_data)
            message = _("%(name)s has been corrected.") % {"name": form.cleaned_data["full_name"]}
            return done(request, message, "units:person", somebody.pk)
    return render(request, "units/correct_person.html", {"form": form, "person": somebody})


@signed_in
@sensitive_post_parameters("password")
def give_password(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A new password for somebody who has forgotten theirs."""
    somebody = _managed(request, pk)
    form = GivenPasswordForm(request.POST or None, person=somebody)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.give_password(somebody, actor=request.actor, password=form.cleaned_data["password"])
            message = _("%(name)s has a new password. Tell it to them; they change it in their profile.")
            return done(request, message % {"name": somebody.full_name}, "units:person", somebody.pk)
    return render(request, "units/give_password.html", {"form": form, "person": somebody})


@signed_in
def deactivate_person(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Shut somebody out: sign-in is refused and open sessions end."""
    somebody = _managed(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.deactivate_person(somebody, actor=request.actor, reason=form.cleaned_data["reason"])
            message = _("%(name)s can no longer sign in.") % {"name": somebody.full_name}
            return done(request, message, "units:person", somebody.pk)
    return confirm(
        request,
        title=_("End the sign-in of %(name)s") % {"name": somebody.full_name},
        question=_("The person can no longer sign in and is signed out everywhere. What they did still names them."),
        submit=_("End the sign-in"),
        back=reverse("units:person", args=[pk]),
        form=form,
        is_danger=True,
    )


@signed_in
def reactivate_person(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Let somebody sign in again."""
    somebody = _managed(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.reactivate_person(somebody, actor=request.actor, reason=form.cleaned_data["reason"])
            message = _("%(name)s may sign in again.") % {"name": somebody.full_name}
            return done(request, message, "units:person", somebody.pk)
    return confirm(
        request,
        title=_("Let %(name)s sign in again") % {"name": somebody.full_name},
        question=_("The person may sign in again with the password from before."),
        submit=_("Let sign in again"),
        back=reverse("units:person", args=[pk]),
        form=form,
    )


def _managed(request: ActorRequest, pk: UUID) -> Person:
    somebody = in_reach(access.people_for(request.actor), pk=pk)
    allow(access.may_manage_person(request.actor, somebody), str(NOT_THEIRS))
    return somebody
