"""Presence as it is told: exact, and no dearer for a crowd than for one person."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from server.accounts import presence
from server.realtime.publish import Envelope


def queries(worker: str, here: dict[int, bool], gone: list[int] | None = None) -> int:
    with CaptureQueriesContext(connection) as captured:
        presence.report(worker, here, gone or [])
    return len(captured)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Envelope]:
    """What was published, in order."""
    found: list[Envelope] = []
    monkeypatch.setattr(presence, "publish_on_commit", lambda *envelopes: found.extend(envelopes))
    return found


@pytest.mark.django_db
def test_a_crowd_that_comes_back_costs_the_queries_of_one_person(told: list[Envelope]) -> None:
    queries("a", {1: False})
    alone = queries("a", {2: False})
    crowd = dict.fromkeys(range(10, 210), False)
    assert queries("a", crowd) == alone
    assert {envelope.topic for envelope in told} >= {f"presence:{person}" for person in crowd}
    assert queries("a", {}, [2]) == queries("a", {}, list(crowd))


@pytest.mark.django_db
def test_what_is_told_is_the_state_that_was_written(told: list[Envelope]) -> None:
    queries("a", {1: False, 2: True})
    assert [(e.topic, e.position) for e in told] == [("presence:1", 1), ("presence:2", 1)]
    assert '"state":"online"' in told[0].text
    assert '"state":"away"' in told[1].text
    queries("a", {2: False}, [1])
    assert [(e.topic, e.position) for e in told[2:]] == [("presence:1", 2), ("presence:2", 2)]
    assert '"state":"offline"' in told[2].text
    assert '"state":"online"' in told[3].text
