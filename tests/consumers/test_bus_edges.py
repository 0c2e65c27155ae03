"""The bus against a layer that is slow, away or mistaken."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest

from consumers.wire import bus as module
from consumers.wire.bus import Bus
from server.realtime import topics
from server.realtime.publish import Envelope, layer_message

ROOM = topics.room(1)


class Layer:
    """Does what it is asked, when it may, and remembers it."""

    def __init__(self) -> None:
        self.away = False
        self.torn_down = False
        self.groups: set[str] = set()
        self.sent: list[dict[str, Any]] = []
        self.go_on = asyncio.Event()
        self.go_on.set()
        self.inbox: asyncio.Queue[Any] = asyncio.Queue()

    async def _answer(self) -> None:
        await self.go_on.wait()
        if self.torn_down:
            raise asyncio.CancelledError
        if self.away:
            raise ConnectionError("away")

    async def new_channel(self, prefix: str) -> str:
        await self._answer()
        return prefix

    async def group_add(self, group: str, channel: str) -> None:
        await self._answer()
        await asyncio.sleep(0.02)
        self.groups.add(group)

    async def group_discard(self, group: str, channel: str) -> None:
        await self._answer()
        self.groups.discard(group)

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        await self._answer()
        self.sent.append(message)

    async def receive(self, channel: str) -> Any:
        message = await self.inbox.get()
        if isinstance(message, BaseException):
            raise message
        return message


def positions(layer: Layer) -> list[int]:
    return [one.position for message in layer.sent for one in envelopes(message)]


def envelopes(message: dict[str, Any]) -> list[Envelope]:
    return [Envelope(*fields) for fields in message["envelopes"]]


@asynccontextmanager
async def running(bus: Bus) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(bus.run())
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RETRY_SECONDS", 0.01)


async def test_while_the_layer_is_away_nothing_piles_up() -> None:
    """A worker that starts without Redis asks again and again; people come and go meanwhile."""
    layer = Layer()
    layer.away = True
    bus = Bus(layer, "w", lambda envelope: None)
    async with running(bus):
        for _ in range(50):
            for number in range(1, 21):
                bus.want(topics.room(number))
            for number in range(2, 21):
                bus.unwant(topics.room(number))
            await asyncio.sleep(0.01)
        assert len(bus._changes) <= 20
        assert not bus.healthy
        layer.away = False
        assert await asyncio.wait_for(_until_ready(bus), 2)
    assert layer.groups == {ROOM.group}


async def _until_ready(bus: Bus) -> bool:
    while not await bus.ready([ROOM], 0.1):
        await asyncio.sleep(0.01)
    return True


async def test_ready_means_subscribed_also_when_it_was_just_given_up() -> None:
    """Wanted again while the layer is still unsubscribing: that answer is not ours."""
    layer = Layer()
    bus = Bus(layer, "w", lambda envelope: None)
    async with running(bus):
        bus.want(ROOM)
        assert await bus.ready([ROOM], 1)
        layer.go_on.clear()
        bus.unwant(ROOM)
        await asyncio.sleep(0.02)  # now it waits inside group_discard
        bus.want(ROOM)
        waiting = asyncio.create_task(bus.ready([ROOM], 2))
        await asyncio.sleep(0.02)
        layer.go_on.set()
        assert await waiting
        assert layer.groups == {ROOM.group}


async def test_a_change_of_mind_without_the_layer_says_nothing_about_its_health() -> None:
    layer = Layer()
    bus = Bus(layer, "w", lambda envelope: None)
    async with running(bus):
        bus.want(ROOM)
        assert await bus.ready([ROOM], 1)
        layer.away = True
        bus.send(Envelope(kind="logged", topic=str(ROOM)))
        await asyncio.sleep(0.02)
        assert not bus.healthy
        bus.unwant(ROOM)
        bus.want(ROOM)
        await asyncio.sleep(0.02)
        assert not bus.healthy, "nothing was asked of the layer"


async def test_what_cannot_be_read_is_skipped_and_the_channel_stays() -> None:
    """Leaving the channel would leave its groups behind: a queue that fills and nobody reads."""
    layer = Layer()
    heard: list[Envelope] = []
    bus = Bus(layer, "w", heard.append)
    async with running(bus) as task:
        bus.want(ROOM)
        assert await bus.ready([ROOM], 1)
        channel = bus._channel
        for rubbish in (
            ValueError("not msgpack"),
            7,
            None,
            {},
            {"origin": "x", "envelopes": [{"sessions": 3}]},
        ):
            layer.inbox.put_nowait(rubbish)
        envelope = Envelope(kind="logged", topic=str(ROOM), position=1)
        layer.inbox.put_nowait(layer_message([envelope], "other"))
        await asyncio.sleep(0.1)
        assert heard == [envelope]
        assert bus._channel == channel
        assert not task.done()


async def test_a_cancellation_that_is_not_ours_ends_no_loop() -> None:
    layer = Layer()
    heard: list[Envelope] = []
    bus = Bus(layer, "w", heard.append)
    async with running(bus) as task:
        layer.torn_down = True
        bus.want(ROOM)
        bus.send(Envelope(kind="logged", topic=str(ROOM), position=1))
        await asyncio.sleep(0.1)
        layer.torn_down = False
        layer.inbox.put_nowait(asyncio.CancelledError())
        envelope = Envelope(kind="logged", topic=str(ROOM), position=2)
        layer.inbox.put_nowait(layer_message([envelope], "other"))
        bus.send(envelope)
        await asyncio.sleep(1.5)
        assert layer.groups == {ROOM.group}
        assert positions(layer) == [2]
        assert heard == [envelope]
        assert not task.done()


async def test_the_last_publications_leave_before_the_end() -> None:
    layer = Layer()
    bus = Bus(layer, "w", lambda envelope: None)
    async with running(bus):
        await asyncio.sleep(0.01)
        layer.go_on.clear()
        for number in range(1, 4):
            bus.send(Envelope(kind="logged", topic=str(ROOM), position=number))
        asyncio.get_running_loop().call_later(0.05, layer.go_on.set)
        await bus.drained(1)
        assert positions(layer) == [1, 2, 3]
        layer.go_on.clear()
        bus.send(Envelope(kind="logged", topic=str(ROOM), position=4))
        async with asyncio.timeout(1):
            await bus.drained(0.05)  # a layer that is away is not waited for


async def test_what_gathers_while_the_layer_is_slow_goes_as_one_message_a_group() -> None:
    """In the order in which it was said, group by group, and nobody's turn is skipped."""
    layer = Layer()
    bus = Bus(layer, "w", lambda envelope: None)
    async with running(bus):
        await asyncio.sleep(0.01)
        layer.go_on.clear()
        for number in range(1, 31):
            bus.send(Envelope(kind="logged", topic=f"room:{number % 3 + 1}", position=number))
        await asyncio.sleep(0.02)
        layer.go_on.set()
        await bus.drained(1)
        sent = [[one.position for one in envelopes(message)] for message in layer.sent]
        assert sorted(positions(layer)) == list(range(1, 31))
        assert len(sent) == 3
        for some in sent:
            assert some == sorted(some) and len({number % 3 for number in some}) == 1
