"""Signing out, one's own password, and the answer to a stale form. The sign-in page lists posts and stands in units."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from motcua.accounts import actions
from motcua.accounts.forms import PasswordForm
from motcua.accounts.models import Person
from motcua.common.access import public, signed_in
from motcua.common.forms_outcome import done, refusals
from motcua.common.request import ActorRequest


@public
def form_out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form whose token is no longer good: nothing was saved, and how to go on."""
    message = _("This form is out of date, nothing was saved. Go back, reload the page and send it again.")
    return render(request, "403.html", {"exception": message}, status=403)


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, _("You have signed out."))
    return redirect("accounts:sign_in")


@signed_in
@sensitive_post_parameters()
def change_own_password(request: ActorRequest) -> HttpResponse:
    person = cast(Person, request.user)
    form = PasswordForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_own_password(person, actor=request.actor, password=form.cleaned_data["new"], request=request)
            return done(
                request, _("Your password has been changed. Other devices must sign in anew."), "accounts:profile"
            )
    return render(request, "accounts/change_own_password.html", {"form": form})
