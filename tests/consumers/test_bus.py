"""One contract for both channel layers: what one process says, every other one hears, once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from channels.layers import InMemoryChannelLayer
from redis.asyncio import Connection

from consumers.wire.bus import Bus
from server import environment
from server.realtime import publish, topics
from server.realtime.layer import ManyPubSubLayer
from server.realtime.publish import Envelope
from server.realtime.topics import Topic
from tests.services.redis import Redis


class Process:
    """One worker's bus and what it heard."""

    def __init__(self, layer: Any, name: str):
        self.layer, self.heard = layer, list[Envelope]()
        self.bus = Bus(layer, name, self.heard.append)


async def until(true: Callable[[], bool], seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.01)


def said(topic: Topic, number: int) -> Envelope:
    return Envelope(kind="logged", topic=str(topic), text=f"event {number}", position=number)


@pytest.fixture(params=["memory", "redis"])
def layers(request: pytest.FixtureRequest) -> Callable[[], Any]:
    """A maker of layers; two processes share Redis, or the one layer in memory."""
    if request.param == "memory":
        shared = InMemoryChannelLayer()
        return lambda: shared
    url = request.getfixturevalue("redis_url")
    return lambda: ManyPubSubLayer(**environment.redis_layer(url))


@asynccontextmanager
async def running(*processes: Process) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(process.bus.run()) for process in processes]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        for process in processes:
            # Else it would be asked by the next test, and not answer.
            if isinstance(process.layer, ManyPubSubLayer):
                await process.layer.flush()


# To these no process of another file's tests still listens.
ROOM, OTHER, ASKED, COUNTED, EMPTY = (topics.room(10**9 + n) for n in range(5))


async def test_every_other_process_hears_it_once_and_in_order(layers: Callable[[], Any]) -> None:
    one, two, three = (Process(layers(), name) for name in "abc")
    async with running(one, two, three):
        for process in (one, two, three):
            process.bus.want(ROOM)
            assert await process.bus.ready([ROOM], 5)
        await asyncio.sleep(0.2)
        for number in range(1, 51):
            one.bus.send(said(ROOM, number))
        await until(lambda: len(two.heard) == 50 and len(three.heard) == 50)
        await asyncio.sleep(0.1)
        assert [e.position for e in two.heard] == list(range(1, 51))
        assert two.heard == three.heard
        assert one.heard == [], "its own sockets were served before the bus"


