"""Reads of one instant: they agree with each other, write nothing, and leave nothing behind."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from server.realtime.instant import one_instant
from server.realtime.models import Presence
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def somebody(person_id: int) -> None:
    Presence.objects.create(person_id=person_id)


def test_what_is_committed_meanwhile_is_not_seen() -> None:
    with one_instant():
        before = Presence.objects.count()
        assert at_once([lambda: somebody(1)]) == [None], "a reader held up a writer"
        assert Presence.objects.count() == before
    assert Presence.objects.count() == before + 1


def test_without_it_the_reads_disagree() -> None:
    before = Presence.objects.count()
    at_once([lambda: somebody(1)])
    assert Presence.objects.count() == before + 1


def test_afterwards_everything_is_as_it_was() -> None:
    with pytest.raises(ZeroDivisionError), one_instant():
        _ = 1 / 0
    if connection.vendor == "sqlite":
        assert getattr(connection, "transaction_mode", None) == "IMMEDIATE"
    somebody(2)
    assert not connection.in_atomic_block


def test_inside_a_transaction_its_own_writes_are_seen() -> None:
    with transaction.atomic():
        somebody(3)
        with one_instant():
            assert Presence.objects.filter(person_id=3).exists()
        somebody(4)
    assert Presence.objects.count() == 2


def test_it_writes_nothing() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no read-only transactions")
    with pytest.raises(DatabaseError), one_instant():
        somebody(5)
    assert not Presence.objects.exists()
