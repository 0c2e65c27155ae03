"""PostgreSQL crashes, is frozen, or takes no more connections: sockets stay, writes say so in time,
and nothing acknowledged is lost."""

from __future__ import annotations

import asyncio
import signal
import time
from contextlib import ExitStack

import psycopg
import pytest

from tests.fleet.client import Client
from tests.fleet.crowd import Crowd, crowd, eventually, percentile, report
from tests.fleet.harness import Fleet

LONG = pytest.mark.long
FAIL_WITHIN = 5.0
TYPED_WITHIN = 2.0
"""After the answer: some 20 ms on a quiet machine. What is lost does not come at all."""


@pytest.mark.parametrize(
    "times", [pytest.param(2, id="short"), pytest.param(10, id="long", marks=LONG)]
)
async def test_immediate_restarts_lose_nothing(fleet: Fleet, times: int) -> None:
    async with crowd(fleet, people=10, tabs=2) as them:
        sends = await through_crashes(fleet, them, times)
        assert not them.recorder.closes, "nobody needs to reconnect because of PostgreSQL"
        assert {code for code, _ in refusals(them)} <= {"unavailable"}
        late = [a.acked_at - a.at for a in them.recorder.attempts.values() if a.acked_at]
        report(
            f"PostgreSQL crashed {times} times: {sends} messages, none lost, "
            f"{len(refusals(them))} told to try again, acknowledged p50 "
            f"{percentile(late, 0.5) * 1000:.0f} ms, max {max(late):.2f} s",
        )


async def through_crashes(fleet: Fleet, them: Crowd, times: int) -> int:
    """As `pg_ctl -m immediate restart` under load. Returns the number of messages."""
    async with them.voting(every=2):
        talking = asyncio.create_task(them.talk(25, 3 * times + 1))
        for _ in range(times):
            await asyncio.sleep(1)
            fleet.postgres.stop(signal.SIGQUIT)
            fleet.postgres.launch()
            await eventually(fleet.postgres.answers, 30, "PostgreSQL after a crash")
        sends = await talking
    await them.acknowledged(sends, within=30)
    await them.settle(within=15)
    assert await them.check() == len(sends)
    return len(sends)


def refusals(them: Crowd) -> list[tuple[str, bool]]:
    return [(error["code"], error["retry"]) for _, error in them.recorder.errors]


@pytest.mark.parametrize(
    "frozen", [pytest.param(7.0, id="short"), pytest.param(20.0, id="long", marks=LONG)]
)
async def test_frozen_it_fails_writes_in_time_and_keeps_sockets(
    fleet: Fleet, frozen: float
) -> None:
    async with crowd(fleet, people=10, tabs=2) as them:
        talking = asyncio.create_task(them.talk(10, frozen + 3))
        typist = next(c for c in them.clients if c.worker != them.clients[-1].worker)
        await typist.say("typing", room_id=them.room_id, on=True)
        await asyncio.sleep(1)
        fleet.postgres.freeze()
        begun = time.monotonic()
        try:
            asked = asyncio.create_task(ask_over_http(them))
            typed = await typing_flows(them, typist, begun + frozen - 2)
            await asyncio.sleep(begun + frozen - time.monotonic())
        finally:
            fleet.postgres.thaw()
        status, took = await asked
        sends = await talking
        await them.acknowledged(sends, within=20)
        await them.settle(within=15)
        assert await them.check() == len(sends)
        assert not them.recorder.closes, "a silent database is no reason to lose a socket"
        waits = them.recorder.waits
        told_in_time(waits)
        assert set(refusals(them)) == {("unavailable", True)}
        assert unanswered(them, begun) == [], "writes without any answer"
        assert status == 503 and took <= FAIL_WITHIN
        report(
            f"PostgreSQL frozen {frozen:.0f} s: {len(waits)} writes told to try again within "
            f"{max(waits):.2f} s, HTTP {status} after {took:.2f} s, no socket lost, typing seen "
            f"after {typed:.2f} s, {len(sends)} messages all there",
        )


