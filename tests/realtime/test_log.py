"""Number, stored event and publication are one act, or none."""

import threading

import orjson
import pytest
from django.db import connection, transaction

from server.chat.events import MessageDeleted, Typing
from server.realtime import log, replay, topics
from server.realtime.models import LoggedEvent, TopicHead
from server.realtime.publish import Envelope
from server.realtime.revoke import revoke
from server.realtime.topics import Topic
from tests.realtime.conftest import Remembering

ROOM = topics.room(7)


def write(topic: Topic, message_id: int) -> int:
    with transaction.atomic():
        return log.record(topic, MessageDeleted(message_id=message_id))


@pytest.mark.django_db(transaction=True)
def test_numbers_count_up_per_topic_and_are_published_after_commit(transport: Remembering) -> None:
    assert [write(ROOM, 1), write(ROOM, 2), write(topics.room(8), 3)] == [1, 2, 1]
    assert [(e.topic, e.position) for e in transport.published] == [
        ("room:7", 1),
        ("room:7", 2),
        ("room:8", 1),
    ]
    stored = LoggedEvent.objects.get(topic="room:7", number=2)
    assert transport.published[1].text == stored.encoded
    assert orjson.loads(stored.encoded) == {
        "topic": "room:7",
        "number": 2,
        "type": "message.deleted",
        "data": {"message_id": 2},
    }


@pytest.mark.django_db(transaction=True)
def test_nothing_is_published_before_commit(transport: Remembering) -> None:
    with transaction.atomic():
        log.record(ROOM, MessageDeleted(message_id=1))
        assert transport.published == []
    assert len(transport.published) == 1


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_change_takes_no_number_and_is_not_published(transport: Remembering) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        log.record(ROOM, MessageDeleted(message_id=1))
        raise ZeroDivisionError
    assert transport.published == []
    assert write(ROOM, 2) == 1


@pytest.mark.django_db(transaction=True)
def test_a_failing_publication_does_not_fail_the_write(
    transport: Remembering, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(envelope: Envelope) -> None:
        raise ConnectionError

    monkeypatch.setattr(transport, "publish", broken)
    assert write(ROOM, 1) == 1
    assert LoggedEvent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_record_refuses_to_stand_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="outside a transaction"):
        log.record(ROOM, MessageDeleted(message_id=1))


def test_an_event_stands_only_on_its_own_kind_of_topic() -> None:
    with pytest.raises(TypeError, match="does not belong"):
        MessageDeleted(message_id=1).encode(topics.user(1), number=1)
    with pytest.raises(TypeError, match="does not belong"):
        Typing(person_id=1, on=True).encode(topics.poll(1))


@pytest.mark.parametrize(
    "text", ["room:0", "room:07", "room:", "room", "shop:1", "room:-1", "room:1x", "", "room:²"]
)
def test_what_is_not_a_topic_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a topic"):
        Topic.parse(text)


@pytest.mark.django_db(transaction=True)
def test_events_carry_the_version_of_their_authority(transport: Remembering) -> None:
    post, author = topics.post(3), topics.author(9)
    with transaction.atomic():
        revoke(author, 5)
    with transaction.atomic():
        log.record(ROOM, MessageDeleted(message_id=1))
    assert transport.published[0].kind == "revoke"
    assert transport.published[0].person_id == 5
    assert transport.published[1].auth_version == 0
    from server.feed.events import PostGone

    with transaction.atomic():
        log.record(post, PostGone(post_id=3), authority=author)
    assert transport.published[2].authority == "author:9"
    assert transport.published[2].auth_version == 1


@pytest.mark.django_db(transaction=True)
def test_many_writers_leave_no_hole_and_commit_in_number_order(transport: Remembering) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time by construction")

    def writer(start: int) -> None:
        for n in range(10):
            write(ROOM, start + n + 1)
        connection.close()

    threads = [threading.Thread(target=writer, args=(100 * n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = list(LoggedEvent.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 81))
    assert TopicHead.objects.get(topic="room:7").head == 80
    times = list(LoggedEvent.objects.order_by("number").values_list("recorded_at", flat=True))
    assert times == sorted(times)


def missed(after: int, topic: str = "room:7") -> replay.Replay:
    return replay.missed({topic: after}, replay.positions([topic]))


@pytest.mark.django_db(transaction=True)
def test_a_cursor_gets_everything_after_it_and_nothing_else(transport: Remembering) -> None:
    for n in range(1, 6):
        write(ROOM, n)
        write(topics.room(8), n)
    assert [number for number, _ in missed(2).events["room:7"]] == [3, 4, 5]
    assert missed(2).events.keys() == {"room:7"}
    assert missed(5).events == {} and missed(5).resets == set()
    assert missed(0).events["room:7"][0][0] == 1


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_given_whole_is_a_reset(
    transport: Remembering, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(1, 6):
        write(ROOM, n)
    assert missed(6).resets == {"room:7"}, "a cursor from another life of the log"
    monkeypatch.setattr(replay, "REPLAY_CAP", 3)
    assert missed(1).resets == {"room:7"}, "more than the cap"
    assert missed(2).resets == set()
    LoggedEvent.objects.filter(topic="room:7", number=4).delete()
    assert missed(2).resets == {"room:7"}, "a hole"
    assert missed(4).events["room:7"][0][0] == 5


@pytest.mark.django_db(transaction=True)
def test_a_client_that_missed_nothing_costs_no_log_query(
    transport: Remembering, django_assert_num_queries: object
) -> None:
    write(ROOM, 1)
    known = replay.positions(["room:7"])
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert replay.missed({"room:7": 1}, known).events == {}


@pytest.mark.django_db(transaction=True)
def test_pruning_keeps_both_limits_and_tells_those_behind(transport: Remembering) -> None:
    from datetime import timedelta

    from django.db.models.functions import Now

    from server.realtime.prune import prune

    for n in range(1, 11):
        write(ROOM, n)
    assert prune(timedelta(days=7), keep_events=4) == 0, "young events stay whatever their number"
    LoggedEvent.objects.update(recorded_at=Now() - timedelta(days=8))
    assert prune(timedelta(days=7), keep_events=100) == 0, "few events stay whatever their age"
    assert prune(timedelta(days=7), keep_events=4) == 6
    assert missed(5).resets == {"room:7"}
    assert missed(6).resets == set() and len(missed(6).events["room:7"]) == 4
    assert missed(10).resets == set(), "a quiet client at the head is always resumable"
    assert write(ROOM, 11) == 11
