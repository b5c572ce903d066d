"""Holding what is stored against what it must agree with. Every fault is named; nothing is mended or changed."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from motcua.common import triggers
from motcua.fieldwork import rules as fieldwork
from motcua.fieldwork.models import Answer, Check
from motcua.funding.models import Balance, LedgerEntry
from motcua.registry.files import path_of
from motcua.registry.models import StoredFile
from motcua.units.actions import rebuild_positions, rebuild_successions
from motcua.units.models import Succession, UnitPosition

AT_ONCE = 2000
NAMED = 50
"""Faults of one kind that are named; the rest are counted."""


def examine() -> Iterator[tuple[str, list[str]]]:
    """Each examination's label with the faults that it found, in turn."""
    found: tuple[tuple[str, Callable[[], Iterator[str]]], ...] = (
        (_("The database file is sound"), database_faults),
        (_("The triggers that keep records stand"), trigger_faults),
        (_("Balances are equal to the ledger"), balance_faults),
        (_("Stored files are there and unchanged"), file_faults),
        (_("Answers are equal to the checks"), answer_faults),
        (_("The tree of units follows from its periods"), position_faults),
        (_("Who succeeded whom follows from the changes"), succession_faults),
    )
    for label, look in found:
        faults = look()
        named = list(islice(faults, NAMED))
        more = sum(1 for _fault in faults)
        yield label, [*named, *([_("and %(count)s more") % {"count": more}] if more else [])]


def database_faults() -> Iterator[str]:
    """What SQLite says of its own file; PostgreSQL keeps its own watch."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        yield from (row[0] for row in cursor.fetchall() if row[0] != "ok")
        cursor.execute("PRAGMA foreign_key_check")
        for table, row, other, _key in cursor.fetchall():
            message = _("row %(row)s of %(table)s points at no row of %(other)s")
            yield message % {"row": row, "table": table, "other": other}


def trigger_faults() -> Iterator[str]:
    for name in triggers.missing():
        yield _("the trigger %(name)s is missing; run “motcua migrate”") % {"name": name}


def balance_faults() -> Iterator[str]:
    """Balances that differ from the sum of their ledger, or that one of both lacks."""
    sums = LedgerEntry.objects.values_list("programme__key", "unit_id").annotate(total=Sum("amount_vnd")).order_by()
    ledger = {(key, unit): total for key, unit, total in sums}
    rows = Balance.objects.values_list("programme__key", "unit_id", "available_vnd")
    balances = {(key, unit): available for key, unit, available in rows}
    for account in sorted(ledger.keys() | balances.keys(), key=str):
        said, counted = balances.get(account), ledger.get(account, 0)
        if said != counted:
            message = _("%(programme)s, unit %(unit)s: the balance says %(said)s, its ledger comes to %(counted)s")
            values = {"programme": account[0], "unit": _unit(account[1]), "said": said, "counted": counted}
            yield message % values


def file_faults() -> Iterator[str]:
    for stored in StoredFile.objects.order_by("pk").iterator(AT_ONCE):
        fault = fault_of_file(stored.sha256)
        if fault:
            yield f"{stored.name} ({stored.sha256}): {fault}"


def fault_of_file(sha256: str) -> str:
    """What is wrong with a stored file's content; empty where nothing is."""
    path = path_of(sha256)
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return _("the file is missing")
    except OSError as error:
        return _("the file cannot be read (%(error)s)") % {"error": error}
    return "" if found == sha256 else _("the content has been changed")


AnswerRow = tuple[Any, ...]


def answer_faults() -> Iterator[str]:
    """Answers that their check does not give, or gives otherwise, or that are missing."""
    for checks in _batches(Check.objects.order_by("pk").iterator(AT_ONCE)):
        wanted = {row for check in checks for row in _answers_of(check)}
        fields = ("check_record_id", "attribute", "value", "note", "observed_on", "replaced_at")
        keys = [check.pk for check in checks]
        rows = Answer.objects.filter(check_record_id__in=keys, criterion="").values_list(*fields)
        standing = set(rows)
        for row in sorted(wanted - standing, key=str):
            yield _("check %(check)s says %(question)s = %(value)s, but no answer does") % _named(row)
        for row in sorted(standing - wanted, key=str):
            yield _("an answer says %(question)s = %(value)s, but check %(check)s does not") % _named(row)


def _answers_of(check: Check) -> Iterator[AnswerRow]:
    """The answers that should stand for a check, in the order of the fields above."""
    if check.withdrawn:
        return
    notes = {question: check.said.get(note, "") for note, question in fieldwork.NOTES.items()}
    for name, value in check.said.items():
        if value and name not in fieldwork.NOTES:
            yield check.pk, name, value, notes.get(name, "")[:300], check.observed_on, check.replaced_at


def _named(row: AnswerRow) -> dict[str, Any]:
    return {"check": row[0], "question": row[1], "value": row[2]}


def position_faults() -> Iterator[str]:
    """Positions in force that a fresh derivation would write otherwise."""
    fields = ("unit_id", "period_id", "path", "level", "from_on", "ended_on")
    standing = UnitPosition.objects.filter(replaced_at__isnull=True).values_list(*fields)
    before, after = _held_and_derived(standing, rebuild_positions)
    for row in sorted(before ^ after, key=str):
        message = _("unit %(unit)s stands at %(path)s, and should not") if row in before else None
        message = message or _("unit %(unit)s does not stand at %(path)s, and should")
        yield message % {"unit": _unit(row[0]), "path": row[2]}


def succession_faults() -> Iterator[str]:
    fields = [field.attname for field in Succession._meta.concrete_fields if not field.primary_key]
    before, after = _held_and_derived(Succession.objects.values_list(*fields), rebuild_successions)
    successor, predecessor = fields.index("successor_id"), fields.index("predecessor_id")
    for row in sorted(before ^ after, key=str):
        message = _("%(new)s is said to have succeeded %(old)s, and has not") if row in before else None
        message = message or _("%(new)s has succeeded %(old)s, and is not said to have")
        yield message % {"new": _unit(row[successor]), "old": _unit(row[predecessor])}


def _held_and_derived(rows: Any, derive: Callable[[], None]) -> tuple[set[Any], set[Any]]:
    """What stands, and what would after a derivation that is undone again."""
    with transaction.atomic():
        before = set(rows.all())
        derive()
        after = set(rows.all())
        transaction.set_rollback(True)
    return before, after


def _unit(unit_id: Any) -> str:
    from motcua.units.queries import last_known

    unit = last_known(unit_id)
    return f"{unit.full_name} ({unit.code})" if unit else str(unit_id)


def _batches(checks: Iterable[Check]) -> Iterator[list[Check]]:
    source = iter(checks)
    while batch := list(islice(source, AT_ONCE)):
        yield batch
