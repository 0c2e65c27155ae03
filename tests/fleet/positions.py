"""Where a client stands on each topic: next -> apply, seen -> drop, gap -> hold and ask."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from tests.fleet.recorder import Recorder

HOLD = 0.5  # seconds an event beyond a gap may wait for the missing one

Event = dict[str, Any]


class Positions:
    """numbers: the last number applied, by topic. snapshots: the newest of (topic, type, key).

    on_event(event, monotonic seconds) is called for all that is applied, whispers included;
    ask(topic) when the topic must be joined again after its number.
    """

    def __init__(
        self,
        name: str,
        recorder: Recorder,
        on_event: Callable[[Event, float], None],
        ask: Callable[[str], None],
    ) -> None:
        self.numbers: dict[str, int] = {}
        self.snapshots: dict[tuple[str, str, str], Event] = {}
        self._name = name
        self._recorder = recorder
        self._on_event = on_event
        self._ask = ask
        self._held: dict[str, dict[int, Event]] = {}
        self._known: dict[str, int] = {}

    def start(self, topic: str, number: int) -> None:
        """From here on; a topic that has begun already keeps its number."""
        if topic not in self.numbers:
            self.numbers[topic] = number
            self._recorder.began(self._name, topic, number)

    def apply(self, event: Event) -> None:
        now = time.monotonic()
        if "number" in event:
            self._apply_logged(event, now)
        elif "version" in event:
            self._apply_snapshot(event, now)
        else:
            self._recorder.whispers.append((self._name, now))
            self._on_event(event, now)

    def _apply_snapshot(self, event: Event, now: float) -> None:
        key = (event["topic"], event["type"], event.get("key", ""))
        known = self.snapshots.get(key)
        if known is None or known["version"] < event["version"]:
            self.snapshots[key] = event
            self._on_event(event, now)

    def _apply_logged(self, event: Event, now: float) -> None:
        topic, number = event["topic"], event["number"]
        last = self.numbers.get(topic)
        if last is None or number <= last:
            return  # not begun, or seen
        if number > last + 1:
            self._held.setdefault(topic, {})[number] = event
            self._ask_soon(topic, number)
            return
        self.numbers[topic] = number
        self._recorder.saw(self._name, topic, number, event["type"], event["data"])
        self._on_event(event, now)
        following = self._held.get(topic, {}).pop(number + 1, None)
        if following is not None:
            self._apply_logged(following, now)

    def release(self, topic: str) -> None:
        """After a join: what waited behind a gap, less what the reply brought itself."""
        held = self._held.pop(topic, {})
        for number in sorted(held):
            self.apply(held[number])

    def compare(self, heads: dict[str, int]) -> None:
        """The second net: a head above mine that does not arrive by itself is asked for."""
        for topic, head in heads.items():
            if head > self.numbers.get(topic, head):
                self._ask_soon(topic, head)

    def _ask_soon(self, topic: str, known: int) -> None:
        """There are events up to `known`: they have HOLD seconds to come by themselves."""
        if topic not in self._known:
            asyncio.get_running_loop().call_later(HOLD, self._ask_now, topic)
        self._known[topic] = max(known, self._known.get(topic, 0))

    def _ask_now(self, topic: str) -> None:
        if self.numbers[topic] < self._known.pop(topic):
            self._ask(topic)
