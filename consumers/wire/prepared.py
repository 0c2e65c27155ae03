"""Daphne's socket, mended and given a faster road: a frame is built once and written as it is.

The server offers `scope["extensions"]["websocket.prepared"]`; the hub uses it where it is there and
plain ASGI sends elsewhere. Nothing outside wire/prepared.py and wire/server.py knows of Twisted.
"""

import asyncio
from typing import Any

from daphne.ws_protocol import WebSocketProtocol

from consumers.wire.frames import text_frame
from consumers.wire.limits import FRAME_BYTES, UNSENT_BYTES
from server import metrics
from server.errors import TOO_LARGE, TOO_SLOW

INBOX = 16
"""Inbound frames that may wait for the application before we stop reading the socket."""


class Inbox(asyncio.Queue[dict[str, Any]]):
    """The application's queue, which lets the socket be read again once it has room."""

    protocol: "PreparedProtocol | None" = None

    def _get(self) -> dict[str, Any]:
        message: dict[str, Any] = super()._get()
        if self.protocol is not None and self.qsize() <= INBOX // 2:
            self.protocol.read_on()
        return message


class PreparedProtocol(WebSocketProtocol):  # type: ignore[misc]
    """One WebSocket. Bounded in both directions; empty messages are delivered."""

    held = False

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
        transport = self.transport
        waiting: int = len(transport.dataBuffer) - transport.offset + transport._tempDataLen
        return waiting

    def drop_slow(self) -> None:
        """A peer that does not read must not grow our memory: it can come back and resume."""
        metrics.closed(TOO_SLOW.code)
        self.sendCloseFrame(code=TOO_SLOW.code, reasonUtf8=b"", isReply=False)
        self.transport.abortConnection()

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

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        super().onMessage(payload, isBinary)
        if not self.held and self.application_queue.qsize() > INBOX:
            self.held = True
            self.transport.pauseProducing()

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
