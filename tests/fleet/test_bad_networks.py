"""Peers that vanish without a word, read too slowly, say too much, or come and go all the time."""

from __future__ import annotations

import asyncio
import time

import pytest

from tests.fleet.client import Client
from tests.fleet.crowd import Crowd, crowd, eventually, percentile, report
from tests.fleet.harness import Fleet
from tests.fleet.proxy import Line, jitter, lines
from tests.fleet.rough import Flooder, SlowReader
from tests.fleet.test_metrics import scrape, total

NOISE = 0.25  # seconds by which two runs differ on a machine with other things to do
REPLAYED_WITHIN = 5.0  # a second on a quiet machine, whose clients are not Python's: see the figure
SERVED_WITHIN = 2.0  # beside a flood, on a machine that is busy with making it
GRACE = 8.0  # a person whose last socket closed still counts as here this long


@pytest.mark.parametrize(
    ("many", "altered", "noticed_within"),
    [
        pytest.param(20, "brisk_pings", 6.0, id="short"),
        pytest.param(100, "", 60.0, id="long", marks=pytest.mark.long),
    ],
)
async def test_half_open_sockets_end_and_presence_goes(
    pliable: Fleet, many: int, altered: str, noticed_within: float
) -> None:
    await pliable.serve_altered(altered)
    took = await presence_goes(pliable, many, noticed_within)
    report(
        f"half-open: {many} peers vanished without FIN; all gone from presence after "
        f"{took:.1f} s, {GRACE:.0f} s of grace included",
    )


async def presence_goes(fleet: Fleet, many: int, noticed_within: float) -> float:
    """Seconds from the silence to the last person's going offline."""
    async with lines(fleet.port, many) as ways:
        via = ["", *(line.url for line in ways)]  # the first person is everybody's friend
        async with crowd(fleet, people=many + 1, via=via) as them:
            owner, *others = them.clients
            topics = [f"presence:{other.person_id}" for other in others]
            await owner.join(*topics)
            await eventually(lambda: states(owner, topics) == {"online"}, 15, "all online")
            for line in ways:
                line.fall_silent()
            started = time.monotonic()
            within = noticed_within + GRACE + 5
            await eventually(lambda: states(owner, topics) == {"offline"}, within, "all offline")
            return time.monotonic() - started


def states(client: Client, topics: list[str]) -> set[str]:
    shown = [client.snapshots.get((topic, "presence.changed", "")) for topic in topics]
    return {one["data"]["state"] if one else "unknown" for one in shown}


@pytest.mark.parametrize(
    ("altered", "people", "tabs", "slow", "rate", "seconds"),
    [
        pytest.param("small_buffers,small_limit", 60, 1, 5, 10, 5.0, id="short"),
        pytest.param("small_buffers", 475, 2, 50, 2, 60.0, id="long", marks=pytest.mark.long),
    ],
)
async def test_slow_readers_delay_nobody(
    pliable: Fleet, altered: str, people: int, tabs: int, slow: int, rate: float, seconds: float
) -> None:
    await pliable.serve_altered(altered)
    async with crowd(pliable, people=people, tabs=tabs) as them:
        report(await slow_readers_delay_nobody(them, slow, rate, seconds))


async def slow_readers_delay_nobody(them: Crowd, slow: int, rate: float, seconds: float) -> str:
    """The figures of a run without and a run with them."""
    alone = await p99_of(them, rate, seconds)
    before, told = them.fleet.memory(), await cut_off_with_4430(them)
    together, closed = await with_slow_readers(them, slow, rate, seconds)
    grown = them.fleet.memory() - before
    assert together <= 1.2 * alone + NOISE, f"p99 {together:.3f} s, alone {alone:.3f} s"
    assert grown <= slow * 1.5 + 40, f"{grown:.0f} MB more with {slow} slow readers"
    assert closed == slow, f"{closed} of {slow} slow readers were cut off"
    # Its frame lies behind what the peer never read, so only the server can tell the code.
    assert await cut_off_with_4430(them) - told == slow
    await them.settle(within=10)
    await them.check()
    return (
        f"{slow} slow readers (1 kB/s) among {len(them.clients)}: p99 {together * 1000:.0f} ms, "
        f"without them {alone * 1000:.0f} ms; {grown:+.0f} MB; all {closed} cut off with 4430"
    )