def told_in_time(waits: list[float]) -> None:
    """That it did not work."""
    assert waits, "nobody was told that it does not work"
    assert max(waits) <= FAIL_WITHIN, f"a write was told no after {max(waits):.1f} s"


async def typing_flows(them: Crowd, typist: Client, until: float) -> float:
    """Every word of a typist reaches the last client, on the other worker. Seconds at most."""
    took, watcher = [], them.clients[-1].name

    def heard(since: float) -> dict[str, float]:
        """Who heard what was said since then, and when first."""
        first: dict[str, float] = {}
        for name, at in them.recorder.whispers:
            if at >= since:
                first.setdefault(name, at)
        return first

    while time.monotonic() < until:
        said = time.monotonic()
        await typist.say("typing", room_id=them.room_id, on=True)
        answered = time.monotonic()
        while watcher not in heard(said) and time.monotonic() - answered < TYPED_WITHIN:
            await asyncio.sleep(0.01)
        assert watcher in heard(said), (
            f"typing does not flow: answered after {answered - said:.2f} s, and heard by "
            f"{[(c.name, c.worker) for c in them.clients if c.name in heard(said)]}"
        )
        took.append(heard(said)[watcher] - said)
    return max(took)


async def ask_over_http(them: Crowd) -> tuple[int, float]:
    """What a page that is opened meanwhile is told, and after how many seconds."""
    client, started = them.clients[0], time.monotonic()
    async with client._http.get(f"{them.fleet.url}/api/me") as answer:
        return answer.status, time.monotonic() - started


def unanswered(them: Crowd, since: float) -> list[str]:
    """What had to be said again without having been answered: a client gives up waiting."""
    return [
        f"{a.client}: {a.op}"
        for a in them.recorder.attempts.values()
        if a.at > since and a.tries > 1 + a.refused
    ]


@pytest.mark.parametrize("seconds", [pytest.param(3.0, id="short"), pytest.param(20.0, marks=LONG)])
async def test_no_connection_left_for_us(fleet: Fleet, seconds: float) -> None:
    """Somebody else has taken all of max_connections, also those that we had: we say no, soon."""
    async with crowd(fleet, people=10) as them:
        report(await shut_out(them, seconds))


async def shut_out(them: Crowd, seconds: float) -> str:
    """Returns the figures."""
    async with them.voting(every=2):
        talking = asyncio.create_task(them.talk(20, seconds + 3))
        await asyncio.sleep(1)
        begun = time.monotonic()
        with ExitStack() as theirs:
            many = await asyncio.to_thread(take_all, them.fleet, theirs)
            await asyncio.sleep(seconds)
            waits = list(them.recorder.waits)
            told_in_time(waits)
        sends = await talking
    await them.acknowledged(sends, within=15)
    await them.settle(within=10)
    assert await them.check() == len(sends)
    assert not them.recorder.closes
    assert set(refusals(them)) == {("unavailable", True)}
    assert unanswered(them, begun) == [], "writes without any answer"
    return (
        f"others took all {many} connections for {seconds:.0f} s: {len(sends)} messages, "
        f"{len(waits)} told to try again within {max(waits):.2f} s, none lost, no socket closed"
    )


def take_all(fleet: Fleet, theirs: ExitStack) -> int:
    """Every connection there can be: the workers' are ended, and are gone before they are back."""
    first = theirs.enter_context(psycopg.connect(fleet.database_url, autocommit=True))
    ours = {first.info.backend_pid}
    query = (
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE backend_type = 'client backend' AND NOT pid = ANY(%s)"
    )
    for _ in range(50):
        while (connection := one_more(fleet)) is not None:
            theirs.callback(connection.close)
            ours.add(connection.info.backend_pid)
        if first.execute(query, [list(ours)]).fetchall() == [(0,)]:
            return len(ours)
    raise AssertionError("the workers are always quicker")


def one_more(fleet: Fleet) -> psycopg.Connection[object] | None:
    try:
        return psycopg.connect(fleet.database_url, connect_timeout=5)
    except psycopg.OperationalError as error:
        assert "too many clients" in str(error) or "reserved" in str(error), error
        return None
