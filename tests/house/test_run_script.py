"""`run` as a library: what it tells people, when it sets up anew, and that it needs nothing but Python."""

import ast
import importlib.util
import re
import subprocess
import sys
import textwrap
import threading
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "run"
OWN_TOOLS = sorted(path for path in ROOT.glob("tools/*") if path.suffix in (".py", ".lock", ".txt"))
LOCKS = ("requirements.lock", "setup.lock", "requirements-dev.lock")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    loader = SourceFileLoader("motcua_run", str(SCRIPT))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture
def home(script, tmp_path):
    """A copy of the tree with nothing in it but what decides whether `.venv` is ready."""
    (tmp_path / "tools").mkdir()
    for name in LOCKS:
        (tmp_path / "tools" / name).write_text(f"{name}==1\n")
    (tmp_path / "tools" / "uv.lock.txt").write_text("uv==1.2.3\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    return script.Home(tmp_path)


def make_ready(home, level):
    python = home.program("python")
    python.parent.mkdir(parents=True)
    python.touch()
    home.stamp.write_text(f"{level} {home.digest()}")


class TestPythonVersion:
    def test_an_old_python_is_told_both_versions_in_both_languages(self, script):
        complaint = script.version_complaint((3, 9, 2))
        vietnamese, english = complaint.splitlines()
        assert "cần Python 3.11 trở lên" in vietnamese
        assert "needs Python 3.11 or later" in english
        assert all("Python 3.9" in line for line in (vietnamese, english))

    @pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 1), (4, 0)])
    def test_a_python_that_is_new_enough_hears_nothing(self, script, version):
        assert script.version_complaint(version) == ""

    def test_an_old_python_can_parse_the_whole_script(self):
        ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 6))

    def test_the_oldest_python_is_the_one_that_the_project_declares(self, script):
        declared = re.search(r'^requires-python = ">=([\d.]+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
        assert declared is not None
        assert declared[1] == ".".join(str(part) for part in script.OLDEST_PYTHON)


class TestCommands:
    def test_help_lists_every_command_with_its_docstring(self, script, capsys):
        assert script.main(["help"]) == 0
        shown = capsys.readouterr().out
        for name, command in script.COMMANDS.items():
            assert command.__doc__
            assert re.search(rf"^  {name} +{re.escape(command.__doc__)}$", shown, re.MULTILINE)

    def test_every_way_to_ask_for_help_gives_the_same_page(self, script, capsys):
        pages = []
        for way in ("help", "-h", "--help"):
            assert script.main([way]) == 0
            pages.append(capsys.readouterr().out)
        assert len(set(pages)) == 1

    def test_an_unknown_command_is_refused_with_the_list(self, script, capsys):
        assert script.main(["deploy"]) == 2
        shown = capsys.readouterr().out
        assert "Không có lệnh “deploy”" in shown
        assert all(name in shown for name in script.COMMANDS)

    @pytest.mark.parametrize(
        ("arguments", "handed_on"), [([], []), (["--port", "81"], ["--port", "81"]), (["serve"], [])]
    )
    def test_without_a_command_it_serves(self, script, monkeypatch, arguments, handed_on):
        calls = []
        monkeypatch.setitem(script.COMMANDS, "serve", lambda rest: calls.append(list(rest)) or 0)
        assert script.main(arguments) == 0
        assert calls == [handed_on]

    def test_a_failure_is_said_without_a_traceback(self, script, monkeypatch, capsys):
        def fail(arguments):
            raise script.RunError("đĩa đầy\nthe disk is full")

        monkeypatch.setitem(script.COMMANDS, "setup", fail)
        assert script.main(["setup"]) == 1
        assert capsys.readouterr().err == "\nđĩa đầy\nthe disk is full\n"


class TestPort:
    def test_a_taken_port_that_was_asked_for_is_refused(self, script, monkeypatch):
        monkeypatch.setattr(script, "port_is_free", lambda port: False)
        with pytest.raises(script.RunError, match="Không dùng được cổng 8123"):
            script.choose_port(8123)

    def test_without_a_wish_the_next_free_port_is_taken_and_said(self, script, monkeypatch, capsys):
        monkeypatch.setattr(script, "port_is_free", lambda port: port >= script.PORT + 2)
        assert script.choose_port(None) == script.PORT + 2
        assert f"Cổng {script.PORT} đang bận, dùng cổng {script.PORT + 2}" in capsys.readouterr().out

    def test_a_port_that_does_not_exist_is_refused(self, script):
        with pytest.raises(script.RunError, match="70000"):
            script.choose_port(70000)


class TestServe:
    def test_settings_of_a_real_installation_never_reach_the_demonstration(self, script, monkeypatch):
        lines = []
        monkeypatch.setattr(script.os, "environ", {"MOTCUA_DATABASE": "postgresql://real", "PATH": "/bin"})
        monkeypatch.setattr(script, "ready", lambda level: None)
        monkeypatch.setattr(script, "finish", lambda home, *line: lines.append(line))
        monkeypatch.setattr(script, "hand_over", lambda home, *line: lines.append(line) or 0)
        monkeypatch.setattr(script, "port_is_free", lambda port: True)
        assert script.main(["--port", "8123"]) == 0
        assert script.os.environ == {"PATH": "/bin"}
        assert lines == [
            ("motcua", "demo", "--data", ".demo"),
            ("motcua", "serve", "--data", ".demo", "--port", "8123"),
        ]


class TestStamp:
    def test_a_fresh_tree_is_not_ready(self, home):
        assert not home.is_ready("serve")

    def test_what_is_made_for_developers_also_serves_but_not_the_other_way_round(self, home):
        make_ready(home, "develop")
        assert home.is_ready("serve")
        home.stamp.write_text(f"serve {home.digest()}")
        assert home.is_ready("serve")
        assert not home.is_ready("develop")

    @pytest.mark.parametrize("changed", [*(f"tools/{name}" for name in LOCKS), "tools/uv.lock.txt", "pyproject.toml"])
    def test_a_change_of_any_lock_or_of_the_project_makes_it_stale(self, home, changed):
        make_ready(home, "develop")
        with (home.root / changed).open("a") as file:
            file.write("more==2\n")
        assert not home.is_ready("serve")

    def test_a_copy_elsewhere_is_stale_since_its_commands_name_the_old_place(self, script, home, tmp_path):
        make_ready(home, "serve")
        moved = tmp_path.with_name("moved")
        tmp_path.rename(moved)
        assert not script.Home(moved).is_ready("serve")

    def test_a_removed_python_makes_it_stale(self, home):
        make_ready(home, "serve")
        home.program("python").unlink()
        assert not home.is_ready("serve")

    def test_a_failed_set_up_leaves_no_valid_stamp(self, script, home, monkeypatch):
        make_ready(home, "serve")
        (home.root / "pyproject.toml").write_text("[project]\nname = 'other'\n")

        def fail():
            raise script.RunError("no network")

        monkeypatch.setattr(home, "_make_environment", lambda: None)
        monkeypatch.setattr(home, "_fetch_uv", fail)
        with pytest.raises(script.RunError):
            home.prepare("serve")
        assert home.stamped() == (script.UNFINISHED, "")
        assert not home.is_ready("serve")

    def test_an_unfinished_environment_is_made_anew(self, script, home):
        make_ready(home, "serve")
        debris = home.venv / "lib" / "half_a_package.py"
        debris.parent.mkdir()
        debris.touch()
        home.stamp.write_text(script.UNFINISHED)
        home._make_environment()
        assert not debris.exists()
        assert home.stamped()[0] == script.UNFINISHED
        answer = subprocess.run([home.program("python"), "-c", "print(1)"], capture_output=True, text=True, check=True)
        assert answer.stdout == "1\n"

    def test_a_second_start_does_nothing(self, home, monkeypatch):
        make_ready(home, "serve")
        monkeypatch.setattr(home, "_build", lambda level: pytest.fail("it set up again"))
        home.prepare("serve")


class TestLock:
    def test_a_second_run_waits_for_the_first_and_says_so(self, script, tmp_path, capsys):
        lock, order = tmp_path / "lock", []
        waiting = threading.Event()

        def second():
            waiting.set()
            with script.only_one(lock):
                order.append("second")

        with script.only_one(lock):
            thread = threading.Thread(target=second)
            thread.start()
            waiting.wait()
            thread.join(timeout=0.3)
            assert thread.is_alive()
            order.append("first")
        thread.join()
        assert order == ["first", "second"]
        assert capsys.readouterr().out.count("Một ./run khác đang cài đặt") == 1

    def test_a_run_that_died_leaves_the_lock_free(self, script, tmp_path):
        lock = tmp_path / "lock"
        program = f"""
            import os, sqlite3
            holder = sqlite3.connect({str(lock)!r}, isolation_level=None)
            holder.execute("BEGIN EXCLUSIVE")
            os._exit(1)
        """
        subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=False)
        with script.only_one(lock):
            pass


