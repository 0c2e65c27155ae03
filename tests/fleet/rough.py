"""Peers that do not behave, on bare sockets: a library would be too polite."""

from __future__ import annotations

import asyncio
import base64
import secrets
import socket
import struct
import time
from contextlib import suppress

import orjson

from tests.fleet.harness import Fleet

TEXT, CLOSE = 0x1, 0x8


def frame(text: bytes) -> bytes:
    """One masked text frame; a mask of zeros is a mask."""
    size = len(text)
    head = bytes([0x80 | size]) if size < 126 else b"\xfe" + struct.pack(">H", size)
    return b"\x81" + head + bytes(4) + text


class Rough:
    """A WebSocket opened by hand. Blocking: use it in a thread."""

    def __init__(self, fleet: Fleet, cookie: str) -> None:
        self._fleet, self._cookie = fleet, cookie
        self._socket: socket.socket | None = None

    def _open(self, receive_buffer: int | None = None) -> socket.socket:
        opened = socket.socket()
        if receive_buffer:
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        opened.settimeout(10)
        opened.connect(("127.0.0.1", self._fleet.port))
        key = base64.b64encode(secrets.token_bytes(16)).decode()
        opened.sendall(
            f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{self._fleet.port}\r\n"
            f"Origin: {self._fleet.url}\r\nCookie: sessionid={self._cookie}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {key}\r\n\r\n".encode()
        )
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += opened.recv(1)
        assert answer.startswith(b"HTTP/1.1 101"), answer
        self._socket = opened
        return opened

    def _read(self, source: socket.socket) -> tuple[int, bytes]:
        """One frame: its kind and what is in it."""
        kind, size = self._exactly(source, 2)
        if size == 126:
            [size] = struct.unpack(">H", self._exactly(source, 2))
        elif size == 127:
            [size] = struct.unpack(">Q", self._exactly(source, 8))
        return kind & 0x0F, self._exactly(source, size)

    def _exactly(self, source: socket.socket, size: int) -> bytes:
        found = b""
        while len(found) < size:
            more = source.recv(size - len(found))
            if not more:
                raise ConnectionError("ended")
            found += more
        return found

    def stop(self) -> None:
        if self._socket is not None:
            self._socket.close()


class SlowReader(Rough):
    """Joins a topic and then reads 1 kB a second."""

    async def start(self, topic: str) -> None:
        await asyncio.to_thread(self._join, topic)
        self._reading = asyncio.create_task(self._crawl())

    def _join(self, topic: str) -> None:
        opened = self._open(receive_buffer=4096)
        opened.sendall(frame(orjson.dumps({"op": "join", "ref": 1, "topics": [{"topic": topic}]})))
        while b'"reply"' not in self._read(opened)[1]:
            pass
        opened.setblocking(False)

    async def _crawl(self) -> None:
        assert self._socket is not None
        loop = asyncio.get_running_loop()
        with suppress(OSError):
            while await loop.sock_recv(self._socket, 100):
                await asyncio.sleep(0.1)

    async def was_cut_off(self) -> bool:
        """Whether there is an end behind what was sent before: read all of it, for once."""
        assert self._socket is not None
        self._reading.cancel()
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(8):  # the server waits 5 s for an answer to its close
                while await loop.sock_recv(self._socket, 65536):
                    pass
        except TimeoutError:
            return False
        except OSError:
            return True
        return True

    def stop(self) -> None:
        self._reading.cancel()
        super().stop()


class Flooder(Rough):
    """Says a thing as fast as the kernel takes it; comes back when it is cut off."""

    BLOB = frame(b'{"op":"ping","ref":1}') * 400

    def __init__(self, fleet: Fleet, cookie: str) -> None:
        super().__init__(fleet, cookie)
        self.said = 0
        self.closes: list[int] = []
        self._open_for = 0.0

    @property
    def rate(self) -> float:
        """Frames a second while it was let."""
        return self.said / max(self._open_for, 0.001)

    async def flood(self, seconds: float) -> None:
        await asyncio.to_thread(self._flood, time.monotonic() + seconds)

    def _flood(self, until: float) -> None:
        while time.monotonic() < until:
            opened = self._open()
            self._shout(opened, until)
            opened.close()
            time.sleep(0.1)

    def _shout(self, opened: socket.socket, until: float) -> None:
        """20,000 a second at least, until the close comes or the time is over."""
        opened.setblocking(False)
        begun, heard, blob = time.monotonic(), b"", memoryview(b"")
        try:
            while time.monotonic() < until:
                blob = blob or memoryview(self.BLOB)
                try:
                    sent = opened.send(blob)
                    blob = blob[sent:]
                    self.said += sent * 400 // len(self.BLOB)
                except BlockingIOError:
                    time.sleep(0.001)
                try:
                    more = opened.recv(65536)
                    heard += more
                    if not more:
                        return
                except BlockingIOError:
                    pass
                if (code := close_code(heard)) is not None:
                    self.closes.append(code)
                    return
        except ConnectionError:
            self.closes.append(close_code(heard) or 1006)
        finally:
            self._open_for += time.monotonic() - begun


def close_code(heard: bytes) -> int | None:
    """The code of the close frame among these frames, if it has come."""
    at = 0
    while at + 2 <= len(heard):
        kind, size, skip = heard[at] & 0x0F, heard[at + 1], 2
        if size == 126 and at + 4 <= len(heard):
            [size], skip = struct.unpack(">H", heard[at + 2 : at + 4]), 4
        elif size == 127 and at + 10 <= len(heard):
            [size], skip = struct.unpack(">Q", heard[at + 2 : at + 10]), 10
        if kind == CLOSE and at + skip + 2 <= len(heard):
            [code] = struct.unpack(">H", heard[at + skip : at + skip + 2])
            return int(code)
        at += skip + size
    return None
