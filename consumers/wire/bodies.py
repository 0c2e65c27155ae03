"""A request body has a limit before it is read: Daphne would spool all of it to disk first."""

from typing import Any

import daphne.http_protocol
import orjson

from server.errors import Refused

BODY_BYTES = 11 * 1024 * 1024
"""One picture of the largest size, and the form around it."""


class BoundedRequest(daphne.http_protocol.WebRequest):  # type: ignore[misc]
    """Refuses a body that says it is too large, or becomes so, and closes."""

    refused = False
    received = 0

    def gotLength(self, length: int | None) -> None:
        super().gotLength(length)
        if length is not None and length > BODY_BYTES:
            self.refuse()

    def handleContentChunk(self, data: bytes) -> None:
        self.received += len(data)
        if self.received > BODY_BYTES:
            self.refuse()
        if not self.refused:
            super().handleContentChunk(data)

    def requestReceived(self, *args: Any) -> None:
        if not self.refused:
            super().requestReceived(*args)

    def refuse(self) -> None:
        """413 in the shape of every other error."""
        if self.refused:
            return
        self.refused = True
        body = orjson.dumps({"error": Refused("too_large").body()})
        self.channel.transport.write(
            b"HTTP/1.1 413 Content Too Large\r\n"
            b"Content-Type: application/json\r\nConnection: close\r\n"
            + b"Content-Length: %d\r\n\r\n" % len(body)
            + body
        )
        self.channel.loseConnection()


def bound_bodies() -> None:
    """Make Daphne use it."""
    daphne.http_protocol.WebRequest = BoundedRequest
