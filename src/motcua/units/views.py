"""Signing in (the page lists posts), one's own posts, and the choice between them."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from motcua.accounts import actions, attempts
from motcua.accounts.demonstration import CAST_PASSWORD
from motcua.accounts.forms import SignInForm
from motcua.accounts.models import Person
from motcua.common.access import public, signed_in
from motcua.common.actor import Actor
from motcua.common.errors import Refused
from motcua.common.request import ActorRequest, Request
from motcua.units.cast import cast
from motcua.units.middleware import CHOSEN, actor_for, posts_today

HOME = "/"


@public
@never_cache
@sensitive_post_parameters()
@sensitive_variables()
def sign_in(request: Request) -> HttpResponse:
    """Name and password; afterwards back to the page that was asked for. The demonstration lists its cast."""
    wanted = _safe_next(request)
    if request.user.is_authenticated and request.method == "GET":
        return redirect(wanted)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = attempts.authenticated(request, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            actions.sign_in(person, actor=_themselves(person), request=request)
            return redirect(wanted)
    names = {"form": form, "next": wanted, "is_asked": wanted != HOME, "cast": [], "cast_password": ""}
    if settings.MOTCUA_DEMONSTRATION:
        names |= {"cast": cast(), "cast_password": CAST_PASSWORD}
    return render(request, "units/sign_in.html", names, status=422 if form.errors else 200)


def _themselves(person: Person) -> Actor:
    """Who signs in, for the log: in the first of today's posts, so that its unit's auditors read of it."""
    held = posts_today(person.pk)
    return actor_for(held[0]) if held else Actor(name=person.full_name, role="person", person_id=person.pk)


@signed_in
def profile(request: ActorRequest) -> HttpResponse:
    """Who one is here: name, sign-in name, posts of today."""
    return render(request, "units/profile.html")


@public
def no_post(request: Request) -> HttpResponse:
    """For somebody signed in who holds no post today: why they see nothing, and whom to ask."""
    if not request.user.is_authenticated:
        return redirect("accounts:sign_in")
    return redirect(HOME) if request.actor else render(request, "units/no_post.html", status=403)


@signed_in
@require_POST
def choose_post(request: ActorRequest) -> HttpResponse:
    """Act in another of one's posts from now on."""
    chosen = next((post for post in request.posts if str(post.origin_id) == request.POST.get("post")), None)
    if chosen is None:
        messages.error(request, _("You do not hold this post today."))
    else:
        request.session[CHOSEN] = str(chosen.origin_id)
        messages.success(request, _("You now act as %(post)s.") % {"post": chosen})
    return redirect(HOME)


def _safe_next(request: HttpRequest) -> str:
    """The page to go to after signing in: one of ours, or home."""
    wanted = request.POST.get("next") or request.GET.get("next") or HOME
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else HOME
