"""record(): number, encode once and store an event in the transaction of its change."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Length

from server.realtime.events import Logged
from server.realtime.models import LogEpoch, LoggedEvent, TopicHead
from server.realtime.publish import Envelope, publish_on_commit
from server.realtime.topics import Topic
from server.rows import run_with_rows

_NEXT_NUMBERS = """
    INSERT INTO realtime_topichead (topic, head)
    SELECT topic, wanted FROM {given} WHERE true ORDER BY length(topic), topic
    ON CONFLICT (topic) DO UPDATE SET head = realtime_topichead.head + excluded.head
    RETURNING topic, head, auth_version
"""
_COUNTED = (("topic", "varchar"), ("wanted", "bigint"))

_STORE = """
    INSERT INTO realtime_loggedevent (topic, number, encoded, recorded_at)
    SELECT topic, number, encoded, {now} FROM {given}
"""
_STORED = (("topic", "varchar"), ("number", "bigint"), ("encoded", "text"))


@dataclass(frozen=True, slots=True)
class Place:
    """A number taken on a topic, and the rules under which its event will be shown."""

    topic: Topic
    number: int
    authority: Topic
    auth_version: int


def record(topic: Topic, event: Logged, *, authority: Topic | None = None) -> int:
    """Give the event the topic's next number, store it and publish it after commit.

    authority: the topic whose rules say who may watch this one (default: itself).
    Returns the number. Must run inside the transaction of the change: the row lock on the head,
    held to commit, is what makes number order equal commit order.
    """
    [place] = take_places({topic: 1})[topic]
    if authority is not None and authority != topic:
        place = replace(place, authority=authority, auth_version=current_auth(authority))
    record_at([(place, event)])
    return place.number


def take_places(counts: Mapping[Topic, int]) -> dict[Topic, list[Place]]:
    """The next numbers of topics, so many of each. One statement, whatever their number.

    They must all be used with record_at() in the same transaction: a hole would never be filled.
    The heads are locked in the order of their ids, as everywhere, or two workers could wait for
    each other.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("record() outside a transaction: the change and its event could part")
    topics = {str(topic): topic for topic in counts}
    wanted = [{"topic": name, "wanted": counts[topic]} for name, topic in topics.items()]
    taken = run_with_rows(_NEXT_NUMBERS, _COUNTED, wanted)
    return {
        (topic := topics[name]): [
            Place(topic, number, topic, auth_version)
            for number in range(head - counts[topic] + 1, head + 1)
        ]
        for name, head, auth_version in taken
    }


def record_at(entries: Sequence[tuple[Place, Logged]]) -> None:
    """Store events at the places taken for them, and publish them after commit, in this order."""
    stored, envelopes = [], []
    for place, event in entries:
        text = event.encode(place.topic, number=place.number)
        stored.append({"topic": str(place.topic), "number": place.number, "encoded": text})
        envelopes.append(
            Envelope(
                kind="logged",
                topic=str(place.topic),
                text=text,
                position=place.number,
                authority=str(place.authority),
                auth_version=place.auth_version,
            )
        )
    run_with_rows(_STORE, _STORED, stored)
    publish_on_commit(*envelopes)


def record_each(events: Mapping[Topic, Logged]) -> None:
    """One event on each of several topics that are their own authorities, the heads locked in one
    order. Two statements, whatever their number."""
    places = take_places(dict.fromkeys(events, 1))
    record_at([(places[topic][0], event) for topic, event in events.items()])


def lock_next(topic: Topic) -> int:
    """The number the next record() will give, for an event that carries its own number.

    The topic stays locked until the transaction ends, so nobody else takes it.
    """
    with transaction.atomic():
        TopicHead.objects.bulk_create([TopicHead(topic=str(topic))], ignore_conflicts=True)
    return TopicHead.objects.select_for_update().get(topic=str(topic)).head + 1


def hold_topics(topics: Collection[Topic]) -> None:
    """Nobody else records or revokes on these until the transaction ends. For a change that touches
    many: taken one by one, in an order of their own, two of them could wait for each other."""
    with transaction.atomic():
        names = sorted(map(str, topics), key=lambda name: (len(name), name))
        TopicHead.objects.bulk_create(
            [TopicHead(topic=name) for name in names], ignore_conflicts=True
        )
    in_order = TopicHead.objects.filter(topic__among=names)
    list(in_order.order_by(Length("topic"), "topic").select_for_update().values("pk"))


def wipe(topic: Topic, at_most: int) -> bool:
    """Forget what was said on a topic that nobody will follow again. Returns whether
    there may be more."""
    events = LoggedEvent.objects.filter(topic=str(topic))
    numbers = list(events.order_by("number").values_list("number", flat=True)[:at_most])
    events.filter(number__in=numbers).delete()
    TopicHead.objects.filter(topic=str(topic)).update(floor=F("head"))
    return bool(numbers)


def redact(topic: Topic, number: int, event: Logged) -> None:
    """Make a stored event say this instead: what was deleted must not come back by replay.

    Its number stays; those who have seen the first wording learn of the deletion by its own event.
    """
    rows = LoggedEvent.objects.filter(topic=str(topic), number=number)
    rows.update(encoded=event.encode(topic, number=number))


def current_auth(authority: Topic) -> int:
    """The version of an authority's rules, share-locked: a revocation that commits before us
    must be visible in what we publish, one that commits after us must wait."""
    return current_auths([authority])[authority]


def current_auths(authorities: Collection[Topic]) -> dict[Topic, int]:
    """The same for many, locked in the order of their ids. One query, but for the first time an
    authority is asked about: then its row is made, for what is not there cannot be locked, and
    its first revocation would not wait for us nor be seen."""
    names = {str(authority): authority for authority in authorities}
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        found = _share_locked(list(names))
        if missing := [authority for name, authority in names.items() if name not in found]:
            rows = [TopicHead(topic=str(topic)) for topic in sorted(missing)]
            TopicHead.objects.bulk_create(rows, ignore_conflicts=True)
            found |= _share_locked([row.topic for row in rows])
    else:
        found = dict(TopicHead.objects.filter(topic__in=names).values_list("topic", "auth_version"))
    return {authority: found.get(name, 0) for name, authority in names.items()}


def _share_locked(names: list[str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT topic, auth_version FROM realtime_topichead WHERE topic = ANY(%s)"
            " ORDER BY length(topic), topic FOR SHARE",
            [names],
        )
        return dict(cursor.fetchall())


def bump_auth(authority: Topic) -> int:
    """Make the rules of a topic newer, inside the revoking transaction. Returns the version."""
    with transaction.atomic():
        TopicHead.objects.bulk_create([TopicHead(topic=str(authority))], ignore_conflicts=True)
        TopicHead.objects.filter(topic=str(authority)).update(auth_version=F("auth_version") + 1)
        return TopicHead.objects.values_list("auth_version", flat=True).get(topic=str(authority))


def heads(topics: list[Topic]) -> dict[str, int]:
    """The last number of each topic (0 when nothing was ever recorded). One query."""
    names = [str(topic) for topic in topics]
    found = dict(TopicHead.objects.filter(topic__in=names).values_list("topic", "head"))
    return {name: found.get(name, 0) for name in names}


def head(topic: Topic) -> int:
    """The last number of one topic."""
    return heads([topic])[str(topic)]


_epoch: str | None = None


def epoch() -> str:
    """The name of this life of the log; read once per process."""
    global _epoch
    if _epoch is None:
        _epoch = LogEpoch.objects.get_or_create(singleton=True)[0].name
    return _epoch
