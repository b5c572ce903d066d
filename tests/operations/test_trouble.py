"""What is wrong around the program is said in a line or two, never as a traceback."""

import importlib
import subprocess
import sys

import pytest

from motcua.common.data_folder import DATABASE_FILE
from tests.operations.installations import RUN, Installation

FIGURES = ("figures", "bach-thong-2023", "--unit", "063", "--as-of", "2023-12-27")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def told(installation, *said, arguments=FIGURES):
    answer = installation.run(*arguments)
    assert answer.returncode == 1
    assert [text for text in said if text not in answer.stderr] == []
    assert "Traceback" not in answer.stderr
    assert answer.stdout == ""


def test_a_file_that_is_no_database(folder):
    (folder / DATABASE_FILE).write_text("không phải cơ sở dữ liệu" * 100, encoding="utf-8")
    told(Installation(folder), "Không dùng được cơ sở dữ liệu")


def test_a_server_that_does_not_answer(folder):
    told(Installation(folder, "postgresql://nobody:secret@127.0.0.1:1/none"), "Không dùng được cơ sở dữ liệu")


def test_an_address_of_no_known_kind(folder):
    told(Installation(folder, "mysql://127.0.0.1/none"), "Thiết lập chưa đúng", "MOTCUA_DATABASE", "postgresql://")


def test_a_mark_of_the_demonstration_that_cannot_be_read(folder):
    (folder / "demonstration.json").write_text("{", encoding="utf-8")
    told(Installation(folder), "Thiết lập chưa đúng")


def test_a_folder_that_is_a_file(folder):
    (folder / "file").touch()
    told(Installation(folder / "file"), "file")


def test_an_output_that_nobody_reads_any_more(folder):
    """As in `motcua --help | head -1`, where head has gone."""
    command = [sys.executable, "-c", RUN, "demo"]
    process = subprocess.Popen(command, env=Installation(folder).env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    said = process.stderr.read().decode()
    process.stderr.close()
    process.wait(timeout=60)
    assert "Traceback" not in said


class TestProxies:
    def application(self):
        from motcua.config import wsgi

        return importlib.reload(wsgi).application

    def test_no_header_of_a_proxy_is_believed_unless_an_operator_says_so(self, monkeypatch):
        monkeypatch.delenv("MOTCUA_PROXY", raising=False)
        assert not hasattr(self.application(), "__wrapped__")

    def test_a_proxy_is_believed_about_who_asks_and_nobody_else_is(self, monkeypatch):
        monkeypatch.setenv("MOTCUA_PROXY", "10.0.0.9,10.1.0.0/16")
        application, seen = self.application(), []
        monkeypatch.setattr(type(application.__wrapped__), "__call__", lambda self, scope, start: seen.append(scope))
        headers = {"HTTP_X_FORWARDED_FOR": "203.0.113.5", "HTTP_X_FORWARDED_PROTO": "https"}
        for address in ("10.0.0.9", "10.1.2.3", "10.0.0.8"):
            application({"REMOTE_ADDR": address, "wsgi.url_scheme": "http", **headers}, None)
        assert [scope["REMOTE_ADDR"] for scope in seen] == ["203.0.113.5", "203.0.113.5", "10.0.0.8"]
        assert [scope["wsgi.url_scheme"] for scope in seen] == ["https", "https", "http"]
