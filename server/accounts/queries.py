"""Reading people."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from server.accounts import ages, checkups, follows
from server.accounts.models import Block, Friendship, Restriction, Session, User
from server.accounts.names import shown_name
from server.accounts.policies import (
    friends_of,
    may_see_person,
    muted_by,
    restricted_pairs,
    visible_people,
)
from server.accounts.schemas import (
    Me,
    PeoplePage,
    PersonCard,
    PersonView,
    SessionView,
    Ties,
    TieView,
)
from server.accounts.sessions import (
    SessionPerson,
    live,
    live_sessions,
    session_people,
    session_person,
    settled_sessions,
)
from server.accounts.ties import Between, ties_of
from server.errors import Refused
from server.http import from_cursor, to_cursor
from server.media.queries import face_url, view_of
from server.realtime import log
from server.realtime.clock import millis
from server.realtime.instant import one_instant
from server.realtime.topics import author, user

__all__ = [
    "SessionPerson",
    "card_of",
    "cards",
    "friend_ids",
    "live_sessions",
    "me",
    "my_sessions",
    "people_page",
    "person_named",
    "person_view",
    "session_people",
    "session_person",
    "settled_sessions",
    "tie_view",
    "ties",
]

PEOPLE_A_PAGE = 30
SEARCH_LENGTH = 64


def card_of(person: User) -> PersonCard:
    """The card of a person loaded with their face (`select_related("face")`). No query then."""
    return PersonCard(
        id=person.pk,
        username=person.username,
        name=shown_name(person.name, person.username),
        face=face_url(person.face.token) if person.face else None,
    )


def cards(ids: Collection[int]) -> dict[int, PersonCard]:
    """Cards by id, of everybody there is (the caller has decided who may be seen). One query."""
    if not ids:
        return {}
    rows = User.objects.filter(pk__among=set(ids))
    return {
        pk: PersonCard(
            id=pk, username=username, name=shown_name(name, username), face=face_url(token)
        )
        for pk, username, name, token in rows.values_list("pk", "username", "name", "face__token")
    }


def friend_ids(person_id: int) -> list[int]:
    """My active friends, in id order. One query."""
    return list(friends_of(person_id).order_by("pk").values_list("pk", flat=True))


def me(person_id: int) -> Me:
    """The signed-in person, with the number of their topic read first. Two queries."""
    head = log.head(user(person_id))
    person = User.objects.select_related("face").filter(pk=person_id).first()
    if person is None:
        raise Refused("signed_out")
    return me_of(person, head)


def me_of(person: User, head: int) -> Me:
    """A loaded person as they see themselves; head: the number of their topic."""
    return Me(
        person=card_of(person),
        face=view_of(person.face) if person.face else None,
        bio=person.bio,
        email=person.email,
        language="zh" if person.language == "zh" else "en",
        show_presence=person.show_presence,
        **ages.told(person),
        found_by_contacts=person.found_by_contacts,
        checkup=checkups.due(person),
        head=head,
        epoch=log.epoch(),
    )


def my_sessions(person_id: int, session_key: str | None) -> list[SessionView]:
    """My signed-in browsers, the most recently used first; `current` is the asking one."""
    rows = live(Session.objects.filter(person=person_id).order_by("-seen_at", "-started_at"))
    return [
        SessionView(
            id=row.public_id,
            browser=row.browser,
            address=row.address,
            started_at=millis(row.started_at),
            seen_at=millis(row.seen_at),
            current=row.session_key == session_key,
        )
        for row in rows
    ]


def tie_view(me: int, other: User, between: Between, now: datetime | None = None) -> TieView:
    """How I stand to a person loaded with their face."""
    at = between.at(me) or now or other.joined_at
    return TieView(person=card_of(other), tie=between.tie(me), at=millis(at))


def ties(person_id: int) -> Ties:
    """All my ties, with the heads of the topics that tell of them. At most seven queries."""
    with one_instant():
        return _ties(person_id)


def _ties(person_id: int) -> Ties:
    head = log.head(user(person_id))
    blocks = Block.objects.filter(blocker=person_id, blocked__is_active=True)
    blocked = [
        tie_view(person_id, row.blocked, Between(blocks={person_id: row.at}))
        for row in blocks.select_related("blocked__face")
    ]
    hidden = {view.person.id for view in blocked}
    views: dict[str, list[TieView]] = {"friends": [], "asking": [], "asked": []}
    rows = Friendship.objects.filter(Q(low=person_id) | Q(high=person_id))
    for row in rows.select_related("low__face", "high__face"):
        other = row.high if row.low_id == person_id else row.low
        if other.is_active and other.pk not in hidden:
            view = tie_view(person_id, other, Between(row))
            views[view.tie].append(view)
    friends = [view.person.id for view in views["friends"]]
    apart = {friend for _, friend in restricted_pairs([person_id], friends)}
    there = visible_people(person_id)
    muted = muted_by(person_id).filter(other__in=there).order_by("-at")
    restricted = Restriction.objects.filter(person=person_id, other__in=there).order_by("-at")
    for one in (*views.values(), blocked):
        one.sort(key=lambda view: (view.at, view.person.id), reverse=True)
    return Ties(
        friends=views["friends"],
        asking=views["asking"],
        asked=views["asked"],
        blocked=blocked,
        head=head,
        muted=[card_of(row.other) for row in muted.select_related("other__face")],
        restricted=[card_of(row.other) for row in restricted.select_related("other__face")],
        heads=log.heads([author(friend) for friend in friends if friend not in apart]),
        epoch=log.epoch(),
    )


def person_view(person_id: int, other_id: int) -> PersonView:
    """A person's page as I see it. Raises Refused(not_found), also when they blocked me."""
    if not may_see_person(person_id, other_id):
        raise Refused("not_found")
    other = User.objects.select_related("face").get(pk=other_id)
    tie = ties_of(person_id, [other_id])[other_id].tie(person_id)
    return PersonView(
        person=card_of(other),
        bio=other.bio,
        face=view_of(other.face) if other.face else None,
        tie="self" if other_id == person_id else tie,
        friends=friends_of(other_id).count(),
        since=millis(other.joined_at),
        followable=follows.followable(person_id, other_id),
        following=bool(follows.follower_pairs([person_id], [other_id])),
        followers=follows.followers(other_id),
    )