async def test_what_a_process_said_itself_is_not_read_again(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    layers = [ManyPubSubLayer(**environment.redis_layer(redis_url)) for _ in range(2)]
    one, two = (Process(layer, name) for layer, name in zip(layers, "ab", strict=True))
    read: list[str] = []
    for layer, process in zip(layers, (one, two), strict=True):

        def deserialize(data: bytes, layer: Any = layer, name: str = process.bus._worker) -> Any:
            read.append(name)
            return type(layer).deserialize(layer, data)

        monkeypatch.setattr(layer, "deserialize", deserialize)
    async with running(one, two):
        for process in (one, two):
            process.bus.want(OTHER)
            assert await process.bus.ready([OTHER], 5)
        for number in range(1, 11):
            one.bus.send(said(OTHER, number))
        await until(lambda: len(two.heard) == 10)
        two.bus.send(said(OTHER, 11))
        await until(lambda: len(one.heard) == 1)
    assert set(read[:-1]) == {"b"} and read[-1] == "a"


async def test_nobody_hears_what_they_do_not_watch(layers: Callable[[], Any]) -> None:
    one, two = Process(layers(), "a"), Process(layers(), "b")
    async with running(one, two):
        two.bus.want(ROOM)
        assert await two.bus.ready([ROOM], 5)
        await asyncio.sleep(0.2)
        one.bus.send(said(OTHER, 1))
        one.bus.send(said(ROOM, 1))
        await until(lambda: len(two.heard) == 1)
        two.bus.unwant(ROOM)
        await asyncio.sleep(0.3)
        one.bus.send(said(ROOM, 2))
        await asyncio.sleep(0.3)
        assert [(e.topic, e.position) for e in two.heard] == [(str(ROOM), 1)]


async def test_every_field_survives_the_journey(layers: Callable[[], Any]) -> None:
    one, two = Process(layers(), "a"), Process(layers(), "b")
    envelope = Envelope(
        kind="sessions",
        topic=str(ROOM),
        text='{"text":"你好 🎉"}',
        position=2**53,
        key="room.read/7",
        authority="author:3",
        auth_version=4,
        person_id=5,
        sessions=("x", "y"),
    )
    async with running(one, two):
        two.bus.want(ROOM)
        assert await two.bus.ready([ROOM], 5)
        await asyncio.sleep(0.2)
        one.bus.send(envelope)
        await until(lambda: bool(two.heard))
        assert two.heard == [envelope]


async def test_a_message_of_another_version_is_skipped(layers: Callable[[], Any]) -> None:
    one, two = Process(layers(), "a"), Process(layers(), "b")
    async with running(one, two):
        two.bus.want(ROOM)
        assert await two.bus.ready([ROOM], 5)
        await asyncio.sleep(0.2)
        await one.bus._layer.group_send(ROOM.group, {"type": "hub.envelope", "news": 1})
        one.bus.send(said(ROOM, 1))
        await until(lambda: bool(two.heard))
        assert [e.position for e in two.heard] == [1]


async def test_who_asks_all_goes_on_when_all_have_done_it(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What they are told has been taken by then; who does not listen is not waited for."""
    monkeypatch.setattr("consumers.wire.bus.HOLD_SECONDS", 10)
    processes = [Process(ManyPubSubLayer(**environment.redis_layer(redis_url)), n) for n in "abcd"]
    one, two, three, stranger = processes
    async with running(*processes):
        for process in (one, two, three):
            process.bus.want(ASKED)
            assert await process.bus.ready([ASKED], 5)
        await asyncio.sleep(0.2)
        for number in range(1, 21):
            async with asyncio.timeout(5):
                await one.bus.ask([said(ASKED, number)])
            assert [len(process.heard) for process in processes] == [number] * 3 + [0]
        async with asyncio.timeout(5):
            await stranger.bus.ask([said(ASKED, 21), said(OTHER, 1)])
        assert [len(process.heard) for process in processes] == [21] * 3 + [0]


async def test_a_command_asks_all_too(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one = Process(ManyPubSubLayer(**environment.redis_layer(redis_url)), "a")
    command = ManyPubSubLayer(**environment.redis_layer(redis_url))
    monkeypatch.setattr(publish, "get_channel_layer", lambda: command)
    async with running(one):
        one.bus.want(ASKED)
        assert await one.bus.ready([ASKED], 5)
        await asyncio.sleep(0.2)
        await asyncio.to_thread(publish.LayerTransport().hold, said(ASKED, 1))
        assert len(one.heard) == 1


async def test_a_process_that_does_not_answer_is_not_waited_for_for_ever(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consumers.wire.bus.HOLD_SECONDS", 0.3)
    one, two = (Process(ManyPubSubLayer(**environment.redis_layer(redis_url)), n) for n in "ab")
    monkeypatch.setattr(two.bus, "_hear", lambda message: None)
    async with running(one, two):
        two.bus.want(ASKED)
        assert await two.bus.ready([ASKED], 5)
        await asyncio.sleep(0.2)
        begun = asyncio.get_running_loop().time()
        await one.bus.ask([said(ASKED, 1)])
        assert 0.2 < asyncio.get_running_loop().time() - begun < 2


async def test_redis_away_blocks_nobody_and_its_return_is_noticed(
    redis_server: Redis, redis_url: str
) -> None:
    layer = environment.redis_layer(redis_url)
    one = Process(ManyPubSubLayer(**layer), "a")
    two = Process(ManyPubSubLayer(**layer), "b")
    async with running(one, two):
        two.bus.want(ROOM)
        assert await two.bus.ready([ROOM], 5)
        redis_server.stop()
        try:
            started = asyncio.get_running_loop().time()
            one.bus.send(said(ROOM, 1))
            two.bus.want(OTHER)
            await two.bus.ready([OTHER], 1)
            assert asyncio.get_running_loop().time() - started < 2
            await until(lambda: not one.bus.healthy)
        finally:
            redis_server.start()
        assert await two.bus.ready([ROOM], 5)

        number = 1
        async with asyncio.timeout(15):
            while not {str(ROOM), str(OTHER)} <= {e.topic for e in two.heard}:
                number += 1
                one.bus.send(said(ROOM, number))
                one.bus.send(said(OTHER, number))
                await asyncio.sleep(0.2)
        assert one.bus.healthy


async def test_what_is_said_first_after_a_restart_of_redis_is_heard(
    redis_server: Redis, redis_url: str
) -> None:
    """The connection for publications is kept: it notices that it was closed while it was idle."""
    layers = [ManyPubSubLayer(**environment.redis_layer(redis_url)) for _ in "ab"]
    one, two = (Process(layer, name) for layer, name in zip(layers, "ab", strict=True))
    async with running(one, two):
        two.bus.want(ROOM)
        assert await two.bus.ready([ROOM], 5)
        one.bus.send(said(ROOM, 1))
        await until(lambda: len(two.heard) == 1)
        redis_server.stop()
        redis_server.start()
        async with asyncio.timeout(15):
            while not await layers[1].group_tell(ROOM.group, {"type": "hub.nothing"}):
                await asyncio.sleep(0.1)
        one.bus.send(said(ROOM, 2))
        await until(lambda: len(two.heard) == 2)
        assert one.bus.healthy


async def test_a_round_that_failed_leaves_no_answers_for_the_next(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three publications, one heard answer: the other two must not be taken for later ones."""
    layer = ManyPubSubLayer(**environment.redis_layer(redis_url))
    two = Process(ManyPubSubLayer(**environment.redis_layer(redis_url)), "b")
    async with running(two):
        two.bus.want(COUNTED)
        assert await two.bus.ready([COUNTED], 5)
        heard = Connection.read_response
        answers = 0

        async def once(self: Connection, *arguments: Any, **named: Any) -> Any:
            nonlocal answers
            if asyncio.current_task() is asking:
                answers += 1
                if answers == 2:
                    raise OSError("cut")
            return await heard(self, *arguments, **named)

        await layer.group_tell(EMPTY.group, {"type": "hub.nothing"})
        nothing = {"type": "hub.nothing"}
        monkeypatch.setattr(Connection, "read_response", once)
        asking = asyncio.current_task()
        with pytest.raises(OSError, match="cut"):
            await layer.group_send_many([(EMPTY.group, nothing)] * 3)
        monkeypatch.undo()
        assert await layer.group_tell(COUNTED.group, nothing) == 1
