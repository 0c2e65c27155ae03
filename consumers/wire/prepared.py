"""Daphne's socket, mended and given a faster road: a frame is built once and written as it is.

The server offers `scope["extensions"]["websocket.prepared"]`; the hub uses it where it is there and
plain ASGI sends elsewhere. Nothing outside wire/prepared.py and wire/server.py knows of Twisted.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from operator import attrgetter
from typing import Any, Protocol

import autobahn.websocket.protocol
from daphne.ws_protocol import WebSocketProtocol
from twisted.internet.tcp import Server as Connection

from consumers.wire.frames import text_frame
from consumers.wire.inbound import QuickReading
from consumers.wire.limits import FRAME_BYTES, UNSENT_BYTES
from server import metrics
from server.errors import TOO_LARGE, TOO_SLOW

INBOX = 16
"""Inbound frames that may wait for the application before we stop reading the socket."""


LINGER_SECONDS = 5
"""A peer has this long to read what is before our close, and to answer it; then
it is cut off."""


vars(autobahn.websocket.protocol)["pformat"] = lambda value: ""  # see _connectionMade


class Upgraded:
    """What is still asked of the request that became a socket."""

    __slots__ = ("path",)

    def __init__(self, path: str):
        self.path = path


class Watcher(Protocol):
    """Whoever writes to a socket often."""

    straight: Callable[[bytes], int] | None
    """Writes to the kernel, as long as that keeps the order of frames; else None."""
    held: list[Any] | None
    """Not None: nothing may be written straight, whatever the transport holds."""


class Inbox:
    """The application's queue, which lets the socket be read again once it has room.

    Not asyncio's: that holds four deques, 3 kB of every idle socket.
    """

    __slots__ = ("_messages", "_waiter", "protocol")

    def __init__(self) -> None:
        self._messages: list[dict[str, Any]] = []
        self._waiter: asyncio.Future[None] | None = None
        self.protocol: PreparedProtocol | None = None

    def qsize(self) -> int:
        """How many messages wait."""
        return len(self._messages)

    def put_nowait(self, message: dict[str, Any]) -> None:
        """Add one; the bound is kept by not reading the socket."""
        self._messages.append(message)
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def get(self) -> dict[str, Any]:
        """The next message; one reader at a time. A reader that is cancelled takes nothing."""
        while not self._messages:
            if self._waiter is not None:
                raise RuntimeError("two readers of one inbox")
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        message = self._messages.pop(0)
        if self.protocol is not None and len(self._messages) <= INBOX // 2:
            self.protocol.read_on()
        return message


class Line(Connection):
    """A connection that says when bytes begin to wait in it, and when none do any more, and knows
    where one frame of what waits ends and the next begins."""

    socket_protocol: "PreparedProtocol | None" = None
    _frames: deque[int] | None = None
    """Bytes that wait of each frame, the oldest first; of that one a part may have left."""

    def heed(self, protocol: "PreparedProtocol") -> None:
        """From now on whole frames are written, or the rest of one that has begun to leave."""
        self.socket_protocol = protocol
        if waiting := self.unsent():
            self._frames = deque((waiting,))

    def unsent(self) -> int:
        """Bytes the peer has not taken yet."""
        return len(self.dataBuffer) - self.offset + self._tempDataLen

    def write(self, data: bytes) -> None:
        super().write(data)  # type: ignore[no-untyped-call]
        if self.socket_protocol is not None and self._tempDataLen:
            if self._frames is None:
                self._frames = deque()
            self._frames.append(len(data))

    def doWrite(self) -> Any:
        before = self.unsent()
        outcome = super().doWrite()  # type: ignore[no-untyped-call]
        if self._frames is not None:
            sent = before - self.unsent()
            while self._frames and sent >= self._frames[0]:
                sent -= self._frames.popleft()
            if self._frames:
                self._frames[0] -= sent
        return outcome

    def drop_waiting(self) -> None:
        """Forget what waits but for the oldest frame: of half a frame nobody makes sense."""
        if not self._frames:
            return
        kept = self._frames[0]
        waiting = b"".join((self.dataBuffer[self.offset :], *self._tempDataBuffer))
        self.dataBuffer, self.offset = waiting[:kept], 0
        self._tempDataBuffer, self._tempDataLen = [], 0
        self._frames = deque((kept,))

    def startWriting(self) -> None:
        super().startWriting()  # type: ignore[no-untyped-call]
        if self.socket_protocol is not None:
            self.socket_protocol.waiting(True)

    def stopWriting(self) -> None:
        super().stopWriting()  # type: ignore[no-untyped-call]
        self._frames = None
        if self.socket_protocol is not None:
            self.socket_protocol.waiting(False)


class PreparedProtocol(QuickReading):
    """One WebSocket. Bounded in both directions; empty messages are delivered."""

    closeHandshakeTimeout: float
    held = False
    unheard = 0
    watcher: Watcher | None = None
    _state: int = WebSocketProtocol.STATE_CLOSED
    _configured_by: Any = None
    request: Any
    application_deferred: Any
    http_headers: dict[str, str]

    def _connectionMade(self) -> None:
        # autobahn gives every socket its own copy of thirty settings, and prints them for a log
        # that is off: a tenth of a handshake. What the class has is not copied.
        cls = type(self)
        if cls._configured_by is not self.factory:
            cls._configured_by = self.factory
            for name in self.CONFIG_ATTRS:
                value = getattr(self.factory, name)
                # A function on a class would become a method, and be given the socket as well:
                # browsers, which all offer compression, were cut off by that.
                setattr(cls, name, staticmethod(value) if callable(value) else value)
            cls.closeHandshakeTimeout = LINGER_SECONDS
        super()._connectionMade()

    def _set_state(self, state: int) -> None:
        self._state = state
        if self.watcher is not None and state != self.STATE_OPEN:
            # Nothing may follow the close frame.
            self.watcher.straight = None
            self.watcher = None

    state = property(attrgetter("_state"), _set_state)

    def watch(self, watcher: Watcher) -> None:
        """Keep a watcher's `straight` true from now on. Writing through it costs a topic with
        5,000 sockets half of what write_prepared() does: most of that is memory it must touch."""
        known, self.watcher = self.watcher is watcher, watcher
        if isinstance(self.transport, Line):
            if not known:
                self.transport.heed(self)
            self.waiting(self.unsent() > 0)

    def waiting(self, something: bool) -> None:
        """The transport holds bytes that must leave before any other, or none any more."""
        if self.watcher is not None:
            idle = not something and self._state == self.STATE_OPEN and self.watcher.held is None
            self.watcher.straight = self.transport.socket.send if idle else None

    def write_prepared(self, frame: bytes) -> None:
        """Write a ready frame. Straight to the kernel only when nothing waits in the transport:
        otherwise it is appended there, so frames of all kinds keep their order."""
        if self.state != self.STATE_OPEN:
            return
        transport = self.transport
        if transport.dataBuffer or transport._tempDataBuffer or self.send_queue:
            if self.unsent() + len(frame) > UNSENT_BYTES:
                self.drop_slow()
                return
            transport.write(frame)
            return
        try:
            sent = transport.socket.send(frame)
        except (BlockingIOError, InterruptedError):
            sent = 0
        except OSError:
            return  # the reader side sees the same end and reports it
        if sent < len(frame):
            transport.write(frame[sent:])

    def unsent(self) -> int:
        """Bytes the peer has not taken yet."""
        waiting: int = self.transport.unsent()
        return waiting

    def drop_slow(self) -> None:
        """A peer that does not read must not grow our memory: it can come back and resume. What
        waits is forgotten, but for the frame under way; after that one it finds the reason, if it
        reads on for that long."""
        metrics.closed(TOO_SLOW.code)
        self.transport.drop_waiting()
        self.sendCloseFrame(code=TOO_SLOW.code, reasonUtf8=b"", isReply=False)

    def close_with(self, code: int, reason: str = "") -> None:
        """Close with any code: autobahn's own sendClose refuses 1012."""
        if self.state == self.STATE_OPEN:
            self.sendCloseFrame(code=code, reasonUtf8=reason.encode(), isReply=False)

    def serverClose(self, code: int | None = None) -> None:
        self.close_with(1000 if code is None else code)

    def serverSend(self, content: str | bytes, binary: bool = False) -> None:
        if not binary and isinstance(content, str):
            self.write_prepared(text_frame(content))
        elif self.state == self.STATE_OPEN:
            self.sendMessage(content, binary)

    def handle_reply(self, message: dict[str, Any]) -> None:
        # Stock Daphne drops "" and b"": its test is for truth, ours is for presence.
        if message.get("type") == "websocket.send" and self.state == self.STATE_OPEN:
            if message.get("text") is not None:
                self.serverSend(message["text"])
                return
            if message.get("bytes") is not None:
                self.serverSend(message["bytes"], True)
                return
        if message.get("type") == "websocket.close" and self.state == self.STATE_OPEN:
            self.close_with(message.get("code") or 1000, message.get("reason") or "")
            return
        super().handle_reply(message)

    def _dataReceived(self, data: bytes) -> None:
        """What comes after our close is read for the answer to it, but not for ever: it may be a
        flood, and each frame of it would cost us as much as one that is heard."""
        if self.state == self.STATE_CLOSING:
            self.unheard += len(data)
            if self.unheard > FRAME_BYTES:
                self.transport.pauseProducing()
                return
        super()._dataReceived(data)

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        if self.state != self.STATE_OPEN:
            return  # we have said goodbye: there is no answer to this any more
        super().onMessage(payload, isBinary)
        if not self.held and self.application_queue.qsize() > INBOX:
            self.held = True
            self.transport.pauseProducing()

    def onPing(self, payload: bytes) -> None:
        """Each ping is answered and no limit on frames counts it: what waits unread is bounded."""
        if self.unsent() <= UNSENT_BYTES:
            super().onPing(payload)
        elif self.state == self.STATE_OPEN:
            self.drop_slow()

    def read_on(self) -> None:
        """The application has caught up."""
        if self.held:
            self.held = False
            self.transport.resumeProducing()

    def _max_message_size_exceeded(self, *args: Any, **kwargs: Any) -> None:
        metrics.closed(TOO_LARGE.code)
        self.close_with(TOO_LARGE.code, f"more than {FRAME_BYTES} bytes")

    def onOpen(self) -> None:
        super().onOpen()
        self.transport.setTcpNoDelay(True)
        self._shed()

    def _shed(self) -> None:
        """Let go of the HTTP half and of the request's headers: a third of an idle socket. Whoever
        wanted to know who is asking has read them before it accepted."""
        channel = self.transport.producer
        if channel is not None:
            self.transport.unregisterProducer()
            for request in getattr(channel, "requests", ()):
                request.channel = None
            channel.requests = []
        self.clean_headers.clear()
        self.request, self.application_deferred = Upgraded(self.request.path), None
        self.http_headers, self.http_request_data = {}, b""

    def connectionLost(self, reason: Any = None) -> None:
        """The end. What refers to each other is taken apart here: the collector of garbage looks
        at old objects only in need (see memory.py)."""
        super().connectionLost(reason)
        if isinstance(self.transport, Line):
            self.transport.socket_protocol = None
        inbox = getattr(self, "application_queue", None)
        if isinstance(inbox, Inbox):
            inbox.protocol = None
        self.is_closed = self.application_deferred = self.request = None
