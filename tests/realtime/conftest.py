"""A transport that only remembers, so that a test sees what left the domain, and when."""

from collections.abc import Callable, Iterator

import pytest

from server.realtime import publish
from server.realtime.publish import Envelope
from server.realtime.topics import Topic


class Remembering:
    def __init__(self) -> None:
        self.published: list[Envelope] = []

    def publish(self, *envelopes: Envelope) -> None:
        self.published.extend(envelopes)

    def refresh(self, topic: Topic, key: str, load: Callable[[], Envelope | None]) -> None:
        if envelope := load():
            self.published.append(envelope)

    def hold(self, *envelopes: Envelope) -> None:
        """Nobody is connected."""


@pytest.fixture
def transport() -> Iterator[Remembering]:
    remembering = Remembering()
    previous = publish.install(remembering)
    yield remembering
    publish.install(previous)