class TestEnvironment:
    def test_one_certificate_file_serves_pip_and_uv(self, script):
        for name in ("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE"):
            env = script.child_environment({name: "office.pem"})
            assert (env["SSL_CERT_FILE"], env["PIP_CERT"]) == ("office.pem", "office.pem")

    def test_settings_that_would_lead_packages_elsewhere_are_dropped(self, script):
        env = script.child_environment({"PIP_TARGET": "x", "PYTHONPATH": "y", "HTTPS_PROXY": "z"})
        assert "PIP_TARGET" not in env
        assert "PYTHONPATH" not in env
        assert env["HTTPS_PROXY"] == "z"

    def test_no_interpreter_is_ever_downloaded(self, script):
        assert script.child_environment({})["UV_PYTHON_DOWNLOADS"] == "never"


class TestRunner:
    """tools/run_tests.py: two runs of pytest, one honest exit code."""

    @pytest.fixture
    def runner(self, monkeypatch):
        monkeypatch.syspath_prepend(str(ROOT / "tools"))
        return importlib.import_module("run_tests")

    @pytest.mark.parametrize(
        ("codes", "narrowed", "code"),
        [
            ([0, 0], False, 0),
            ([0, 1], False, 1),
            ([2, 0], False, 2),
            ([0, 5], False, 5),
            ([0, 5], True, 0),
            ([5, 5], True, 5),
            ([1, 5], True, 1),
        ],
    )
    def test_the_worse_run_decides_and_no_test_at_all_is_no_success(self, runner, codes, narrowed, code):
        assert runner.worst(codes, some_may_be_empty=narrowed) == code

    def test_marks_of_ones_own_are_kept_beside_those_of_the_run(self, runner, monkeypatch):
        commands = []
        answer = subprocess.CompletedProcess([], 0)
        monkeypatch.setattr(runner.subprocess, "run", lambda command, **_: commands.append(command) or answer)
        assert runner.pytest(["-m", "slow", "-x"], "not browser") == 0
        marks = commands[0].index("-m", commands[0].index("pytest")) + 1
        assert commands[0][marks] == "(slow) and (not browser)"
        assert commands[0][-2:] == ["-x", "tests"]

    def test_without_a_browser_or_a_database_it_says_what_brings_them(self, runner, capsys):
        runner.explain_missing(None, database=False)
        shown = capsys.readouterr().out
        assert "apt-get install -y chromium" in shown
        assert "apt-get install -y postgresql" in shown


