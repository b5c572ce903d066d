"""The demonstration: its folder, its cast, its day, and that it never meets real work."""

import datetime as dt
import json
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files

import pytest
from django.test import Client

from motcua.accounts.demonstration import CAST_PASSWORD
from motcua.accounts.models import Person
from motcua.common import data_folder
from motcua.common.actor import operator
from motcua.common.models import AuditEntry
from motcua.operations import demonstration
from motcua.operations.demonstration.making import make
from motcua.units.access import units_for
from motcua.units.enums import Role, UnitKind
from motcua.units.middleware import actor_for
from motcua.units.models import Post, Unit
from tests.operations.installations import Installation


@pytest.fixture
def made(db, settings):
    """The demonstration as its folder's clock has it."""
    settings.MOTCUA_TODAY = demonstration.TODAY
    settings.MOTCUA_STARTED_AT = dt.datetime.now(dt.UTC)
    make(actor=operator("test"))


class TestTheCast:
    @pytest.mark.parametrize("member", demonstration.CAST, ids=lambda member: member.username)
    def test_everybody_signs_in_and_acts_for_their_unit(self, made, member):
        assert Client().login(username=member.username, password=CAST_PASSWORD)
        post = Post.objects.held_on(demonstration.TODAY).get(person__username=member.username)
        actor = actor_for(post)
        assert (actor.role, actor.unit_name, actor.post_title) == (member.role, member.unit, member.title)

    def test_every_role_is_played_and_two_communes_have_a_clerk(self):
        assert {member.role for member in demonstration.CAST} == set(Role.values)
        assert len({member.code for member in demonstration.CAST if member.role == Role.CLERK}) == 2

    def test_the_stranger_reaches_nothing_of_the_district(self, made):
        stranger = actor_for(Post.objects.get(unit__code=demonstration.NEIGHBOUR))
        assert [unit.code for unit in units_for(stranger)] == [demonstration.NEIGHBOUR]

    def test_the_province_that_takes_over_is_the_strangers_own(self, made):
        assert Unit.objects.filter(periods__name="Thái Nguyên").distinct().count() == 1

    def test_the_sign_in_page_lists_them(self, made, settings):
        settings.MOTCUA_DEMONSTRATION = True
        page = Client().get("/accounts/sign-in").content.decode()
        assert [m.username for m in demonstration.CAST if m.username not in page] == []
        assert CAST_PASSWORD in page

    def test_again_it_changes_nothing(self, made):
        entries, people = AuditEntry.objects.count(), Person.objects.count()
        make(actor=operator("test"))
        assert (AuditEntry.objects.count(), Person.objects.count()) == (entries, people)


def test_the_kinds_of_unit_that_setup_offers_are_the_states():
    from motcua.operations.commands.installation import KINDS

    assert list(KINDS) == UnitKind.values


@pytest.mark.slow
class TestItsFolder:
    def test_a_new_folder_is_made_ready_and_its_cast_printed(self, tmp_path):
        installation = Installation(tmp_path / "demo")
        said = installation.done("demo")
        assert [m.username for m in demonstration.CAST if m.username not in said.stdout] == []
        mark = json.loads((installation.data / "demonstration.json").read_text(encoding="utf-8"))
        assert mark["today"] == "2024-01-05"
        started = time.monotonic()
        again = installation.done("demo")
        assert time.monotonic() - started < 1
        assert again.stdout == said.stdout
        figures = installation.done("figures", "bach-thong-2023", "--unit", "063", "--as-of", "2023-12-27", "--json")
        assert {f["name"]: f["value"] for f in json.loads(figures.stdout)}["units_placed"] == 13
        future = installation.run("figures", "bach-thong-2023", "--unit", "063", "--as-of", "2029-12-27")
        assert future.returncode == 1  # five years and more after the demonstration's today

    def test_a_folder_that_was_left_half_made_is_finished(self, tmp_path):
        demonstration.claim(tmp_path / "demo")
        installation = Installation(tmp_path / "demo")
        installation.done("demo")
        installation.done("doctor")

    def test_two_starts_at_once_both_find_it_ready(self, tmp_path):
        installation = Installation(tmp_path / "demo")
        with ThreadPoolExecutor(2) as both:
            said = list(both.map(lambda _n: installation.run("demo"), range(2)))
        assert [each.returncode for each in said] == [0, 0], [each.stderr for each in said]
        assert said[0].stdout == said[1].stdout
        installation.done("doctor")

    def test_a_folder_with_anything_else_in_it_is_refused(self, tmp_path):
        (tmp_path / "work").mkdir()
        (tmp_path / "work" / "bao-cao.docx").touch()
        said = Installation(tmp_path / "work").run("demo")
        assert said.returncode == 1
        assert "cần một thư mục riêng" in said.stderr
        assert [path.name for path in (tmp_path / "work").iterdir()] == ["bao-cao.docx"]

    def test_a_database_server_is_left_alone(self, tmp_path):
        installation = Installation(tmp_path / "demo", database="postgresql://nobody@127.0.0.1:1/real")
        installation.done("demo")
        assert (installation.data / data_folder.DATABASE_FILE).exists()

    def test_without_a_folder_it_stays_out_of_the_usual_place(self, monkeypatch):
        monkeypatch.delenv("MOTCUA_DATA")
        usual = data_folder.usual_folder()
        assert demonstration.chosen_folder(None) == usual.with_name(f"{usual.name}-demo").absolute()

    def test_a_folder_of_another_version_is_not_taken_for_ready(self, tmp_path, monkeypatch):
        (tmp_path / data_folder.DATABASE_FILE).touch()
        demonstration.note_ready(tmp_path)
        assert demonstration.is_up_to_date(tmp_path)
        monkeypatch.setattr(demonstration, "fingerprint", lambda: "another")
        assert not demonstration.is_up_to_date(tmp_path)
        (tmp_path / demonstration.READY).write_text("{", encoding="utf-8")
        assert not demonstration.is_up_to_date(tmp_path)

    def test_the_case_comes_with_the_package(self):
        case = files("motcua.operations.demonstration") / "bach-thong-2023"
        assert (case / "units.csv").is_file()
        assert (case / "issue.json").is_file()
