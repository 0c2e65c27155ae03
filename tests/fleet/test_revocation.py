"""Rights and sessions end while people talk: nothing that was committed later reaches those who
lost them, also when nobody is told of it (what ended the right then says nothing to anybody).

Order is judged by numbers: a deed reads the heads inside its own transaction, when it holds the
lock that every later event has to wait for.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
import psycopg
import pytest

from tests.fleet.crowd import report
from tests.fleet.ears import Ear
from tests.fleet.harness import ROOT, Fleet

RIGHTS = ("kick", "leave", "unfriend", "block", "hide_presence")
SESSIONS = ("sign_out", "password", "ban")
CLOSED_WITHIN, COMPARED_WITHIN, NOTICED_WITHIN = 2.0, 4.0, 30.0  # seconds
PAUSE = 0.02  # seconds between two sentences of the same speaker
LONG = pytest.mark.long


class Deeds:
    """The process that ends rights. mute: it broadcasts nothing."""

    def __init__(self, fleet: Fleet, world: dict[str, Any], *, mute: bool) -> None:
        self._world = world
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fleet.deeds"],
            cwd=ROOT,
            env=fleet.env | ({"MUTE": "1"} if mute else {}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    async def do(self, deed: str, victim: int) -> dict[str, Any]:
        """{"limits": {topic: last position committed before}, "at": milliseconds}"""

        def talk() -> str:
            assert self._process.stdin and self._process.stdout
            line = {"deed": deed, "victim": victim, "world": self._world}
            self._process.stdin.write(json.dumps(line) + "\n")
            self._process.stdin.flush()
            return self._process.stdout.readline()

        done: dict[str, Any] = json.loads(await asyncio.to_thread(talk))
        return done

    def end(self) -> None:
        with self._process:  # closes its pipes, and waits
            pass


class Scene:
    """An owner who talks everywhere, and people who listen until something is done to them."""

    def __init__(self, fleet: Fleet, made: dict[str, Any], deeds: tuple[str, ...]) -> None:
        self.owner, *others = (Ear(fleet.url, who) for who in made["people"])
        self.room, self.poll = f"room:{made['room_id']}", made["poll"]
        self.author = f"author:{self.owner.id}"
        with psycopg.connect(fleet.database_url) as connection:
            query = "SELECT post_id FROM polls_poll WHERE id = %s"
            [(post,)] = connection.execute(query, [self.poll["id"]]).fetchall()
        self.post = f"post:{post}"
        self.ballot = f"poll:{self.poll['id']}"
        self.topics = [self.room, self.author, self.post, self.ballot]
        self.presence = f"presence:{self.owner.id}"
        self.blinks = "hide_presence" in deeds
        if self.blinks:
            self.topics.append(self.presence)
        self.witness, *self.listeners = others
        self.victims = [(ear, deeds[n % len(deeds)]) for n, ear in enumerate(self.listeners)]
        self.limits: dict[int, dict[str, Any]] = {}
        self.done_at: dict[int, float] = {}

    def world(self) -> dict[str, Any]:
        return {
            "owner": self.owner.id,
            "room": number(self.room),
            "topics": [self.room, self.author, self.post],
            "poll": self.poll["id"],
        }

    def governed(self, deed: str) -> list[str]:
        match deed:
            case "kick" | "leave":
                return [self.room]
            case "unfriend" | "block":
                return [name for name in self.topics if name != self.room]
            case "hide_presence":
                return [self.presence]
            case _:
                return self.topics

    def streams(self, topics: list[str]) -> list[str]:
        """All that comes on these topics, by the names that numbers and versions are kept under."""
        of_poll, of_post = f"{self.ballot} poll.changed", f"{self.post} post.counts"
        snapshots = {
            self.ballot: [of_poll],
            self.post: [self.post, of_post],
            self.presence: [f"{self.presence} presence.changed"],
        }
        return [name for topic in topics for name in snapshots.get(topic, [topic])]

    async def open(self, http: aiohttp.ClientSession, *, own: bool) -> None:
        """own: they join their own topics too, as pages do."""
        await self.owner.open(http, [])
        for start in range(0, len(self.listeners) + 1, 20):
            some = [self.witness, *self.listeners][start : start + 20]
            wanted = {ear: [*self.topics, f"user:{ear.id}"] if own else self.topics for ear in some}
            await asyncio.gather(*(ear.open(http, topics) for ear, topics in wanted.items()))

    async def talk(self) -> None:
        """Messages, comments, posts and ballots, until cancelled. Below what one socket may say."""
        turn = 0
        while True:
            turn += 1
            new = {"client_id": secrets.token_hex(16), "text": f"word {turn}"}
            match turn % 4:
                case 0:
                    await self.owner.post("/api/posts", {**new, "audience": "friends"})
                case 1:
                    await self.owner.ask("message.send", room_id=number(self.room), **new)
                case 2:
                    await self.owner.ask("comment.add", post_id=number(self.post), **new)
                case 3:
                    choice = self.poll["options"][turn // 4 % 2]
                    ballot = {"poll_id": self.poll["id"], "choices": [choice]}
                    await self.owner.ask("poll.vote", **ballot)
            await asyncio.sleep(3 * PAUSE)

    async def blink(self, other: Deeds) -> None:
        """The owner is here and away, in turn, on another worker; until cancelled."""
        await self.owner.ask("here", away=True)
        while True:
            await other.do("blink", self.owner.id)
            await asyncio.sleep(3 * PAUSE)

    async def play(self, deeds: Deeds, other: Deeds) -> None:
        """Everything is done to somebody, one after the other, while the owner talks."""
        talking = [asyncio.create_task(self.talk())]
        if self.blinks:
            talking.append(asyncio.create_task(self.blink(other)))
        await asyncio.sleep(1)
        for ear, deed in self.victims:
            self.limits[ear.id] = await deeds.do(deed, ear.id)
            self.done_at[ear.id] = time.monotonic()
            await asyncio.sleep(PAUSE)
        await asyncio.sleep(1.5)
        for task in talking:
            if task.done():
                task.result()
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def past(self, ear: Ear, deed: str) -> dict[str, list[int]]:
        """What reached them although it was committed later."""
        limits = self.limits[ear.id]["limits"]
        # The last thing a room says of somebody's going is no more for them.
        own = 1 if deed in {"kick", "leave"} else 0
        late = {
            name: [one for one in ear.seen[name] if one > limits[name] - own]
            for name in self.streams(self.governed(deed))
        }
        return {topic: found for topic, found in late.items() if found}


def number(topic: str) -> int:
    return int(topic.partition(":")[2])


@asynccontextmanager
async def scene(
    fleet: Fleet, deeds: tuple[str, ...], rounds: int, *, mute: bool, own: bool = True
) -> AsyncIterator[Scene]:
    """Played already."""
    made = await asyncio.to_thread(fleet.provision, people=2 + rounds * len(deeds), vote=True)
    ours = Scene(fleet, made, deeds)
    doing, other = (Deeds(fleet, ours.world(), mute=quiet) for quiet in (mute, False))
    jar = aiohttp.DummyCookieJar()
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(cookie_jar=jar, connector=connector) as http:
        try:
            await ours.open(http, own=own)
            await ours.play(doing, other)
            yield ours
        finally:
            doing.end()
            other.end()
            for ear in (ours.owner, ours.witness, *ours.listeners):
                await ear.close()


def went_on(ours: Scene) -> None:
    """The twin: who kept the right saw it all, and there was something to see after every deed."""
    last = ours.limits[ours.listeners[-1].id]["limits"]
    for name in ours.streams(ours.topics):
        seen = ours.witness.seen[name]
        assert seen[-1] > last[name], f"{name} was silent"
        if " " not in name:
            assert seen == list(range(seen[0], seen[-1] + 1)), f"{name} had holes"
    assert all(any(ear.seen.values()) for ear in ours.listeners), "nobody had heard anything"


@pytest.mark.parametrize("mute", [False, True], ids=["told", "untold"])
@pytest.mark.parametrize(
    ("deeds", "rounds"),
    [
        pytest.param(RIGHTS, 10, id="short"),
        pytest.param(RIGHTS[:2], 200, id="long-room", marks=LONG),
        pytest.param(RIGHTS[2:4], 200, id="long-author", marks=LONG),
        pytest.param(RIGHTS[4:], 200, id="long-presence", marks=LONG),
    ],
)
async def test_what_is_committed_later_does_not_arrive(
    fleet: Fleet, deeds: tuple[str, ...], rounds: int, mute: bool
) -> None:
    async with scene(fleet, deeds, rounds, mute=mute) as ours:
        late = {
            (deed, ear.id): found for ear, deed in ours.victims if (found := ours.past(ear, deed))
        }
        assert late == {}
        went_on(ours)
        for ear, deed in ours.victims:
            assert ear.dropped >= set(ours.governed(deed)), (deed, ear.dropped)
        await nobody_comes_back(ours)
        report(
            f"{', '.join(deeds)}, {'un' if mute else ''}told, {rounds} rounds each: 0 frames "
            f"committed later arrived, of {sum(map(len, ours.witness.seen.values()))} events",
        )


async def nobody_comes_back(ours: Scene) -> None:
    """Nor do they get it by asking for the past."""
    for ear, deed in ours.victims:
        wanted = [{"topic": topic, "after": 0} for topic in ours.governed(deed)]
        answer = await ear.ask("join", topics=wanted)
        assert answer["data"]["joined"] == [] == answer["events"], (deed, answer)


@pytest.mark.parametrize(
    ("deeds", "rounds", "mute", "own", "within"),
    [
        pytest.param(SESSIONS, 10, False, True, CLOSED_WITHIN, id="short-told"),
        pytest.param(SESSIONS, 4, True, True, COMPARED_WITHIN, id="short-untold"),
        pytest.param(SESSIONS[:2], 200, False, False, CLOSED_WITHIN, id="long-told", marks=LONG),
        pytest.param(SESSIONS[2:], 200, False, False, CLOSED_WITHIN, id="long-ban", marks=LONG),
        pytest.param(SESSIONS[:2], 200, True, True, COMPARED_WITHIN, id="long-untold", marks=LONG),
        pytest.param(SESSIONS[2:], 200, True, True, COMPARED_WITHIN, id="long-unban", marks=LONG),
        *(
            pytest.param((deed,), 200, True, False, NOTICED_WITHIN, id=f"{deed}-last", marks=LONG)
            for deed in SESSIONS
        ),
    ],
)
@pytest.mark.timeout(900)
async def test_an_ended_session_ends_its_sockets(
    fleet: Fleet, deeds: tuple[str, ...], rounds: int, mute: bool, own: bool, within: float
) -> None:
    """Whose hubs are told of it hears nothing that was committed later. Untold, a socket is closed
    when hubs compare with the log, where the person's own topic is joined; else when all sessions
    are looked at anew. Until then it may hear what is committed meanwhile, and never after."""
    report(await sessions_end(fleet, deeds, rounds, mute=mute, own=own, within=within))


async def sessions_end(
    fleet: Fleet, deeds: tuple[str, ...], rounds: int, *, mute: bool, own: bool, within: float
) -> str:
    """Returns the figures."""
    async with scene(fleet, deeds, rounds, mute=mute, own=own) as ours:
        took = [await closed(ear, ours.done_at[ear.id], within) for ear in ours.listeners]
        crossed, latest = after_the_end(fleet, ours)
        assert latest <= within * 1000
        if not mute:
            assert crossed == 0, f"{crossed} frames committed later arrived"
        went_on(ours)
        assert not any([await ear.comes_back() for ear in ours.listeners])
        return (
            f"{', '.join(deeds)}, {'un' if mute else ''}told, {rounds} rounds each: sockets closed "
            f"within {max(took):.2f} s; {crossed} frames committed later arrived before that, of "
            f"{sum(map(len, ours.witness.seen.values()))} events"
        )


async def closed(ear: Ear, done_at: float, within: float) -> float:
    """Seconds from the deed to the close."""
    give_up = done_at + within + 1  # for a test process that is late itself
    while ear.closed is None:
        assert time.monotonic() < give_up, f"not closed within {within} s"
        await asyncio.sleep(0.01)
    code, at = ear.closed
    assert code == 4401
    return max(0.0, at - done_at)


def after_the_end(fleet: Fleet, ours: Scene) -> tuple[int, float]:
    """(how many events arrived that were committed after the deed, on all topics; milliseconds of
    the latest after it, by the database's clock, which only numbered events keep)."""
    crossed = sum(
        len(found) for ear, deed in ours.victims for found in ours.past(ear, deed).values()
    )
    query = (
        "SELECT topic, number, extract(epoch from recorded_at) * 1000 FROM realtime_loggedevent"
        " WHERE topic = ANY(%s)"
    )
    with psycopg.connect(fleet.database_url) as connection:
        rows = connection.execute(query, [ours.topics]).fetchall()
    recorded = {(topic, number): float(at) for topic, number, at in rows}
    late = [
        recorded[topic, one] - ours.limits[ear.id]["at"]
        for ear in ours.listeners
        for topic in ours.topics
        for one in ear.seen[topic]
    ]
    return crossed, max(late, default=0.0)
