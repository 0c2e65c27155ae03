"""A client without manners: it writes bytes to the server's port and reads what comes back."""

from __future__ import annotations

import asyncio
import os
import socket
import struct
from typing import Any

import orjson

MASK = b"\x01\x02\x03\x04"


def frame(
    payload: bytes = b"",
    opcode: int = 1,
    *,
    fin: bool = True,
    rsv: int = 0,
    masked: bool = True,
    length: int | None = None,
    wide: int = 0,
) -> bytes:
    """One WebSocket frame as asked for. length: what it claims to be long; wide: in so many bytes
    (0: as few as there must be)."""
    size = len(payload) if length is None else length
    wide = wide or (1 if size < 126 else 2 if size < 65_536 else 8)
    first = (0x80 if fin else 0) | rsv << 4 | opcode
    marker = {1: size, 2: 126, 8: 127}[wide]
    head = bytes((first, (0x80 if masked else 0) | marker))
    if wide > 1:
        head += size.to_bytes(wide, "big")
    if masked:
        turned = bytes(byte ^ MASK[place % 4] for place, byte in enumerate(payload))
        return head + MASK + turned
    return head + payload


def said(text: str | bytes, **how: Any) -> bytes:
    return frame(text if isinstance(text, bytes) else text.encode(), **how)


PING = said('{"op":"ping","ref":99}')


class Raw:
    """One TCP connection; after `upgrade` a WebSocket."""

    def __init__(self, port: int, cookie: str):
        self.port, self.cookie = port, cookie

    async def open(self, receive_buffer: int | None = None) -> None:
        """receive_buffer: bytes that the kernel takes for us while we do not read. The server's
        then holds little as well: it reckons in segments, and ours are small."""
        opened = socket.socket()
        if receive_buffer:
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 1_000)
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        opened.setblocking(False)
        await asyncio.get_running_loop().sock_connect(opened, ("127.0.0.1", self.port))
        self.reader, self.writer = await asyncio.open_connection(sock=opened)

    async def write(self, data: bytes) -> None:
        """What the server has had enough of is not written; that is for `outcome` to tell."""
        try:
            self.writer.write(data)
            async with asyncio.timeout(5):
                await self.writer.drain()
        except (OSError, TimeoutError):
            pass

    async def upgrade(self, receive_buffer: int | None = None) -> None:
        """Become a socket of ours, which greets."""
        await self.shake_hands(receive_buffer)
        assert (await self.heard())["op"] == "hello"

    async def shake_hands(self, receive_buffer: int | None = None) -> None:
        """Become a WebSocket."""
        await self.open(receive_buffer)
        lines = [
            "GET /ws HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"Origin: http://127.0.0.1:{self.port}",
            f"Cookie: sessionid={self.cookie}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        ]
        await self.write("\r\n".join([*lines, "", ""]).encode())
        async with asyncio.timeout(30):
            answer = await self.reader.readuntil(b"\r\n\r\n")
        assert b" 101 " in answer.split(b"\r\n")[0], answer

    async def heard(self, within: float = 10) -> dict[str, Any]:
        """The next frame: what is in it, or {"op": "close", "code": …}, or `pong`."""
        async with asyncio.timeout(within):
            try:
                opcode, payload = await self.next_frame()
            except (OSError, asyncio.IncompleteReadError):
                return {"op": "close", "code": 1006}
        if opcode == 8:
            code = struct.unpack("!H", payload[:2])[0] if len(payload) > 1 else 1005
            return {"op": "close", "code": code}
        if opcode == 10:
            return {"op": "pong"}
        found: dict[str, Any] = orjson.loads(payload)
        return found

    async def next_frame(self) -> tuple[int, bytes]:
        """Its opcode and payload."""
        first, size = await self.reader.readexactly(2)
        if size == 126:
            size = int.from_bytes(await self.reader.readexactly(2), "big")
        elif size == 127:
            size = int.from_bytes(await self.reader.readexactly(8), "big")
        return first & 15, await self.reader.readexactly(size)

    async def outcome(self) -> int:
        """0 when the socket still answers a ping, else the code it was closed with."""
        await self.write(PING)
        while True:
            found = await self.heard()
            if found["op"] == "close":
                return int(found["code"])
            if found.get("ref") == 99:
                return 0

    def drop(self) -> None:
        self.writer.transport.abort()

    async def exchange(self, data: bytes) -> bytes:
        """Plain bytes there, and all that comes back until it closes or falls silent."""
        await self.open()
        await self.write(data)
        got = b""
        try:
            async with asyncio.timeout(1.0):
                while more := await self.reader.read(65_536):
                    got += more
        except (OSError, TimeoutError):
            pass
        self.drop()
        return got


def resident(pid: int) -> int:
    """Kilobytes of memory that a process holds."""
    with open(f"/proc/{pid}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024
