"""How a socket ends: whatever way it goes, nothing of it stays, and nothing is let in late."""

import asyncio
import threading
from typing import Any

import pytest

from consumers.wire.joining import Joiner
from server.accounts.models import User
from tests.consumers.conftest import OpenTab

People = list[User]


async def test_a_socket_killed_during_its_join_leaves_nothing_behind(
    people: People, tab: OpenTab, worker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server cancels an application that has not ended ten seconds after its peer left, as
    happens when the database is slow: no disconnect message is read then."""
    bo = await tab(people[1])
    read, under_way, go_on = Joiner._from_database, threading.Event(), threading.Event()

    def reading(self: Joiner, *args: Any) -> Any:
        under_way.set()
        go_on.wait(10)
        return read(self, *args)

    monkeypatch.setattr(Joiner, "_from_database", reading)
    await bo.say("join", topics=[{"topic": f"user:{people[1].pk}"}])
    assert await asyncio.to_thread(under_way.wait, 5)
    bo.socket.future.cancel()
    await asyncio.wait([bo.socket.future], timeout=5)
    go_on.set()
    await asyncio.sleep(0.2)
    assert worker.hub.stats() == {"sockets": 0, "people": 0, "topics": 0}
    assert (worker.hub.governed, worker.hub.auth) == ({}, {})
