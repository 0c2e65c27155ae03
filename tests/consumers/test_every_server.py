"""One suite for our own worker and for plain ASGI servers, all as real processes: slower frames
there, the same promises. What differs is in docs/protocol.md, "On other servers"."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import pytest

from tests.consumers.one_worker import ROOT, wait_for
from tests.factories import client_id
from tests.fuzz.raw import Raw, said
from tests.services.process import end, free_port, spawn

APPLICATION = "server.asgi:application"
WORKER = "worker"
COMMANDS = {
    WORKER: ["manage.py", "serve", "--workers", "1", "--jobs", "0"],
    "uvicorn": ["-m", "uvicorn", "--ws", "websockets-sansio", "--log-level", "warning"],
    "granian": ["-m", "granian", "--interface", "asgi", "--log-level", "warning"],
}
LONG = "🎉" * 4_000
"""As much as a message may hold: 16 kB."""


class Site:
    """A server with Mei, Bo and their groups."""

    def __init__(
        self, kind: str, process: subprocess.Popen[bytes], port: int, world: dict[str, Any]
    ):
        self.kind, self.process, self.port = kind, process, port
        self.origin = f"http://127.0.0.1:{port}"
        self.keys, self.ids, self.rooms = world["keys"], world["ids"], world["rooms"]
        self.room = self.rooms[0]
        self.topic = f"room:{self.room}"

    def connect(
        self,
        http: aiohttp.ClientSession,
        who: str,
        origin: str | None = None,
        path: str = "/ws",
        compress: int = 0,
    ) -> aiohttp.client._WSRequestContextManager:
        """origin: the page's; our own if None, and "" is a client that names none."""
        page = self.origin if origin is None else origin
        headers = {"Cookie": f"sessionid={self.keys[who]}"} | ({"Origin": page} if page else {})
        return http.ws_connect(f"{self.origin}{path}", headers=headers, compress=compress)

    async def delete(self, http: aiohttp.ClientSession, who: str, path: str) -> None:
        """As a page would: with the CSRF token in a cookie and in a header."""
        token = "c" * 32
        headers = {
            "Origin": self.origin,
            "Cookie": f"sessionid={self.keys[who]}; csrftoken={token}",
            "X-CSRFToken": token,
        }
        async with http.delete(f"{self.origin}{path}", headers=headers) as answer:
            assert answer.status in {204, 401}, await answer.text()


@pytest.fixture(scope="module", params=COMMANDS)
async def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Site]:
    folder: Path = tmp_path_factory.mktemp(request.param)
    port = free_port()
    environment = os.environ | {
        "DATA_DIR": str(folder / "var"),
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "SECRET_KEY": "only-for-tests",
        "PORT": str(port),
        "PUBLIC_ORIGINS": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "server.settings",
    }
    made = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "tests.consumers.two_people"],
        env=environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    log = folder / "server.log"
    command = [sys.executable, *COMMANDS[request.param]]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    command += [] if request.param == WORKER else [APPLICATION]
    process = spawn(command, log=log, env=environment, cwd=ROOT)
    await asyncio.to_thread(wait_for, port, process, log)
    yield Site(request.param, process, port, json.loads(made.stdout.strip().splitlines()[-1]))
    end(process)
    assert "Traceback" not in log.read_text()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def frame(ws: aiohttp.ClientWebSocketResponse, timeout: float = 10) -> Any:
    message = await ws.receive(timeout)
    if message.type == aiohttp.WSMsgType.TEXT:
        return orjson.loads(message.data)
    return {"op": "close", "code": message.data}


async def until(ws: aiohttp.ClientWebSocketResponse, *ops: str) -> Any:
    while (found := await frame(ws))["op"] not in ops:
        pass
    return found


async def ask(ws: aiohttp.ClientWebSocketResponse, op: str, **fields: Any) -> Any:
    await ws.send_str(orjson.dumps({"op": op, "ref": 1, **fields}).decode())
    return await until(ws, "reply", "error", "close")


async def test_hello_join_send_and_the_event(site: Site, http: aiohttp.ClientSession) -> None:
    async with site.connect(http, "mei") as mei, site.connect(http, "bo") as bo:
        for who, ws in (("mei", mei), ("bo", bo)):
            hello = await frame(ws)
            assert (hello["op"], hello["person_id"]) == ("hello", site.ids[who])
            joined = await ask(ws, "join", topics=[{"topic": site.topic, "after": 0}])
            assert [one["topic"] for one in joined["data"]["joined"]] == [site.topic]
        draft = {"client_id": client_id(), "room_id": site.room, "text": "哪个好 🎉"}
        await mei.send_str(orjson.dumps({"op": "message.send", "ref": 2, **draft}).decode())
        event = (await until(bo, "events"))["events"][0]
        assert event["data"]["message"]["text"] == "哪个好 🎉"
        assert (await ask(bo, "ping"))["data"]["time"] > 0


@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
async def test_only_our_pages_come_in(site: Site, http: aiohttp.ClientSession, origin: str) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await site.connect(http, "bo", origin=origin)
    assert refused.value.status == 403


async def test_only_our_people_come_in(site: Site, http: aiohttp.ClientSession) -> None:
    site.keys["nobody"] = "a" * 32
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await site.connect(http, "nobody")
    assert refused.value.status == 403


async def test_another_path_is_no_socket(site: Site, http: aiohttp.ClientSession) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await site.connect(http, "bo", path="/ws/x")
    assert refused.value.status == 403


