"""Redis only makes things fast: without it sends are acknowledged, and after it all is equal."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp
import pytest

from tests.factories import PASSWORD, pixels
from tests.fleet.crowd import Crowd, crowd, percentile, report
from tests.fleet.harness import Fleet
from tests.fleet.signing import csrf, sign_in
from tests.services.redis import Redis

EQUAL_WITHIN = 10.0
LONG = pytest.mark.long


@dataclass(frozen=True)
class Fault:
    """What is done to Redis, and undone; refusal: what it answers to a write meanwhile."""

    name: str
    begin: Callable[[Redis], object]
    end: Callable[[Redis], object]
    refusal: str = ""


STOPPED = Fault("stopped without saving", Redis.stop, Redis.start)
FROZEN = Fault("frozen", Redis.freeze, Redis.thaw)
FULL = Fault(
    "out of memory",
    lambda redis: redis.command("CONFIG SET maxmemory 1"),
    lambda redis: redis.command("CONFIG SET maxmemory 0"),
    "-OOM",
)


@pytest.mark.parametrize(
    ("fault", "away"),
    [
        pytest.param(STOPPED, 6.0, id="stopped"),
        pytest.param(STOPPED, 10.0, id="stopped-ten", marks=LONG),
        pytest.param(STOPPED, 30.0, id="stopped-long", marks=LONG),
        pytest.param(FROZEN, 5.0, id="frozen"),
        pytest.param(FROZEN, 20.0, id="frozen-long", marks=LONG),
        pytest.param(FULL, 4.0, id="full"),
        pytest.param(FULL, 30.0, id="full-long", marks=LONG),
    ],
)
async def test_without_redis_sends_votes_and_reads_go_on(
    fleet: Fleet, fault: Fault, away: float
) -> None:
    report(await without_redis(fleet, fault, away))


async def without_redis(fleet: Fleet, fault: Fault, away: float) -> str:
    """Returns the figures."""
    made = await asyncio.to_thread(fleet.provision, people=1, password=True)
    async with crowd(fleet, people=10, tabs=2) as them:
        async with them.voting(every=2):
            talking = asyncio.create_task(them.talk(20, away + 3))
            await asyncio.sleep(1)
            begun = time.monotonic()
            fault.begin(fleet.redis)
            try:
                if fault.refusal:
                    told = fleet.redis.command("SET probe 1")
                    assert told.startswith(fault.refusal), f"Redis did not refuse: {told}"
                coming = asyncio.create_task(comes_in(fleet, made["people"][0]["username"]))
                await asyncio.sleep(begun + away / 2 - time.monotonic())
                await them.clients[0].get(f"/rooms/{them.room_id}")
                await them.clients[-1].reconnect()
                await asyncio.sleep(begun + away - time.monotonic())
                attempts = list(them.recorder.attempts.values())
                meanwhile = [a for a in attempts if begun + 0.5 < a.at < time.monotonic() - 0.5]
                acked = [a for a in meanwhile if a.acked_at is not None]
                in_time = coming.done()
            finally:
                fault.end(fleet.redis)
            share = len(acked) / len(meanwhile)
            assert share >= 0.9, f"{share:.0%} were acknowledged without Redis"
            signed_in = await coming
            assert in_time, f"signed in with a picture after {signed_in:.2f} s, when it was back"
            sends = await talking
        settled, late = await all_equal(them, sends)
        assert len(them.recorder.closes) == 1, "nobody but our own needs to reconnect"
        return (
            f"Redis {fault.name} {away:.0f} s: {len(acked)} of {len(meanwhile)} sends and votes "
            f"acknowledged meanwhile, signed in with a picture in {signed_in:.2f} s, seen by all "
            f"within {max(late):.2f} s (p50 {percentile(late, 0.5):.2f} s); all equal "
            f"{settled:.2f} s after the last"
        )


async def comes_in(fleet: Fleet, username: str) -> float:
    """Sign-in and upload count in Redis how often they are done. Seconds of both together."""
    begun = time.monotonic()
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        await sign_in(http, fleet.url, username, PASSWORD)
        form = aiohttp.FormData()
        form.add_field("client_id", secrets.token_hex(16))
        form.add_field("file", pixels(), filename="face.png", content_type="image/png")
        headers = csrf(http, fleet.url)
        async with http.post(f"{fleet.url}/api/pictures", data=form, headers=headers) as answer:
            assert answer.status == 200, f"an upload without Redis: {answer.status}"
    return time.monotonic() - begun


async def all_equal(them: Crowd, sends: list[asyncio.Task[object]]) -> tuple[float, list[float]]:
    """(seconds until everybody has all, seconds to each sight of a message)."""
    await them.acknowledged(sends, within=10)
    settled = await them.settle(within=EQUAL_WITHIN)
    assert await them.check() == len(sends)
    late = them.delays()
    assert max(late) <= EQUAL_WITHIN
    return settled, late


@pytest.mark.parametrize("times", [pytest.param(3, id="short"), pytest.param(30, marks=LONG)])
async def test_flushall(fleet: Fleet, times: int) -> None:
    async with crowd(fleet, people=10, tabs=2) as them:
        report(await flushed(them, times))


async def flushed(them: Crowd, times: int) -> str:
    """Somebody comes back after each time, to a Redis that knows nothing. Returns the figures."""
    redis = them.fleet.redis
    talking = asyncio.create_task(them.talk(20, times + 1.0))
    for _ in range(times):
        await asyncio.sleep(1)
        assert redis.command("SET probe 1") == "+OK"
        redis.flushall()
        assert redis.command("EXISTS probe") == ":0"
        await them.clients[-1].reconnect()
    settled, late = await all_equal(them, await talking)
    return (
        f"FLUSHALL {times} times: {len(await talking)} messages, none lost, no reset; seen by all "
        f"within {max(late):.2f} s; all equal {settled:.2f} s after the last"
    )


@pytest.mark.parametrize("seconds", [pytest.param(4.0, id="short"), pytest.param(30.0, marks=LONG)])
async def test_its_subscribers_are_cut_off(fleet: Fleet, seconds: float) -> None:
    async with crowd(fleet, people=10, tabs=2) as them:
        report(await cut_off(them, seconds))


async def cut_off(them: Crowd, seconds: float) -> str:
    """As Redis does to a subscriber who reads too slowly or when its clients use too much memory:
    what is published before they are back is said to nobody. Returns the figures."""
    talking = asyncio.create_task(them.talk(20, seconds + 1))
    cuts, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        cuts += int(them.fleet.redis.command("CLIENT KILL TYPE pubsub").removeprefix(":"))
        await asyncio.sleep(0.2)
    sends = await talking
    assert cuts >= seconds, f"only {cuts} subscriptions were there to be cut"
    settled, late = await all_equal(them, sends)
    assert not them.recorder.closes
    return (
        f"{cuts} subscriptions cut by Redis within {seconds:.0f} s: {len(sends)} messages, none "
        f"lost; seen by all within {max(late):.2f} s (p50 {percentile(late, 0.5):.2f} s); all "
        f"equal {settled:.2f} s after the last"
    )


async def test_live_again_after_an_outage_not_only_repaired(fleet: Fleet) -> None:
    """The twin: once Redis is back, events come by push again, faster than any head check."""
    report(await live_again(fleet))


async def live_again(fleet: Fleet, times: int = 20) -> str:
    """See above. Returns the figures."""
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
        return (
            f"live again after Redis: message to all p50 {percentile(slow, 0.5) * 1000:.0f} ms, "
            f"max {max(slow) * 1000:.0f} ms"
        )
