"""Who may see a post. One table says it; the filter of every query and the predicate of joins,
replays, pictures, votes and previews are both made of it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from server.accounts import follows
from server.accounts.ages import minors, shown_to_all
from server.accounts.models import FriendList, User
from server.accounts.policies import (
    blocked_pairs,
    close_friends_of,
    close_pairs,
    listed,
    listed_pairs,
    separated_from,
    visible_people,
)
from server.feed.models import Comment, Post, PostEdit
from server.groups import policies as groups
from server.realtime.topics import Topic, author, friend_list, members, public, user

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """As much of a post as says who may see it."""

    id: int
    author: int
    audience: str
    list: int | None = None
    group: int | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """One way for a reader to stand to a post, told for one reader and for many.

    filter: the posts to which this person stands so. pairs: the (person, post) that do.
    """

    filter: Callable[[int], Q]
    pairs: Callable[[Collection[int], Sequence[Shown]], set[Pair]]


def _by_author(people: Collection[int], posts: Sequence[Shown], near: set[Pair]) -> set[Pair]:
    """near: (person, author)."""
    return {(who, one.id) for one in posts for who in people if (who, one.author) in near}


def _own(people: Collection[int], posts: Sequence[Shown]) -> set[Pair]:
    return {(one.author, one.id) for one in posts if one.author in people}


def _friends(people: Collection[int], posts: Sequence[Shown]) -> set[Pair]:
    near = close_pairs(people, {one.author for one in posts})
    return _by_author(people, posts, near)


def _following(people: Collection[int], posts: Sequence[Shown]) -> set[Pair]:
    near = follows.reader_pairs(people, {one.author for one in posts})
    return _by_author(people, posts, near)


def _met(people: Collection[int], posts: Sequence[Shown]) -> set[Pair]:
    authors = {one.author for one in posts}
    apart, young = blocked_pairs(people, authors), minors(authors)
    return {
        (who, one.id)
        for one in posts
        for who in people
        if one.author not in young and (who, one.author) not in apart
    }


def _listed(people: Collection[int], posts: Sequence[Shown]) -> set[Pair]:
    inside = listed_pairs(people, {one.list: one.author for one in posts if one.list is not None})
    return {(who, one.id) for one in posts for who in people if (who, one.list) in inside}


def _inside(people: Collection[int], posts: Sequence[Shown]) -> set[Pair]:
    readers = groups.readers(people, {one.group for one in posts if one.group is not None})
    apart = blocked_pairs(people, {one.author for one in posts}) if readers else set()
    found = set()
    for one in posts:
        for who in people:
            _, since = readers.get((who, one.group or 0), ("", None))
            there = (who, one.group) in readers and (who, one.author) not in apart
            if there and (since is None or one.at is None or one.at >= since):
                found.add((who, one.id))
    return found


def _deciding(people: Collection[int], posts: Sequence[Shown]) -> set[Pair]:
    readers = groups.readers(people, {one.group for one in posts if one.group is not None})
    deciding = {pair for pair, (role, _) in readers.items() if role in groups.DECIDE}
    return {(who, one.id) for one in posts for who in people if (who, one.group) in deciding}


OWN = Standing(lambda me: Q(author=me), _own)
FRIEND = Standing(
    lambda me: Q(Exists(close_friends_of(me).filter(pk=OuterRef("author")))), _friends
)
LISTED = Standing(lambda me: Q(Exists(listed(me).filter(list=OuterRef("list")))), _listed)
FOLLOWER = Standing(follows.followers_of_author, _following)
INSIDE = Standing(
    lambda me: Q(
        Exists(
            groups.mine(me).filter(
                Q(reads_from=None) | Q(reads_from__lte=OuterRef("at")), group=OuterRef("group")
            )
        ),
        Exists(visible_people(me).filter(pk=OuterRef("author"))),
    ),
    _inside,
)
"""In its group, since it was posted where newcomers do not read what was before, and no block
separates them from its author."""
DECIDING = Standing(
    lambda me: Q(Exists(groups.mine(me).filter(role__in=groups.DECIDE, group=OuterRef("group")))),
    _deciding,
)
"""Deciding in its group: nobody escapes them by a block."""
MET = Standing(
    lambda me: Q(
        Exists(visible_people(me).filter(pk=OuterRef("author"))),
        Exists(shown_to_all().filter(pk=OuterRef("author"))),
    ),
    _met,
)
"""Somebody whom no block separates; but nothing of a minor is for everyone."""

AUDIENCES: Mapping[str, tuple[Standing, ...]] = {
    "me": (OWN,),
    "held": (OWN, DECIDING),
    "group": (OWN, DECIDING, INSIDE),
    "list": (OWN, LISTED),
    "friends": (OWN, FRIEND),
    "followers": (OWN, FRIEND, FOLLOWER),
    "everyone": (OWN, FRIEND, MET),
}
"""The rule: who stands in one of these ways to a post of that audience may see it. The wider one
comes later."""


OF_PEOPLE = tuple(one for one in AUDIENCES if one not in ("held", "group"))
"""Those that say how people stand to the author."""


def _opened_by() -> dict[Standing, list[str]]:
    """The same table read the other way: what each standing opens."""
    opened: dict[Standing, list[str]] = {}
    for audience, standings in AUDIENCES.items():
        for standing in standings:
            opened.setdefault(standing, []).append(audience)
    return opened


OPENED_BY = _opened_by()


def published() -> QuerySet[Post]:
    """Posts that are still there, of people who are."""
    return Post.objects.filter(deleted_at=None, author__is_active=True)


def open_to(person_id: int, among: Collection[str] = tuple(AUDIENCES)) -> Q:
    """A filter by the rule for whatever has what posts have: `author`, `audience`, `list`, `group`
    and `at`; among OF_PEOPLE, for what has no group."""
    clauses = (
        standing.filter(person_id) & Q(audience__in=opened)
        for standing, audiences in OPENED_BY.items()
        if (opened := [one for one in audiences if one in among])
    )
    return reduce(or_, clauses)


def visible_posts(person_id: int) -> QuerySet[Post]:
    """Every post this person may see. Unfriending, blocks, lists and audiences count from the
    moment they commit."""
    return published().filter(open_to(person_id))


def reached(people: Collection[int], posts: Sequence[Shown]) -> set[Pair]:
    """Those (person, post) of which the person may see the post, saved or not. At most nine
    queries, and none for an audience that none of them has."""
    found: set[Pair] = set()
    for standing, audiences in OPENED_BY.items():
        open_to_them = [one for one in posts if one.audience in audiences]
        if people and open_to_them:
            found |= standing.pairs(people, open_to_them)
    return found


def watchable(people: Collection[int], ids: Collection[int]) -> set[Pair]:
    """Those (person, post) of which the person may see the post. At most ten queries."""
    if not people or not ids:
        return set()
    rows = (
        published()
        .filter(pk__in=ids)
        .values_list("pk", "author_id", "audience", "list_id", "group_id", "at")
    )
    return reached(people, [Shown(*row) for row in rows])


BEYOND = frozenset({"followers", "everyone"})
"""Audiences of more than friends."""


def home(row: Post) -> Topic:
    """The topic where this post is told, whose watchers are those who may see it, or most of them.
    One query for a post to a list."""
    if row.audience in BEYOND and row.topic.startswith("public:"):
        return Topic.parse(row.topic)
    return _near_home(row)


def new_home(row: Post) -> Topic:
    """Where a post is to be told that was not told to this audience yet. One query but for a post
    that is for friends or for nobody."""
    if row.audience in BEYOND and User.objects.filter(pk=row.author_id, has_public_topic=True):
        return public(row.author_id)
    return _near_home(row)


def _near_home(row: Post) -> Topic:
    if row.audience in ("me", "held"):
        return user(row.author_id)
    if row.group_id is not None:
        return members(row.group_id)
    if row.list_id is not None:
        number = FriendList.objects.values_list("topic", flat=True).get(pk=row.list_id)
        return friend_list(number or 0)
    return author(row.author_id)


def homes(person_id: int, authors: Collection[int], followed: Collection[int] = ()) -> list[Topic]:
    """All topics by which this person hears of posts of these people, of whom they may watch the
    author topics, and of those whom they follow. Two queries."""
    topics = [author(one) for one in authors]
    topics += [public(one) for one in follows.opened({*authors, *followed})]
    if person_id in authors:
        topics.append(user(person_id))
    open_lists = FriendList.objects.filter(owner__in=authors, topic__isnull=False)
    mine = Q(owner=person_id) | Q(Exists(listed(person_id).filter(list=OuterRef("pk"))))
    numbers = open_lists.filter(mine).order_by("pk").values_list("topic", flat=True)
    return topics + [friend_list(number) for number in numbers if number is not None]


def authorities(ids: Collection[int]) -> dict[int, Topic]:
    """Whose rules govern posts, deleted or not. One query."""
    rows = Post.objects.filter(pk__in=ids).only("author_id", "group_id")
    return {row.pk: authority(row) for row in rows}


def authority(row: Post) -> Topic:
    """Whose rules govern a post, for ever: its author's, or those of the group it was made in."""
    return author(row.author_id) if row.group_id is None else members(row.group_id)


