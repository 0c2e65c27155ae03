"""Who may see whom. Blocks work in both directions; being blocked is never told."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from server.accounts.models import (
    Block,
    FriendList,
    Friendship,
    ListMember,
    Muting,
    Restriction,
    User,
)
from server.realtime.topics import Topic, author

Pair = tuple[int, int]


def pair_of(one: int, other: int) -> Pair:
    """The canonical order of two people: the smaller id first."""
    return (one, other) if one < other else (other, one)


def blocked_pairs(people: Collection[int], others: Collection[int]) -> set[Pair]:
    """Those (person, other) of which one has blocked the other, whoever it was. One query."""
    if not people or not others:
        return set()
    rows = Block.objects.filter(
        Q(blocker__in=people, blocked__in=others) | Q(blocker__in=others, blocked__in=people)
    ).values_list("blocker_id", "blocked_id")
    return _both_ways(rows, people, others)


def _both_ways(rows: Iterable[Pair], people: Collection[int], others: Collection[int]) -> set[Pair]:
    """Rows as (one of people, one of others), whichever way round they are stored. Not a product of
    the two: they may be hundreds each, and the rows are few."""
    mine, theirs = set(people), set(others)
    either = {pair for one, other in rows for pair in ((one, other), (other, one))}
    return {(one, other) for one, other in either if one in mine and other in theirs}


def are_blocked(one: int, other: int) -> bool:
    """Whether one of the two has blocked the other. One query."""
    return bool(blocked_pairs([one], [other]))


def separated_from(person_id: int) -> set[int]:
    """Everybody whom a block separates from this person, whoever set it. One query."""
    rows = Block.objects.filter(Q(blocker=person_id) | Q(blocked=person_id))
    pairs = rows.values_list("blocker_id", "blocked_id")
    return {person for pair in pairs for person in pair} - {person_id}


def separations(people: Collection[int]) -> dict[int, set[int]]:
    """For each of these people whom a block separates from anybody: from whom. One query."""
    if not people:
        return {}
    rows = Block.objects.filter(Q(blocker__in=people) | Q(blocked__in=people))
    found: dict[int, set[int]] = {}
    for blocker, blocked in rows.values_list("blocker_id", "blocked_id"):
        found.setdefault(blocker, set()).add(blocked)
        found.setdefault(blocked, set()).add(blocker)
    return {person: found[person] for person in people if person in found}


def friend_pairs(people: Collection[int], others: Collection[int]) -> set[Pair]:
    """Those (person, other) who are friends, both of them here. One query."""
    if not people or not others:
        return set()
    rows = Friendship.objects.filter(
        Q(low__in=people, high__in=others) | Q(low__in=others, high__in=people),
        state="friends",
        low__is_active=True,
        high__is_active=True,
    ).values_list("low_id", "high_id")
    return _both_ways(rows, people, others)


def are_friends(one: int, other: int) -> bool:
    """Whether two people are friends (which a block always ends). One query."""
    return bool(friend_pairs([one], [other]))


def friends_of(person_id: int) -> QuerySet[User]:
    """The active friends of a person."""
    ties = Friendship.objects.filter(state="friends")
    # One list from both sides of the ties: with OR, the database would walk through everybody.
    known = ties.filter(low=person_id).values("high")
    known = known.union(ties.filter(high=person_id).values("low"), all=True)
    return User.objects.filter(pk__in=known, is_active=True)


def muted_by(person_id: int) -> QuerySet[Muting]:
    """Whom this person does not want to hear, as `other`: their posts are in no feed of this
    person's, and no notice names them."""
    return Muting.objects.filter(person=person_id)


def restricted_pairs(people: Collection[int], others: Collection[int]) -> set[Pair]:
    """Those (person, other) of which the other restricts the person: shows them only what everyone
    sees, and neither presence nor read marks. One query, none for nobody."""
    if not people or not others:
        return set()
    rows = Restriction.objects.filter(person__among=sorted(others), other__among=sorted(people))
    return set(rows.values_list("other_id", "person_id"))


