"""People I may know, and why.

A friendship is told only to whoever is a friend of one of the two: the mutual friends that are
counted and named are all friends of mine. A group is named to whoever is in it, as its members are.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from django.db import transaction
from django.db.models import Q

from server.accounts.ages import minor
from server.accounts.models import Dismissal, Friendship, User
from server.accounts.policies import muted_by, separated_from, visible_people
from server.accounts.queries import card_of, cards
from server.accounts.schemas import PersonCard, Suggestion
from server.errors import Refused

SHOWN = 12
LOOKED_AT = 60
"""Of the likeliest so many are loaded, because some of them may be inactive."""

FRIENDS_ASKED = 100
"""My newest friends, whose friends are looked at."""

TIES_READ = 2_000
"""From either side of their ties: what is read does not grow with how popular they are."""

DISMISSED = 1_000
"""The newest that are remembered of a person."""

company: list[Callable[[int], dict[int, list[str]]]] = []
"""Where else people meet: called with a person, gives others with the names of the places of both,
the liveliest first. An app above adds to it in its AppConfig.ready(); what it reads must not
grow with the world."""


def of(person_id: int) -> list[Suggestion]:
    """The likeliest first: by mutual friends, then by groups. Never somebody who is tied to me in
    any way, across a block, dismissed, muted or inactive. Nine queries at most, whatever there is.
    """
    friends, tied = _ties(person_id)
    without = tied | separated_from(person_id) | _unwanted(person_id) | {person_id}
    known_by: dict[int, list[int]] = defaultdict(list)
    for friend, other in _their_ties(friends[:FRIENDS_ASKED]):
        if other not in without:
            known_by[other].append(friend)
    places: dict[int, list[str]] = defaultdict(list)
    for other, names in chain.from_iterable(meet(person_id).items() for meet in company):
        if other not in without:
            places[other] += names
    likeliest = sorted(
        known_by.keys() | places.keys(),
        key=lambda other: (-len(known_by.get(other, ())), -len(places.get(other, ())), other),
    )[:LOOKED_AT]
    # Of a minor only whoever has a friend in common learns.
    far = [other for other in likeliest if other not in known_by]
    rows = User.objects.filter(~minor() | ~Q(pk__among=far), pk__among=likeliest, is_active=True)
    people = {row.pk: row for row in rows.select_related("face")}
    shown = [people[other] for other in likeliest if other in people][:SHOWN]
    newest = {friend: place for place, friend in enumerate(friends)}
    named = {
        row.pk: min(known_by[row.pk], key=newest.__getitem__) for row in shown if row.pk in known_by
    }
    named_cards = cards(set(named.values()))
    return [
        _suggestion(row, known_by.get(row.pk, ()), named_cards.get(named.get(row.pk, 0)), places)
        for row in shown
    ]


def dismiss(person_id: int, other_id: int) -> None:
    """Suggest them to me no more. Raises Refused: forbidden (myself), not_found (also across a
    block, whoever set it)."""
    if person_id == other_id:
        raise Refused("forbidden", "This is yourself.")
    with transaction.atomic():
        if not visible_people(person_id).filter(pk=other_id).exists():
            raise Refused("not_found")
        row = Dismissal(person_id=person_id, other_id=other_id)
        Dismissal.objects.bulk_create([row], ignore_conflicts=True)
        mine = Dismissal.objects.filter(person=person_id)
        oldest = (
            mine.order_by("-pk").values_list("pk", flat=True)[DISMISSED : DISMISSED + 1].first()
        )
        if oldest is not None:
            mine.filter(pk__lte=oldest).delete()


def _suggestion(
    person: User, friends: Sequence[int], known_by: PersonCard | None, places: dict[int, list[str]]
) -> Suggestion:
    names = places.get(person.pk, [])
    return Suggestion(
        person=card_of(person),
        friends=len(friends),
        known_by=known_by,
        groups=len(names),
        group=names[0] if names else None,
    )


def _ties(person_id: int) -> tuple[list[int], set[int]]:
    """My active friends, the newest first, and everybody to whom I have any tie. One query."""
    rows = Friendship.objects.filter(Q(low=person_id) | Q(high=person_id)).order_by("-at", "-pk")
    found = rows.values_list("low", "high", "state", "low__is_active", "high__is_active")
    friends, tied = [], set()
    for low, high, state, low_active, high_active in found:
        other, active = (high, high_active) if low == person_id else (low, low_active)
        tied.add(other)
        if state == "friends" and active:
            friends.append(other)
    return friends, tied


def _their_ties(friends: Sequence[int]) -> Iterable[tuple[int, int]]:
    """(a friend, a friend of theirs), from either side of the row. Two queries, bounded rows."""
    ties = Friendship.objects.filter(state="friends")
    below = ties.filter(low__in=friends).values_list("low", "high")[:TIES_READ]
    above = ties.filter(high__in=friends).values_list("high", "low")[:TIES_READ]
    return chain(below, above)


def _unwanted(person_id: int) -> set[int]:
    """Whom I dismissed or mute. One query."""
    dismissed = Dismissal.objects.filter(person=person_id).values_list("other_id", flat=True)
    return set(dismissed.union(muted_by(person_id).values_list("other_id", flat=True)))
