"""Many clients in one room, some of them talking; ended and checked together."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from tests.fleet.checker import problems, read_truth
from tests.fleet.client import Client
from tests.fleet.harness import Fleet
from tests.fleet.recorder import Recorder
from tests.fleet.signing import session_with


class Crowd:
    """Clients of one room. Use `crowd(...)` to make one."""

    def __init__(self, fleet: Fleet, room_id: int, clients: list[Client], recorder: Recorder):
        self.fleet = fleet
        self.room_id = room_id
        self.clients = clients
        self.recorder = recorder

    @property
    def topic(self) -> str:
        return f"room:{self.room_id}"

    async def talk(self, rate: float, seconds: float) -> list[asyncio.Task[Any]]:
        """`rate` messages a second for so long, each by the next client; returns the sends, of
        which some may still be on their way."""
        sends = []
        started = time.monotonic()
        speakers = itertools.cycle(self.clients)
        for number in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, started + number / rate - time.monotonic()))
            work = next(speakers).message(self.room_id, f"message {number}")
            sends.append(asyncio.create_task(work))
        return sends

    async def acknowledged(self, sends: list[asyncio.Task[Any]], within: float) -> None:
        """Wait until every send has its answer. Raises AssertionError, telling which have none."""
        await asyncio.wait(sends, timeout=within)
        open_ = [a for a in self.recorder.attempts.values() if a.ack is None]
        if open_:
            self.recorder.write(self.fleet.folder / "recorded.jsonl")
            state = {client.name: client.state for client in self.clients}
            told = [(a.client, f"{a.tries} tries", state[a.client]) for a in open_[:8]]
            raise AssertionError(f"{len(open_)} sends have no answer after {within} s: {told}")
        await asyncio.gather(*sends)

    async def settle(self, within: float) -> float:
        """Wait until every client has every committed event. Returns the seconds it took."""
        started = time.monotonic()
        head = len(read_truth(self.fleet.database_url, self.room_id).log)
        while behind := self._behind(head):
            if time.monotonic() - started > within:
                self.recorder.write(self.fleet.folder / "recorded.jsonl")
                raise AssertionError(f"{len(behind)} clients are behind #{head}: {behind[:5]}")
            await asyncio.sleep(0.05)
        return time.monotonic() - started

    def _behind(self, head: int) -> list[tuple[str, str, int]]:
        return [
            (client.name, client.worker, client.numbers[self.topic])
            for client in self.clients
            if client.numbers[self.topic] < head
        ]

    def check(self) -> int:
        """Compare with the database. Returns how many messages there are."""
        truth = read_truth(self.fleet.database_url, self.room_id)
        found = problems(self.recorder, truth)
        if found or self.recorder.resets:
            self.recorder.write(self.fleet.folder / "recorded.jsonl")
        assert not found, "\n".join(found[:20])
        assert not self.recorder.resets, self.recorder.resets[:5]
        return len(truth.rows)


@asynccontextmanager
async def crowd(fleet: Fleet, *, people: int, tabs: int = 1) -> AsyncIterator[Crowd]:
    """`people` persons with `tabs` sockets each, connected and joined, in a room of their own."""
    world = fleet.provision(people=people)
    recorder = Recorder()
    topic = f"room:{world['room_id']}"
    async with AsyncExitStack() as stack:
        clients = []
        for who in world["people"]:
            http = await stack.enter_async_context(session_with(who["cookie"]))
            for tab in range(tabs):
                name = f"{who['username']}/{tab}"
                clients.append(Client(fleet.url, http, name=name, recorder=recorder))
        await asyncio.gather(*(client.start() for client in clients))
        await spread(clients, fleet.workers)
        recorder.begin()
        await asyncio.gather(*(client.join(topic) for client in clients))
        try:
            yield Crowd(fleet, world["room_id"], clients, recorder)
        finally:
            await asyncio.gather(*(client.stop() for client in clients))


async def spread(clients: list[Client], workers: int) -> None:
    """The kernel chooses the worker of a connection; see to it that each has somebody."""
    for _ in range(100):
        if len({client.worker for client in clients}) == workers:
            return
        await clients[-1].reconnect()
    raise AssertionError(f"every connection goes to {clients[0].worker}")


def percentile(values: list[float], share: float) -> float:
    """The smallest value that `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, min(len(ordered) - 1, round(share * len(ordered)) - 1))]


async def eventually(holds: Callable[[], bool], within: float, what: str) -> None:
    give_up = time.monotonic() + within
    while not holds():
        assert time.monotonic() < give_up, f"not within {within} s: {what}"
        await asyncio.sleep(0.01)


def report(folder: Path, line: str) -> None:
    """Figures are part of a fleet test's result: shown with -s, kept in a file otherwise."""
    print(f"\n    {line}", flush=True)
    with (folder / "figures.txt").open("a") as file:
        file.write(line + "\n")
