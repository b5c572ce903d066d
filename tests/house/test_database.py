"""Tables match the models, what must not change is guarded, and every rule speaks to people."""

import ast

import pytest
from django.apps import apps
from django.core import checks
from django.core.management import call_command
from django.db import connection, models

from motcua.common import triggers
from tests.house.sources import attribute_path, named, none_of, python_files, short


def without_message(constraints: list[models.BaseConstraint]) -> list[str]:
    """Constraints that would tell a person only their own name."""
    default = models.BaseConstraint.default_violation_error_message
    return [each.name for each in constraints if each.violation_error_message == default]


def unprotected_keys(text: str) -> list[str]:
    """Foreign keys that do not protect what they point at, with no comment on their lines that says why."""
    lines = text.splitlines()
    faults = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and attribute_path(node.func) in ("models.ForeignKey", "models.OneToOneField"):
            keyword = [argument.value for argument in node.keywords if argument.arg == "on_delete"]
            on_delete = attribute_path((keyword or node.args[1:2])[0])
            said = any("#" in line for line in lines[node.lineno - 1 : node.end_lineno])
            if on_delete != "models.PROTECT" and not said:
                faults.append(f"{node.lineno}: {on_delete} without a reason")
    return faults


def trigger_errors() -> list[checks.CheckMessage]:
    return [each for each in checks.run_checks(tags=["database"], databases=["default"]) if each.id == "motcua.E001"]


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_every_trigger_stands_after_the_migrations():
    assert len(triggers.expected()) > 40
    assert triggers.missing() == []
    assert trigger_errors() == []


@pytest.mark.django_db
def test_a_dropped_trigger_is_reported_by_the_check_that_runs_at_every_start():
    where = " ON audit_entry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER motcua_audit_entry_keep{where}")
    (error,) = trigger_errors()
    assert "motcua_audit_entry_keep" in error.msg
    assert "motcua migrate" in error.hint
    triggers.install()
    assert trigger_errors() == []


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite cannot switch a trigger off")
def test_a_trigger_that_is_switched_off_counts_as_missing():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER motcua_audit_entry_keep")
    assert triggers.missing() == ["motcua_audit_entry_keep"]


def test_every_record_table_and_append_only_table_is_guarded():
    guarded = {trigger.table for trigger in triggers.expected()}
    assert {"audit_entry", "units_unitperiod", "funding_ledgerentry", "fieldwork_answer"} <= guarded


def test_every_constraint_has_a_message_for_people():
    ours = [model for model in apps.get_models() if model.__module__.startswith("motcua.")]
    none_of(f"{model.__name__}: {name}" for model in ours for name in without_message(list(model._meta.constraints)))


def test_foreign_keys_protect_what_they_point_at_or_say_why_not():
    files = [path for path in python_files("src/motcua") if named(path, "models")]
    assert files
    none_of(f"{short(path)}:{fault}" for path in files for fault in unprotected_keys(path.read_text(encoding="utf-8")))


class TestTheGuards:
    def test_a_constraint_that_says_only_its_name_is_refused(self):
        mute = models.UniqueConstraint(fields=["code"], name="mute")
        spoken = models.UniqueConstraint(fields=["code"], name="spoken", violation_error_message="The code exists.")
        assert without_message([mute, spoken]) == ["mute"]

    @pytest.mark.parametrize(
        "key",
        [
            "models.ForeignKey(Unit, models.CASCADE)",
            "models.ForeignKey(\n    Unit,\n    on_delete=models.SET_NULL,\n    null=True,\n)",
            "models.OneToOneField(Unit, models.CASCADE, related_name='+')",
        ],
    )
    def test_a_foreign_key_that_lets_go_without_a_reason_is_refused(self, key):
        assert len(unprotected_keys(f"unit = {key}\n")) == 1

    @pytest.mark.parametrize(
        "key", ["models.ForeignKey(Unit, models.PROTECT)", "models.ForeignKey(Unit, models.CASCADE)  # derived"]
    )
    def test_a_foreign_key_that_protects_or_says_why_not_passes(self, key):
        assert unprotected_keys(f"unit = {key}\n") == []

    @pytest.mark.django_db
    def test_a_model_without_its_migration_is_found(self, monkeypatch):
        from motcua.units.models import Post

        monkeypatch.setattr(Post._meta.get_field("title"), "max_length", 121)
        with pytest.raises(SystemExit):
            call_command("makemigrations", check=True, dry_run=True, verbosity=0)
