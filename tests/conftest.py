"""What every test may ask for. Tests run on SQLite, or on PostgreSQL where `MOTCUA_DATABASE` names one."""

from collections.abc import Iterator

import pytest
from django.test import TransactionTestCase

from motcua.common import triggers
from motcua.common.actor import Actor
from motcua.common.actor import operator as operator_named
from tests.cast import Cast, standing_cast


@pytest.fixture(scope="session", autouse=True)
def _tables_can_be_emptied() -> Iterator[None]:
    """Records refuse deletion, so the guards are taken away while Django empties the tables after a test."""
    patch, empty = pytest.MonkeyPatch(), TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def without_guards(case: TransactionTestCase) -> None:
        triggers.drop()
        empty(case)
        triggers.install()

    patch.setattr(TransactionTestCase, "_fixture_teardown", without_guards)
    yield
    patch.undo()


@pytest.fixture
def operator() -> Actor:
    """Who runs a command at the terminal."""
    return operator_named("test")


@pytest.fixture
def cast(db: None) -> Cast:
    """The standing cast of people, one per level, in a small tree, and one stranger from elsewhere."""
    return standing_cast()
