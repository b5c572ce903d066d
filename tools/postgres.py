"""A private PostgreSQL server for one run of the tests, thrown away after it.

As a command: `python tools/postgres.py start FOLDER` prints the server's address; `stop FOLDER` ends it and removes
the folder. As a library: `with running() as address:`. The server listens on loopback only, on a free port, with a
password of its own, and keeps nothing safe (no fsync): it is for tests.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

OWNER = "motcua"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
}


class PostgresError(Exception):
    """The server could not be made or started; the message holds PostgreSQL's own words."""


def programs() -> Path | None:
    """The folder of initdb and pg_ctl: the newest one that Debian keeps, else the one on the path."""
    kept = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(kept, key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0)
    found = str(newest[-1]) if newest else shutil.which("initdb")
    return Path(found).parent if found else None


def start(folder: Path) -> str:
    """Make a server in `folder` (which must not exist or be empty) and start it; its address as a URL."""
    binaries = programs()
    if binaries is None:
        raise PostgresError("initdb: not found")
    folder.mkdir(parents=True, exist_ok=True)
    as_user = _user(folder)
    password, port, files = secrets.token_hex(16), _free_port(), folder / "data"
    secret = folder / "password"
    secret.write_text(password, encoding="ascii")
    secret.chmod(0o600)
    if as_user:
        shutil.chown(secret, as_user)
    locale = ["--locale=C.UTF-8"] if sys.platform.startswith("linux") else ["--no-locale"]
    access: list[str | Path] = ["-U", OWNER, "-A", "scram-sha-256", "--pwfile", secret]
    _call([binaries / "initdb", "-D", files, *access, "-E", "UTF8", "--no-sync", *locale], folder, as_user)
    with (files / "postgresql.conf").open("a", encoding="ascii") as configuration:
        configuration.writelines(f"{name} = '{value}'\n" for name, value in {**SETTINGS, "port": port}.items())
    log = folder / "log"
    try:
        _call([binaries / "pg_ctl", "-D", files, "-w", "-l", log, "start"], folder, as_user)
    except PostgresError as error:
        said = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
        raise PostgresError(f"{error}\n{said}") from error
    environment = {**os.environ, "PGPASSWORD": password}
    _call([binaries / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", OWNER, OWNER], folder, as_user, environment)
    return f"postgresql://{OWNER}:{password}@127.0.0.1:{port}/{OWNER}"


def stop(folder: Path) -> None:
    """End the server of `folder`, by the process id that it keeps there, and remove the folder."""
    binaries, files = programs(), folder / "data"
    if binaries is not None and (files / "postmaster.pid").exists():
        _call([binaries / "pg_ctl", "-D", files, "-w", "-m", "immediate", "stop"], folder, _user(folder))
    shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def running() -> Iterator[str]:
    """A server's address for as long as the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-postgres-"))
    try:
        yield start(folder)
    finally:
        stop(folder)


def _user(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: then the system user to run it as, who is given the folder."""
    if os.name == "nt" or os.geteuid() != 0:
        return None
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    user = next((name for name in ("postgres", "nobody") if name in names), None)
    if user:
        shutil.chown(folder, user)
    return user


def _call(
    command: list[str | Path], folder: Path, as_user: str | None, environment: dict[str, str] | None = None
) -> None:
    """Run one of PostgreSQL's programs. Its output goes to a file, since the server inherits and keeps it open."""
    groups: list[str] | None = [] if as_user else None
    with tempfile.TemporaryFile() as output:
        code = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            user=as_user,
            extra_groups=groups,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        ).returncode
        output.seek(0)
        if code:
            said = output.read().decode("utf-8", "replace").strip()
            raise PostgresError(f"{Path(command[0]).name} ended with code {code}: {said}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def main() -> int:
    options = argparse.ArgumentParser(description="A throw-away PostgreSQL server for tests.")
    options.add_argument("verb", choices=("start", "stop"))
    options.add_argument("folder", type=Path)
    asked = options.parse_args()
    folder = asked.folder.resolve()
    try:
        if asked.verb == "stop":
            stop(folder)
        else:
            print(start(folder))
    except PostgresError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
