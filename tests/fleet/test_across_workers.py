"""Two people on two workers: what one does appears at the other within a second, and only there
where it should."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.factories import PASSWORD
from tests.fleet.client import Client
from tests.fleet.crowd import eventually, percentile, report, spread
from tests.fleet.harness import Fleet
from tests.fleet.positions import Event
from tests.fleet.recorder import Recorder
from tests.fleet.signing import csrf, session_with, sign_in

ROUNDS = 60
WITHIN = 1.0
PACE = 0.06  # a socket may say 20 things a second


@dataclass
class Watcher:
    """Collects the events a client applied, by type, and waits for the next one of a type."""

    seen: dict[str, list[tuple[Event, float]]] = field(default_factory=lambda: defaultdict(list))

    def __call__(self, event: Event, at: float) -> None:
        self.seen[event["type"]].append((event, at))

    async def next(self, kind: str, after: int) -> float:
        """When the event after the first `after` ones of this type came."""
        await eventually(lambda: len(self.seen[kind]) > after, 5, f"a {kind}")
        return self.seen[kind][after][1]


@dataclass
class Two:
    """Ann acts, Bo watches from another worker, and Cy, a stranger, watches too."""

    url: str
    http: aiohttp.ClientSession
    ann: Client
    bo: Client
    cy: Client
    bo_saw: Watcher
    cy_saw: Watcher
    ann_id: int
    room_id: int

    async def post(self, path: str, **body: Any) -> Any:
        body = {"client_id": secrets.token_hex(16), **body}
        headers = csrf(self.http, self.url)
        async with self.http.post(f"{self.url}/api{path}", json=body, headers=headers) as answer:
            assert answer.status in (200, 201), await answer.text()
            return await answer.json()

    async def time(self, kind: str, act: Callable[[int], Awaitable[Any]]) -> list[float]:
        """Seconds from each act to the sight of its event on the other worker."""
        took = []
        for turn in range(ROUNDS):
            before = len(self.bo_saw.seen[kind])
            started = time.monotonic()
            await act(turn)
            took.append(await self.bo_saw.next(kind, before) - started)
            await asyncio.sleep(PACE)
        return took


@asynccontextmanager
async def two_people(fleet: Fleet) -> AsyncIterator[Two]:
    world = fleet.provision(people=2, password=True)
    stranger = fleet.provision(people=1)["people"][0]
    ann_who, bo_who = world["people"]
    recorder, bo_saw, cy_saw = Recorder(), Watcher(), Watcher()
    jar = aiohttp.CookieJar(unsafe=True)
    async with (
        aiohttp.ClientSession(cookie_jar=jar) as http,
        session_with(bo_who["cookie"]) as bo_http,
        session_with(stranger["cookie"]) as cy_http,
    ):
        await sign_in(http, fleet.url, ann_who["username"], PASSWORD)
        ann = Client(fleet.url, http, name="ann", recorder=recorder)
        bo = Client(fleet.url, bo_http, name="bo", recorder=recorder, on_event=bo_saw)
        cy = Client(fleet.url, cy_http, name="cy", recorder=recorder, on_event=cy_saw)
        people = (ann, bo, cy)
        await asyncio.gather(*(person.start() for person in people))
        await spread([ann, bo], fleet.workers)
        topics = f"room:{world['room_id']}", f"author:{ann_who['id']}"
        await asyncio.gather(*(person.join(*topics) for person in people))
        try:
            yield Two(fleet.url, http, ann, bo, cy, bo_saw, cy_saw, ann_who["id"], world["room_id"])
        finally:
            await asyncio.gather(*(person.stop() for person in people))


async def test_everything_crosses_workers_within_a_second(fleet: Fleet) -> None:
    async with two_people(fleet) as two:
        poll = await asked(two)
        # Together: each waits for its own kind of event, and a worker with one thing to do at a
        # time is not what a shop has.
        talked, voted = await asyncio.gather(chat(two), vote(two, poll))
        times = talked | voted | await feed(two)
        for kind, took in times.items():
            p99 = percentile(took, 0.99)
            report(
                f"{kind:<16} on the other worker: p50 {percentile(took, 0.5) * 1000:6.1f} ms, "
                f"p99 {p99 * 1000:6.1f} ms",
            )
            assert p99 < WITHIN, f"{kind}: p99 {p99:.3f} s"
        assert not two.cy_saw.seen, f"a stranger saw {list(two.cy_saw.seen)}"
        refused = {e["topic"] for who, e in two.cy._recorder.errors if who == "cy"}
        assert f"room:{two.room_id}" in refused


async def chat(two: Two) -> dict[str, list[float]]:
    acks: list[dict[str, Any]] = []

    async def send(turn: int) -> None:
        acks.append(await two.ann.message(two.room_id, f"words {turn}"))

    async def edit(turn: int) -> None:
        message = acks[turn]["message_id"]
        await two.ann.say("message.edit", message_id=message, text=f"other words {turn}")

    async def react(turn: int) -> None:
        await two.ann.say("message.react", message_id=acks[turn]["message_id"], emoji="👍")

    return {
        "message.sent": await two.time("message.sent", send),
        "message.edited": await two.time("message.edited", edit),
        "reaction.added": await two.time("reaction.added", react),
    }


async def asked(two: Two) -> dict[str, Any]:
    """A vote in the room; Bo has seen the message that shows it."""
    entry = await two.post(
        "/polls",
        place={"kind": "room", "room_id": two.room_id},
        question="Which?",
        options=[{"text": "this"}, {"text": "that"}],
    )
    poll: dict[str, Any] = entry["poll"]
    await asyncio.gather(two.ann.join(f"poll:{poll['id']}"), two.bo.join(f"poll:{poll['id']}"))
    await two.bo_saw.next("message.sent", 0)
    return poll


async def vote(two: Two, poll: dict[str, Any]) -> dict[str, list[float]]:
    options = [option["id"] for option in poll["options"]]

    async def choose(turn: int) -> None:
        await two.ann.say("poll.vote", poll_id=poll["id"], choices=[options[turn % 2]])

    took = await two.time("poll.changed", choose)
    final = two.bo.snapshots[f"poll:{poll['id']}", "poll.changed", ""]["data"]["poll"]
    assert [option["votes"] for option in final["options"]] == [0, 1]
    return {"poll.changed": took}


async def feed(two: Two) -> dict[str, list[float]]:
    posts: list[Any] = []

    async def publish(turn: int) -> None:
        posts.append(await two.post("/posts", text=f"found this {turn}", audience="friends"))

    published = await two.time("post.published", publish)
    post = posts[-1]["post"]["id"]
    await two.bo.join(f"post:{post}")

    async def comment(turn: int) -> None:
        await two.ann.send("comment.add", post_id=post, text=f"and this {turn}")

    return {"post.published": published, "comment.added": await two.time("comment.added", comment)}
