"""What a returning client gets: all that it missed or an honest reset, and never too much."""

import pytest

from server.realtime import replay
from server.realtime.models import LoggedEvent, TopicHead


def past(topic: str, count: int, text: str = "x") -> None:
    TopicHead.objects.create(topic=topic, head=count)
    LoggedEvent.objects.bulk_create(
        LoggedEvent(topic=topic, number=number, encoded=text) for number in range(1, count + 1)
    )


@pytest.mark.django_db
def test_of_many_topics_those_that_missed_most_are_reset() -> None:
    for topic, count in (("room:1", 5), ("room:2", 30), ("room:3", 10), ("room:4", 0)):
        past(topic, count)
    cursors = dict.fromkeys(("room:1", "room:2", "room:3"), 0) | {"room:4": 0}
    found = replay.missed(cursors, replay.positions(list(cursors)), events=20)
    assert found.resets == {"room:2"}
    assert {topic: len(events) for topic, events in found.events.items()} == {
        "room:1": 5,
        "room:3": 10,
    }


@pytest.mark.django_db
def test_an_answer_never_outgrows_what_a_slow_peer_may_leave_unread() -> None:
    """It would be cut off, come back by number, ask for the same again, and never get through."""
    for number in range(1, 6):
        past(f"room:{number}", number, "你" * 100)
    cursors = {f"room:{number}": 0 for number in range(1, 6)}
    found = replay.missed(cursors, replay.positions(list(cursors)))
    found = replay.within(found, 6 * 300)
    assert set(found.events) == {"room:1", "room:2", "room:3"}
    assert found.resets == {"room:4", "room:5"}
