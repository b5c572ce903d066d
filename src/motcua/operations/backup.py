"""One file that holds everything but the secret key: the database, the stored files, and a manifest of both.

The secret key stays out: who holds a backup must not be able to forge sign-ins. After a restore into a new folder
everybody signs in again, nothing more.
"""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.common.errors import Refused
from motcua.operations import engines
from motcua.operations.doctor import fault_of_file
from motcua.registry.files import path_of

PROGRAM = "motcua"
FORM = 1
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. `files`: hash and size; `damaged`: files that could not be kept, and why."""

    program: str
    form: int
    version: str
    made_at: str
    engine: str
    demonstration: bool
    migrations: Sequence[str]
    counts: dict[str, int]
    database: str
    database_sha256: str
    database_size: int
    files: Sequence[Sequence[Any]] = field(default_factory=list)
    damaged: Sequence[Sequence[str]] = field(default_factory=list)


def member_of(sha256: str) -> str:
    """A stored file's name inside a backup."""
    return f"files/{sha256[:2]}/{sha256}"


def make_backup(file: Path) -> Manifest:
    """Write a backup while others go on working. Raises `Refused` where the file is there already.

    A stored file that is missing or changed is left out and named in the manifest: all else is kept.
    """
    if file.exists():
        raise Refused(_("%(file)s is there already; choose another name.") % {"file": file})
    engines.refuse_without_programs()
    unfinished = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        unfinished.touch(mode=0o600)
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".motcua-") as folder:
            manifest = _write(unfinished, Path(folder))
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def _write(file: Path, folder: Path) -> Manifest:
    name = engines.NAMES[connection.vendor]
    counts, stored, migrations = engines.copy_out(folder / name)
    faults = {sha256: fault_of_file(sha256) for sha256, _size in stored}
    manifest = Manifest(
        program=PROGRAM,
        form=FORM,
        version=_version(),
        made_at=timezone.now().isoformat(timespec="seconds"),
        engine=connection.vendor,
        demonstration=settings.MOTCUA_DEMONSTRATION,
        migrations=migrations,
        counts=dict(counts),
        database=name,
        database_sha256=digest(folder / name),
        database_size=(folder / name).stat().st_size,
        files=[[sha256, size] for sha256, size in stored if not faults[sha256]],
        damaged=[[sha256, fault] for sha256, fault in faults.items() if fault],
    )
    with zipfile.ZipFile(file, "w", allowZip64=True) as archive:
        archive.write(folder / name, name, zipfile.ZIP_DEFLATED, compresslevel=3)
        for sha256, _size in manifest.files:
            archive.write(path_of(sha256), member_of(sha256), zipfile.ZIP_STORED)
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
        archive.writestr(MANIFEST, text, zipfile.ZIP_DEFLATED)
    return manifest


def _version() -> str:
    try:
        return version(PROGRAM)
    except PackageNotFoundError:  # run from its source, not installed
        return "?"


def digest(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
