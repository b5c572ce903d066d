"""The whole test suite, first on SQLite, then on PostgreSQL: what `./run test` and `./run check` call.

Where PostgreSQL or Chromium is missing it says which tests are left out, why, and what would bring them. Arguments are
pytest's. The last line printed is pytest's own summary.

    MOTCUA_TEST_POSTGRES   the address of a server to use, as postgresql://user:password@127.0.0.1:5432/name;
                           without it a private one is started where PostgreSQL is installed
    MOTCUA_CHROMIUM        the browser to use; without it chromium or google-chrome from the path
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import postgres

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NOTHING_COLLECTED = 5
QUICK = "not browser and not slow"
# Neither changes with the database.
ON_SECOND_DATABASE = "not browser and not vanban"
# What belongs to a real installation on this machine, and must not reach a test.
FOREIGN = ("MOTCUA_DATA", "MOTCUA_DATABASE", "DJANGO_SETTINGS_MODULE")


def say(vietnamese: str, english: str) -> None:
    print(f"{vietnamese} · {english}", flush=True)


def chromium() -> str | None:
    """The browser for the journeys; MOTCUA_CHROMIUM decides where it is set."""
    named = os.environ.get("MOTCUA_CHROMIUM")
    candidates = (named,) if named else BROWSERS
    return next((found for name in candidates if (found := shutil.which(name))), None)


def separate_marks(arguments: list[str]) -> tuple[str, list[str]]:
    """Take `-m EXPRESSION` out of pytest's arguments, since pytest heeds only the last one."""
    rest, marks = [], ""
    given = iter(arguments)
    for argument in given:
        if argument == "-m":
            marks = next(given, "")
        else:
            rest.append(argument)
    return marks, rest


def has_paths(arguments: list[str]) -> bool:
    return any(not each.startswith("-") and (ROOT / each.split("::")[0]).exists() for each in arguments)


def pytest(arguments: list[str], *marks: str, **settings: str) -> int:
    """Run pytest once on the tests that all `marks` let through; its exit code."""
    chosen, rest = separate_marks(arguments)
    expression = " and ".join(f"({mark})" for mark in (chosen, *marks) if mark)
    # Two processes, since the machines that test this have two cores; a debugger or -n of one's own goes before.
    alone = any(each.startswith(("-n", "--pdb", "-s")) for each in rest)
    spread = [] if alone else ["-n", "2"]
    command = [sys.executable, "-m", "pytest", *spread, *(["-m", expression] if expression else []), *rest]
    if not has_paths(rest):
        command.append("tests")
    env = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return subprocess.run(command, cwd=ROOT, env={**env, **settings}, check=False).returncode


def worst(codes: list[int], *, some_may_be_empty: bool) -> int:
    """The exit code for all runs: of a chosen few tests, some may all be left out on the second database."""
    failures = [code for code in codes if code and not (some_may_be_empty and code == NOTHING_COLLECTED)]
    if failures:
        return max(failures)
    return 0 if 0 in codes else NOTHING_COLLECTED


def explain_missing(browser: str | None, database: bool) -> None:
    if browser is None:
        say("Thiếu Chromium: bỏ qua các kiểm thử trên trình duyệt", "without Chromium the browser tests are left out")
        print("    apt-get install -y chromium", flush=True)
    if not database:
        say("Thiếu PostgreSQL: chỉ kiểm thử trên SQLite", "without PostgreSQL the tests run on SQLite only")
        print("    apt-get install -y postgresql", flush=True)


def run_all(arguments: list[str]) -> int:
    browser = chromium()
    given = os.environ.get("MOTCUA_TEST_POSTGRES")
    explain_missing(browser, database=bool(given or postgres.programs()))
    narrowed = bool(separate_marks(arguments)[0]) or bool(arguments)

    say("── SQLite", "the first run")
    first = ("",) if browser else ("not browser",)
    codes = [pytest(arguments, *first, MOTCUA_CHROMIUM=browser or "")]
    if given:
        say("── PostgreSQL (MOTCUA_TEST_POSTGRES)", "the second run")
        codes.append(pytest(arguments, ON_SECOND_DATABASE, MOTCUA_DATABASE=given))
    elif postgres.programs():
        say("── PostgreSQL (riêng cho lần chạy này)", "the second run, on a server of its own")
        with postgres.running() as address:
            codes.append(pytest(arguments, ON_SECOND_DATABASE, MOTCUA_DATABASE=address))
    return worst(codes, some_may_be_empty=narrowed)


def main(arguments: list[str]) -> int:
    # A stop from outside, as CI does at its time limit, must still end the database server.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        if arguments[:1] == ["--quick"]:
            return pytest(arguments[1:] or ["tests", "--ignore=tests/operations", "--ignore=tests/vanban"], QUICK)
        return run_all(arguments)
    except postgres.PostgresError as error:
        say(f"PostgreSQL không khởi động được: {error}", "PostgreSQL did not start")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
