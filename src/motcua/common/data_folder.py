"""One folder holds the database file and the stored files; the demonstration has one of its own."""

import datetime as dt
import json
import os
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path

MARK = "demonstration.json"
KEY_FILE = "secret-key"
DATABASE_FILE = "motcua.sqlite3"


def usual_folder() -> Path:
    """Where the system keeps an application's data, when nobody says otherwise."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "Motcua"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Motcua"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "motcua"


def chosen_folder() -> Path:
    """`MOTCUA_DATA`, else the usual place."""
    return Path(os.environ.get("MOTCUA_DATA") or usual_folder()).expanduser().absolute()


def secret_key(folder: Path) -> str:
    """The installation's key: from the environment, else made once and kept in the folder for its owner alone."""
    given = os.environ.get("MOTCUA_SECRET_KEY")
    if given:
        return given
    file = folder / KEY_FILE
    if not file.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = file.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(64), encoding="utf-8")
        try:
            os.link(fresh, file)
        except OSError:
            if not file.exists():
                fresh.replace(file)
        fresh.unlink(missing_ok=True)
    return file.read_text(encoding="utf-8").strip()


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What marks a folder as the demonstration: its day, and the moment it was made."""

    today: dt.date
    started_at: dt.datetime


def demonstration(folder: Path) -> Demonstration | None:
    """The mark of a demonstration folder, or None for a folder of real work."""
    file = folder / MARK
    if not file.exists():
        return None
    mark = json.loads(file.read_text(encoding="utf-8"))
    return Demonstration(dt.date.fromisoformat(mark["today"]), dt.datetime.fromisoformat(mark["started_at"]))


def mark_as_demonstration(folder: Path, today: dt.date) -> None:
    """Make a folder the demonstration's; its day stays for good."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    mark = {"today": today.isoformat(), "started_at": dt.datetime.now(dt.UTC).isoformat()}
    fresh = folder / f"{MARK}.{os.getpid()}"
    fresh.write_text(json.dumps(mark), encoding="utf-8")
    if (folder / MARK).exists():  # another start was faster: its moment stays
        fresh.unlink()
    else:
        fresh.replace(folder / MARK)
