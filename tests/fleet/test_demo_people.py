"""The simulator as `make run` starts it: a seeded world, a real server, and a visitor's socket."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from server.demo.queries import PASSWORD
from tests.fleet.client import Client, Event
from tests.fleet.recorder import Recorder
from tests.fleet.signing import csrf, sign_in
from tests.services.process import end, free_port, spawn, tail

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 60.0
PATIENCE = 60.0
"""Seconds the demo people get on a busy machine; they need about ten."""

DUE = """
from django.db.models.functions import Now
from server.sharing.models import Activity
Activity.objects.filter(state="waiting").update(due_at=Now())
"""

pytestmark = pytest.mark.timeout(400)


class Town:
    """A seeded server of its own, with the demo people acting."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "serve.log"
        self.acting = folder / "simulate.log"
        outside = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PUBLIC_ORIGINS")
        self.env = {name: text for name, text in os.environ.items() if name not in outside}
        self.env |= {
            "DATA_DIR": str(folder / "var"),
            "PORT": str(self.port),
            "DEMO": "1",
            "LOG_LEVEL": "WARNING",
        }

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
        )

    def serve(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "manage.py", "serve", "--port", str(self.port)]
        return spawn(command, log=self.log, env=self.env, cwd=ROOT)

    def simulate(self, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "manage.py", "simulate", "--url", self.url, *options]
        env = self.env | {"LOG_LEVEL": "DEBUG"}
        return spawn(command, log=self.acting, env=env, cwd=ROOT)

    async def wait_until_ready(self) -> None:
        give_up = time.monotonic() + READY_WITHIN
        async with aiohttp.ClientSession() as http:
            while time.monotonic() < give_up:
                try:
                    async with http.get(f"{self.url}/readyz") as response:
                        if response.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.1)
        raise AssertionError(f"not ready:\n{tail(self.log)}")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """In the embedded mode, as for most who try it."""
    town = Town(tmp_path_factory.mktemp("town"))
    for command in (("migrate", "--no-input"), ("seed_demo",)):
        done = town.manage(*command)
        assert done.returncode == 0, done.stderr
    assert PASSWORD in done.stdout and "demo world: ready" in done.stderr
    again = town.manage("seed_demo")
    assert again.stdout == done.stdout and not again.stderr
    server = town.serve()
    try:
        yield town
    finally:
        end(server, patience=25)