class TestPromises:
    @pytest.mark.parametrize("name", ["run", "tools/postgres.py"])
    def test_it_imports_only_the_standard_library(self, name):
        tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
        modules = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        modules |= {node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert modules
        assert {module.split(".")[0] for module in modules} <= sys.stdlib_module_names

    @pytest.mark.parametrize("path", [SCRIPT, ROOT / ".ci" / "run", *OWN_TOOLS], ids=lambda path: path.name)
    def test_it_names_no_host_but_this_machine(self, path):
        hosts = set(re.findall(r"[a-z][a-z+]*://(?:[^/\s@]*@)?([\w.-]+)", path.read_text(encoding="utf-8")))
        assert hosts <= {"127.0.0.1"}

    def test_it_has_unix_line_ends_and_may_be_executed(self):
        for path in (SCRIPT, ROOT / ".ci" / "run"):
            assert b"\r" not in path.read_bytes()
            listed = subprocess.run(
                ["git", "ls-files", "--stage", str(path)], cwd=ROOT, capture_output=True, text=True, check=False
            ).stdout
            assert listed.startswith("100755") or not listed

    def test_the_locks_agree_on_every_version(self):
        pins = [pinned(name) for name in LOCKS]
        developers = pins[-1]
        for pin in pins[:-1]:
            assert pin.items() <= developers.items()

    def test_every_locked_package_has_a_hash(self):
        for name in (*LOCKS, "uv.lock.txt"):
            text = (ROOT / "tools" / name).read_text()
            for block in re.split(r"\n(?=\S)", text.strip()):
                assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), f"{name}: {block.splitlines()[0]}"


def pinned(lock: str) -> dict[str, str]:
    text = (ROOT / "tools" / lock).read_text()
    return dict(re.findall(r"^([a-z0-9][\w.-]*(?:\[[\w,-]+\])?)==(\S+)", text, re.MULTILINE))
