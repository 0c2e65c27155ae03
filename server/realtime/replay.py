"""What a returning client missed: every event after its number, or an honest reset."""

from dataclasses import dataclass, field

from django.db.models import Q

from server.realtime.models import LoggedEvent, TopicHead

REPLAY_CAP = 500
"""More missed events on one topic than this cost a client more than a fresh load."""


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
    rows = TopicHead.objects.filter(topic__in=topics)
    for name, head, floor, auth in rows.values_list("topic", "head", "floor", "auth_version"):
        found[name] = Position(head, floor, auth)
    return found


def missed(cursors: dict[str, int], known: dict[str, Position]) -> Replay:
    """Events after each cursor up to the known head. At most one query; none when all is known.

    A cursor beyond the head, or before what is kept, or too far back, is a reset.
    """
    replay = Replay()
    behind = Q(pk__in=[])
    wanted: dict[str, tuple[int, int]] = {}
    for topic, cursor in cursors.items():
        at = known[topic]
        if cursor > at.head or cursor < at.floor or at.head - cursor > REPLAY_CAP:
            replay.resets.add(topic)
        elif cursor < at.head:
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
