"""Taking words out of events that are stored already: what was deleted must not come by replay."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

import orjson

from server.realtime.models import LoggedEvent
from server.realtime.topics import Topic

Change = Callable[[dict[str, Any]], bool]
"""Changes an event's data in place; whether it did. Whoever saw the first wording learns of the
deletion by an event of its own, so numbers and everything else stay."""


def rewrite(topic: Topic, numbers: Collection[int], change: Change) -> None:
    """Some events of one topic, by number. One query, and one for each that changes."""
    _rewrite(LoggedEvent.objects.filter(topic=str(topic), number__in=numbers), change)


def rewrite_between(
    topics: Collection[Topic], kind: str, since: datetime, until: datetime | None, change: Change
) -> None:
    """Events of one type on these topics that were recorded in this span (None: until now)."""
    if topics:
        events = LoggedEvent.objects.filter(
            topic__in=[str(topic) for topic in topics],
            recorded_at__gte=since,
            encoded__contains=f'"type":"{kind}"',
        )
        _rewrite(events.filter(recorded_at__lte=until) if until else events, change)


def rewrite_after(
    topic: str, number: int, at_most: int, change: Callable[[str], str]
) -> tuple[str, int] | None:
    """The next events of the whole log behind this place, as text. Returns the place of the last
    one, None when there is none any more. One query, and one for each that changes."""
    rows = LoggedEvent.objects.filter(pk__gt=(topic, number)).order_by("topic", "number")
    last: tuple[str, int] | None = None
    for at, n, text in list(rows.values_list("topic", "number", "encoded")[:at_most]):
        last = (at, n)
        if (changed := change(text)) != text:
            LoggedEvent.objects.filter(topic=at, number=n).update(encoded=changed)
    return last


def _rewrite(events: Any, change: Change) -> None:
    for topic, number, text in list(events.values_list("topic", "number", "encoded")):
        event = orjson.loads(text)
        if change(event["data"]):
            row = LoggedEvent.objects.filter(topic=topic, number=number)
            row.update(encoded=orjson.dumps(event).decode())
