"""Addresses of style sheets and scripts that change with their content, so that no browser keeps an old one."""

import functools
import hashlib
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class VersionedStorage(StaticFilesStorage):
    """Files are served from the apps' own folders; their address carries a digest of what is in them."""

    def url(self, name: str | None) -> str:
        address = super().url(name)
        version = _digest(name) if name else ""
        return f"{address}?v={version}" if version else address


@functools.lru_cache(maxsize=500)
def _digest(name: str) -> str:
    path = finders.find(name)
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12] if path else ""
