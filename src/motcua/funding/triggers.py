"""The database keeps every balance equal to its ledger, and refuses a hand-written one (law 6)."""

from motcua.common.triggers import PREFIX, Trigger, refusal
from motcua.funding.models import Balance, LedgerEntry

MESSAGE = "funding_balance: a balance is written by its ledger alone"


def money_triggers() -> list[Trigger]:
    """The movement of a balance with its ledger, and the guards of both."""
    ledger, balance = LedgerEntry._meta.db_table, Balance._meta.db_table
    return [
        _moves(ledger, balance),
        _guard(balance, ledger),
        refusal("balance_keep", balance, "DELETE", MESSAGE),
    ]


def _moves(ledger: str, balance: str) -> Trigger:
    name = f"{PREFIX}ledger_moves_balance"
    columns = f"INTO {balance} (programme_id, unit_id, available_vnd) VALUES (NEW.programme_id, NEW.unit_id, 0)"
    update = (
        f"UPDATE {balance} SET available_vnd = available_vnd + NEW.amount_vnd "  # noqa: S608 (our own table names)
        "WHERE programme_id = NEW.programme_id AND unit_id = NEW.unit_id;"
    )
    sqlite = (
        f"CREATE TRIGGER {name} AFTER INSERT ON {ledger} FOR EACH ROW BEGIN INSERT OR IGNORE {columns}; {update} END"
    )
    function = (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"INSERT {columns} ON CONFLICT DO NOTHING; {update} RETURN NULL; END $$"
    )
    attach = f"CREATE TRIGGER {name} AFTER INSERT ON {ledger} FOR EACH ROW EXECUTE FUNCTION {name}()"
    return Trigger(name, ledger, sqlite, attach, function)


def _guard(balance: str, ledger: str) -> Trigger:
    """SQLite holds each new balance against the sum; PostgreSQL knows that no trigger wrote it."""
    total = (
        f"NEW.available_vnd <> (SELECT COALESCE(SUM(amount_vnd), 0) FROM {ledger} "  # noqa: S608 (our own table names)
        "WHERE programme_id = NEW.programme_id AND unit_id = NEW.unit_id)"
    )
    lite = refusal("balance_guard", balance, "UPDATE", MESSAGE, total)
    full = refusal("balance_guard", balance, "UPDATE", MESSAGE, "pg_trigger_depth() = 0")
    return Trigger(lite.name, balance, lite.sqlite, full.postgresql)
