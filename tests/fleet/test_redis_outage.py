"""Redis only makes things fast: without it sends are acknowledged, and after it all is equal."""

from __future__ import annotations

import asyncio
import time

import pytest

from tests.fleet.crowd import Crowd, crowd, percentile, report
from tests.fleet.harness import Fleet

EQUAL_WITHIN = 10.0


@pytest.mark.parametrize("away", [10.0])
async def test_redis_stopped_and_started(fleet: Fleet, away: float) -> None:
    async with crowd(fleet, people=10, tabs=2) as them:
        talking = asyncio.create_task(them.talk(20, away + 4))
        await asyncio.sleep(1)
        stopped = time.monotonic()
        fleet.redis.stop()
        await asyncio.sleep(away)
        meanwhile = [a for a in them.recorder.attempts.values() if a.at > stopped + 0.5]
        acked = [a for a in meanwhile if a.acked_at is not None]
        fleet.redis.start()
        assert len(acked) >= 0.9 * len(meanwhile) > 0, "sends must be acknowledged without Redis"
        sends = await talking
        await them.acknowledged(sends, within=10)
        settled = await them.settle(within=EQUAL_WITHIN)
        assert them.check() == len(sends)
        assert not them.recorder.closes, "nobody needs to reconnect because of Redis"
        late = delays(them)
        assert max(late) <= EQUAL_WITHIN
        report(
            fleet.folder,
            f"Redis away {away:.0f} s: {len(acked)} of {len(meanwhile)} sends acknowledged "
            f"meanwhile, seen by all within {max(late):.2f} s (p50 {percentile(late, 0.5):.2f} s); "
            f"all equal {settled:.2f} s after the last",
        )


def delays(them: Crowd) -> list[float]:
    """Seconds from a message's acknowledgement to each client's sight of it."""
    attempts = them.recorder.attempts
    return [
        seen.at - acked_at
        for views in them.recorder.views.values()
        for seen in views[them.topic].seen
        if seen.type == "message.sent"
        and (acked_at := attempts[seen.data["message"]["client_id"]].acked_at) is not None
    ]


async def test_flushall(fleet: Fleet) -> None:
    async with crowd(fleet, people=10, tabs=2) as them:
        talking = asyncio.create_task(them.talk(20, 4))
        for _ in range(3):
            await asyncio.sleep(1)
            fleet.redis.flushall()
        sends = await talking
        await them.acknowledged(sends, within=10)
        await them.settle(within=EQUAL_WITHIN)
        assert them.check() == len(sends)


async def test_live_again_after_an_outage_not_only_repaired(fleet: Fleet) -> None:
    """The twin: once Redis is back, events come by push again, faster than any head check."""
    async with crowd(fleet, people=4) as them:
        fleet.redis.stop()
        await asyncio.sleep(2)
        fleet.redis.start()
        await asyncio.sleep(5)
        slow = []
        for number in range(20):
            started = time.monotonic()
            ack = await them.clients[0].message(them.room_id, f"after {number}")
            while any(client.numbers[them.topic] < ack["number"] for client in them.clients):
                await asyncio.sleep(0.005)
            slow.append(time.monotonic() - started)
        assert sorted(slow)[15] < 0.5, slow
