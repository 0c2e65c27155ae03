"""What every client attempted, was promised and saw: the evidence for the checker."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson


@dataclass
class Attempt:
    """One thing a client wants done, from its first try to its acknowledgement."""

    client: str
    client_id: str
    op: str
    body: dict[str, Any]
    at: float
    tries: int = 0
    refused: int = 0
    ack: dict[str, Any] | None = None
    acked_at: float | None = None


@dataclass
class Seen:
    """One logged event that a client applied to its view, in the order it applied them."""

    number: int
    type: str
    data: dict[str, Any]
    at: float


@dataclass
class View:
    """A client's view of one topic: it began after `start` and applied these, in this order."""

    start: int
    seen: list[Seen] = field(default_factory=list)


class Recorder:
    """Shared by all clients of a test. Times are monotonic seconds of the test process."""

    def __init__(self) -> None:
        self.attempts: dict[str, Attempt] = {}
        self.views: dict[str, dict[str, View]] = defaultdict(dict)
        self.outages: list[float] = []
        self.closes: list[int] = []
        self.resets: list[tuple[str, str]] = []
        self.errors: list[tuple[str, dict[str, Any]]] = []
        self.whispers: list[tuple[str, float]] = []
        """Which client heard one, and when."""
        self.replays: list[float] = []
        """Seconds from a socket's first frame to the end of its replay."""
        self.waits: list[float] = []
        """Seconds a client waited for each answer that was no."""

    def begin(self) -> None:
        """Forget the closes of finding places: what counts as an interruption comes after."""
        self.closes.clear()
        self.outages.clear()
        self.replays.clear()

    def attempted(self, client: str, client_id: str, op: str, body: dict[str, Any]) -> Attempt:
        """Said again with the same client_id it is the same attempt."""
        attempt = Attempt(client, client_id, op, body, time.monotonic())
        return self.attempts.setdefault(client_id, attempt)

    def acked(self, client_id: str, data: dict[str, Any]) -> None:
        """The first acknowledgement counts; a later one must say the same."""
        attempt = self.attempts[client_id]
        if attempt.ack is not None and attempt.ack != data:
            raise AssertionError(f"two different acks for {client_id}: {attempt.ack} and {data}")
        attempt.ack = data
        attempt.acked_at = attempt.acked_at or time.monotonic()

    def began(self, client: str, topic: str, after: int) -> None:
        self.views[client].setdefault(topic, View(after))

    def saw(self, client: str, topic: str, number: int, kind: str, data: dict[str, Any]) -> None:
        self.views[client][topic].seen.append(Seen(number, kind, data, time.monotonic()))

    def write(self, path: Path) -> None:
        """One JSON object a line, for reading after a failure."""
        with path.open("wb") as file:
            for attempt in self.attempts.values():
                file.write(orjson.dumps(attempt) + b"\n")
            for client, views in self.views.items():
                for topic, view in views.items():
                    numbers = [seen.number for seen in view.seen]
                    row = {"client": client, "topic": topic, "start": view.start, "saw": numbers}
                    file.write(orjson.dumps(row) + b"\n")
            rest = {"outages": self.outages, "closes": self.closes, "resets": self.resets}
            file.write(orjson.dumps({**rest, "errors": self.errors}) + b"\n")
