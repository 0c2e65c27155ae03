"""Who follows whom: one-way, and only people who let anyone follow them, which no minor may.

A row counts as long as that is so; a block takes it away in both directions. So whoever lets nobody
follow them has no followers with that commit, whatever their number.
"""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from server.accounts.ages import minor
from server.accounts.models import Follow, User
from server.accounts.policies import (
    Pair,
    close_pairs,
    restricted_pairs,
    restricting,
    visible_people,
    watchable_user,
)
from server.errors import Refused
from server.realtime.topics import Topic, author

COUNTED = 10_000
"""Followers are counted up to here and no further: more is more."""


def counted() -> QuerySet[Follow]:
    """The rows that count."""
    return Follow.objects.filter(
        ~minor("followed__"),
        followed__followable=True,
        followed__is_active=True,
        follower__is_active=True,
    )


def followers_of_author(person_id: int) -> Q:
    """A filter for things with an `author` whom this person follows."""
    mine = counted().filter(follower=person_id, followed=OuterRef("author"))
    apart = restricting(person_id).filter(person=OuterRef("author"))
    return Q(Exists(mine), ~Exists(apart))


def follower_pairs(people: Collection[int], others: Collection[int]) -> set[Pair]:
    """Those (person, other) of which the person follows the other. One query, none for nobody."""
    if not people or not others:
        return set()
    rows = counted().filter(follower__in=people, followed__in=others)
    return set(rows.values_list("follower_id", "followed_id"))


def reader_pairs(people: Collection[int], others: Collection[int]) -> set[Pair]:
    """Those of them of which the other does not restrict the person: who sees what is for
    followers. At most two queries."""
    pairs = follower_pairs(people, others)
    if not pairs:
        return pairs
    return pairs - restricted_pairs({one for one, _ in pairs}, {other for _, other in pairs})


def followed_ids(person_id: int) -> list[int]:
    """Whom this person follows, in id order. One query."""
    rows = counted().filter(follower=person_id).order_by("followed")
    return list(rows.values_list("followed_id", flat=True))


def followable(person_id: int, other_id: int) -> bool:
    """Whether this person may follow the other. One query."""
    if person_id == other_id:
        return False
    others = visible_people(person_id).filter(~minor(), pk=other_id, followable=True)
    return others.exists()


def check_followable(person_id: int) -> None:
    """Raises Refused(forbidden) for somebody who has no followers: they let nobody follow them, or
    are a minor. One query."""
    if not User.objects.filter(~minor(), pk=person_id, followable=True).exists():
        raise Refused("forbidden", "Let anyone follow you first.")


def followers(person_id: int) -> int:
    """How many follow this person: of the rows themselves, so it cannot go wrong. One more than
    COUNTED for all beyond. One query."""
    return counted().filter(followed=person_id)[: COUNTED + 1].count()


def watchable_public(people: Collection[int], ids: Collection[int]) -> set[Pair]:
    """What somebody shows beyond friends is watched by themselves, friends and followers. At most
    four queries."""
    return watchable_user(people, ids) | close_pairs(people, ids) | reader_pairs(people, ids)


def public_authorities(ids: Collection[int]) -> dict[int, Topic]:
    """It is governed by the author's topic, as all posts of theirs are. No query."""
    return {one: author(one) for one in ids}


def part(one: int, other: int) -> list[tuple[int, int]]:
    """Neither follows the other any more. Returns the (follower, followed) that did. Call it inside
    the transaction that sets a block, with both people locked. Two queries."""
    either = Q(follower=one, followed=other) | Q(follower=other, followed=one)
    rows = Follow.objects.filter(either)
    gone = list(rows.values_list("follower_id", "followed_id"))
    rows.delete()
    return gone


def opened(people: Collection[int]) -> list[int]:
    """Those of the people who have a topic for what they show beyond friends, in order. One
    query."""
    rows = User.objects.filter(pk__among=sorted(people), has_public_topic=True)
    return list(rows.order_by("pk").values_list("pk", flat=True))
