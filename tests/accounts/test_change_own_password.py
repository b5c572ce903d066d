"""A person changes the password that is theirs, and only with the old one."""

from django.urls import reverse

from motcua.common.models import AuditEntry
from tests.cast import PASSWORD, Cast

NEW = "ba con trâu gặm cỏ"
PAGE = "/accounts/password"


def send(client, old=PASSWORD, new=NEW, again=NEW):
    return client.post(PAGE, {"old": old, "new": new, "again": again})


def test_the_new_password_opens_and_the_session_goes_on(client, cast: Cast):
    cast.sign_in(client, "clerk")
    assert send(client)["Location"] == reverse("accounts:profile")
    assert client.get(reverse("accounts:profile")).status_code == 200
    person = cast.people["clerk"]
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert NEW not in str(AuditEntry.objects.get(verb="change_own_password").__dict__)


def test_what_is_wrong_is_said_beside_its_field_and_nothing_changes(client, cast: Cast):
    cast.sign_in(client, "clerk")
    assert list(send(client, old="sai").context["form"].errors) == ["old"]
    assert list(send(client, new="ngắn", again="ngắn").context["form"].errors) == ["new"]
    assert list(send(client, again="khác hẳn cái kia").context["form"].errors) == ["again"]
    cast.people["clerk"].refresh_from_db()
    assert cast.people["clerk"].check_password(PASSWORD)
