"""The doctor names each broken thing, and what is whole it leaves alone."""

import hashlib

import pytest
from django.db import connection

from motcua.common import triggers
from motcua.common.models import AuditEntry
from motcua.fieldwork.models import Answer, Check
from motcua.funding.models import Balance
from motcua.operations import doctor
from motcua.registry.files import path_of, store_file
from motcua.units.models import Succession, Unit, UnitPosition

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.7 a page"


@pytest.fixture
def loaded(command, case):
    assert command("load", case).code == 0
    return command


@pytest.fixture
def unguarded(loaded):
    """What no trigger watches over any more."""
    triggers.drop()
    yield loaded
    triggers.install()


def broken(command, *said):
    answer = command("doctor")
    missing = [text for text in said if text not in answer.out]
    assert (answer.code, missing) == (1, []), answer.out
    return answer


def test_what_is_whole_is_said_to_be(loaded):
    entries = AuditEntry.objects.count()
    positions = set(UnitPosition.objects.values_list("pk", "replaced_at"))
    said = loaded("doctor")
    assert said.code == 0
    assert "✕" not in said.out
    assert said.out.count("✓") == 7
    assert AuditEntry.objects.count() == entries
    assert set(UnitPosition.objects.values_list("pk", "replaced_at")) == positions


def test_a_missing_trigger_is_named_and_migrate_mends_it(loaded):
    name = "motcua_fieldwork_check_keep"
    with connection.cursor() as cursor:
        where = " ON fieldwork_check" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {name}{where}")
    broken(loaded, name)
    refused = loaded("figures", "bach-thong-2023", "--unit", "063", "--as-of", "2023-12-27")
    assert refused.code == 1
    assert "motcua migrate" in refused.err
    assert loaded("migrate").code == 0
    assert loaded("doctor").code == 0


def test_a_balance_that_differs_from_its_ledger_is_named(unguarded):
    Balance.objects.filter(unit__code="01999").update(available_vnd=1)
    broken(unguarded, "bach-thong-2023", "xã Nguyên Phúc (01999)", "28800000")


def test_a_balance_that_is_gone_is_named(unguarded):
    Balance.objects.filter(unit__code="01999").delete()
    broken(unguarded, "xã Nguyên Phúc (01999)")


@pytest.mark.parametrize("spoil", ["missing", "changed"])
def test_a_stored_file_that_is_not_what_it_was_is_named(loaded, settings, tmp_path, spoil):
    settings.MOTCUA_DATA = tmp_path
    stored = store_file("quyet-dinh.pdf", CONTENT)
    assert stored.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert loaded("doctor").code == 0
    if spoil == "missing":
        path_of(stored.sha256).unlink()
    else:
        path_of(stored.sha256).write_bytes(b"%PDF-1.7 another")
    broken(loaded, "quyet-dinh.pdf", stored.sha256)


def test_an_answer_that_no_check_gives_is_named(unguarded):
    check = Check.objects.known().get(unit__code="01999", device__device_type="computer")
    Answer.objects.filter(check_record_id=check.pk, attribute="placement").update(value="one_stop")
    broken(unguarded, str(check.pk), "placement = outside", "placement = one_stop")


def test_an_answer_that_is_gone_is_named(unguarded):
    check = Check.objects.known().first()
    Answer.objects.filter(check_record_id=check.pk).delete()
    broken(unguarded, str(check.pk))


def test_a_unit_in_the_wrong_place_is_named(loaded):
    unit = Unit.objects.get(code="01999", positions__isnull=False)
    UnitPosition.objects.filter(unit=unit).update(path="ZZZZ")
    broken(loaded, "xã Nguyên Phúc (01999)", "ZZZZ")
    assert UnitPosition.objects.get(unit=unit).path == "ZZZZ"


def test_a_succession_that_nothing_says_is_named(loaded):
    one, two = Unit.objects.filter(code__in=("01999", "02005")).order_by("code")[:2]
    Succession.objects.create(successor=one, predecessor=two, since="2023-01-01")
    broken(loaded, "xã Nguyên Phúc (01999)", "xã Quân Hà (02005)")


def test_many_faults_of_one_kind_are_counted(unguarded):
    Answer.objects.all().delete()
    found = next(found for _label, found in doctor.examine() if found)
    assert len(found) == doctor.NAMED + 1
