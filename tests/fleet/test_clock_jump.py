"""The machines' wall clocks jump by an hour, both ways: nobody is disconnected, nothing ends early
or late, and the time that is told goes on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from tests.fleet.client import No
from tests.fleet.crowd import Crowd, crowd, eventually, report
from tests.fleet.harness import Fleet
from tests.fleet.signing import session_with
from tests.services.install import FAKETIME, path_of

HOUR = 3600
STEP = 3  # seconds between two jumps
OFF_BY = 2.0  # seconds the told time may differ from ours


class Clock:
    """The wall clock of a fleet's workers; the databases' and our own are the true one."""

    def __init__(self, fleet: Fleet) -> None:
        self._file = fleet.folder / "clock"
        self.set_ahead(0)

    def set_ahead(self, seconds: int) -> None:
        """From now on, for every process at once."""
        fresh = self._file.with_suffix(".new")
        fresh.write_text(f"{seconds:+d}\n")
        fresh.rename(self._file)

    @property
    def env(self) -> dict[str, str]:
        return {
            "LD_PRELOAD": str(path_of(FAKETIME)),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
        }


@pytest.mark.parametrize(
    "jumps",
    [
        pytest.param([HOUR, -HOUR], id="short"),
        pytest.param(
            [HOUR, -HOUR] * 5 + [25 * HOUR, -25 * HOUR], id="long", marks=pytest.mark.long
        ),
    ],
)
async def test_an_hour_forth_and_back(pliable: Fleet, jumps: list[int]) -> None:
    clock = Clock(pliable)
    await pliable.serve_altered("brisk_pings", **clock.env)
    worst, late, sends = await through_jumps(pliable, clock, jumps)
    report(
        f"wall clock jumped {len(jumps)} times by an hour or more: {sends} messages, no "
        f"disconnect, told time off by {worst:.2f} s, the vote closed {late:.2f} s after its time",
    )


async def through_jumps(fleet: Fleet, clock: Clock, jumps: list[int]) -> tuple[float, float, int]:
    """The told time's worst error, the vote's lateness (both seconds), and how many messages."""
    async with (
        crowd(fleet, people=6, closes_in=STEP * len(jumps) + 9) as them,
        pings(them) as heard,
    ):
        talking = asyncio.create_task(them.talk(10, STEP * len(jumps) + 1))
        worst = await off_by(them)
        for jump in jumps:
            clock.set_ahead(jump)
            before = heard.count(aiohttp.WSMsgType.PING)
            await asyncio.sleep(STEP)
            worst = max(worst, await off_by(them))
            assert worst <= OFF_BY, f"the time that is told is off by {worst:.0f} s"
            assert heard.count(aiohttp.WSMsgType.PING) > before, "no ping any more"
            still_open(them)
        await them.acknowledged(await talking, within=10)
        late = await closes_in_time(them)
        await them.settle(within=10)
        sends = await them.check()
        assert not them.recorder.closes and aiohttp.WSMsgType.CLOSE not in heard
    return worst, late, sends


async def off_by(them: Crowd) -> float:
    """How far the time that the workers tell is from ours, in seconds, at the least."""
    worst = 0.0
    for client in them.clients:
        before = time.time()
        told = (await client.say("ping"))["data"]["time"] / 1000
        worst = max(worst, before - told, told - time.time())
    return worst


def still_open(them: Crowd) -> None:
    """The vote, until its deadline."""
    for client in them.clients:
        poll = client.snapshots[them.poll_key]["data"]["poll"]
        early = time.time() < poll["deadline"] / 1000 - 0.5
        assert not (early and poll["closed_at"]), "the vote was closed too early"


async def closes_in_time(them: Crowd) -> float:
    """By the database's clock. Seconds from the deadline to when everybody knew."""
    voter, poll = them.clients[0], them.poll
    deadline = voter.snapshots[them.poll_key]["data"]["poll"]["deadline"] / 1000
    await eventually(
        lambda: all(
            client.snapshots[them.poll_key]["data"]["poll"]["closed_at"] for client in them.clients
        ),
        max(0, deadline - time.time()) + 4,
        "the vote is closed",
    )
    late = time.time() - deadline
    closed_at = voter.snapshots[them.poll_key]["data"]["poll"]["closed_at"] / 1000
    assert closed_at == deadline, "closed at another time than it was asked to"
    with pytest.raises(No, match="closed"):
        await voter.vote(poll["id"], poll["options"][1])
    return late


@asynccontextmanager
async def pings(them: Crowd) -> AsyncIterator[list[aiohttp.WSMsgType]]:
    """The kinds of frames one more socket is sent, pings among them."""
    heard: list[aiohttp.WSMsgType] = []
    url = them.fleet.url
    async with (
        session_with(them.people[0]["cookie"]) as http,
        http.ws_connect(f"{url}/ws", headers={"Origin": url}, autoping=False) as opened,
    ):

        async def listen() -> None:
            while not opened.closed:
                message = await opened.receive()
                heard.append(message.type)
                if message.type == aiohttp.WSMsgType.PING:
                    await opened.pong(message.data)

        listening = asyncio.create_task(listen())
        try:
            yield heard
        finally:
            listening.cancel()
