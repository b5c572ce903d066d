"""More than a file may be is refused before it is read, signed in or not."""

import pytest
from django.test import Client

from motcua.common.sizes import AROUND_A_FILE

SIGN_IN = "/accounts/sign-in"


class Unread:
    """A body that nobody may read."""

    def read(self, *_size: int) -> bytes:
        raise AssertionError("the body was read")

    readline = read


@pytest.mark.parametrize("length", ["30000000", "9" * 40, "-1", "²"])
def test_a_body_that_is_too_long_is_not_read(db, length):
    answer = Client().generic("POST", SIGN_IN, CONTENT_LENGTH=length, **{"wsgi.input": Unread()})
    assert answer.status_code == 413
    assert "20 MB" in answer.content.decode()


def test_a_file_as_large_as_allowed_passes(db, settings):
    settings.MOTCUA_FILE_LIMIT = 1000
    body = {"username": "x" * 900, "password": "p"}
    assert Client().post(SIGN_IN, body).status_code == 422
    assert Client().post(SIGN_IN, {"username": "x" * (1100 + AROUND_A_FILE)}).status_code == 413
