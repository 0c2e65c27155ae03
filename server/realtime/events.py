"""Three kinds of live event, named in the type.

Logged    ordered, numbered per topic without holes, replayable from the log.
Snapshot  the whole current state with a version; the latest wins, so it may be conflated.
Whisper   may be lost; never stored.

Everyone on a topic gets the same bytes, so an event holds nothing that some watcher may not see.
"""

from typing import Any, ClassVar

import orjson

from server.realtime.topics import KINDS, Topic
from server.schema import Shape

EVENTS: dict[str, type["Event"]] = {}
"""Every declared event by its type name: the protocol's vocabulary."""


class Event(Shape):
    """A declared change. Subclass one of the three kinds, never this.

    topic: the kind of topic it belongs on, or several with spaces between them.
    """

    type: ClassVar[str]
    topic_kinds: ClassVar[tuple[str, ...]]

    def __init_subclass__(cls, type: str | None = None, topic: str | None = None, **kw: Any):
        super().__init_subclass__(**kw)
        if type is None or topic is None:
            return
        kinds = tuple(topic.split())
        if type in EVENTS or not set(kinds) <= KINDS:
            raise TypeError(f"event {type!r} on {topic!r} is declared twice or on no topic")
        cls.type, cls.topic_kinds = type, kinds
        EVENTS[type] = cls

    def encode(self, topic: Topic, **position: int | str) -> str:
        """The event as JSON text, ready to stand in a frame's `events` list.

        position: `number` for a logged event; `version` and perhaps `key` for a snapshot.
        Raises TypeError when the event does not belong on that kind of topic.
        """
        if topic.kind not in self.topic_kinds:
            raise TypeError(f"{self.type} does not belong on {topic}")
        head = {"topic": str(topic), **position, "type": self.type}
        return f'{orjson.dumps(head).decode()[:-1]},"data":{self.model_dump_json()}}}'


class Logged(Event):
    """Stored in the transaction of the change and numbered 1, 2, 3 … per topic."""


class Snapshot(Event):
    """Whole state; a client keeps the highest version of each (topic, type, key)."""


class Whisper(Event):
    """Dropped first under load; nothing depends on it."""
