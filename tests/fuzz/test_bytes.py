"""A real worker and bytes that no browser sends: it stays, remembers nothing, logs no failure."""

from __future__ import annotations

import asyncio
import json
import os
import random
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from consumers.socket import ALL_COMMANDS
from server.errors import CLOSES
from tests.fuzz.raw import MASK, PING, Raw, frame, resident, said
from tests.fuzz.values import frames, some
from tests.services.plugin import KIND
from tests.services.process import end, spawn

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(
    os.environ[KIND] != "sqlite", reason="the worker brings its own database: once is enough"
)

OURS = {close.code for close in CLOSES}
PROTOCOL = {1002, 1006, 1007}
"""What autobahn closes with; 1006: the connection went with unread bytes in it."""
GROWTH = 6 * 1024
"""Kilobytes that a worker may grow by during the second half of it all."""


@dataclass
class Worker:
    port: int
    pid: int
    cookie: str
    log: Path

    async def socket(self) -> Raw:
        made = Raw(self.port, self.cookie)
        await made.upgrade()
        return made


@pytest.fixture(scope="module")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Worker]:
    folder = tmp_path_factory.mktemp("bytes")
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    port = listener.getsockname()[1]
    environment = os.environ | {
        "DATA_DIR": str(folder / "var"),
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "SECRET_KEY": "only-for-tests",
        "PUBLIC_ORIGINS": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "INFO",
        "DJANGO_SETTINGS_MODULE": "server.settings",
    }
    two = [sys.executable, "-m", "tests.consumers.two_people"]
    made = await asyncio.to_thread(
        subprocess.run, two, env=environment, cwd=ROOT, check=True, capture_output=True, text=True
    )
    key = json.loads(made.stdout.strip().splitlines()[-1])["keys"]["mei"]
    log = folder / "worker.log"
    command = [sys.executable, "-m", "consumers.wire.server", "--fd", str(listener.fileno())]
    process = spawn(command, log=log, env=environment, cwd=ROOT, pass_fds=[listener.fileno()])
    listener.close()
    worker = Worker(port, process.pid, key, log)
    async with asyncio.timeout(60):
        # The socket listens already: the first answer comes when the worker has started.
        (await worker.socket()).drop()
    yield worker
    assert process.poll() is None, "the worker died"
    end(process)
    text = log.read_text()
    assert "Traceback" not in text and "Unhandled" not in text, text[-4_000:]
    assert "[error" not in text and "[critical" not in text, text[-4_000:]


FRAMES: dict[str, tuple[bytes, set[int]]] = {
    **{f"opcode {code}": (frame(b"x", code), PROTOCOL) for code in (3, 4, 5, 6, 7, 11, 13, 15)},
    **{f"reserved bit {bit}": (said("{}", rsv=bit), PROTOCOL) for bit in (1, 2, 4, 7)},
    "unmasked": (said('{"op":"ping","ref":1}', masked=False), PROTOCOL),
    "continuation of nothing": (frame(b"x", 0), PROTOCOL),
    "text within a text": (said("{", fin=False) + said("}"), PROTOCOL),
    "a control frame in parts": (frame(b"x", 9, fin=False), PROTOCOL),
    "a ping too long": (frame(b"x" * 126, 9), PROTOCOL),
    "a close too long": (frame(b"\x03\xe8" + b"x" * 130, 8), PROTOCOL),
    "a close of one byte": (frame(b"\x03", 8), PROTOCOL),
    "a close with a bad code": (frame(b"\x03\xe7", 8), PROTOCOL),
    "a close with 1005": (frame(b"\x03\xed", 8), PROTOCOL),
    "a close with a bad reason": (frame(b"\x03\xe8\xff\xfe", 8), PROTOCOL),
    "a good close": (frame(b"\x03\xe8", 8), {1000}),
    "longer than 63 bits": (said("x", length=2**63 + 1, wide=8), PROTOCOL | {4413}),
    "as long as can be": (said("x", length=2**63 - 1, wide=8), {4413, 1006, 1009}),
    "70,000 bytes announced": (said("x", length=70_000, wide=8), {4413, 1006}),
    "a length in too many bytes": (said("{}", wide=8), PROTOCOL),
    "a length in two bytes for one": (said("{}", wide=2), PROTOCOL),
    "not UTF-8": (said(b"\xff\xfe"), {1007, 1006}),
    "half a character": (said(b"\xe4\xbd"), {1007, 1006}),
    "a surrogate in UTF-8": (said(b"\xed\xa0\x80"), {1007, 1006}),
    "a character in two frames": (said(b"\xe4", fin=False) + frame(b"\xbd\xa0", 0), {0}),
    "ping in three frames": (
        said('{"op":"pi', fin=False) + frame(b'ng","r', 0, fin=False) + frame(b'ef":1}', 0),
        {0},
    ),
    "a ping between parts": (
        said('{"op":"ping",', fin=False) + frame(b"hi", 9) + frame(b'"ref":1}', 0),
        {0},
    ),
    "parts beyond the limit": (
        said("x" * 40_000, fin=False) + frame(b"x" * 40_000, 0, fin=False),
        {4413, 1006},
    ),
    "ten thousand parts of a byte": (
        said("x", fin=False) + frame(b"x", 0, fin=False) * 10_000 + frame(b"x", 0),
        {0},
    ),
    "parts of nothing": (said("", fin=False) + frame(b"", 0, fin=False) * 500 + frame(b"", 0), {0}),
    "empty": (said(""), {0}),
    "binary": (frame(b"\x00\x01", 2), {0}),
    "pongs nobody asked for": (frame(b"x", 10) * 200, {0}),
    "pings": (frame(b"x" * 125, 9) * 200, {0}),
    "compressed without having agreed": (said(b"\xaa\x56\x2a", rsv=4), PROTOCOL),
    "100,000 brackets": (said("[" * 60_000), {0}),
    "1 MB": (said("x" * 1_000_000), {4413, 1006}),
}