@pytest.mark.parametrize("text", ["x" * (64 * 1024 + 1), "你" * 22_000])
async def test_a_frame_larger_than_allowed_closes_with_its_code(
    site: Site, http: aiohttp.ClientSession, text: str
) -> None:
    async with site.connect(http, "bo") as bo:
        await frame(bo)
        await bo.send_str(text)
        assert await frame(bo) == {"op": "close", "code": 4413}


async def test_an_empty_and_a_binary_frame_are_answered(
    site: Site, http: aiohttp.ClientSession
) -> None:
    async with site.connect(http, "bo") as bo:
        await frame(bo)
        await bo.send_str("")
        assert (await frame(bo))["error"]["code"] == "bad_frame"
        await bo.send_bytes(b"\x00")
        assert (await frame(bo))["error"]["code"] == "bad_frame"


async def test_flooding_is_refused_and_then_cut_off(
    site: Site, http: aiohttp.ClientSession
) -> None:
    async with site.connect(http, "bo") as bo:
        await frame(bo)
        for _ in range(300):
            await bo.send_str("{}")
        assert await until(bo, "close") == {"op": "close", "code": 4429}


async def _chatter(site: Site, http: aiohttp.ClientSession, each: int) -> None:
    """So many long messages of Mei in every room; she is told that all were kept."""

    async def in_one(room: int) -> None:
        async with site.connect(http, "mei") as mei:
            for _ in range(each):
                draft = {"client_id": client_id(), "room_id": room, "text": LONG}
                answer = await ask(mei, "message.send", **draft)
                assert answer["op"] == "reply", answer

    await asyncio.gather(*map(in_one, site.rooms))


async def test_who_reads_too_slowly_is_cut_off_and_comes_back_by_number(
    site: Site, http: aiohttp.ClientSession
) -> None:
    """More than 1 MB waits for Bo, who reads nothing; Mei is served meanwhile."""
    bo = Raw(site.port, site.keys["bo"])
    await bo.upgrade(receive_buffer=4_096)
    topics = [f"room:{room}" for room in site.rooms]
    await bo.write(said(orjson.dumps({"op": "join", "ref": 1, "topics": _all(topics)})))
    answer: Any = {}
    while (answer := await bo.heard()).get("ref") != 1:
        pass
    have = {one["topic"]: one["head"] for one in answer["data"]["joined"]}
    before = dict(have)
    bo.writer.transport.pause_reading()
    await _chatter(site, http, each=28)
    heard: dict[str, list[int]] = {topic: [] for topic in topics}
    bo.writer.transport.resume_reading()
    while (one := await bo.heard())["op"] != "close":
        _note(heard, one)
    assert one["code"] == 4430, "not 1006: what it found at the end says why"
    bo.drop()
    for topic in topics:
        have[topic] += len(heard[topic])
    assert sum(len(heard[topic]) for topic in topics) < 4 * 28, "it was cut off before the end"
    async with site.connect(http, "bo") as back:
        await frame(back)
        for topic in topics:
            answer = await ask(back, "join", topics=[{"topic": topic, "after": have[topic]}])
            assert answer["data"]["resets"] == []
            _note(heard, answer)
    for topic in topics:
        assert heard[topic] == list(range(before[topic] + 1, before[topic] + 29))


def _all(topics: list[str]) -> list[dict[str, str]]:
    return [{"topic": topic} for topic in topics]


def _note(heard: dict[str, list[int]], found: Any) -> None:
    for event in found.get("events", ()):
        if "number" in event:
            heard[event["topic"]].append(event["number"])


async def test_removal_drops_the_topic_and_the_end_of_a_session_the_socket(
    site: Site, http: aiohttp.ClientSession
) -> None:
    """Near the end: it takes Bo out of the group and signs him out."""
    async with site.connect(http, "bo") as bo:
        await frame(bo)
        await ask(bo, "join", topics=[{"topic": site.topic}])
        await site.delete(http, "mei", f"/api/rooms/{site.room}/members/{site.ids['bo']}")
        assert (await until(bo, "dropped"))["topics"] == [site.topic]
        refused = await ask(bo, "join", topics=[{"topic": site.topic}])
        assert refused["data"]["refused"] == [{"topic": site.topic, "code": "not_found"}]
        # allauth answers a sign-out with 401: that is how things stand now.
        await site.delete(http, "bo", "/_allauth/browser/v1/auth/session")
        assert await until(bo, "close") == {"op": "close", "code": 4401}


async def test_compression_is_what_the_servers_own_settings_say(
    site: Site, http: aiohttp.ClientSession
) -> None:
    """Ours takes none: a frame is built once for all. Whoever runs uvicorn may switch it off."""
    async with site.connect(http, "mei", compress=15) as mei:
        assert (await frame(mei))["op"] == "hello"
        assert bool(mei.compress) == (site.kind == "uvicorn")


async def test_a_restart_is_told(site: Site, http: aiohttp.ClientSession) -> None:
    """Last: it ends the server."""
    async with site.connect(http, "mei") as mei:
        await frame(mei)
        site.process.terminate()
        while (message := await mei.receive(15)).type == aiohttp.WSMsgType.TEXT:
            pass
        told = {WORKER: (1012, "retry_ms="), "uvicorn": (1012, ""), "granian": (1006, "")}
        code, hint = told[site.kind]
        assert mei.close_code == code
        assert (message.extra or "").startswith(hint)
