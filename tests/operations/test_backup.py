"""Backup and restore: a round trip while the server runs, and that nothing but a sound backup of one's own is taken."""

import datetime as dt
import hashlib
import json
import re
import shutil
import sqlite3
import zipfile
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.db import connections
from django.utils import translation

from motcua.common.errors import Refused
from motcua.operations import engines, restore
from motcua.operations.demonstration import CASE
from tests.operations.installations import SERVER, Installation, new_installation, opened, remove  # noqa: F401

pytestmark = pytest.mark.slow
EVIDENCE = b"%PDF-1.7 " + bytes(range(256)) * 64
SHA256 = hashlib.sha256(EVIDENCE).hexdigest()
STORED = (
    "INSERT INTO registry_storedfile (sha256, name, media_type, size, stored_at) VALUES "
    f"('{SHA256}', 'quyet-dinh.pdf', 'application/pdf', {len(EVIDENCE)}, '2024-01-05 08:00:00+00:00')"
)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """An installation with the case and one stored file."""
    made = new_installation(tmp_path_factory.mktemp("loaded") / "data")
    made.done("load", CASE)
    made.sql(STORED)
    path_of(made).parent.mkdir(parents=True)
    path_of(made).write_bytes(EVIDENCE)
    yield made
    remove(made)


@pytest.fixture(scope="module")
def backup(loaded, tmp_path_factory):
    file = tmp_path_factory.mktemp("backup") / "sao-luu.zip"
    said = loaded.done("backup", file)
    assert "1 tệp" in said.stderr
    return file


@pytest.fixture
def installation(loaded, tmp_path):
    """The loaded one once more, to be spoilt."""
    copy = loaded.copy(tmp_path / "data")
    yield copy
    remove(copy)


def path_of(installation):
    return installation.data / "files" / SHA256[:2] / SHA256


def placed(installation):
    said = installation.run("figures", CASE.name, "--unit", "063", "--as-of", "2023-12-27", "--json")
    return {f["name"]: f["value"] for f in json.loads(said.stdout or "[]")}.get("units_placed")


def load_changed(installation, folder):
    shutil.copytree(CASE, folder)
    file = folder / "checks.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("yes,outside,", "yes,one_stop,"), encoding="utf-8")
    installation.done("load", folder)


class TestARoundTrip:
    def test_what_was_backed_up_comes_back_while_the_server_runs(self, installation, backup, tmp_path):
        load_changed(installation, tmp_path / CASE.name)
        path_of(installation).unlink()
        assert placed(installation) == 14
        with installation.serving() as address:
            said = installation.done("restore", backup)
            assert opened(f"{address}/accounts/sign-in")[0] == 200
        assert placed(installation) == 13
        assert path_of(installation).read_bytes() == EVIDENCE
        installation.done("doctor")
        (kept,) = (installation.data / "backups").iterdir()
        assert str(kept) in said.stderr

    def test_the_state_before_is_kept_and_can_be_restored(self, installation, backup, tmp_path):
        load_changed(installation, tmp_path / CASE.name)
        installation.done("restore", backup)
        (kept,) = (installation.data / "backups").iterdir()
        installation.done("restore", kept)
        assert placed(installation) == 14

    def test_a_backup_is_made_while_the_server_runs(self, installation, tmp_path):
        with installation.serving() as address:
            installation.done("backup", tmp_path / "trong-luc-chay.zip")
            assert opened(f"{address}/accounts/sign-in")[0] == 200
        installation.done("restore", tmp_path / "trong-luc-chay.zip")

    def test_it_goes_into_a_new_folder_with_its_evidence_and_its_triggers(self, backup, tmp_path):
        fresh = new_installation(tmp_path / "moi")
        try:
            fresh.done("restore", backup)
            assert placed(fresh) == 13
            assert path_of(fresh).read_bytes() == EVIDENCE
            fresh.done("doctor")
        finally:
            remove(fresh)

    def test_it_holds_no_secret_key_and_is_for_its_owner_alone(self, backup):
        with zipfile.ZipFile(backup) as archive:
            names = archive.namelist()
        assert len(names) == 3
        assert not any("secret" in name for name in names)
        assert backup.stat().st_mode & 0o077 == 0

    def test_its_manifest_says_what_it_holds(self, backup):
        manifest = manifest_of(backup)
        assert manifest["counts"]["fieldwork_check"] == 28
        assert manifest["files"] == [[SHA256, len(EVIDENCE)]]
        assert dt.datetime.fromisoformat(manifest["made_at"]).tzinfo
        assert "units.0001_initial" in manifest["migrations"]

    def test_a_file_that_is_there_is_not_written_over(self, installation, tmp_path):
        (tmp_path / "co-roi.zip").write_text("của người khác", encoding="utf-8")
        said = installation.run("backup", tmp_path / "co-roi.zip")
        assert (said.returncode, "tên khác" in said.stderr) == (1, True)
        assert (tmp_path / "co-roi.zip").read_text(encoding="utf-8") == "của người khác"

    def test_a_folder_that_is_not_there_is_named(self, installation, tmp_path):
        said = installation.run("backup", tmp_path / "khong-co" / "a.zip")
        assert said.returncode == 1
        assert "khong-co" in said.stderr
        assert "Traceback" not in said.stderr

    @pytest.mark.parametrize("spoil", ["missing", "changed"])
    def test_evidence_that_is_broken_is_named_and_all_else_is_kept(self, installation, tmp_path, spoil):
        if spoil == "missing":
            path_of(installation).unlink()
        else:
            path_of(installation).write_bytes(EVIDENCE[:-1])
        said = installation.run("backup", tmp_path / "thieu.zip")
        assert said.returncode == 1
        assert SHA256 in said.stderr
        manifest = manifest_of(tmp_path / "thieu.zip")
        assert (manifest["files"], manifest["damaged"][0][0]) == ([], SHA256)
        installation.done("restore", tmp_path / "thieu.zip")