def restricts_one_of(others: QuerySet[Any, Any]) -> Exists:
    """For rows with a `person`: whether they restrict one of these people."""
    return Exists(Restriction.objects.filter(person=OuterRef("person"), other__in=others))


def restricting(person_id: int) -> QuerySet[Restriction]:
    """Who restricts this person, as `person`."""
    return Restriction.objects.filter(other=person_id)


def close_pairs(people: Collection[int], others: Collection[int]) -> set[Pair]:
    """Those (person, other) who are friends, of which the other does not restrict the person. At
    most two queries."""
    friends = friend_pairs(people, others)
    if not friends:
        return friends
    return friends - restricted_pairs({one for one, _ in friends}, {other for _, other in friends})


def close_friends_of(person_id: int) -> QuerySet[User]:
    """The friends of a person who show them what they show to friends."""
    apart = restricting(person_id).filter(person=OuterRef("pk"))
    return friends_of(person_id).filter(~Exists(apart))


def visible_people(person_id: int) -> QuerySet[User]:
    """Everybody a person can find: active, and no block between the two."""
    blocks = Block.objects.filter(
        Q(blocker=person_id, blocked=OuterRef("pk")) | Q(blocked=person_id, blocker=OuterRef("pk"))
    )
    return User.objects.filter(~Exists(blocks), is_active=True)


def may_see_person(person_id: int, other_id: int) -> bool:
    """Whether the other's page exists for me: not when they blocked me.

    Somebody I blocked stays visible to me, or I could not lift the block. One query.
    """
    blocked_me = Block.objects.filter(blocker=other_id, blocked=person_id)
    return User.objects.filter(~Exists(blocked_me), pk=other_id, is_active=True).exists()


def watchable_user(people: Collection[int], ids: Collection[int]) -> set[Pair]:
    """A person's own topic is for that person alone. No query."""
    return {(person, person) for person in set(people) & set(ids)}


def watchable_author(people: Collection[int], ids: Collection[int]) -> set[Pair]:
    """A person's posts are watched by themselves and their friends. At most two queries."""
    return watchable_user(people, ids) | close_pairs(people, ids)


def listed(person_id: int) -> QuerySet[ListMember]:
    """The rows by which a person is in somebody's list. They count only between friends."""
    friends = close_friends_of(person_id).values("pk")
    return ListMember.objects.filter(person=person_id, list__owner__in=friends)


def listed_pairs(people: Collection[int], lists: Mapping[int, int]) -> set[Pair]:
    """lists: list -> owner. Those (person, list) of which the person is in it. At most three
    queries."""
    if not people or not lists:
        return set()
    rows = ListMember.objects.filter(person__in=people, list__in=lists)
    inside = set(rows.values_list("person_id", "list_id"))
    near = close_pairs({person for person, _ in inside}, {lists[pk] for _, pk in inside})
    return {(person, pk) for person, pk in inside if (person, lists[pk]) in near}


def watchable_list(people: Collection[int], ids: Collection[int]) -> set[Pair]:
    """What is shown to a list is watched by its owner and by the friends in it. At most four
    queries."""
    rows = list(FriendList.objects.filter(topic__in=ids).values_list("pk", "owner_id", "topic"))
    inside = listed_pairs(people, {pk: owner for pk, owner, _ in rows})
    return {
        (person, topic)
        for pk, owner, topic in rows
        for person in people
        if topic is not None and (person == owner or (person, pk) in inside)
    }


def list_authorities(ids: Collection[int]) -> dict[int, Topic]:
    """A list is governed by its owner's author topic, as all posts of theirs are. One query."""
    rows = FriendList.objects.filter(topic__in=ids).values_list("topic", "owner_id")
    return {topic: author(owner) for topic, owner in rows if topic is not None}


def watchable_presence(people: Collection[int], ids: Collection[int]) -> set[Pair]:
    """Friends see each other's presence when both show theirs. At most three queries."""
    friends = close_pairs(people, ids)
    if not friends:
        return set()
    shown = set(
        User.objects.filter(
            pk__in={person for pair in friends for person in pair},
            show_presence=True,
        ).values_list("pk", flat=True)
    )
    return {(one, other) for one, other in friends if one in shown and other in shown}
