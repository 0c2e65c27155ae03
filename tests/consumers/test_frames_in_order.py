"""Frames of every kind on one socket whose peer takes a few bytes at a time: read byte by byte."""

from __future__ import annotations

import asyncio
import os
import random
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from consumers.wire.limits import FRAME_BYTES, UNSENT_BYTES
from consumers.wire.prepared import LINGER_SECONDS
from tests.consumers.frame_writer import FRAMES, SIZES, content
from tests.consumers.one_worker import ROOT, wait_for
from tests.fuzz.raw import Raw, frame, said
from tests.services.process import end, free_port, spawn

TEXT, BINARY, CLOSE, PING, PONG = 0x1, 0x2, 0x8, 0x9, 0xA
PROGRAM = "import django; django.setup(); from tests.consumers.frame_writer import main; main()"
ENVIRONMENT = {"DJANGO_SETTINGS_MODULE": "server.settings", "SECRET_KEY": "only-for-tests"}


class Broken(Exception):
    """These bytes are no frames of a server."""


class Parser:
    """Strict: what a server may not send, or not here, is refused."""

    def __init__(self) -> None:
        self._rest = b""
        self.frames: list[tuple[int, bytes]] = []

    def feed(self, data: bytes) -> None:
        self._rest += data
        while (found := self._next()) is not None:
            if self.frames and self.frames[-1][0] == CLOSE:
                raise Broken("something follows the close")
            self.frames.append(found)

    def _next(self) -> tuple[int, bytes] | None:
        if len(self._rest) < 2:
            return None
        first, size, start = self._rest[0], self._rest[1], 2
        if first not in {0x80 | kind for kind in (TEXT, BINARY, CLOSE, PING, PONG)}:
            raise Broken(f"no first byte of a whole frame: {first:#x}")
        if size & 0x80:
            raise Broken("masked")
        if first & 8 and size > 125:
            raise Broken("a control frame that long")
        if size > 125:
            start = 4 if size == 126 else 10
            if len(self._rest) < start:
                return None
            size = int.from_bytes(self._rest[2:start], "big")
            if size < (126 if start == 4 else 65_536) or size > max(SIZES) + 100:
                raise Broken(f"a length of {size} said in {start - 2} bytes")
        if len(self._rest) < start + size:
            return None
        payload, self._rest = self._rest[start : start + size], self._rest[start + size :]
        return first & 0x0F, payload

    def whole(self) -> bool:
        return not self._rest


@contextmanager
def writer(folder: Path, *defects: str) -> Iterator[int]:
    """The port of a running frame_writer."""
    port, log = free_port(), folder / "writer.log"
    command = [sys.executable, "-c", PROGRAM, str(port), *defects]
    process = spawn(command, log=log, env=os.environ | ENVIRONMENT, cwd=ROOT)
    try:
        wait_for(port, process, log)
        yield port
    finally:
        end(process)
    assert "Traceback" not in log.read_text()


async def connect(port: int) -> Raw:
    raw = Raw(port, "none")
    await raw.shake_hands(receive_buffer=4_096)
    return raw


async def read_in_dribs(raw: Raw) -> Parser:
    """A few bytes now and many then, pings of our own in between."""
    parser, dice, pings = Parser(), random.Random(2), 0
    while data := await raw.reader.read(dice.choice((1, 2, 3, 7, 100, 1_000, 40_000))):
        parser.feed(data)
        if dice.random() < 0.01:
            await asyncio.sleep(dice.choice((0.001, 0.03)))
            await raw.write(frame(b"from the peer", PING))
            pings += 1
        if parser.frames and parser.frames[-1][0] == CLOSE:
            break
    assert pings > 10
    return parser


async def test_every_kind_of_frame_is_whole_and_in_its_place(tmp_path: Path) -> None:
    with writer(tmp_path) as port:
        raw = await connect(port)
        await raw.write(said("go"))
        async with asyncio.timeout(60):
            parser = await read_in_dribs(raw)
        raw.drop()
    assert parser.whole()
    *before, (kind, payload) = parser.frames
    assert (kind, struct.unpack("!H", payload[:2])) == (CLOSE, (4401,))
    answered = [payload for kind, payload in before if kind == PONG]
    assert answered and set(answered) == {b"from the peer"}
    ours = [(kind, payload.decode()) for kind, payload in before if kind != PONG]
    assert len(ours) == FRAMES
    for number, (kind, text) in enumerate(ours):
        assert text == (f"{number}:" if kind == PING else content(number))
    assert {kind for kind, _ in ours} == {TEXT, BINARY, PING}


async def test_a_write_past_what_waits_would_be_noticed(tmp_path: Path) -> None:
    """The same against a server that writes straight to the kernel whatever waits before it."""
    with writer(tmp_path, "always-straight") as port:
        raw = await connect(port)
        await raw.write(said("go"))
        with pytest.raises(Broken):
            async with asyncio.timeout(60):
                await read_in_dribs(raw)
        raw.drop()


async def test_who_never_reads_is_let_go_after_a_while_and_holds_little_until_then(
    tmp_path: Path,
) -> None:
    with writer(tmp_path) as port:
        sleeper, other = await connect(port), await connect(port)
        sleeper.writer.transport.pause_reading()  # type: ignore[attr-defined]
        await sleeper.write(said("flood"))
        waiting, begun = await unread(other), time.monotonic()
        assert 0 < waiting <= max(SIZES) + 100, "a frame and the close, not a megabyte"
        while await unread(other) >= 0:
            assert time.monotonic() - begun < LINGER_SECONDS + 3
            await asyncio.sleep(0.1)
        assert time.monotonic() - begun > LINGER_SECONDS - 2, "it had time to read why"
        sleeper.drop()
        other.drop()


async def of_the_first(other: Raw, what: str) -> int:
    """What the server says of the socket that was opened first."""
    await other.write(said(what))
    kind, payload = await other.next_frame()
    assert kind == TEXT
    return int(payload.decode().strip("[]").split(",")[0])


async def unread(other: Raw) -> int:
    """Bytes that wait for the first socket, once its flood is over; -1 when it has ended."""
    while (waiting := await of_the_first(other, "status")) > UNSENT_BYTES // 2:
        pass
    return waiting


async def test_a_flood_that_goes_on_after_our_close_is_not_read(tmp_path: Path) -> None:
    one_reading = 65_536
    with writer(tmp_path) as port:
        flooder, other = await connect(port), await connect(port)
        await flooder.write(said("close"))
        assert (await flooder.heard())["code"] == 4429
        flooder.writer.write(said("x" * 60_000) * 100)
        await asyncio.sleep(0.5)
        unheard = await of_the_first(other, "unheard")
        assert FRAME_BYTES < unheard <= FRAME_BYTES + one_reading
        flooder.drop()
        other.drop()