async def cut_off_with_4430(them: Crowd) -> float:
    return total(await scrape(them.fleet), "jianghu_closes_total", code="4430")


async def p99_of(them: Crowd, rate: float, seconds: float) -> float:
    """Seconds from a long message's saying to its sight, while they talk for so long."""
    begun = time.monotonic()
    sends = await them.talk(rate, seconds, words="🛍" * 3_600)
    await them.acknowledged(sends, within=20)
    await them.settle(within=10)
    recent = {k for k, a in them.recorder.attempts.items() if a.at >= begun}
    return percentile(them.delays(recent), 0.99)


async def with_slow_readers(
    them: Crowd, slow: int, rate: float, seconds: float
) -> tuple[float, int]:
    """The same with slow readers in the room; also how many of them were cut off."""
    cookies = [who["cookie"] for who in them.people]
    readers = [SlowReader(them.fleet, cookies[n % len(cookies)]) for n in range(slow)]
    try:
        await asyncio.gather(*(reader.start(them.topic) for reader in readers))
        p99 = await p99_of(them, rate, seconds)
        return p99, sum(await asyncio.gather(*(reader.was_cut_off() for reader in readers)))
    finally:
        for reader in readers:
            reader.stop()


async def test_a_flood_is_cut_off_and_others_are_served(fleet: Fleet) -> None:
    async with crowd(fleet, people=20) as them:
        flooder, slowest = await flooded(them, seconds=4)
        report(
            f"flood: {flooder.said} frames in 4 s ({flooder.rate:.0f}/s while open), cut off "
            f"{len(flooder.closes)} times with 4429; others' sends p99 {slowest * 1000:.0f} ms",
        )


async def flooded(them: Crowd, seconds: float) -> tuple[Flooder, float]:
    """Somebody says 20,000 things a second, and comes back whenever they are cut off."""
    flooder = Flooder(them.fleet, them.people[-1]["cookie"])
    talking = asyncio.create_task(them.talk(20, seconds))
    await flooder.flood(seconds)
    sends = await talking
    await them.acknowledged(sends, within=10)
    await them.settle(within=10)
    await them.check()
    assert flooder.rate >= 20_000, f"only {flooder.rate:.0f} frames a second: no flood"
    assert set(flooder.closes) == {4429}, f"the flood was closed with {flooder.closes}"
    took = [a.acked_at - a.at for a in them.recorder.attempts.values() if a.acked_at]
    p99 = percentile(took, 0.99)
    assert p99 <= SERVED_WITHIN, f"others waited {p99:.2f} s for their answers"
    return flooder, p99


@pytest.mark.parametrize(
    ("people", "tabs", "every", "seconds"),
    [
        pytest.param(50, 1, 4.0, 8.0, id="short"),
        pytest.param(500, 2, 15.0, 45.0, id="long", marks=pytest.mark.long),
    ],
)
async def test_jitter(fleet: Fleet, people: int, tabs: int, every: float, seconds: float) -> None:
    async with (
        lines(fleet.port, people * tabs) as ways,
        crowd(fleet, people=people, tabs=tabs, via=[line.url for line in ways]) as them,
    ):
        began, used = time.monotonic(), time.process_time()
        sends = await through_jitter(them, ways, every, seconds)
        share = (time.process_time() - used) / (time.monotonic() - began)
        cuts = sum(line.cuts for line in ways)
        replays = them.recorder.replays
        assert cuts >= len(ways), "every line must have been cut"
        assert percentile(replays, 0.99) <= REPLAYED_WITHIN
        report(
            f"jitter: {len(ways)} clients, {cuts} cuts, {sends} messages: 100.000 % of "
            f"{sends * len(ways)} delivered, none twice; replay p50 "
            f"{percentile(replays, 0.5) * 1000:.0f} ms, "
            f"p99 {percentile(replays, 0.99) * 1000:.0f} ms (clients used {share:.0%} of a core)",
        )


async def through_jitter(them: Crowd, ways: list[Line], every: float, seconds: float) -> int:
    """2 messages a second while every line is cut again and again. Returns how many."""
    cutting = [asyncio.create_task(jitter(line, every, away=2.0)) for line in ways]
    try:
        sends = await them.talk(2, seconds)
    finally:
        for task in cutting:
            task.cancel()
        for line in ways:
            line.away = False
    await them.acknowledged(sends, within=30)
    await them.settle(within=30)
    assert await them.check() == len(sends)
    return len(sends)