def my_homes(person_id: int) -> list[Topic]:
    """The topics of the groups that this person is in. One query."""
    rows = groups.mine(person_id).order_by("group").values_list("group_id", flat=True)
    return [members(group) for group in rows]


def withheld_posts(person_id: int, after: Mapping[int, int]) -> set[int]:
    """The groups of which something would come by replay after that number that a page does not
    show this person: it is of before their time there, or of somebody across a block. At most five
    queries, two without blocks; only what was missed is looked at."""
    missed = min(after.values(), default=0)
    seats = groups.mine(person_id).filter(group__in=after.keys(), reads_after__gt=0)
    told = list(seats.values_list("group_id", "reads_after"))
    if apart := separated_from(person_id):
        posts = Post.objects.filter(
            author__in=apart, group__in=after.keys(), audience="group", deleted_at=None
        )
        told += posts.filter(number__gt=missed).values_list("group_id", "number")
        edits = PostEdit.objects.filter(
            post__in=posts, topic__startswith="members:", number__gt=missed
        )
        told += edits.values_list("post__group_id", "number")
    return {group for group, number in told if number > after[group]}


def withheld(person_id: int, after: Mapping[int, int]) -> set[int]:
    """The posts with a logged comment after that number whose author a block separates from this
    person by now: a page hides it, so it must not come by replay. At most two queries."""
    apart = separated_from(person_id)
    if not apart:
        return set()
    rows = Comment.objects.filter(
        post__in=after.keys(), author__in=apart, number__gt=0, deleted_at=None
    )
    return {post for post, number in rows.values_list("post_id", "number") if number > after[post]}


def visible_comments(person_id: int) -> QuerySet[Comment]:
    """Comments that are still there, of people whom no block separates from this person, and not
    held back until the post's author approves of them.

    The caller has made sure that the person may see the post.
    """
    seen = visible_people(person_id).filter(pk=OuterRef("author"))
    own = Q(author=person_id) | Q(post__author=person_id)
    return Comment.objects.filter(Exists(seen), own | Q(held=False), deleted_at=None)
