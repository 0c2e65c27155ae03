"""Snapshots asked for by services: gathered, but none is lost for another."""

import asyncio
from typing import Any

import pytest

from consumers.wire import transport as module
from consumers.wire.transport import HubTransport
from server.accounts.models import User
from server.chat import services as chat
from server.feed import services as feed
from server.realtime import topics
from server.realtime.publish import Envelope
from tests import factories
from tests.consumers.conftest import OpenTab, in_database

People = list[User]


class FakeBus:
    def send(self, envelope: Envelope) -> None:
        """The other workers are not looked at here."""


class FakeHub:
    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.bus = FakeBus()

    def take(self, envelope: Envelope) -> None:
        self.taken.append(envelope)


async def test_my_like_and_my_read_mark_of_equal_ids_both_arrive(
    people: People, tab: OpenTab
) -> None:
    """Both are told on my own topic, keyed by an id: post 1 and room 1 are not the same thing."""
    mei, bo, _ = people

    def of_one_id() -> int:
        """PostgreSQL counts on from test to test, in each table from its own number."""
        room, made = factories.group_room(mei, bo), factories.post(mei).post.id
        while room != made:
            if room < made:
                room = factories.group_room(mei, bo)
            else:
                made = factories.post(mei).post.id
        return room

    room = made = await in_database(of_one_id)
    await in_database(factories.say, mei, room)
    bos = await tab(bo)
    await bos.join((f"user:{bo.pk}", 0))

    def like_and_read() -> None:
        feed.like(bo.pk, made)
        chat.mark_read(bo.pk, room, 1)

    await in_database(like_and_read)
    # Well before the keeper's own check could bring what was lost (it does not read these).
    await bos.event("post.liked", timeout=3)
    await bos.event("room.read", timeout=3)


async def test_the_state_after_the_last_change_is_always_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Asked at every moment of waiting, reading and having read: the last answer is the newest."""
    monkeypatch.setattr(module, "SNAPSHOT_SECONDS", 0.02)
    state = 0

    async def slowly(load: Any) -> Any:
        envelope = load()
        await asyncio.sleep(0.01)
        return envelope

    monkeypatch.setattr(module, "on_database_thread", slowly)
    hub = FakeHub()
    transport = HubTransport(hub, asyncio.get_running_loop())  # type: ignore[arg-type]
    topic = topics.poll(1)

    def load() -> Envelope:
        return Envelope(kind="snapshot", topic=str(topic), position=state)

    for pause in [0, 1, 3, 5, 9, 11, 13, 19, 21, 25, 31, 33, 45] * 3:
        state += 1
        transport.refresh(topic, "x", load)
        await asyncio.sleep(pause / 1000)
    await asyncio.sleep(0.15)
    assert hub.taken[-1].position == state
    assert not transport._wanted and not transport._loading
