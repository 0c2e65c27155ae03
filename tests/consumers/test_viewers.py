"""Frames that a vote's viewers get, by how many vote: counted in virtual time, so exactly."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from consumers.wire import hub as module
from consumers.wire import windows
from consumers.wire.hub import Hub
from server.realtime import topics
from server.realtime.publish import Envelope
from tests.consumers.test_spread import Listener

SECONDS, VIEWERS = 10, 7
POLL = topics.poll(1)


class VirtualLoop(asyncio.SelectorEventLoop):
    """Nobody waits: when nothing is ready, it is at once as late as the next timer says."""

    now = 0.0

    def time(self) -> float:
        return self.now

    def _run_once(self) -> None:
        internals: Any = self
        if not internals._ready and internals._scheduled:
            self.now = max(self.now, internals._scheduled[0].when())
        super()._run_once()  # type: ignore[misc]


def frames(monkeypatch: pytest.MonkeyPatch, votes_a_second: int) -> int:
    """Frames that all viewers get together within SECONDS."""
    loop = VirtualLoop()
    for timed in (module, windows):
        monkeypatch.setattr(timed, "monotonic", loop.time)

    async def vote() -> int:
        hub = Hub("w")
        watched = hub.watch(POLL, POLL)
        viewers = [Listener(person) for person in range(VIEWERS)]
        watched.outlets.update(viewers)
        for version in range(1, votes_a_second * SECONDS + 1):
            hub.take(
                Envelope("snapshot", str(POLL), f'{{"v":{version}}}', version, "x/", str(POLL))
            )
            await asyncio.sleep(1 / votes_a_second)
        seen = sum(viewer.frames for viewer in viewers)
        await asyncio.sleep(1)
        assert watched.latest["x/"][0] == votes_a_second * SECONDS and not watched.stale
        watched.close()
        return seen

    try:
        return loop.run_until_complete(vote())
    finally:
        loop.close()


def test_deliveries_do_not_depend_on_votes_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    few, many = (frames(monkeypatch, rate) for rate in (10, 5_000))
    assert many <= VIEWERS * SECONDS * 5 * 1.1, "five a second is the most"
    assert abs(many - few) <= 0.1 * few, f"{few} frames at 10 votes a second, {many} at 5,000"
