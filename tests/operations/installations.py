"""Installations of our own for tests: a data folder, on PostgreSQL a database beside it, commands as processes."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from motcua.common.data_folder import DATABASE_FILE
from tests.house.sources import ROOT

RUN = "from motcua.operations.command import main; main()"
SERVER = os.environ.get("MOTCUA_DATABASE", "")
FOREIGN = ("DJANGO_SETTINGS_MODULE", "MOTCUA_DATA", "MOTCUA_DATABASE", "MOTCUA_SECRET_KEY")


@dataclass(slots=True)
class Installation:
    """A data folder, and with PostgreSQL a database of its own."""

    data: Path
    database: str = ""
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        more = {"MOTCUA_DATABASE": self.database} if self.database else {}
        path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        return {**clean, "PYTHONPATH": path, "PYTHONUTF8": "1", "MOTCUA_DATA": str(self.data), **more, **self.settings}

    def run(self, *arguments: object, given: str = "") -> subprocess.CompletedProcess[str]:
        """Run `motcua` to its end."""
        command = [sys.executable, "-c", RUN, *map(str, arguments)]
        return subprocess.run(
            command, env=self.env, input=given, capture_output=True, encoding="utf-8", check=False, timeout=120
        )

    def done(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Run a command that must succeed."""
        said = self.run(*arguments)
        assert said.returncode == 0, said.stderr
        return said

    def sql(self, statement: str) -> None:
        """Do to the database what no page can."""
        if self.database:
            with psycopg.connect(self.database, autocommit=True) as server:
                server.execute(statement)
            return
        import sqlite3

        with closing(sqlite3.connect(self.data / DATABASE_FILE)) as file:
            file.execute(statement)
            file.commit()

    def copy(self, data: Path) -> "Installation":
        """Another installation that holds the same."""
        shutil.copytree(self.data, data)
        return Installation(data, _make_database(self.database) if self.database else "", dict(self.settings))

    @contextmanager
    def serving(self) -> Iterator[str]:
        """The address of `motcua serve` for as long as the block lasts; it is stopped as an operator stops it."""
        port = free_port()
        command = [sys.executable, "-c", RUN, "serve", "--port", str(port)]
        log = self.data.parent / f"serve-{port}.log"
        with log.open("w", encoding="utf-8") as output:
            process = subprocess.Popen(command, env=self.env, stdout=output, stderr=subprocess.STDOUT)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/", log, process)
            yield address
        finally:
            process.terminate()
            code = process.wait(timeout=30)
            said = log.read_text(encoding="utf-8")
            assert (code, "Traceback" in said) == (0, False), said


def wait_for(line: str, log: Path, process: "subprocess.Popen[bytes]") -> None:
    """Wait until the server says its address."""
    for _attempt in range(600):
        if line in log.read_text(encoding="utf-8"):
            return
        assert process.poll() is None, log.read_text(encoding="utf-8")
        time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8"))


def opened(address: str) -> tuple[int, str]:
    """A page's status and text."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def new_installation(data: Path) -> Installation:
    """An empty one, on the engine that the tests run on."""
    return Installation(data, _make_database() if SERVER else "")


def remove(installation: Installation) -> None:
    """Drop its database (the folder is pytest's)."""
    if installation.database:
        name = urlsplit(installation.database).path.lstrip("/")
        with psycopg.connect(SERVER, autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


def _make_database(like: str = "") -> str:
    name = f"motcua_{secrets.token_hex(6)}"
    template = f' TEMPLATE "{urlsplit(like).path.lstrip("/")}"' if like else ""
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"{template}'.encode())
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))
