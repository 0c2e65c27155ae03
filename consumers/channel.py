"""What a thin channel is: a kind of topic, what a join shows of it, and what people may say."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from server.errors import Refused
from server.realtime.events import Snapshot
from server.realtime.topics import Topic
from server.schema import Shape


@dataclass(frozen=True, slots=True)
class Current:
    """A topic's present state: what `snapshots` gives for a join and for the hub's checks."""

    topic: Topic
    version: int
    event: Snapshot
    key: str = ""


@dataclass(frozen=True, slots=True)
class Again:
    """How a whisper is said without asking the database (see wire/whispers.py): where, and how."""

    topic: Callable[[Any], Topic]
    run: Callable[[int, Any], None]


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a client may say: its name, the shape of its fields, the service that does it.

    run(person_id, body) is called on a database thread and returns the reply's data or None.
    many: the same for several people's frames at once, where a busy worker should do them together;
    each is answered with what run would return or raise.
    again: for whispers, which go on while the database is silent.
    """

    op: str
    body: type[Shape]
    reply: type[Shape] | None
    run: Callable[[int, Any], Shape | None]
    many: Callable[[Sequence[tuple[int, Any]]], Sequence[Shape | Refused]] | None = None
    again: Again | None = None


def no_snapshots(ids: Collection[int]) -> list[Current]:
    """For topics that are all log."""
    return []


Pair = tuple[int, int]
"""(person, thing)"""


def nothing_of_mine(pairs: Collection[Pair]) -> list[Current]:
    """For topics in which nothing differs by person."""
    return []


@dataclass(frozen=True, slots=True)
class Channel:
    """shared: the state everyone on the topic sees; mine: what is a person's own in it, on that
    person's user topic. Both read on a database thread, for many at once in O(1) queries."""

    kind: str
    commands: tuple[Command, ...] = ()
    shared: Callable[[Collection[int]], list[Current]] = field(default=no_snapshots)
    mine: Callable[[Collection[Pair]], list[Current]] = field(default=nothing_of_mine)

    LOGGED: ClassVar[frozenset[str]] = frozenset(
        {"user", "author", "public", "list", "members", "post", "room"}
    )
