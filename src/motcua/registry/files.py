"""Stored files: by the hash of their content, in the data folder, checked by content."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from motcua.common import clock
from motcua.common.errors import Refused
from motcua.registry.models import StoredFile

SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}


def path_of(sha256: str) -> Path:
    """Where a content is kept."""
    return Path(settings.MOTCUA_DATA) / "files" / sha256[:2] / sha256


def media_type_of(content: bytes) -> str | None:
    """What the content is, judged by its first bytes and never by its name; None: not accepted."""
    return next((kind for start, kind in SIGNATURES.items() if content.startswith(start)), None)


def check_file(name: str, content: bytes) -> str:
    """The media type of an accepted file. Raises `Refused` for one that is too large or of another kind."""
    if len(content) > settings.MOTCUA_FILE_LIMIT:
        raise Refused(_("The file %(name)s is larger than 20 MB.") % {"name": name})
    kind = media_type_of(content)
    if kind is None:
        raise Refused(_("The file %(name)s is neither a PDF nor a picture (PNG, JPEG).") % {"name": name})
    return kind


def store_file(name: str, content: bytes) -> StoredFile:
    """Keep a file (an action calls this in its transaction). Raises `Refused` for what is not accepted."""
    kind = check_file(name, content)
    sha256 = hashlib.sha256(content).hexdigest()
    place = path_of(sha256)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_suffix(".part")
        fresh.write_bytes(content)
        fresh.replace(place)
    values = {"name": Path(name).name[:200], "media_type": kind, "size": len(content), "stored_at": clock.now()}
    stored, _made = StoredFile.objects.get_or_create(sha256=sha256, defaults=values)
    return stored
