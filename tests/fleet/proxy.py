"""A network that misbehaves: one listening line per client, in front of a fleet."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count

CHUNK = 64 * 1024


class Line:
    """Carries bytes both ways until it is told to be silent, to cut, or to be away."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._ended = asyncio.Event()
        self._silent = asyncio.Event()
        self.away = False
        self.cuts = 0

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)

    def close(self) -> None:
        assert self._server is not None
        self._server.close()
        self._ended.set()
        self.cut()

    def fall_silent(self) -> None:
        """As when a train enters a tunnel: nothing arrives any more, and nobody says goodbye."""
        self._silent.set()

    def cut(self) -> None:
        """Every connection is reset."""
        self.cuts += bool(self._writers)
        for writer in list(self._writers):
            writer.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.away:
            writer.transport.abort()
            return
        try:
            there, here = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
            return
        ends = {writer, here}
        self._writers |= ends
        try:
            await asyncio.gather(self._pump(reader, here), self._pump(there, writer))
        finally:
            self._writers -= ends
            for end in ends:
                end.transport.abort()

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while chunk := await source.read(CHUNK):
                if self._silent.is_set():
                    await self._ended.wait()  # the kernels go on acknowledging
                sink.write(chunk)
                await sink.drain()
        with suppress(OSError, RuntimeError):
            if sink.can_write_eof() and not sink.is_closing():
                sink.write_eof()


@asynccontextmanager
async def lines(port: int, many: int) -> AsyncIterator[list[Line]]:
    """So many lines to this port of loopback."""
    opened = [Line(port) for _ in range(many)]
    try:
        for line in opened:
            await line.open()
        yield opened
    finally:
        for line in opened:
            line.close()


async def jitter(line: Line, every: float, away: float) -> None:
    """Cut the line every so many seconds and keep it away for a while, until cancelled."""
    for turn in count():
        await asyncio.sleep(every * (random.random() if turn == 0 else 1))
        line.away = True
        line.cut()
        await asyncio.sleep(away)
        line.away = False
