"""Verbs of people: signing in, and changing one's own password."""

from django.contrib.auth import login, update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.accounts.models import Person
from motcua.common import audit
from motcua.common.access import allow
from motcua.common.actor import Actor


@transaction.atomic
def sign_in(person: Person, *, actor: Actor, request: HttpRequest) -> None:
    """Open a session under a key of its own for somebody whose password has been checked."""
    allow(actor.person_id == person.pk, _("Nobody signs in for another person."))
    login(request, person)
    audit.record(actor, "sign_in", person)


@transaction.atomic
def change_own_password(person: Person, *, actor: Actor, password: str, request: HttpRequest | None = None) -> None:
    """A new password, checked already; every other session of the person ends."""
    allow(actor.person_id == person.pk, _("Only the person may change this password."))
    person.set_password(password)
    person.save(update_fields=["password"])
    audit.record(actor, "change_own_password", person)
    if request is not None:
        update_session_auth_hash(request, person)
