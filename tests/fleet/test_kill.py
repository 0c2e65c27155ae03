"""Workers die under load: nothing acknowledged is lost, nothing shown twice or out of order."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections import Counter

import pytest

from tests.fleet.crowd import Crowd, crowd, eventually, percentile, report
from tests.fleet.harness import Fleet

KILL_EVERY = 5.0
BACK_WITHIN = 5.0

SHORT = pytest.param(20, 2, 50, 20, id="short")
LONG = pytest.param(50, 4, 50, 60, id="long", marks=pytest.mark.long)


@pytest.mark.parametrize(("people", "tabs", "rate", "seconds"), [SHORT, LONG])
async def test_kill_9_every_five_seconds(
    fleet: Fleet, people: int, tabs: int, rate: float, seconds: float
) -> None:
    async with crowd(fleet, people=people, tabs=tabs) as them:
        killing = asyncio.create_task(kill_in_turn(fleet))
        async with them.voting(every=3):
            sends = await them.talk(rate, seconds)
            killing.cancel()
        await them.acknowledged(sends, within=30)
        settled = await them.settle(within=10)
        rows = await them.check()
        assert rows == len(sends) == int(rate * seconds)
        outages = them.recorder.outages
        attempts = them.recorder.attempts.values()
        repeats = sum(attempt.tries - 1 for attempt in attempts)
        assert len(outages) >= people * tabs * 0.5, "the kills must have hit somebody"
        assert percentile(outages, 0.99) <= BACK_WITHIN
        report(
            f"kill -9: {len(sends)} messages, {len(them.clients)} clients, {len(outages)} outages, "
            f"{len(attempts) - len(sends)} votes, {repeats} repeats; "
            f"back p50 {percentile(outages, 0.5):.2f} s, max {max(outages):.2f} s; "
            f"all equal {settled:.2f} s after the last",
        )


async def kill_in_turn(fleet: Fleet) -> None:
    """Always the oldest, so that both have their turn and the other one carries on meanwhile."""
    while True:
        await asyncio.sleep(KILL_EVERY)
        fleet.kill_worker()


@pytest.mark.parametrize(
    "times", [pytest.param(1, id="short"), pytest.param(5, id="long", marks=pytest.mark.long)]
)
async def test_all_workers_killed_at_once(fleet: Fleet, times: int) -> None:
    report(await all_killed(fleet, times))


async def all_killed(fleet: Fleet, times: int) -> str:
    """Returns the figures."""
    async with crowd(fleet, people=10, tabs=2) as them:
        async with them.voting(every=2):
            talking = asyncio.create_task(them.talk(25, 8 * times))
            for _ in range(times):
                await asyncio.sleep(1)
                before = set(fleet.pids())
                fleet.kill_all_workers()
                await all_replaced(fleet, before)
                await fleet.wait_until_ready()
                await asyncio.sleep(2)
            sends = await talking
        await them.acknowledged(sends, within=30)
        await them.settle(within=10)
        assert await them.check() == len(sends)
        outages = them.recorder.outages
        assert len(outages) >= times * len(them.clients)
        assert max(outages) <= 15
        return (
            f"all workers killed at once, {times} times: {len(sends)} messages, back p50 "
            f"{percentile(outages, 0.5):.2f} s, max {max(outages):.2f} s, none lost"
        )


@pytest.mark.parametrize("how", ["SIGHUP to the supervisor", "SIGTERM to each worker"])
async def test_rolling_restart_loses_nothing(fleet: Fleet, how: str) -> None:
    report(await rolling_restart(fleet, how))


async def rolling_restart(fleet: Fleet, how: str) -> str:
    """Returns the figures."""
    async with crowd(fleet, people=10, tabs=2) as them:
        before = set(fleet.pids())
        async with them.voting(every=2):
            talking = asyncio.create_task(them.talk(20, 8))
            await asyncio.sleep(1)
            if how.startswith("SIGHUP"):
                fleet.rolling_restart()
            else:
                await terminate_in_turn(fleet)
            sends = await talking
        await them.acknowledged(sends, within=20)
        await all_replaced(fleet, before)
        await them.settle(within=10)
        assert await them.check() == len(sends)
        told = told_to_come_back(them)
        worst = max(them.recorder.outages)
        assert worst <= BACK_WITHIN
        return (
            f"rolling restart, {how}: {len(sends)} messages, none lost, "
            f"longest interruption {worst:.2f} s; {told} closes, all with 1012"
        )


async def terminate_in_turn(fleet: Fleet) -> None:
    """As whoever looks after processes would: the next one once its successor is ready."""
    for pid in fleet.pids():
        successors = set(fleet.pids())
        os.kill(pid, signal.SIGTERM)
        await eventually(
            lambda pid=pid: pid not in fleet.pids() and len(fleet.pids()) == fleet.workers,
            within=30,
            what=f"a successor of worker {pid}",
        )
        assert set(fleet.pids()) != successors
        # A successor that still starts takes nobody: with the next one gone, nobody would.
        await fleet.wait_until_ready()


async def all_replaced(fleet: Fleet, before: set[int]) -> None:
    give_up = time.monotonic() + 40
    while before & set(fleet.pids()):
        assert time.monotonic() < give_up, fleet.logs(20)
        await asyncio.sleep(0.1)


def told_to_come_back(them: Crowd) -> int:
    """Every socket was closed at least once, and told so. How many closes there were."""
    closes = Counter(them.recorder.closes)
    assert set(closes) == {1012}, f"closed without the promised code: {closes}"
    assert len(them.recorder.outages) >= len(them.clients)
    return closes.total()