def manifest_of(file):
    with zipfile.ZipFile(file) as archive:
        return json.loads(archive.read("manifest.json"))


@contextmanager
def rewritten(source, target):
    """The members of a backup, to be changed before they are packed again."""
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    yield members
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def spoilt(members, change):
    manifest = json.loads(members["manifest.json"])
    change(manifest, members)
    if "manifest.json" in members:
        members["manifest.json"] = json.dumps(manifest)


def database_of(members):
    return next(name for name in members if name.startswith("database."))


def flip(content):
    return content[:2000] + bytes([content[2000] ^ 1]) + content[2001:]


SPOILT = {
    "a changed byte in the database": (
        lambda m, files: files.update({database_of(files): flip(files[database_of(files)])}),
        "đã hỏng",
    ),
    "changed evidence": (
        lambda m, files: files.update({f"files/{SHA256[:2]}/{SHA256}": b"%PDF-1.7 other"}),
        "đã hỏng",
    ),
    "evidence that is missing": (lambda m, files: files.pop(f"files/{SHA256[:2]}/{SHA256}"), "đã hỏng"),
    "a file that nobody lists": (lambda m, files: files.update({"../../tmp/evil": b"x"}), "../../tmp/evil"),
    "a hash that is a path": (lambda m, files: m["files"].append(["../../../evil", 1]), "không phải của Motcua"),
    "a database that is a path": (lambda m, files: m.update(database="../x"), "không phải của Motcua"),
    "no manifest": (lambda m, files: files.pop("manifest.json"), "không phải tệp sao lưu"),
    "a manifest of another program": (lambda m, files: m.update(program="other"), "không phải của Motcua"),
    "a manifest with more in it": (lambda m, files: m.update(more=1), "không phải của Motcua"),
    "a newer form": (lambda m, files: m.update(form=2, version="9.9"), "9.9"),
    "a newer program": (lambda m, files: m["migrations"].append("units.0099_later"), "units.0099_later"),
    "another engine": (lambda m, files: m.update(engine="oracle"), "oracle"),
    "the demonstration": (lambda m, files: m.update(demonstration=True), "trình diễn"),
    "files that are no list": (lambda m, files: m.update(files=5), "không phải tệp sao lưu"),
    "a hash that is a number": (lambda m, files: m["files"].append([1, 1]), "không phải tệp sao lưu"),
    "counts that are no table": (lambda m, files: m.update(counts=[1]), "không phải tệp sao lưu"),
    "migrations that are numbers": (lambda m, files: m.update(migrations=[1]), "không phải của Motcua"),
}