@pytest.mark.parametrize("name", FRAMES)
async def test_frames_against_the_protocol(name: str, site: Worker) -> None:
    data, codes = FRAMES[name]
    witness, one = await site.socket(), await site.socket()
    await one.write(data)
    assert await one.outcome() in codes
    assert await witness.outcome() == 0, "somebody else's socket"
    one.drop()
    witness.drop()


@pytest.mark.parametrize("seed", range(5))
async def test_frames_cut_anywhere_are_answered_in_their_order(seed: int, site: Worker) -> None:
    """Whole frames are read by us and the rest by autobahn: no cut may make one pass another."""
    choose = random.Random(seed)
    ping = '{{"op":"ping","ref":{},"note":"{}"}}'
    texts = [ping.format(ref, "é" * choose.choice((0, 3, 70, 900))) for ref in range(40)]
    kinds = (
        lambda text: said(text),
        lambda text: said(text[:9], fin=False) + frame(text[9:].encode(), 0),
        lambda text: frame(b"", 9) + said(text),
    )
    data = b"".join(choose.choice(kinds)(text) for text in texts)
    one = await site.socket()
    while data:
        size = choose.choice((1, 2, 7, 50, 500, 5_000))
        await one.write(data[:size])
        data = data[size:]
        await asyncio.sleep(0)
    refs: list[int] = []
    while len(refs) < 40:
        if "ref" in (heard := await one.heard()):
            refs.append(heard["ref"])
    assert refs == list(range(40))
    one.drop()


@pytest.mark.parametrize("fin", [True, False])
async def test_what_looks_like_a_frame_within_a_frame_is_not_one(fin: bool, site: Worker) -> None:
    """The middle of a frame comes alone, and is written as a whole frame would be."""
    within = said('{"op":"ping","ref":7}')
    unmasked = bytes(byte ^ MASK[place % 4] for place, byte in enumerate(within))
    around = frame(b"[" * 4 + unmasked, fin=fin)
    one = await site.socket()
    for part in (around[: -len(within)], within, b"" if fin else frame(b"", 0)):
        await one.write(part)
        await asyncio.sleep(0.05)
    refused = await one.heard()
    assert refused["op"] in {"error", "close"} and refused.get("ref") is None
    one.drop()


