"""How a socket ends: whatever way it goes, nothing of it stays, and nothing is let in late."""

import asyncio
import threading
from typing import Any

import orjson
import pytest

from consumers.wire import limits
from consumers.wire.joining import Joiner
from server.accounts.models import User
from server.realtime.models import LoggedEvent, TopicHead
from tests import factories
from tests.consumers.conftest import OpenTab, in_database

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


async def test_the_answer_to_a_join_after_a_long_absence_is_bounded(
    people: People, tab: OpenTab
) -> None:
    mei, bo, _ = people

    def chatter() -> list[int]:
        rooms = [factories.group_room(mei, bo) for _ in range(4)]
        for room in rooms:
            topic, text = f"room:{room}", '{"x":"' + "你" * 4000 + '"}'
            LoggedEvent.objects.bulk_create(
                LoggedEvent(topic=topic, number=number, encoded=text)
                for number in range(1_000, 1_020)
            )
            TopicHead.objects.update_or_create(topic=topic, defaults={"head": 1_019})
        return rooms

    rooms = await in_database(chatter)
    bos = await tab(bo)
    answer = await bos.join(*[(f"room:{room}", 999) for room in rooms])
    assert len(answer["data"]["joined"]) == 4
    assert len(answer["data"]["resets"]) == 2
    assert len(orjson.dumps(answer)) < limits.UNSENT_BYTES
