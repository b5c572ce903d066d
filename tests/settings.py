"""Settings for tests: a data folder of their own, a fast hasher, undefined template variables fail."""

import os
import tempfile

os.environ["MOTCUA_DATA"] = tempfile.mkdtemp(prefix="motcua-tests-")
os.environ.setdefault("MOTCUA_SECRET_KEY", "only-for-tests")

from motcua.config.settings import *  # noqa: F403 (a settings module takes all of the one it changes)
from motcua.config.settings import TEMPLATES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class Undefined(str):
    """Fails where a template names what does not exist."""

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __mod__(self, missing: object) -> str:
        raise AssertionError(f"undefined template variable: {missing}")


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined("%s")
