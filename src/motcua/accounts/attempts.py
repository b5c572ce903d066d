"""Attempts to sign in: the password is checked, and guessing is slowed down. Failures are a counter, no facts."""

import datetime as dt
import math

from django.contrib.auth import authenticate
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.accounts import rules
from motcua.accounts.models import Person, SignInFailure
from motcua.common import clock
from motcua.common.errors import Refused

KEPT = dt.timedelta(days=1)


def authenticated(request: HttpRequest, *, username: str, password: str) -> Person:
    """The person whose name and password these are.

    Raises `Refused`, with the same words whether the name or the password is wrong; after too many failures
    (`rules.wait_until`) the password is not even looked at.
    """
    name, address = rules.counted_name(username), rules.counted_address(request.META.get("REMOTE_ADDR", ""))
    _refuse_guessing(name, address)
    person = authenticate(request, username=username.strip(), password=password)
    if not isinstance(person, Person):
        _note_failure(name, address)
        raise Refused(_("The sign-in name or the password is wrong. Check both, and whether Caps Lock is on."))
    SignInFailure.objects.filter(username=name, address=address).delete()
    return person


def _refuse_guessing(name: str, address: str) -> None:
    now = clock.now()
    recent = SignInFailure.objects.filter(address=address, at__gt=now - rules.WINDOW)
    of_account = list(recent.filter(username=name).values_list("at", flat=True))
    until = rules.wait_until(of_account, recent.count(), now)
    if until is None:
        return
    minutes = max(1, math.ceil((until - now).total_seconds() / 60))
    message = ngettext(
        "Too many wrong passwords for this sign-in name from here. Try again in %(minutes)s minute, or ask "
        "your administrator for a new password. Other people can still sign in.",
        "Too many wrong passwords for this sign-in name from here. Try again in %(minutes)s minutes, or ask "
        "your administrator for a new password. Other people can still sign in.",
        minutes,
    )
    raise Refused(message % {"minutes": minutes})


@transaction.atomic
def _note_failure(name: str, address: str) -> None:
    now = clock.now()
    SignInFailure.objects.filter(at__lt=now - KEPT).delete()
    SignInFailure.objects.create(username=name, address=address, at=now)
