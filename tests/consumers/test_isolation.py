"""A slow query delays whoever asked for it, and nobody else: not pushes, not pings, not other
topics; and a full pool says so at once."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from consumers import socket
from consumers.registry import COMMANDS
from consumers.wire import bridge
from server.accounts.models import User
from server.errors import Refused
from tests import factories
from tests.consumers.conftest import OpenTab, in_database

People = list[User]
SLOW_SECONDS = 1.5
UNDELAYED = 0.5
"""Seconds that anything else may take meanwhile, on a busy machine."""

SLOW_OP = "room.read"  # is not done together with other people's


@pytest.fixture(autouse=True)
def answering(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "_silent", False)


@pytest.fixture
def slow_query(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One command's service takes long, in the database where that can be. Who is in it now."""
    inside: list[int] = []

    def run(person_id: int, body: Any) -> None:
        inside.append(person_id)
        try:
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_sleep(%s)", [SLOW_SECONDS])
            else:
                time.sleep(SLOW_SECONDS)
        finally:
            inside.remove(person_id)

    monkeypatch.setitem(socket.ALL_COMMANDS, SLOW_OP, replace(COMMANDS[SLOW_OP], run=run))
    return inside


async def timed(ask: Any) -> tuple[Any, float]:
    started = time.monotonic()
    return await ask, time.monotonic() - started


@pytest.mark.parametrize("busy", [1, settings.DATABASE_THREADS, settings.DATABASE_THREADS + 4])
async def test_pushes_pings_and_other_topics_go_on_during_slow_queries(
    people: People, tab: OpenTab, slow_query: list[int], busy: int
) -> None:
    """On one thread, on all of them, and with some more in line."""
    mei, bo, yu = people
    room = await in_database(factories.group_room, mei, bo)
    reader = await tab(bo)
    await reader.join((f"room:{room}", 0))
    askers = [await tab(yu) for _ in range(busy)]
    refs = [await one.say(SLOW_OP, room_id=room, ordinal=1) for one in askers]
    while len(slow_query) < min(busy, settings.DATABASE_THREADS):
        await asyncio.sleep(0.005)

    async def push() -> None:
        await in_database(factories.say, mei, room, "meanwhile")
        await reader.event("message.sent")

    _, pushed = await timed(push())
    answer, pinged = await timed(reader.ask("ping"))
    assert answer["op"] == "reply"
    assert slow_query, "the slow query is still under way"
    assert pushed < UNDELAYED and pinged < UNDELAYED, f"push {pushed:.2f} s, ping {pinged:.2f} s"
    if busy < settings.DATABASE_THREADS:
        joined, took = await timed(reader.join(f"author:{mei.pk}"))
        assert joined["op"] == "reply" and took < UNDELAYED, f"another topic's join: {took:.2f} s"
    for one, ref in zip(askers, refs, strict=True):
        done = await one.until(lambda frame, ref=ref: frame.get("ref") == ref)
        assert done["op"] == "reply"


async def test_a_full_line_is_refused_at_once_and_may_be_repeated(
    people: People, tab: OpenTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every thread is busy and the line is as long as it may be: pushes still arrive."""
    mei, bo, _ = people
    room = await in_database(factories.group_room, mei, bo)
    reader = await tab(bo)
    await reader.join((f"room:{room}", 0))
    pool, go_on = ThreadPoolExecutor(2), threading.Event()
    await empty_line()
    monkeypatch.setattr(bridge, "_pool", pool)
    monkeypatch.setattr(bridge, "_LINE", 5)
    blocked = [asyncio.create_task(_until(go_on)) for _ in range(5)]
    try:
        await asyncio.sleep(0.05)
        answer, took = await timed(reader.ask("room.read", room_id=room, ordinal=1))
        assert answer["error"]["code"] == "unavailable" and answer["error"]["retry"] is True
        assert answer["error"]["retry_after"] > 0
        assert took < UNDELAYED
        await in_database(factories.say, mei, room, "meanwhile")
        _, pushed = await timed(reader.event("message.sent"))
        assert pushed < UNDELAYED
    finally:
        go_on.set()
        # The worker's own rounds may have taken the place of one.
        await asyncio.gather(*blocked, return_exceptions=True)
    again = await reader.ask("room.read", room_id=room, ordinal=1)
    assert again["op"] == "reply", "the line has moved on"


async def empty_line() -> None:
    """Wait for what an earlier test has left behind, or the worker's rounds are asking."""
    async with asyncio.timeout(30):
        while bridge._waiting:
            await asyncio.sleep(0.001)


async def _until(event: threading.Event) -> None:
    await bridge.on_database_thread(event.wait, 5)


async def test_the_line_counts_who_waits_and_who_is_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await empty_line()
    pool, go_on = ThreadPoolExecutor(1), threading.Event()
    monkeypatch.setattr(bridge, "_pool", pool)
    monkeypatch.setattr(bridge, "_LINE", 3)
    waiting = [asyncio.create_task(_until(go_on)) for _ in range(3)]
    await asyncio.sleep(0.05)
    calls: list[Callable[..., Any]] = [bridge.on_database_thread, bridge.at_leisure]
    for call in calls:
        started = time.monotonic()
        with pytest.raises(Refused) as refused:
            await call(lambda: None)
        assert time.monotonic() - started < 0.1
        assert refused.value.code.name == "unavailable" and refused.value.retry_after
    go_on.set()
    await asyncio.gather(*waiting)
    assert await bridge.on_database_thread(lambda: "served") == "served"