HELLO = b"GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\n"
UPGRADE = HELLO + b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
KEY = b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
REQUESTS: list[bytes] = [
    b"",
    b"\r\n\r\n",
    b"\0" * 1_000,
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"x" * 500,  # somebody speaks TLS
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET \xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /\0 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET //evil.example/%2e%2e HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
    b"GET / HTTP/1.1\r\nno colon here\r\n\r\n",
    b"GET / HTTP/1.1\r\n: no name\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * 200_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 5_000 + b"\r\n",
    b"GET /" + b"x" * 200_000 + b" HTTP/1.1\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Cookie: csrftoken=" + b"c" * 32 + b"\r\nContent-Length: 4400\r\n\r\n" + b"a=1&" * 1_100,
    b"POST /api/posts HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
    b"POST /api/posts HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1e9\r\n\r\n",
    b"POST /api/posts HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + b"9" * 40 + b"\r\n\r\n",
    b"POST /api/posts HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
    b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\nGET",
    b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
    b"POST / HTTP/1.1\r\nTransfer-Encoding: nonsense\r\n\r\nhello",
    HELLO + b"\r\n",
    HELLO + b"Upgrade: nonsense\r\nConnection: Upgrade\r\n\r\n",
    UPGRADE + b"\r\n",
    UPGRADE + b"Sec-WebSocket-Key: short\r\n\r\n",
    UPGRADE + KEY + b"\r\n",
    UPGRADE + KEY + b"Origin: http://evil.example\r\n\r\n",
    UPGRADE + KEY + b"Origin: \xff\xfe\r\n\r\n",
    UPGRADE + KEY + b"Origin: http://[::1\r\n\r\n",
    UPGRADE + KEY + b"Origin: http://127.0.0.1:99999999\r\n\r\n",
    UPGRADE + KEY + b"Cookie: sessionid=\xff\xfe\r\n\r\n",
    UPGRADE + KEY + b'Cookie: sessionid="\\000\\000"\r\n\r\n',
    UPGRADE + KEY + b"Sec-WebSocket-Protocol: \xff, ,\r\n\r\n",
    UPGRADE + KEY + b'Sec-WebSocket-Extensions: permessage-deflate; x="\r\n\r\n',
    UPGRADE.replace(b"13", b"7") + KEY + b"\r\n",
    UPGRADE.replace(b"/ws", b"/ws/%00/../x") + KEY + b"\r\n",
    UPGRADE.replace(b"GET", b"POST") + KEY + b"\r\n",
]


async def test_bytes_that_are_no_request(site: Worker) -> None:
    witness = await site.socket()
    answers = [Raw(site.port, site.cookie).exchange(data) for data in REQUESTS]
    for data, got in zip(REQUESTS, await asyncio.gather(*answers), strict=True):
        assert b" 500 " not in got.split(b"\r\n")[0], (data[:100], got[:200])
        assert b"Traceback" not in got and b" 101 " not in got.split(b"\r\n")[0], data[:100]
        assert b"evil.example" not in got.split(b"\r\n\r\n")[0], (data[:100], got[:300])
    assert await witness.outcome() == 0
    witness.drop()


async def test_memory_stays_flat_under_noise(site: Worker) -> None:
    """Sockets that say wrong things until they are cut off, and ones that end in mid-frame."""
    bodies = {op: command.body.model_json_schema() for op, command in ALL_COMMANDS.items()}
    texts = [text.encode(errors="replace") for text in some(frames(bodies), 300)]
    chance = random.Random(11)
    held = 0
    for turn in range(24):
        sockets = [await site.socket() for _ in range(4)]
        for one in sockets[:2]:
            for text in chance.sample(texts, 50):
                await one.write(frame(text))
            assert await one.outcome() in {0, 4429, 4413, 1006}
        await sockets[2].write(frame(chance.randbytes(300), chance.randrange(16)))
        await sockets[3].write((PING * 20 + MASK)[: chance.randrange(1, 200)])
        for one in sockets:
            one.drop()
        if turn == 8:
            held = resident(site.pid)
    await asyncio.sleep(0.5)
    witness = await site.socket()
    assert await witness.outcome() == 0
    witness.drop()
    grown = resident(site.pid) - held
    assert grown < GROWTH, f"{grown} kB more"


async def test_pongs_for_a_peer_that_reads_nothing_are_bounded(site: Worker) -> None:
    """Each ping asks for an answer, and no limit on frames counts it: 30 MB of them."""
    one = await site.socket()
    one.writer.transport.pause_reading()  # type: ignore[attr-defined]
    before = resident(site.pid)
    most = 0
    for _ in range(240):
        await one.write(frame(b"x" * 125, 9) * 1_000)
        most = max(most, resident(site.pid) - before)
        if one.writer.transport.is_closing():
            break
    assert most < 12 * 1024, f"{most} kB more"
    one.drop()
    witness = await site.socket()
    assert await witness.outcome() == 0
    witness.drop()
