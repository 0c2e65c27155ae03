"""Who may be under 18, by the year of birth they gave, and what that keeps from them.

Only the year is known, so somebody counts as a minor until the end of the year in which they turn
18. Each rule is one predicate here; whoever gave no year is an adult.
"""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear, Now

from server.accounts.models import Friendship, User
from server.accounts.policies import Pair, friend_pairs, friends_of, visible_people
from server.errors import Refused
from server.realtime.clock import now

GROWN = 18
OLDEST, YOUNGEST = 120, 13
"""Years of age that a person may give."""


def minor(path: str = "") -> Q:
    """A filter for people who may be under 18 by the database's clock. path: to the person."""
    return Q(**{f"{path}birth_year__gte": ExtractYear(Now()) - GROWN})


def minors(people: Collection[int]) -> set[int]:
    """Those of the people who may be under 18. One query, none for nobody."""
    if not people:
        return set()
    return set(User.objects.filter(minor(), pk__in=people).values_list("pk", flat=True))


def clean_year(year: int) -> int:
    """Raises ValueError for a year in which nobody here can have been born."""
    this_year = now().year
    if not this_year - OLDEST <= year <= this_year - YOUNGEST:
        raise ValueError(f"from {this_year - OLDEST} to {this_year - YOUNGEST}")
    return year


def check_public(person_id: int) -> None:
    """Raises Refused(forbidden) for a minor: they show nothing to everyone. One query."""
    if minors([person_id]):
        raise Refused("forbidden", "Whoever is under 18 shows nothing to everyone.")


def shown_to_all() -> QuerySet[User]:
    """Those whose things for everyone are for everyone. What a minor had shown before they gave
    their year is for their friends."""
    return User.objects.filter(~minor(), is_active=True)


def findable_people(person_id: int) -> QuerySet[User]:
    """Whom a search finds: everybody visible, but of minors only those with whom I have anything
    to do, and friends of friends."""
    tied = Friendship.objects.filter(
        Q(low=person_id, high=OuterRef("pk")) | Q(high=person_id, low=OuterRef("pk"))
    )
    mine = friends_of(person_id).values("pk")
    near = Friendship.objects.filter(
        Q(low=OuterRef("pk"), high__in=mine) | Q(high=OuterRef("pk"), low__in=mine),
        state="friends",
    )
    return visible_people(person_id).filter(
        ~minor() | Q(pk=person_id) | Exists(tied) | Exists(near)
    )


def strangers_to_minors(people: Collection[int], others: Collection[int]) -> set[Pair]:
    """Those (person, other) who may not talk alone: one of them is a minor, and they are no
    friends. One query, two when there is a minor among them."""
    young = minors({*people, *others})
    if not young:
        return set()
    pairs = {
        (one, other)
        for one in people
        for other in others
        if one != other and (one in young or other in young)
    }
    return pairs - friend_pairs(people, others)


def told(person: User) -> dict[str, Any]:
    """What a page is told about its own person. By the process's clock: it is a hint what not to
    offer, and every rule above asks the database."""
    this_year = datetime.now(UTC).year
    young = person.birth_year is not None and person.birth_year >= this_year - GROWN
    return {
        "birth_year": person.birth_year,
        "minor": young,
        "followable": person.followable and not young,
    }
