"""Taking a backup in: everything is verified first, the state until now is kept, then all of it changes or nothing."""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from motcua.common import triggers
from motcua.common.errors import Refused
from motcua.operations import backup, engines, ready
from motcua.registry.files import path_of

KEPT = "backups"
BLOCK = 1 << 20
LARGEST_MANIFEST = 256 * BLOCK
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    ValueError,
    AttributeError,
)
"""What reading a file raises that is no backup, or a spoilt one."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was taken in, and where the state before is kept."""

    manifest: backup.Manifest
    before: Path


def restore(file: Path) -> Restored:
    """Take a backup in. Raises `Refused`, with nothing changed, where anything about it is not as it says."""
    engines.refuse_without_programs()
    data = Path(settings.MOTCUA_DATA)
    with tempfile.TemporaryDirectory(dir=data, prefix=".restore-") as name:
        folder = Path(name)
        manifest = verify(file, folder)
        kept = _keep_state(data)
        _take_files(manifest, folder)
        _swap(manifest, folder, kept)
    return Restored(manifest, kept)


def verify(file: Path, folder: Path) -> backup.Manifest:
    """Unpack a backup into a folder and hold all of it against its manifest and this installation. Raises `Refused`."""
    manifest = _unpack(file, folder)
    _refuse_foreign(manifest)
    _refuse_other_counts(manifest, engines.describe_copy(folder / manifest.database))
    return manifest


def _unpack(file: Path, folder: Path) -> backup.Manifest:
    """Write out what the manifest lists and nothing else, each held against its hash."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _manifest(archive)
            wanted = {manifest.database: (manifest.database_sha256, manifest.database_size)}
            wanted |= {backup.member_of(sha256): (sha256, size) for sha256, size in manifest.files}
            extra = set(archive.namelist()) - wanted.keys() - {backup.MANIFEST}
            if extra:
                raise Refused(_("The backup holds what it does not list: %(names)s.") % {"names": ", ".join(extra)})
            for member, (sha256, size) in wanted.items():
                place = folder / member
                place.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(member) as source, place.open("wb") as target:
                    if _copied(source, target, size) != (sha256, size):
                        raise Refused(
                            _("The backup is damaged: %(name)s is not what was backed up.") % {"name": member}
                        )
    except DAMAGED as error:
        message = _("%(file)s is no backup of Motcua, or it is damaged: %(error)s")
        raise Refused(message % {"file": file, "error": error}) from error
    return manifest


def _copied(source: IO[bytes], target: IO[bytes], expected: int) -> tuple[str, int]:
    """Hash and size of what was copied; it stops where there is more than expected, so that no disk fills up."""
    found, size = hashlib.sha256(), 0
    while size <= expected and (block := source.read(BLOCK)):
        found.update(block)
        size += target.write(block)
    return found.hexdigest(), size


def _manifest(archive: zipfile.ZipFile) -> backup.Manifest:
    with archive.open(backup.MANIFEST) as opened:
        text = opened.read(LARGEST_MANIFEST + 1)
    if len(text) > LARGEST_MANIFEST:
        raise ValueError(_("its manifest is not one of Motcua's"))
    said = json.loads(text)
    known = {item.name for item in fields(backup.Manifest)}
    if not isinstance(said, dict) or said.get("program") != backup.PROGRAM or said.keys() != known:
        raise ValueError(_("its manifest is not one of Motcua's"))
    manifest = backup.Manifest(**said)
    hashes = [manifest.database_sha256, *(sha256 for sha256, _size in manifest.files)]
    sound = all(len(text) == 64 and set(text) <= set("0123456789abcdef") for text in hashes)
    sound = sound and all(isinstance(count, int) for count in manifest.counts.values())
    sound = sound and all(isinstance(name, str) for name in manifest.migrations)
    if not sound or manifest.database not in engines.NAMES.values():
        raise ValueError(_("its manifest is not one of Motcua's"))
    return manifest


def _refuse_foreign(manifest: backup.Manifest) -> None:
    """A backup of another kind of database, of the demonstration, or of a newer program is not for this folder."""
    if manifest.form != backup.FORM:
        message = _("The backup was made by Motcua %(version)s in a form that this version does not know.")
        raise Refused(message % {"version": manifest.version})
    if manifest.engine != connection.vendor:
        message = _("The backup is of %(theirs)s, and this installation uses %(ours)s.")
        raise Refused(message % {"theirs": manifest.engine, "ours": connection.vendor})
    if manifest.demonstration != settings.MOTCUA_DEMONSTRATION:
        raise Refused(_("The demonstration and real work are kept apart: restore a backup into a folder of its kind."))
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    newer = sorted(set(manifest.migrations) - known)
    if newer:
        message = _("The backup was made by a newer Motcua (%(version)s: %(names)s). Install that version first.")
        raise Refused(message % {"version": manifest.version, "names": ", ".join(newer[:5])})


def _refuse_other_counts(manifest: backup.Manifest, counts: engines.Counts | None) -> None:
    if counts is not None and dict(counts) != dict(manifest.counts):
        names = sorted(table for table, count in manifest.counts.items() if counts.get(table) != count)
        message = _("The backup is damaged: it does not hold as many rows as it says (%(names)s).")
        raise Refused(message % {"names": ", ".join(names)})


def _keep_state(data: Path) -> Path:
    """A backup of the state until now, beside the data."""
    folder = data / KEPT
    folder.mkdir(mode=0o700, exist_ok=True)
    kept = folder / f"before-restore-{datetime.now():%Y%m%d-%H%M%S-%f}.zip"
    backup.make_backup(kept)
    return kept


def _take_files(manifest: backup.Manifest, folder: Path) -> None:
    """Put the stored files in place before the rows that name them; a file that is there and whole is left alone."""
    for sha256, _size in manifest.files:
        place = path_of(sha256)
        if place.exists() and backup.digest(place) == sha256:
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_suffix(f".{os.getpid()}")
        shutil.move(folder / backup.member_of(sha256), fresh)
        fresh.replace(place)


def _swap(manifest: backup.Manifest, folder: Path, kept: Path) -> None:
    """Replace the database and bring it up to date; where that fails the state before comes back."""
    try:
        engines.copy_in(folder / manifest.database)
        if connection.vendor == "postgresql":
            _refuse_other_counts(manifest, {t: n for t, n in engines.count_rows().items() if t in manifest.counts})
        ready.upgrade()
        missing = triggers.missing()
        if missing:
            raise Refused(_("These triggers are missing: %(names)s.") % {"names": ", ".join(missing)})
    except Exception:
        back = folder / "back"
        back.mkdir()
        before = _unpack(kept, back)
        engines.copy_in(back / before.database)
        raise