class Visitor:
    """Somebody signed in as a demo person: reads, writes, and hears everything."""

    def __init__(self, town: Town, http: aiohttp.ClientSession) -> None:
        self._url, self._http = town.url, http
        self.heard: list[Event] = []
        self.recorder = Recorder()
        self.client = Client(
            town.url,
            http,
            name="visitor",
            recorder=self.recorder,
            on_event=lambda event, at: self.heard.append(event),
        )

    async def come_in(self, username: str) -> None:
        await sign_in(self._http, self._url, username, PASSWORD)
        await self.client.start()
        me = await self.get("/me")
        self.rooms = (await self.get("/rooms"))["rooms"]
        votes = (await self.get("/polls/open"))["polls"]
        heads = {f"room:{room['id']}": room["head"] for room in self.rooms}
        heads |= (await self.get("/feed"))["heads"] | {f"user:{me['person']['id']}": me["head"]}
        await self.client.join(*heads, after=heads)
        await self.client.join(*(f"poll:{entry['poll']['id']}" for entry in votes))

    async def get(self, path: str) -> Any:
        return await self.ask("GET", path)

    async def ask(self, method: str, path: str, body: Any = None) -> Any:
        headers, url = csrf(self._http, self._url), f"{self._url}/api{path}"
        async with self._http.request(method, url, headers=headers, json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def until(self, what: str, fits: Callable[[Event], object], since: int = 0) -> Event:
        """The first event that fits."""
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            for event in self.heard[since:]:
                if fits(event):
                    return event
            await asyncio.sleep(0.05)
        raise AssertionError(f"no {what} among {len(self.heard)} events")


@pytest.fixture(scope="module")
async def visitor(town: Town) -> AsyncIterator[Visitor]:
    await town.wait_until_ready()
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as http:
        visitor = Visitor(town, http)
        await visitor.come_in("wen")
        yield visitor
        await visitor.client.stop()


@pytest.fixture(scope="module")
def show(town: Town, visitor: Visitor) -> Iterator[subprocess.Popen[bytes]]:
    show = town.simulate("--people", "6", "--pace", "12")
    yield show
    end(show)


def by_others(visitor: Visitor) -> Callable[[Event], bool]:
    mine = visitor.client.person_id
    return lambda event: (
        event["type"] == "message.sent" and event["data"]["message"]["author"]["id"] != mine
    )


async def test_before_they_act_nothing_happens(visitor: Visitor) -> None:
    await asyncio.sleep(1)
    assert not [event for event in visitor.heard if "number" in event or event["type"] == "typing"]


async def test_messages_typing_votes_and_feed_arrive(
    visitor: Visitor, show: subprocess.Popen[bytes]
) -> None:
    typing = await visitor.until("typing", lambda event: event["type"] == "typing")
    # Some of what they send is only a picture or an item: those who typed said something.
    message = await visitor.until(
        "message",
        lambda event: by_others(visitor)(event) and event["data"]["message"]["text"].strip(),
    )
    begun = len(visitor.heard)
    await visitor.until("vote", lambda e: e["type"] == "poll.changed", since=begun)
    assert typing["topic"].startswith("room:")
    assert message["topic"].startswith("room:")
    sent = [e["data"]["message"] for e in visitor.heard if e["type"] == "message.sent"]
    assert all(one["author"]["username"] != "wen" for one in sent)


async def test_a_seller_answers_what_was_asked(
    visitor: Visitor, show: subprocess.Popen[bytes]
) -> None:
    [room] = [one for one in visitor.rooms if one["store"]]
    begun = len(visitor.heard)
    await visitor.client.message(room["id"], "现在下单，什么时候发货？")
    answered = await visitor.until(
        "answer",
        lambda e: e["topic"] == f"room:{room['id']}" and by_others(visitor)(e),
        since=begun,
    )
    said = answered["data"]["message"]
    assert said["as_store"] and ("天" in said["text"] or "到" in said["text"])


async def test_a_friend_answers_in_a_direct_chat_and_reads(
    visitor: Visitor, show: subprocess.Popen[bytes]
) -> None:
    rooms = {room["people"][0]["username"]: room for room in visitor.rooms if not room["title"]}
    room, begun = rooms["bo"], len(visitor.heard)
    sent = await visitor.client.message(room["id"], "hello")
    here = f"room:{room['id']}"
    await visitor.until("answer", lambda e: e["topic"] == here and by_others(visitor)(e), begun)
    await visitor.until(
        "read mark",
        lambda e: (
            e["type"] == "room.reads"
            and e["topic"] == here
            and all(mark["ordinal"] >= sent["ordinal"] for mark in e["data"]["reads"])
        ),
        begun,
    )


async def test_a_request_for_friendship_is_accepted(
    town: Town, visitor: Visitor, show: subprocess.Popen[bytes]
) -> None:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        tian = Visitor(town, http)
        await tian.come_in("tian")
        [mei] = [
            one["person"]
            for one in (await tian.get("/people?q=mei"))["people"]
            if one["person"]["username"] == "mei"
        ]
        tie = await tian.ask("POST", f"/people/{mei['id']}/friendship")
        assert tie["tie"] == "asked"
        await tian.until(
            "friendship",
            lambda e: (
                e["type"] == "tie.changed"
                and e["data"]["person"]["id"] == mei["id"]
                and e["data"]["tie"] == "friends"
            ),
        )
        await tian.client.stop()


async def test_they_survive_a_restart_of_the_worker(
    town: Town, visitor: Visitor, show: subprocess.Popen[bytes]
) -> None:
    [worker] = _workers(town)
    os.kill(worker, 9)
    await asyncio.sleep(1)
    await town.wait_until_ready()
    begun = len(visitor.heard)
    await visitor.until("message", by_others(visitor), since=begun)
    assert show.poll() is None


def _workers(town: Town) -> list[int]:
    """The processes below our server."""
    found = []
    for status in Path("/proc").glob("[0-9]*/environ"):
        try:
            environ, command = status.read_bytes(), (status.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if f"PORT={town.port}\0".encode() in environ and b"consumers.wire.server" in command:
            found.append(int(status.parent.name))
    return found


async def test_told_to_end_they_go_within_three_seconds_and_sign_out(
    town: Town, visitor: Visitor, show: subprocess.Popen[bytes]
) -> None:
    assert show.poll() is None, tail(town.acting)
    show.terminate()
    started = time.monotonic()
    while show.poll() is None and time.monotonic() - started < 10:
        await asyncio.sleep(0.02)
    assert show.returncode == 0
    assert time.monotonic() - started < 3
    begun = len(visitor.heard)
    await asyncio.sleep(1)
    assert not [e for e in visitor.heard[begun:] if e["type"] == "message.sent"]
    acted = tail(town.acting, 1000)
    assert " says in " in acted and " answers in " in acted and "vote" in acted
    assert "Traceback" not in acted and "Unclosed" not in acted, acted


async def test_all_that_left_in_their_day_was_allowed(town: Town, visitor: Visitor) -> None:
    """Frames, notices, letters and whom activities were shown to, after everything above."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        bo = Visitor(town, http)
        await bo.come_in("bo")
        await bo.ask("PUT", "/me/sharing/bookmark", {"audience": "friends", "text": 1})
        [item, *_] = (await bo.get("/items"))["items"]
        await bo.ask("PUT", f"/bookmarks/{item['id']}", {})
        assert town.manage("shell", "-c", DUE).returncode == 0
        await visitor.until("activity", lambda event: event["type"] == "activity.shown")
        assert (await visitor.get("/activity"))["activities"]
        await bo.client.stop()
    audited = town.manage("audit_consent")
    assert audited.returncode == 0, audited.stdout[-2000:] + audited.stderr
    *wrong, told = audited.stdout.splitlines()
    looked = int(told.split()[0])
    assert not wrong and looked > 100, told
    print(f"  a day of the demo people: {looked} frames, notices and letters, all allowed")
