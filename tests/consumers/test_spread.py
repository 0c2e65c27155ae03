"""What crosses Redis, and to how many processes: counted at Redis itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
import redis.asyncio

from consumers.wire import bus as bus_module
from consumers.wire import hub as hub_module
from consumers.wire.hub import Hub
from consumers.wire.outlet import Outlet
from consumers.wire.transport import HubTransport
from server import environment
from server.accounts.models import User
from server.realtime import publish, topics
from server.realtime.layer import ManyPubSubLayer
from server.realtime.publish import Envelope
from tests import factories
from tests.consumers.conftest import in_database
from tests.consumers.test_bus import until
from tests.realtime.conftest import Remembering

MESSAGES = 10


class Listener(Outlet):
    """A socket of somebody that counts the frames it was given."""

    __slots__ = ("frames",)

    def __init__(self, person_id: int) -> None:
        super().__init__("socket", person_id, "key", {"extensions": {}}, None)  # type: ignore[arg-type]
        self.frames = 0

    def write(self, frame: Any) -> None:
        self.frames += 1


def watch(hub: Hub, room: int, people: list[int]) -> list[Listener]:
    """These people look at this room through this process."""
    topic = topics.room(room)
    watched = hub.watch(topic, topic)
    watched.number = 0
    listeners = [Listener(person) for person in people]
    for listener in listeners:
        hub.attach(listener)
        watched.outlets.add(listener)
    return listeners


@pytest.fixture
def processes(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Any]:
    """Hubs as so many processes have them, each with a layer of its own on one Redis."""
    settings = environment.redis_layer(redis_url)
    monkeypatch.setattr(hub_module, "get_channel_layer", lambda: ManyPubSubLayer(**settings))

    @asynccontextmanager
    async def running(count: int) -> AsyncIterator[list[Hub]]:
        hubs = [Hub(f"spread-{number}") for number in range(count)]
        tasks = [asyncio.create_task(hub.bus.run()) for hub in hubs]
        try:
            yield hubs
        finally:
            for task in tasks:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            for hub in hubs:
                for watched in hub.watched.values():
                    watched.close()

    return running


@asynccontextmanager
async def overheard(redis_url: str) -> AsyncIterator[list[int]]:
    """The bytes of everything that is published on Redis meanwhile."""
    sizes: list[int] = []
    client = redis.asyncio.Redis.from_url(redis_url)
    ear = client.pubsub()
    await ear.psubscribe("*")

    async def listen() -> None:
        async for message in ear.listen():
            if message["type"] == "pmessage":
                sizes.append(len(message["data"]) + len(message["channel"]))

    task = asyncio.create_task(listen())
    await asyncio.sleep(0.1)
    try:
        yield sizes
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await ear.aclose()  # type: ignore[no-untyped-call]
        await client.aclose()


def spoken(people: list[User], direct: bool = False) -> tuple[int, list[Envelope]]:
    """A room of these people, and what some messages in it publish."""
    remembering = Remembering()
    room = (factories.direct_room if direct else factories.group_room)(*people)
    factories.say(people[0], room, "the first one opens it")
    previous = publish.install(remembering)
    try:
        for _ in range(MESSAGES):
            factories.say(people[0], room, "as long as the others")
    finally:
        publish.install(previous)
    return room, remembering.published


async def said_through(hub: Hub, envelopes: list[Envelope]) -> None:
    transport = HubTransport(hub, asyncio.get_running_loop())
    for envelope in envelopes:
        transport.publish(envelope)
        await asyncio.sleep(0.03)


async def bytes_through_redis(
    processes: Callable[[int], Any], redis_url: str, members: int
) -> tuple[int, int, int]:
    """Bytes and messages for MESSAGES in a room all of whose members look, and frames they got."""

    def world() -> tuple[list[User], int, list[Envelope]]:
        people = [factories.person() for _ in range(members)]
        for other in people[1:]:
            factories.befriend(people[0], other)
        return people, *spoken(people)

    people, room, envelopes = await in_database(world)
    async with processes(3) as hubs, overheard(redis_url) as sizes:
        half = members // 2
        ids = [person.pk for person in people]
        listeners = watch(hubs[1], room, ids[:half]) + watch(hubs[2], room, ids[half:])
        for hub in hubs[1:]:
            hub.watched[f"room:{room}"].number = 1
            assert await hub.bus.ready([topics.room(room)], 5)
        await asyncio.sleep(0.2)
        del sizes[:]
        await said_through(hubs[0], envelopes)
        await until(lambda: all(one.frames >= MESSAGES for one in listeners))
        return sum(sizes), len(sizes), sum(one.frames for one in listeners)


async def test_bytes_through_redis_do_not_grow_with_the_people_who_look(
    transactional_db: None, processes: Callable[[int], Any], redis_url: str
) -> None:
    few, few_messages, few_frames = await bytes_through_redis(processes, redis_url, 4)
    many, many_messages, many_frames = await bytes_through_redis(processes, redis_url, 40)
    assert (few_frames, many_frames) == (4 * MESSAGES, 40 * MESSAGES), "everybody saw each"
    assert few_messages == many_messages == MESSAGES
    assert few > 0 and abs(many - few) <= 0.05 * few, f"{few} bytes for 4, {many} for 40"


async def test_a_direct_message_reaches_two_of_eight_processes_at_most(
    transactional_db: None,
    processes: Callable[[int], Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The one whose person it is for, and the one that said it."""

    def world() -> tuple[list[User], int, list[Envelope]]:
        people = [factories.person() for _ in range(16)]
        factories.befriend(*people[:2])
        return people, *spoken(people[:2], direct=True)

    people, room, envelopes = await in_database(world)
    hear, heard = bus_module.Bus._hear, []

    def counted(bus: bus_module.Bus, message: Any) -> None:
        heard.append(bus._worker)
        hear(bus, message)

    monkeypatch.setattr(bus_module.Bus, "_hear", counted)
    async with processes(8) as hubs:
        [mei] = watch(hubs[0], room, [people[0].pk])
        [bo] = watch(hubs[5], room, [people[1].pk])
        for number, hub in enumerate(hubs):
            hub.attach(Listener(people[2 + number].pk))  # there is somebody everywhere
            assert await hub.bus.ready([topics.user(people[2 + number].pk)], 5)
        for hub in (hubs[0], hubs[5]):
            hub.watched[f"room:{room}"].number = 1
            assert await hub.bus.ready([topics.room(room)], 5)
        await asyncio.sleep(0.2)
        heard.clear()
        await said_through(hubs[0], envelopes)
        await until(lambda: mei.frames >= MESSAGES <= bo.frames)
        await asyncio.sleep(0.2)
    assert set(heard) <= {"spread-0", "spread-5"}
    assert 0 < len(heard) <= 2 * MESSAGES
