"""A database that says nothing: whoever waits is told so in time, and the line moves on."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection
from django.test import Client

from consumers.wire import bridge
from server import database
from server.errors import Refused
from tests.factories import person, signed_in


@pytest.fixture(autouse=True)
def answering(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test begins with a database that has not been found silent."""
    monkeypatch.setattr(bridge, "_silent", False)


async def test_a_call_without_an_answer_is_refused_in_time_and_may_be_repeated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bridge, "CALL_SECONDS", 0.1)
    answer = threading.Event()
    started = time.monotonic()
    with pytest.raises(Refused) as refused:
        await bridge.on_database_thread(answer.wait, 5)
    answer.set()
    assert time.monotonic() - started < 2
    assert refused.value.code.name == "unavailable" and refused.value.code.retry


async def test_a_call_that_was_given_up_in_line_never_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "CALL_SECONDS", 0.1)
    monkeypatch.setattr(bridge, "_pool", ThreadPoolExecutor(1))
    answer, ran = threading.Event(), []
    slow = asyncio.create_task(bridge.on_database_thread(answer.wait, 5))
    await asyncio.sleep(0)
    with pytest.raises(Refused):
        await bridge.on_database_thread(ran.append, "late")
    with pytest.raises(Refused):
        await slow
    answer.set()
    assert await bridge.on_database_thread(lambda: "next") == "next"
    assert not ran


async def test_found_silent_it_is_waited_for_less_until_it_answers_anybody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bridge, "CALL_SECONDS", 0.3)
    monkeypatch.setattr(bridge, "SILENT_SECONDS", 0.05)
    answer = threading.Event()
    took = []
    for _ in range(2):
        started = time.monotonic()
        with pytest.raises(Refused):
            await bridge.on_database_thread(answer.wait, 5)
        took.append(time.monotonic() - started)
    assert took[0] >= 0.3 > took[1]
    answer.set()
    while bridge._silent:
        await asyncio.sleep(0.01)
    await bridge.on_database_thread(time.sleep, 0.15)


async def test_work_at_leisure_takes_as_long_as_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "CALL_SECONDS", 0.05)
    assert await bridge.at_leisure(time.sleep, 0.2) is None


@pytest.mark.django_db(transaction=True)
def test_a_hurried_connection_gives_up_and_the_next_one_works(
    monkeypatch: pytest.MonkeyPatch, database_kind: str
) -> None:
    if database_kind != "postgres":
        pytest.skip("SQLite has no server that could be silent")
    monkeypatch.setattr(database, "ANSWER_SECONDS", 0.2)
    database.hurry()
    try:
        with connection.cursor() as cursor, pytest.raises(OperationalError):
            cursor.execute("SELECT pg_sleep(5)")
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            assert cursor.fetchone() == (1,)
        database.hurry(False)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.4)")
    finally:
        database.hurry(False)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/me", "/_allauth/browser/v1/auth/session", "/readyz"])
def test_every_path_says_503_while_the_database_is_away(
    monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    browser: Client = signed_in(person())
    browser.raise_request_exception = False

    def away(*_: object, **__: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", away)
    answer = browser.get(path)
    assert answer.status_code == 503
    if path != "/readyz":
        assert answer.json()["error"]["code"] == "unavailable" and answer["Retry-After"] == "1"