@pytest.mark.skipif("SERVER", reason="a dump of PostgreSQL is a program as a whole: it is as trusted as its source")
def test_triggers_and_views_that_are_none_of_ours_are_not_taken_in(loaded, installation, tmp_path):
    other = loaded.copy(tmp_path / "khac")
    other.sql('CREATE TRIGGER "theo ""dõi" AFTER INSERT ON django_session BEGIN DELETE FROM outbox_gone; END')
    other.sql("CREATE VIEW motcua_all AS SELECT * FROM accounts_person")
    other.done("backup", tmp_path / "la.zip")
    installation.done("restore", tmp_path / "la.zip")
    with closing(sqlite3.connect(installation.data / "motcua.sqlite3")) as file:
        names = {row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')")}
    assert names
    assert not names & {'theo "dõi', "motcua_all"}
    installation.done("doctor")


class TestRefusals:
    @pytest.fixture
    def refused(self, tmp_path, db):
        """Verification comes before anything is written; it needs no more than a folder to unpack into."""

        def verify(file, said):
            folder = tmp_path / "unpacked"
            folder.mkdir()
            with translation.override("vi"), pytest.raises((Refused, OSError), match=re.escape(said)):
                restore.verify(file, folder)
            assert not (tmp_path / "evil").exists()

        return verify

    @pytest.mark.parametrize("name", SPOILT)
    def test_a_backup_that_is_not_as_it_says(self, refused, backup, tmp_path, name):
        change, said = SPOILT[name]
        with rewritten(backup, tmp_path / "hong.zip") as members:
            spoilt(members, change)
        refused(tmp_path / "hong.zip", said)

    @pytest.mark.parametrize("content", [b"", b"khong phai zip", b"PK\x03\x04" + b"\0" * 100])
    def test_a_file_that_is_no_zip(self, refused, tmp_path, content):
        (tmp_path / "khac.zip").write_bytes(content)
        refused(tmp_path / "khac.zip", "không phải tệp sao lưu của Motcua")

    def test_a_content_that_cannot_be_unpacked(self, refused, backup, tmp_path):
        with zipfile.ZipFile(backup) as archive:
            place = archive.getinfo("manifest.json").header_offset + 30 + len("manifest.json")
        content = bytearray(backup.read_bytes())
        content[place : place + 40] = b"\xff" * 40
        (tmp_path / "hong.zip").write_bytes(content)
        refused(tmp_path / "hong.zip", "không phải tệp sao lưu của Motcua")

    def test_a_member_is_unpacked_no_further_than_it_should_be_long(self, refused, backup, tmp_path):
        name = f"files/{SHA256[:2]}/{SHA256}"
        with zipfile.ZipFile(backup) as archive:
            members = {each: archive.read(each) for each in archive.namelist()}
        with zipfile.ZipFile(tmp_path / "bom.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for each, content in {**members, name: bytes(64 << 20)}.items():
                archive.writestr(each, content)
        refused(tmp_path / "bom.zip", "đã hỏng")
        assert (tmp_path / "unpacked" / name).stat().st_size < 4 << 20

    def test_half_a_backup(self, refused, backup, tmp_path):
        content = backup.read_bytes()
        (tmp_path / "nua.zip").write_bytes(content[: len(content) // 2])
        refused(tmp_path / "nua.zip", "không phải tệp sao lưu của Motcua")

    def test_a_backup_that_is_not_there(self, refused, tmp_path):
        refused(tmp_path / "khong-co.zip", "khong-co.zip")

    def test_after_a_refusal_everything_is_as_it_was(self, installation, backup, tmp_path):
        with rewritten(backup, tmp_path / "hong.zip") as members:
            spoilt(members, SPOILT["a changed byte in the database"][0])
        said = installation.run("restore", tmp_path / "hong.zip")
        assert said.returncode == 1
        assert "Traceback" not in said.stderr
        assert placed(installation) == 13
        assert path_of(installation).read_bytes() == EVIDENCE
        assert not (installation.data / "backups").exists()
        assert [path.name for path in installation.data.iterdir() if path.name.startswith(".restore")] == []

    def test_where_taking_it_in_fails_the_state_before_comes_back(self, installation, backup, tmp_path):
        with rewritten(backup, tmp_path / "dem.zip") as members:
            spoilt(members, lambda m, files: m["counts"].update(fieldwork_check=29))
        load_changed(installation, tmp_path / CASE.name)
        said = installation.run("restore", tmp_path / "dem.zip")
        assert said.returncode == 1
        assert "fieldwork_check" in said.stderr
        assert placed(installation) == 14


def test_a_backup_of_the_demonstration_goes_back_into_it_and_nowhere_else(tmp_path, loaded):
    demo = Installation(tmp_path / "demo")
    demo.done("demo")
    demo.done("backup", tmp_path / "trinh-dien.zip")
    demo.done("restore", tmp_path / "trinh-dien.zip")
    said = loaded.run("restore", tmp_path / "trinh-dien.zip")
    assert said.returncode == 1


def test_missing_programs_of_postgresql_are_named_with_what_brings_them(monkeypatch, db):
    monkeypatch.setattr(engines.shutil, "which", lambda name: None)
    monkeypatch.setattr(engines, "DEBIAN", Path("/nowhere"))
    monkeypatch.setattr(connections["default"], "vendor", "postgresql")
    with translation.override("vi"), pytest.raises(Refused, match=r"pg_dump.*apt-get install postgresql-client"):
        engines.refuse_without_programs()
