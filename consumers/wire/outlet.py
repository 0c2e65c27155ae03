"""One connected socket as the hub sees it: whose it is, what it watches, and how to write to it."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from consumers.wire.frames import Frame
from consumers.wire.limits import UNSENT_BYTES
from server import metrics
from server.errors import TOO_SLOW, Close
from server.realtime.revoke import session_digest

Send = Callable[[dict[str, Any]], Awaitable[None]]

CLOSE_SECONDS = 5.0

# An idle socket of our own server needs neither, and both are large.
_NEVER = asyncio.Event()
_UNUSED: deque[tuple[dict[str, Any], int]] = deque(maxlen=0)


class Outlet:
    """Writes frames in order. Holds at most 1 MB that the peer has not taken."""

    __slots__ = (
        "_close",
        "_queue",
        "_queued",
        "_send",
        "_task",
        "_watch",
        "_write",
        "away",
        "closed",
        "closing",
        "held",
        "name",
        "person_id",
        "session",
        "session_key",
        "straight",
        "topics",
    )

    def __init__(
        self, name: str, person_id: int, session_key: str, scope: dict[str, Any], send: Send
    ):
        self.name, self.person_id = name, person_id
        self.session_key, self.session = session_key, session_digest(session_key)
        self.away = False
        self.closed = False
        prepared = scope.get("extensions", {}).get("websocket.prepared")
        self.closing = _NEVER if prepared else asyncio.Event()
        """We have asked a plain ASGI server to close."""
        self.topics: set[str] = set()
        self._write: Callable[[bytes], None] | None = prepared["write"] if prepared else None
        self._close = prepared["close"] if prepared else None
        self.straight: Callable[[bytes], int] | None = None
        """Writes a ready frame to the kernel; None while something must leave before it."""
        self._watch = prepared["watch"] if prepared else None
        if self._watch is not None:
            self._watch(self)
        self.held: list[Frame] | None = None
        """Frames for a session that is about to end; None as long as it is not."""
        self._send = send
        self._queue: deque[tuple[dict[str, Any], int]] = _UNUSED if prepared else deque()
        self._queued = 0
        self._task: asyncio.Task[None] | None = None

    def write_rest(self, wire: bytes) -> None:
        """The part of a ready frame that the kernel had no room for."""
        if self._write is not None:
            self._write(wire)

    def write(self, frame: Frame) -> None:
        """Send a frame, or queue it behind those that have not left."""
        if self.closed:
            return
        if self.held is not None:
            self._keep(frame)
            return
        if self._write is not None:
            self._write(frame.wire)
            return
        self._queued += frame.size
        if self._queued > UNSENT_BYTES:
            self.close(TOO_SLOW)
            return
        self._enqueue({"type": "websocket.send", "text": frame.text}, frame.size)

    def hold(self) -> None:
        """Send nothing more until `release` or `close`."""
        if not self.closed and self.held is None:
            self.held, self.straight = [], None

    def release(self) -> None:
        """Send what was held, and go on."""
        frames, self.held = self.held or [], None
        self._queued -= sum(frame.size for frame in frames)
        for frame in frames:
            self.write(frame)
        if self._watch is not None and not self.closed:
            self._watch(self)

    def _keep(self, frame: Frame) -> None:
        self._queued += frame.size
        if self._queued > UNSENT_BYTES:
            self.close(TOO_SLOW)
        elif self.held is not None:
            self.held.append(frame)

    def close(self, why: Close) -> None:
        """Close with one of the documented codes; further frames are dropped."""
        if self.closed:
            return
        self.closed, self.straight, self.held = True, None, None
        metrics.closed(why.code)
        if self._close is not None:
            self._close(why.code)
            return
        self._queue.clear()
        self._enqueue({"type": "websocket.close", "code": why.code}, 0)
        self.closing.set()

    def _enqueue(self, message: dict[str, Any], size: int) -> None:
        self._queue.append((message, size))
        if self._task is None or self._task.done():
            self._task = asyncio.ensure_future(self._drain())

    async def _drain(self) -> None:
        # On a plain ASGI server a send waits for the peer: one task per socket keeps the order.
        while self._queue:
            message, size = self._queue.popleft()
            self._queued -= size
            try:
                await self._send(message)
            except Exception:
                self.closed = True
                self._queue.clear()

    async def gone(self) -> None:
        """Wait until the close has left, but not for ever: its peer may read nothing at all."""
        if self._task is not None:
            await asyncio.wait([self._task], timeout=CLOSE_SECONDS)

    def stop(self) -> None:
        """The socket is gone."""
        self.closed, self.straight, self.held = True, None, None
        self._queue.clear()
        if self._task is not None:
            self._task.cancel()


def write_to_all(outlets: Iterable[Outlet], frame: Frame, but: int | None = None) -> None:
    """Hand one frame to many sockets, except those of one person.

    The hottest loop there is: for an idle socket it touches its outlet and the kernel, no more.
    """
    wire = frame.wire
    size = len(wire)
    for outlet in outlets:
        if but is not None and outlet.person_id == but:
            continue
        if (straight := outlet.straight) is None:
            outlet.write(frame)
            continue
        try:
            sent = straight(wire)
        except (BlockingIOError, InterruptedError):
            sent = 0
        except OSError:
            continue  # the reader side sees the same end and reports it
        if sent != size:
            outlet.write_rest(wire[sent:])
