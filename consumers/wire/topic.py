"""What one process knows about one topic that somebody here watches."""

import asyncio
from typing import TYPE_CHECKING

from server.realtime.publish import Envelope
from server.realtime.topics import Topic

if TYPE_CHECKING:
    from consumers.wire.joining import Join
    from consumers.wire.outlet import Outlet


class Watched:
    """Local watchers, the number delivered so far, and what waits to leave as one frame."""

    __slots__ = (
        "authority",
        "flush",
        "gathered",
        "group_ready",
        "held",
        "joins",
        "latest",
        "moved_at",
        "number",
        "open_at",
        "outlets",
        "paused",
        "snapshot_flush",
        "snapshots_open_at",
        "stale",
        "topic",
    )

    def __init__(self, topic: Topic):
        self.topic = topic
        self.authority = topic
        self.outlets: set[Outlet] = set()
        self.joins: set[Join] = set()
        self.number: int | None = None
        """Last logged number delivered here; None until the first join has read the log."""
        self.held: dict[int, Envelope] = {}
        """Logged events that came before one we still miss."""
        self.paused: list[Envelope] | None = None
        """While the watchers' rights are being checked again, what came meanwhile."""
        self.gathered: list[str] = []
        self.flush: asyncio.Handle | None = None
        self.open_at = 0.0
        """Until then what comes is gathered; monotonic seconds."""
        self.latest: dict[str, tuple[int, str]] = {}
        """Snapshot key -> (version, text) last heard of."""
        self.stale: set[str] = set()
        """Keys whose latest text has not been sent yet."""
        self.snapshot_flush: asyncio.Handle | None = None
        self.snapshots_open_at = 0.0
        self.moved_at = 0.0
        self.group_ready = False

    def idle(self) -> bool:
        """Nobody here watches it or is about to."""
        return not self.outlets and not self.joins

    def close(self) -> None:
        """Stop its timers."""
        for timer in (self.flush, self.snapshot_flush):
            if timer is not None:
                timer.cancel()
