"""How events leave: the first at once, a busy moment together, and later when the loop is late."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest

from consumers.wire import hub as module
from consumers.wire import windows
from consumers.wire.hub import Hub
from consumers.wire.outlet import Outlet
from server.realtime.publish import Envelope
from server.realtime.topics import item, room

ROOM, ITEM = room(1), item(1)


class Remembering(Outlet):
    """A socket that only remembers what was written to it."""

    __slots__ = ("frames",)

    def __init__(self) -> None:
        super().__init__("socket", 1, "key", {"extensions": {}}, None)  # type: ignore[arg-type]
        self.frames: list[list[dict[str, Any]]] = []

    def write(self, frame: Any) -> None:
        self.frames.append(orjson.loads(frame.text)["events"])


@pytest.fixture
async def hub() -> AsyncIterator[Hub]:
    made = Hub("w")
    yield made
    for watched in made.watched.values():
        watched.close()


def watching(hub: Hub) -> Remembering:
    outlet = Remembering()
    for topic in (ROOM, ITEM):
        watched = hub.watch(topic, topic)
        watched.number = 0
        watched.outlets.add(outlet)
    return outlet


def event(number: int) -> Envelope:
    text = orjson.dumps({"topic": str(ROOM), "number": number, "type": "x", "data": {}}).decode()
    return Envelope("logged", str(ROOM), text, number, authority=str(ROOM))


def state(version: int) -> Envelope:
    text = orjson.dumps({"topic": str(ITEM), "version": version, "type": "x", "data": {}}).decode()
    return Envelope("snapshot", str(ITEM), text, version, "x/", str(ITEM))


def numbers(outlet: Remembering) -> list[list[int]]:
    return [[one["number"] for one in events] for events in outlet.frames]


async def test_the_first_leaves_at_once_and_the_rest_of_the_moment_together(hub: Hub) -> None:
    outlet = watching(hub)
    hub.take(event(1))
    await asyncio.sleep(0)
    assert numbers(outlet) == [[1]], "nobody waits for company"
    for number in range(2, 31):
        hub.take(event(number))
        await asyncio.sleep(0)
    await asyncio.sleep(0.1)
    assert numbers(outlet) == [[1], list(range(2, 31))]
    hub.take(event(31))
    await asyncio.sleep(0)
    assert numbers(outlet)[-1] == [31], "quiet again: at once again"


async def test_what_was_committed_together_is_one_frame_at_once(hub: Hub) -> None:
    outlet = watching(hub)
    for number in range(1, 5):
        hub.take(event(number))
    await asyncio.sleep(0)
    assert numbers(outlet) == [[1, 2, 3, 4]]


async def test_nothing_wakes_an_idle_worker_after_what_it_sent(hub: Hub) -> None:
    outlet = watching(hub)
    hub.take(event(1))
    hub.take(state(1))
    await asyncio.sleep(0)
    assert len(outlet.frames) == 2
    assert hub.watched[str(ROOM)].flush is None
    assert hub.watched[str(ITEM)].snapshot_flush is None


async def test_a_busy_topic_costs_frames_by_time_and_loses_nothing(hub: Hub) -> None:
    outlet = watching(hub)
    begun, number = time.monotonic(), 0
    while time.monotonic() - begun < 0.5:
        for _ in range(20):
            number += 1
            hub.take(event(number))
        await asyncio.sleep(0.001)
    await asyncio.sleep(0.3)
    seen = numbers(outlet)
    assert sum(seen, []) == list(range(1, number + 1))  # noqa: RUF017
    assert len(seen) <= 0.5 / module.GATHER_SECONDS + 3


async def test_the_window_is_as_long_as_it_is_set(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GATHER_SECONDS", 0.3)
    outlet = watching(hub)
    hub.take(event(1))
    await asyncio.sleep(0)
    hub.take(event(2))
    await asyncio.sleep(0.15)
    assert numbers(outlet) == [[1]]
    await asyncio.sleep(0.3)
    assert numbers(outlet) == [[1], [2]]


async def test_a_late_loop_sends_fewer_frames(hub: Hub) -> None:
    """Each turn of the loop takes 30 ms: the next frame is not due ten milliseconds later."""
    outlet = watching(hub)
    turns = 40
    for number in range(1, turns + 1):
        hub.take(event(number))
        time.sleep(0.03)
        await asyncio.sleep(0.011)
    await asyncio.sleep(0.5)
    seen = numbers(outlet)
    assert sum(seen, []) == list(range(1, turns + 1))  # noqa: RUF017
    assert len(seen) <= turns * 0.85, "stretched: not a frame for every event"


@pytest.mark.parametrize(
    ("took", "late", "pause"),
    [
        (0.0, 0.0, 0.01),
        (0.002, 0.0, 0.01),
        (0.005, 0.0, 0.02),
        (0.015, 0.0, 0.04),
        (0.05, 0.0, 0.1),
        (0.0, 0.2, 0.4),
        (3.0, 3.0, 1.0),
    ],
)
def test_the_pause_follows_what_the_round_cost_and_was_late(
    monkeypatch: pytest.MonkeyPatch, took: float, late: float, pause: float
) -> None:
    monkeypatch.setattr(windows, "monotonic", lambda: 100 + took)
    assert windows.pause_after(0.01, 100.0, 100 - late) == pytest.approx(pause)
    assert windows.pause_after(0.2, 100.0, None) == pytest.approx(max(0.2, min(1.0, 2 * took)))


async def test_five_thousand_changes_a_second_are_five_frames_and_the_last_is_exact(
    hub: Hub,
) -> None:
    outlet = watching(hub)
    begun, version = time.monotonic(), 1
    hub.take(state(version))
    await asyncio.sleep(0)
    while time.monotonic() - begun < 1.0:
        for _ in range(50):
            version += 1
            hub.take(state(version))
        await asyncio.sleep(0.005)
    elapsed = time.monotonic() - begun
    await asyncio.sleep(0.5)
    seen = [events[0]["version"] for events in outlet.frames]
    assert seen == sorted(set(seen)) and seen[0] == 1 and seen[-1] == version
    assert len(seen) <= elapsed / module.SNAPSHOT_SECONDS + 2
