"""Why a post may matter to somebody: of what they may see themselves, and of nothing else.

A friend's like is told where the post would show it to this person; somebody muted, blocked or gone
is never named. What other people do in private (bookmarks, opening, looking) is not known here.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from server.accounts.follows import followed_ids
from server.accounts.policies import muted_by, visible_people
from server.accounts.queries import cards, friend_ids
from server.bookmarks.policies import bookmarks_of
from server.catalogue.models import StoreFollow
from server.catalogue.queries import store_cards
from server.feed import schemas
from server.feed.models import Like, Post, Reaction
from server.feed.policies import visible_comments, visible_posts
from server.groups import policies as groups
from server.groups.models import Group

TALKED_AT_MOST = 500
"""Newest posts of somebody's groups that are looked at for what is talked about there."""

MANY = 5
"""More friends than this weigh no more."""

HALF = 36 * 3600
"""Seconds after which a post counts half."""


@dataclass(frozen=True, slots=True)
class Circle:
    """Who and what is near to a person, read once."""

    person: int
    friends: frozenset[int]
    followed: frozenset[int]
    groups: frozenset[int]
    muted: frozenset[int]

    @classmethod
    def of(cls, person_id: int) -> "Circle":
        """Five queries."""
        muted = frozenset(muted_by(person_id).values_list("other", flat=True))
        near = visible_people(person_id).filter(pk__in=friend_ids(person_id))
        return cls(
            person_id,
            frozenset(near.values_list("pk", flat=True)) - muted,
            frozenset(followed_ids(person_id)) - muted,
            frozenset(groups.mine(person_id).values_list("group_id", flat=True)),
            muted,
        )


@dataclass(slots=True)
class Signals:
    """What speaks for each of some posts, by their ids or those of their items."""

    circle: Circle
    liked: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    said: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    kept: set[int] = field(default_factory=set)
    stores: dict[int, int] = field(default_factory=dict)
    talk: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    """Post -> group -> the newest post there that is about the same."""


def read(circle: Circle, rows: Sequence[Post]) -> Signals:
    """Six queries, however many posts there are."""
    found, me = Signals(circle), circle.person
    ids = [row.pk for row in rows]
    items = {row.item_id for row in rows if row.item_id is not None}
    likes = Like.objects.filter(post__in=ids, person__in=circle.friends, on=True)
    pressed = Reaction.objects.filter(post__in=ids, person__in=circle.friends)
    for post, person in chain(
        likes.values_list("post_id", "person_id"), pressed.values_list("post_id", "person_id")
    ):
        found.liked[post].add(person)
    said = visible_comments(me).filter(post__in=ids, author__in=circle.friends)
    for post, person in said.values_list("post_id", "author_id"):
        found.said[post].add(person)
    found.kept.update(bookmarks_of(me).filter(item__in=items).values_list("item_id", flat=True))
    follows = StoreFollow.objects.filter(person=me, store__items__in=items)
    found.stores.update(follows.values_list("store__items", "store_id"))
    _listen(found, rows)
    return found


def _listen(found: Signals, rows: Sequence[Post]) -> None:
    """What this person's groups talk about: posts there that they may read."""
    circle = found.circle
    there = visible_posts(circle.person).filter(group__in=circle.groups, audience="group")
    told = there.exclude(author__in=circle.muted).order_by("-pk")
    by_item: dict[int, dict[int, int]] = defaultdict(dict)
    by_post: dict[int, dict[int, int]] = defaultdict(dict)
    for post, group, item, of in told.values_list("pk", "group_id", "item_id", "of_id")[
        :TALKED_AT_MOST
    ]:
        if item:
            by_item[item].setdefault(group, post)
        if of:
            by_post[of].setdefault(group, post)
    for row in rows:
        about = {**by_item.get(row.item_id or 0, {}), **by_post.get(row.pk, {})}
        # What is posted in a group is no reason to see that same post.
        found.talk[row.pk] = {
            group: post for group, post in about.items() if post != row.pk and group != row.group_id
        }


Points = dict[schemas.WhyKind, int]


def points(row: Post, found: Signals) -> Points:
    """What speaks for a post, in the order in which equals are named."""
    circle, weighed = found.circle, Points()
    if row.item_id in found.kept:
        weighed["kept"] = 30
    if liked := len(found.liked[row.pk] - {row.author_id}):
        weighed["liked"] = 12 * min(liked, MANY)
    if said := len(found.said[row.pk] - {row.author_id}):
        weighed["said"] = 10 * min(said, MANY)
    if row.item_id in found.stores:
        weighed["store"] = 20
    if found.talk[row.pk]:
        weighed["talk"] = 15
    if row.author_id in circle.friends:
        weighed["friend"] = 9
    elif row.author_id in circle.followed:
        weighed["followed"] = 8
    elif row.group_id is not None:
        weighed["group"] = 7
    else:
        weighed["everyone"] = 1
    return weighed


def score(row: Post, found: Signals, cut: datetime) -> int:
    """How high a post stands, as of one moment. Whole numbers: every server comes to the same."""
    heard = (row.likes + 2 * row.comments + 3 * row.shares).bit_length()
    total = sum(points(row, found).values()) + min(heard, 8)
    age = max(0, int((cut - row.at).total_seconds()))
    return total * 1_000_000 * HALF // (HALF + age)


def reasons(rows: Sequence[Post], found: Signals) -> list[schemas.Why]:
    """For each post the one thing that speaks most for it, in the reader's own world. Three queries
    at most."""
    chosen = [max(weighed, key=lambda one: weighed[one]) for weighed in _all(rows, found)]
    named: dict[int, list[int]] = {}
    inside: dict[int, int] = {}
    shops: dict[int, int] = {}
    for row, kind in zip(rows, chosen, strict=True):
        if kind in ("liked", "said"):
            acted = found.liked if kind == "liked" else found.said
            named[row.pk] = sorted(acted[row.pk] - {row.author_id})
        elif kind == "talk":
            # The group that said something last.
            inside[row.pk] = max(found.talk[row.pk].items(), key=lambda one: one[1])[0]
        elif kind == "group" and row.group_id is not None:
            inside[row.pk] = row.group_id
        elif kind == "store" and row.item_id is not None:
            shops[row.pk] = found.stores[row.item_id]
    people = cards({some[0] for some in named.values()})
    clubs = Group.objects.only("name").in_bulk(set(inside.values()))
    stores = store_cards(set(shops.values()))
    return [
        schemas.Why(
            kind=kind,
            person=people[named[row.pk][0]] if row.pk in named else None,
            others=len(named[row.pk]) - 1 if row.pk in named else 0,
            group=_group(clubs, inside.get(row.pk)),
            store=stores[shops[row.pk]] if row.pk in shops else None,
        )
        for row, kind in zip(rows, chosen, strict=True)
    ]


def _all(rows: Sequence[Post], found: Signals) -> list[Points]:
    return [points(row, found) for row in rows]


def _group(clubs: dict[int, Group], group_id: int | None) -> schemas.PostGroup | None:
    if group_id is None:
        return None
    return schemas.PostGroup(id=group_id, name=clubs[group_id].name)
