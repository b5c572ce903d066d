"""Events are told in the transaction that does something, and taken after it."""

import pytest
from django.db import transaction

from motcua.common import outbox
from motcua.common.models import OutboxEvent

EVENT = "test_happened"


@pytest.fixture
def taken(monkeypatch):
    """What the takers of the test's event have been given."""
    given = []
    monkeypatch.setitem(outbox._takers, EVENT, [given.append])
    return given


@pytest.mark.django_db(transaction=True)
class TestTaking:
    def test_an_event_is_taken_once_its_transaction_is_committed(self, taken):
        with transaction.atomic():
            outbox.append(EVENT, unit="063")
            assert taken == []
        assert taken == [{"unit": "063"}]
        assert OutboxEvent.objects.get().taken_at is not None

    def test_what_was_rolled_back_never_happened(self, taken):
        with transaction.atomic():
            outbox.append(EVENT)
            transaction.set_rollback(True)
        assert taken == []
        assert not OutboxEvent.objects.exists()

    def test_events_that_wait_are_taken_in_the_order_told_each_once(self, taken, settings):
        settings.MOTCUA_TAKES_EVENTS_AT_ONCE = False
        for number in range(3):
            outbox.append(EVENT, number=number)
        assert taken == []
        assert outbox.drain() == 3
        assert [payload["number"] for payload in taken] == [0, 1, 2]
        assert outbox.drain() == 0

    def test_an_event_whose_taker_failed_waits_for_the_next_time(self, taken, settings, monkeypatch):
        settings.MOTCUA_TAKES_EVENTS_AT_ONCE = False
        outbox.append(EVENT)
        monkeypatch.setitem(outbox._takers, EVENT, [_fail])
        with pytest.raises(RuntimeError):
            outbox.drain()
        assert OutboxEvent.objects.get().taken_at is None
        monkeypatch.setitem(outbox._takers, EVENT, [taken.append])
        assert outbox.drain() == 1
        assert taken == [{}]


def test_a_taker_is_registered_by_its_event(monkeypatch):
    monkeypatch.setattr(outbox, "_takers", {})
    outbox.taker(EVENT)(_fail)
    assert outbox.takers() == {EVENT: [_fail]}


def _fail(payload):
    raise RuntimeError
