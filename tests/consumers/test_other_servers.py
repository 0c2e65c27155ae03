"""The same application on plain ASGI servers, as real processes: slower frames, same promises."""

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
from tests.services.process import end, free_port, spawn

APPLICATION = "server.asgi:application"
COMMANDS = {
    "uvicorn": ["uvicorn", "--ws", "websockets-sansio", "--log-level", "warning", APPLICATION],
    "granian": ["granian", "--interface", "asgi", "--log-level", "warning", APPLICATION],
}


class Site:
    """A server with Mei, Bo and their group."""

    def __init__(self, port: int, world: dict[str, Any]):
        self.origin = f"http://127.0.0.1:{port}"
        self.keys, self.ids, self.room = world["keys"], world["ids"], world["room"]
        self.topic = f"room:{self.room}"

    def connect(
        self, http: aiohttp.ClientSession, who: str, origin: str | None = None
    ) -> aiohttp.client._WSRequestContextManager:
        headers = {"Origin": origin or self.origin, "Cookie": f"sessionid={self.keys[who]}"}
        return http.ws_connect(f"{self.origin}/ws", headers=headers)

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
    command = [sys.executable, "-m", *COMMANDS[request.param]]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    process = spawn(command, log=log, env=environment, cwd=ROOT)
    await asyncio.to_thread(wait_for, port, process, log)
    yield Site(port, json.loads(made.stdout.strip().splitlines()[-1]))
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


async def test_only_our_pages_and_people_come_in(site: Site, http: aiohttp.ClientSession) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await site.connect(http, "bo", origin="http://evil.example")
    assert refused.value.status == 403
    site.keys["nobody"] = "a" * 32
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await site.connect(http, "nobody")
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


async def test_removal_drops_the_topic_and_the_end_of_a_session_the_socket(
    site: Site, http: aiohttp.ClientSession
) -> None:
    """Last: it takes Bo out of the group and signs him out."""
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
