"""What a returning client missed: every event after its number, or an honest reset."""

import math
from dataclasses import dataclass, field

from django.db.models import Q

from server.realtime.models import LoggedEvent, TopicHead

REPLAY_CAP = 500
"""More missed events on one topic than this cost a client more than a fresh load."""

REPLAY_EVENTS = 2_000
REPLAY_BYTES = 512 * 1024
"""All topics of one reply together. An answer that a slow peer cannot take before the limit of
unread bytes is reached would cut it off, and coming back would ask for the same answer again."""


@dataclass(slots=True)
class Position:
    """Where a topic stands: last number, oldest missing number, version of its rules."""

    head: int = 0
    floor: int = 0
    auth_version: int = 0


@dataclass(slots=True)
class Replay:
    """events: encoded, in order, per topic; resets: topics whose past cannot be given whole."""

    events: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    resets: set[str] = field(default_factory=set)


def positions(topics: list[str]) -> dict[str, Position]:
    """One query for any number of topics."""
    found = {name: Position() for name in topics}
    rows = TopicHead.objects.filter(topic__among=topics)
    for name, head, floor, auth in rows.values_list("topic", "head", "floor", "auth_version"):
        found[name] = Position(head, floor, auth)
    return found


def missed(
    cursors: dict[str, int], known: dict[str, Position], *, events: int | None = None
) -> Replay:
    """Events after each cursor up to the known head. At most one query; none when all is known.

    A cursor beyond the head, or before what is kept, or too far back, is a reset. events: how many
    may be read for all topics together; those that missed most are resets then.
    """
    replay = Replay()
    behind = Q(pk__in=[])
    wanted: dict[str, tuple[int, int]] = {}
    left = math.inf if events is None else events
    for topic, cursor in sorted(cursors.items(), key=lambda one: known[one[0]].head - one[1]):
        at = known[topic]
        count = at.head - cursor
        if count < 0 or cursor < at.floor or count > min(REPLAY_CAP, left):
            replay.resets.add(topic)
        elif count:
            left -= count
            wanted[topic] = (cursor, at.head)
            behind |= Q(topic=topic, number__gt=cursor, number__lte=at.head)
    if not wanted:
        return replay
    rows = LoggedEvent.objects.filter(behind).order_by("topic", "number")
    for topic, number, text in rows.values_list("topic", "number", "encoded"):
        replay.events.setdefault(topic, []).append((number, text))
    for topic, (cursor, head) in wanted.items():
        numbers = [number for number, _ in replay.events.get(topic, [])]
        if numbers != list(range(cursor + 1, head + 1)):
            replay.events.pop(topic, None)
            replay.resets.add(topic)
    return replay


def within(replay: Replay, size: int) -> Replay:
    """As much of it as that many bytes hold, the shortest pasts first; the rest are resets."""
    sizes = {
        topic: sum(len(text.encode()) for _, text in past) for topic, past in replay.events.items()
    }
    for topic in sorted(sizes, key=lambda name: (sizes[name], name)):
        size -= sizes[topic]
        if size < 0:
            del replay.events[topic]
            replay.resets.add(topic)
    return replay
