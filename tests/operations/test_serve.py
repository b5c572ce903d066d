"""`motcua serve`: what it opens to whom, and that it starts, answers and stops."""

import re
import socket
import sys  # noqa: F401 (in a condition below)

import pytest

from motcua.operations import server
from tests.operations.installations import Installation, free_port, new_installation, opened, remove

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    made = new_installation(tmp_path_factory.mktemp("serve") / "data")
    made.done("migrate")
    yield made
    remove(made)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    made = Installation(tmp_path_factory.mktemp("serve-demo") / "data")
    made.done("demo")
    return made


def test_it_answers_serves_its_style_sheets_and_stops_cleanly(installation):
    with installation.serving() as address:
        status, page = opened(f"{address}/accounts/sign-in")
        assert status == 200
        assert 'lang="vi"' in page
        sheets = re.findall(r'"(/static/[^"]+)"', page)
        assert len(sheets) >= 4
        assert all("?v=" in sheet for sheet in sheets)
        assert {opened(f"{address}{sheet}")[0] for sheet in sheets} == {200}
        assert opened(f"{address}/khong-co")[0] == 404


def test_the_demonstration_lists_its_cast_and_says_its_day(demo):
    with demo.serving() as address:
        page = opened(f"{address}/accounts/sign-in")[1]
    assert "can-bo-huyen" in page
    assert "05/01/2024" in page


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "motcua.example.gov.vn"])
def test_the_demonstration_is_never_open_to_others(demo, host):
    said = demo.run("serve", "--host", host, "--port", free_port())
    assert said.returncode == 1
    assert "chỉ" in said.stderr
    assert "--host 127.0.0.1" in said.stderr


def test_a_port_that_is_taken_is_named(installation):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = installation.run("serve", "--port", port)
    assert said.returncode == 1
    assert f"127.0.0.1:{port}" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_port_that_cannot_be_is_named(installation):
    assert installation.run("serve", "--port", 70_000).returncode == 1
    assert installation.run("serve", "--port", "tám").returncode == 2


@pytest.mark.parametrize(
    ("host", "is_own"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True), ("10.0.0.1", False)],
)
def test_only_this_machine_reaches_a_loopback_address(host, is_own):
    assert server.is_loopback(host) is is_own


@pytest.mark.skipif("sys.platform == 'win32'", reason="folders of Windows belong to their user by themselves")
def test_what_is_made_in_a_folder_that_others_may_look_into_is_the_owners_alone(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    made = Installation(folder)
    made.done("migrate")
    open_to_others = [path.name for path in folder.iterdir() if path.stat().st_mode & 0o077 and path.suffix != ".lock"]
    assert open_to_others == []
