"""Our own server process: what has nothing to do with others (test_every_server.py)."""

import asyncio
import os
import signal
import sqlite3
import struct
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from consumers.wire.frames import text_frame
from tests.consumers.one_worker import ROOT, shop, wait_for
from tests.services.process import end, free_port, spawn
from tests.services.redis import Redis


class Running:
    """A worker with one signed-in person."""

    def __init__(self, port: int, cookie: str):
        self.port, self.cookie = port, cookie
        self.origin = f"http://127.0.0.1:{port}"

    def connect(self, http: aiohttp.ClientSession) -> aiohttp.client._WSRequestContextManager:
        headers = {"Origin": self.origin, "Cookie": self.cookie}
        return http.ws_connect(f"{self.origin}/ws", headers=headers)


@pytest.fixture(scope="module")
async def server(
    tmp_path_factory: pytest.TempPathFactory, redis_server: Redis
) -> AsyncIterator[Running]:
    folder: Path = tmp_path_factory.mktemp("server")
    port = free_port()
    made = await asyncio.to_thread(shop, folder, port, redis_server)
    log = folder / "server.log"
    process = spawn(made.command, log=log, env=os.environ | made.environment, cwd=ROOT)
    await asyncio.to_thread(wait_for, port, process, log)
    yield Running(port, made.cookie)
    end(process)


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 70_000])
def test_a_prepared_frame_is_a_whole_text_frame(size: int) -> None:
    frame = text_frame("x" * size)
    assert frame[0] == 0x81
    length, start = frame[1], 2
    if length == 126:
        (length,), start = struct.unpack("!H", frame[2:4]), 4
    elif length == 127:
        (length,), start = struct.unpack("!Q", frame[2:10]), 10
    assert (length, frame[start:]) == (size, b"x" * size)


async def test_a_body_that_says_it_is_too_large_is_refused_before_it_is_sent(
    server: Running,
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(
        b"POST /api/pictures HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000000\r\n\r\n"
    )
    answer = await asyncio.wait_for(reader.read(), 10)
    assert answer.startswith(b"HTTP/1.1 413")
    assert b'"too_large"' in answer
    writer.close()


async def test_a_request_that_comes_during_the_drain_is_answered_too(
    tmp_path: Path, redis_server: Redis, http: aiohttp.ClientSession
) -> None:
    """On a connection kept alive from before. A writer elsewhere makes everybody wait a second."""
    port = free_port()
    made = await asyncio.to_thread(shop, tmp_path, port, redis_server)
    log = tmp_path / "server.log"
    process = spawn(made.command, log=log, env=os.environ | made.environment, cwd=ROOT)
    try:
        await asyncio.to_thread(wait_for, port, process, log)
        running = Running(port, made.cookie)
        one, two = [await asyncio.open_connection("127.0.0.1", port) for _ in range(2)]
        for connection in (one, two):
            assert (await _ask(connection, running, "GET"))[0] == 200
        async with running.connect(http) as ws:
            await ws.receive_str()
            database = sqlite3.connect(tmp_path / "shop" / "jianghu.sqlite3", isolation_level=None)
            database.execute("BEGIN IMMEDIATE")
            before = asyncio.create_task(_ask(one, running, "PATCH", b'{"bio":"one"}'))
            await asyncio.sleep(0.3)
            process.send_signal(signal.SIGTERM)
            await asyncio.sleep(0.5)
            late = asyncio.create_task(_ask(two, running, "PATCH", b'{"bio":"two"}'))
            await asyncio.sleep(0.7)
            database.execute("ROLLBACK")
            database.close()
            assert (await before)[0] == 200
            status, head = await late
            assert status == 200
            assert b"connection: close" in head.lower()
            while (message := await ws.receive(10)).type == aiohttp.WSMsgType.TEXT:
                pass
            assert message.data == 1012
        assert await asyncio.to_thread(process.wait, 15) == 0
    finally:
        end(process)
        for _, writer in (one, two):
            writer.close()


async def _ask(
    connection: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    running: Running,
    method: str,
    body: bytes = b"",
) -> tuple[int, bytes]:
    """Status and head of /api/me, asked as a page would."""
    reader, writer = connection
    token = "c" * 32
    writer.write(
        f"{method} /api/me HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\n"
        f"Origin: {running.origin}\r\nCookie: {running.cookie}; csrftoken={token}\r\n"
        f"X-CSRFToken: {token}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n".encode()
        + body
    )
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
    lines = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if line)
    await reader.readexactly(int(lines[b"content-length"]))
    return int(head.split()[1]), head


async def test_compression_that_is_offered_is_not_taken_and_cuts_nobody_off(
    server: Running,
) -> None:
    """Every browser offers it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(
        f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nOrigin: {server.origin}\r\n"
        f"Cookie: {server.cookie}\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    async with asyncio.timeout(10):
        head = await reader.readuntil(b"\r\n\r\n")
        frame = await reader.readexactly(2)
    writer.close()
    assert head.startswith(b"HTTP/1.1 101 ")
    assert b"sec-websocket-extensions" not in head.lower()
    assert frame[0] == 0x81, "a whole text frame, not a compressed one"
