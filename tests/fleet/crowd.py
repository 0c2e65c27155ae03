"""Many clients in one room, some of them talking; ended and checked together."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from tests.fleet.checker import (
    fresh_problems,
    problems,
    read_tally,
    read_truth,
    vote_problems,
)
from tests.fleet.client import Client
from tests.fleet.harness import Fleet
from tests.fleet.recorder import Recorder
from tests.fleet.signing import session_with


class Crowd:
    """Clients of one room. Use `crowd(...)` to make one."""

    def __init__(self, fleet: Fleet, world: Any, clients: list[Client], recorder: Recorder):
        self.fleet = fleet
        self.room_id = world["room_id"]
        self.poll = world["poll"]
        self.people = world["people"]
        self.clients = clients
        self.recorder = recorder

    @property
    def topic(self) -> str:
        return f"room:{self.room_id}"

    async def talk(
        self, rate: float, seconds: float, words: str = "message", **more: Any
    ) -> list[asyncio.Task[Any]]:
        """`rate` messages a second for so long, each by the next client and with `more` in it;
        returns the sends, of which some may still be on their way."""
        sends = []
        started = time.monotonic()
        speakers = itertools.cycle(self.clients)
        for number in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, started + number / rate - time.monotonic()))
            work = next(speakers).message(self.room_id, f"{words} {number}", **more)
            sends.append(asyncio.create_task(work))
        return sends

    @asynccontextmanager
    async def voting(self, every: float) -> AsyncIterator[None]:
        """Meanwhile each person changes their mind about every so many seconds."""
        going = True

        async def vote(client: Client) -> None:
            await asyncio.sleep(random.uniform(0, every))
            while going:
                await client.vote(self.poll["id"], random.choice(self.poll["options"]))
                await asyncio.sleep(random.uniform(0.5, 1.5) * every)

        tasks = [asyncio.create_task(vote(client)) for client in self.voters]
        try:
            yield
            going = False
            await asyncio.wait_for(asyncio.gather(*tasks), 2 * every + 30)
        finally:
            for task in tasks:
                task.cancel()

    @property
    def voters(self) -> list[Client]:
        """The first tab of each person."""
        return self.clients[:: len(self.clients) // len(self.people)]

    def delays(self, only: Collection[str] | None = None) -> list[float]:
        """Seconds from when a message was said first to each client's sight of it."""
        attempts = self.recorder.attempts
        return [
            seen.at - attempts[client_id].at
            for views in self.recorder.views.values()
            for seen in views[self.topic].seen
            if seen.type == "message.sent"
            and (client_id := seen.data["message"]["client_id"])
            and (only is None or client_id in only)
        ]

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
        """Wait until every client has every committed event and the last tally. Returns the
        seconds it took."""
        started = time.monotonic()
        head = len(read_truth(self.fleet.database_url, self.room_id).log)
        version = read_tally(self.fleet.database_url, self.poll["id"]).version
        while behind := [*self._behind(head), *self._stale(version)]:
            if time.monotonic() - started > within:
                self.recorder.write(self.fleet.folder / "recorded.jsonl")
                raise AssertionError(
                    f"{len(behind)} clients are behind #{head} or version {version}: {behind[:5]}"
                )
            await asyncio.sleep(0.05)
        return time.monotonic() - started

    def _stale(self, version: int) -> list[tuple[str, str, int]]:
        held = {client: client.snapshots.get(self.poll_key) for client in self.clients}
        return [
            (client.name, client.worker, shown["version"] if shown else 0)
            for client, shown in held.items()
            if shown is None or shown["version"] < version
        ]

    @property
    def poll_key(self) -> tuple[str, str, str]:
        return (f"poll:{self.poll['id']}", "poll.changed", "")

    def _behind(self, head: int) -> list[tuple[str, str, int]]:
        return [
            (client.name, client.worker, client.numbers[self.topic])
            for client in self.clients
            if client.numbers[self.topic] < head
        ]

    async def check(self) -> int:
        """Compare with the database, and with fresh loads. Returns how many messages there are."""
        truth = read_truth(self.fleet.database_url, self.room_id)
        tally = read_tally(self.fleet.database_url, self.poll["id"])
        found = [
            *problems(self.recorder, truth),
            *vote_problems(self.recorder, tally, {c.name: c.person_id for c in self.voters}),
            *fresh_problems(self.recorder, self.topic, *await self._messages()),
            *await self._other_tallies(),
        ]
        if found or self.recorder.resets:
            self.recorder.write(self.fleet.folder / "recorded.jsonl")
        assert not found, "\n".join(found[:20])
        assert not self.recorder.resets, self.recorder.resets[:5]
        return len(truth.rows)

    async def _messages(self) -> tuple[list[dict[str, Any]], int]:
        """The whole room as a page that is opened now would load it, and its head."""
        loaded: list[dict[str, Any]] = []
        path = f"/rooms/{self.room_id}/messages?limit=100"
        page = await self.clients[0].get(path)
        head = page["head"]
        while True:
            loaded = page["messages"] + loaded
            if not page["earlier"]:
                return loaded, head
            page = await self.clients[0].get(f"{path}&before={loaded[0]['ordinal']}")

    async def _other_tallies(self) -> list[str]:
        """Clients whose vote, or own ballot in it, is not what a fresh load shows them."""
        found = []
        for voter in self.voters:
            fresh = await voter.get(f"/polls/{self.poll['id']}")
            shown = voter.snapshots[self.poll_key]["data"]["poll"]
            if shown != fresh["poll"]:
                found.append(f"{voter.name} shows {shown}, a fresh load {fresh['poll']}")
            own = f"user:{voter.person_id}", "ballot.changed", str(self.poll["id"])
            held = voter.snapshots.get(own)
            if fresh["mine"]["revision"] and (
                held is None or held["data"]["ballot"] != fresh["mine"]
            ):
                found.append(f"{voter.name} shows the ballot {held}, a fresh load {fresh['mine']}")
        return found


@asynccontextmanager
async def crowd(
    fleet: Fleet,
    *,
    people: int,
    tabs: int = 1,
    via: Sequence[str] = (),
    closes_in: int | None = None,
    spread_out: bool = True,
) -> AsyncIterator[Crowd]:
    """`people` persons with `tabs` sockets each, connected and joined, in a room of their own and
    before a vote of their own. via: see Client; the
    clients take these in turn."""
    world = fleet.provision(people=people, vote=True, closes_in=closes_in)
    recorder = Recorder()
    topics = f"room:{world['room_id']}", f"poll:{world['poll']['id']}"
    async with AsyncExitStack() as stack:
        clients = []
        for who in world["people"]:
            http = await stack.enter_async_context(session_with(who["cookie"]))
            for tab in range(tabs):
                name = f"{who['username']}/{tab}"
                way = via[len(clients) % len(via)] if via else ""
                clients.append(Client(fleet.url, http, name=name, recorder=recorder, via=way))
        await asyncio.gather(*(client.start() for client in clients))
        if spread_out:
            await spread(clients, fleet.workers)
        recorder.begin()
        await asyncio.gather(
            *(client.join(*topics, f"user:{client.person_id}") for client in clients)
        )
        try:
            yield Crowd(fleet, world, clients, recorder)
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


FIGURES: list[str] = []
"""One line for each case that was gone through; told at the end of the run (see conftest.py)."""


def report(line: str) -> None:
    """Figures are part of a fleet test's result."""
    print(f"\n    {line}", flush=True)
    FIGURES.append(line)