def person_named(person_id: int, username: str) -> PersonView:
    """The page of the person whom an @ before this name means, in any case.

    Only of those whom a search finds, and of myself: who may not be found by strangers must not be
    found by trying names. Raises Refused(not_found).
    """
    found = ages.findable_people(person_id).filter(username=username.lower())
    other_id = found.values_list("pk", flat=True).first()
    if other_id is None:
        raise Refused("not_found")
    return person_view(person_id, other_id)


def people_page(person_id: int, search: str = "", cursor: str | None = None) -> PeoplePage:
    """People by username or name: those beginning with the words first. Three queries.

    Raises Refused(bad_field) for a cursor of another list.
    """
    others = ages.findable_people(person_id).exclude(pk=person_id).select_related("face")
    rows = _matching(others, " ".join(search[:SEARCH_LENGTH].split()).removeprefix("@"))
    if after := from_cursor(cursor, int, str):
        rank, username = after
        rows = rows.filter(Q(rank__gt=rank) | Q(rank=rank, username__gt=username))
    found = list(rows.order_by("rank", "username")[: PEOPLE_A_PAGE + 1])
    more, found = len(found) > PEOPLE_A_PAGE, found[:PEOPLE_A_PAGE]
    between = ties_of(person_id, [other.pk for other in found])
    return PeoplePage(
        people=[tie_view(person_id, other, between[other.pk]) for other in found],
        next=to_cursor(found[-1].rank, found[-1].username) if more else None,
    )


def _matching(people: QuerySet[User], words: str) -> QuerySet[Any]:
    """With `rank`: 0 for a beginning that matches, 1 for another place."""
    if not words:
        return people.annotate(rank=Value(0))
    first = Q(username__startswith=words.lower()) | Q(name__istartswith=words)
    return people.filter(Q(username__contains=words.lower()) | Q(name__icontains=words)).annotate(
        rank=Case(When(first, then=0), default=1, output_field=IntegerField())
    )
