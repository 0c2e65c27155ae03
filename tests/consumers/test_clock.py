"""What browsers count down by is the database's clock, whatever this machine's own one does."""

from datetime import UTC, datetime, timedelta
from time import time

import pytest

from consumers.wire import clock as wire
from tests.consumers.conftest import OpenTab, in_database
from tests.consumers.test_socket import People

HOURS = 25


async def test_the_time_told_is_the_databases(monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = datetime.now(UTC) + timedelta(hours=HOURS)
    monkeypatch.setattr(wire.clock, "now", lambda: ahead)
    clock = wire.Clock()
    assert abs(clock.now() / 1000 - time()) < 5, "its own until it has asked"
    await clock.read()
    assert abs(clock.now() / 1000 - ahead.timestamp()) < 5


async def test_a_jump_of_the_wall_clock_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = wire.Clock()
    before = clock.now()
    monkeypatch.setattr(wire, "time", lambda: time() - HOURS * 3600)
    assert 0 <= clock.now() - before < 5_000


async def test_hello_and_ping_tell_it(people: People, tab: OpenTab) -> None:
    mei = await tab(people[0])
    now = await in_database(wire.clock.now)
    assert abs(mei.hello["time"] / 1000 - now.timestamp()) < 5
    assert (await mei.ask("ping"))["data"]["time"] >= mei.hello["time"]


async def test_a_worker_that_lost_a_part_of_itself_ends(
    people: People, tab: OpenTab, worker: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its bus it would look alive and deliver less and less."""
    import asyncio
    import os
    import signal

    from consumers.worker import Worker

    killed: list[int] = []
    monkeypatch.setattr(os, "kill", lambda pid, how: killed.append(how))

    async def fail() -> None:
        raise ZeroDivisionError

    async def end_well() -> None:
        return

    for run, expected in ((end_well, []), (fail, [signal.SIGTERM])):
        task = asyncio.create_task(run())
        await asyncio.wait([task])
        assert isinstance(worker, Worker)
        worker._ended(task)
        assert killed == expected
