"""Redis only makes things fast: without it sends are acknowledged, and after it all is equal."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest

from tests.fleet.crowd import crowd, percentile, report
from tests.fleet.harness import Fleet
from tests.services.redis import Redis

EQUAL_WITHIN = 10.0

Fault = Callable[[Redis], object]


STOPPED = "stopped without saving", lambda redis: redis.stop(), lambda redis: redis.start()
FROZEN = "frozen", lambda redis: redis.freeze(), lambda redis: redis.thaw()
FULL = (
    "out of memory",
    lambda redis: redis.command("CONFIG SET maxmemory 1mb"),
    lambda redis: redis.command("CONFIG SET maxmemory 0"),
)


@pytest.mark.parametrize(
    ("fault", "away"),
    [
        pytest.param(STOPPED, 6.0, id="stopped"),
        pytest.param(STOPPED, 30.0, id="stopped-long", marks=pytest.mark.long),
        pytest.param(FROZEN, 5.0, id="frozen"),
        pytest.param(FROZEN, 20.0, id="frozen-long", marks=pytest.mark.long),
        pytest.param(FULL, 3.0, id="full"),
    ],
)
async def test_without_redis_sends_votes_and_reads_go_on(
    fleet: Fleet, fault: tuple[str, Fault, Fault], away: float
) -> None:
    name, begin, end = fault
    async with crowd(fleet, people=10, tabs=2) as them:
        async with them.voting(every=2):
            talking = asyncio.create_task(them.talk(20, away + 3))
            await asyncio.sleep(1)
            begun = time.monotonic()
            begin(fleet.redis)
            await asyncio.sleep(away / 2)
            await them.clients[0].get(f"/rooms/{them.room_id}")
            await them.clients[-1].reconnect()
            await asyncio.sleep(begun + away - time.monotonic())
            meanwhile = [a for a in them.recorder.attempts.values() if a.at > begun + 0.5]
            acked = [a for a in meanwhile if a.acked_at is not None]
            end(fleet.redis)
            share = len(acked) / len(meanwhile)
            assert share >= 0.9, f"{share:.0%} were acknowledged without Redis"
            sends = await talking
        await them.acknowledged(sends, within=10)
        settled = await them.settle(within=EQUAL_WITHIN)
        assert await them.check() == len(sends)
        assert len(them.recorder.closes) == 1, "nobody but our own needs to reconnect"
        late = them.delays()
        assert max(late) <= EQUAL_WITHIN
        report(
            f"Redis {name} {away:.0f} s: {len(acked)} of {len(meanwhile)} sends and votes "
            f"acknowledged meanwhile, seen by all within {max(late):.2f} s "
            f"(p50 {percentile(late, 0.5):.2f} s); all equal {settled:.2f} s after the last",
        )


async def test_flushall(fleet: Fleet) -> None:
    async with crowd(fleet, people=10, tabs=2) as them:
        talking = asyncio.create_task(them.talk(20, 4))
        for _ in range(3):
            await asyncio.sleep(1)
            fleet.redis.flushall()
        sends = await talking
        await them.acknowledged(sends, within=10)
        await them.settle(within=EQUAL_WITHIN)
        assert await them.check() == len(sends)


async def test_live_again_after_an_outage_not_only_repaired(fleet: Fleet) -> None:
    """The twin: once Redis is back, events come by push again, faster than any head check."""
    await live_again(fleet)


async def live_again(fleet: Fleet, times: int = 20) -> None:
    """See above."""
    async with crowd(fleet, people=4) as them:
        fleet.redis.stop()
        await asyncio.sleep(1)
        fleet.redis.start()
        await asyncio.sleep(4)
        slow = []
        for number in range(times):
            started = time.monotonic()
            ack = await them.clients[0].message(them.room_id, f"after {number}")
            while any(client.numbers[them.topic] < ack["number"] for client in them.clients):
                await asyncio.sleep(0.005)
            slow.append(time.monotonic() - started)
        assert sorted(slow)[times * 3 // 4] < 0.5, f"not by push: {slow}"
