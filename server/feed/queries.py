"""Reading posts and comments, a page at a time."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import cast

from django.db.models import Q, QuerySet

from server.accounts.follows import followed_ids, reader_pairs
from server.accounts.policies import (
    may_see_person,
    muted_by,
    restricted_pairs,
    watchable_author,
)
from server.accounts.queries import cards, friend_ids
from server.catalogue.queries import item_cards
from server.errors import Refused
from server.feed import schemas
from server.feed.events import PostCounts, PostLiked
from server.feed.models import Comment, Like, Pin, Post, PostEdit, PostPicture, Reaction
from server.feed.policies import homes, my_homes, visible_comments, visible_posts
from server.groups import policies as groups
from server.groups.models import Group
from server.http import from_cursor, to_cursor
from server.media.queries import picture_views
from server.realtime import log
from server.realtime.clock import millis
from server.realtime.instant import one_instant
from server.realtime.topics import Topic, members
from server.realtime.topics import post as post_topic
from server.realtime.topics import user as user_topic

POSTS_A_PAGE = 20
COMMENTS_A_PAGE = 50
VERSION = {"version"}

# Pages. The epoch is read before the instant: the first reading of all has to make it. -----------


def feed_page(person_id: int, cursor: str | None = None) -> schemas.FeedPage:
    """My own posts, my friends', those of whom I follow and those in my groups, the newest first,
    with the numbers of the topics that tell of them.

    Raises Refused(bad_field) for a cursor of another list.
    """
    epoch = log.epoch()
    with one_instant():
        near, followed = friend_ids(person_id), followed_ids(person_id)
        muted = set(muted_by(person_id).values_list("other", flat=True))
        theirs = {author for _, author in restricted_pairs([person_id], {*near, *followed})}
        apart = muted | theirs
        inside = groups.mine(person_id).values("group")
        mine = Q(author=person_id) | Q(author__in={*near, *followed} - muted, group=None)
        within = Q(group__in=inside, audience="group") & ~Q(author__in=muted)
        posts = visible_posts(person_id).filter(mine | within)
        close = [person_id, *(one for one in near if one not in apart)]
        told = homes(person_id, close, [one for one in followed if one not in apart])
        return _page(person_id, posts, cursor, told + my_homes(person_id), epoch)


def group_feed(person_id: int, group_id: int, cursor: str | None = None) -> schemas.FeedPage:
    """What is shown in a group that I am in, the newest first; those who decide see what was hidden
    there too. Raises Refused: not_found (also when I am not in it), bad_field."""
    epoch = log.epoch()
    with one_instant():
        if not groups.mine(person_id).filter(group=group_id).exists():
            raise Refused("not_found")
        posts = visible_posts(person_id).filter(group=group_id, audience__in=("group", "held"))
        followed = [user_topic(person_id), members(group_id)]
        return _page(person_id, posts, cursor, followed, epoch)


def everyone_page(person_id: int, cursor: str | None = None) -> schemas.FeedPage:
    """Posts for everyone, the newest first; nobody is followed, so there are no heads."""
    epoch = log.epoch()
    with one_instant():
        posts = visible_posts(person_id).filter(audience="everyone")
        posts = posts.exclude(author__in=muted_by(person_id).values("other"))
        return _page(person_id, posts, cursor, [], epoch)


def person_page(person_id: int, other_id: int, cursor: str | None = None) -> schemas.FeedPage:
    """One person's posts as I see them, but those in groups; with the numbers of the topics that
    tell me of them.

    Raises Refused: not_found (no such person, or they blocked me), bad_field.
    """
    epoch = log.epoch()
    with one_instant():
        if not may_see_person(person_id, other_id):
            raise Refused("not_found")
        near = [pair[1] for pair in watchable_author([person_id], [other_id])]
        followed = [pair[1] for pair in reader_pairs([person_id], [other_id])]
        posts = visible_posts(person_id).filter(author=other_id, group=None)
        first = None
        if cursor is None:
            first = posts.filter(pk__in=Pin.objects.filter(person=other_id).values("post")).first()
        return _page(person_id, posts, cursor, homes(person_id, near, followed), epoch, first)


def _page(
    person_id: int,
    posts: QuerySet[Post],
    cursor: str | None,
    followed: list[Topic],
    epoch: str,
    first: Post | None = None,
) -> schemas.FeedPage:
    if after := from_cursor(cursor, int):
        posts = posts.filter(pk__lt=after[0])
    found = list(posts.order_by("-pk")[: POSTS_A_PAGE + 1])
    more, found = len(found) > POSTS_A_PAGE, found[:POSTS_A_PAGE]
    all_of_it = entries(person_id, [*found, *([first] if first else [])])
    return schemas.FeedPage(
        entries=all_of_it[: len(found)],
        pinned=all_of_it[-1] if first else None,
        next=to_cursor(found[-1].pk) if more else None,
        heads={} if cursor else log.heads(followed),
        epoch=epoch,
    )


def post_entry(person_id: int, post_id: int) -> schemas.PostEntry:
    """One post. Raises Refused(not_found)."""
    with one_instant():
        found = list(visible_posts(person_id).filter(pk=post_id))
        if not found:
            raise Refused("not_found")
        return entries(person_id, found)[0]


def wordings(person_id: int, post_id: int) -> schemas.Wordings:
    """What a post said before, for whoever may see it now. Raises Refused(not_found)."""
    with one_instant():
        if not visible_posts(person_id).filter(pk=post_id).exists():
            raise Refused("not_found")
        rows = PostEdit.objects.filter(post=post_id).order_by("edition")
        edits = [schemas.Wording(text=row.text, at=millis(row.at)) for row in rows]
        return schemas.Wordings(edits=edits)


def post_list(person_id: int, ids: Sequence[int]) -> schemas.PostList:
    """Posts by id, in the order asked for. Those I may not see are left out, whatever the reason:
    never shown to me, not any more, deleted, or not there."""
    with one_instant():
        found = {row.pk: row for row in visible_posts(person_id).filter(pk__in=ids)}
        rows = [found[pk] for pk in ids if pk in found]
        return schemas.PostList(entries=entries(person_id, rows))


def own_entry(person_id: int, post_id: int) -> schemas.PostEntry:
    """One's own post, also after it was deleted: the answer to a repeated publication."""
    with one_instant():
        return entries(person_id, list(Post.objects.filter(pk=post_id, author=person_id)))[0]


def comments_page(person_id: int, post_id: int, cursor: str | None = None) -> schemas.CommentPage:
    """The conversation under a post, the oldest first. Raises Refused: not_found, bad_field."""
    epoch = log.epoch()
    with one_instant():
        if not visible_posts(person_id).filter(pk=post_id).exists():
            raise Refused("not_found")
        rows = visible_comments(person_id).filter(post=post_id)
        if after := from_cursor(cursor, int):
            rows = rows.filter(pk__gt=after[0])
        found = list(rows.order_by("pk")[: COMMENTS_A_PAGE + 1])
        more, found = len(found) > COMMENTS_A_PAGE, found[:COMMENTS_A_PAGE]
        return schemas.CommentPage(
            comments=comment_views(found, person_id),
            next=to_cursor(found[-1].pk) if more else None,
            head=log.head(post_topic(post_id)),
            epoch=epoch,
        )


def comment_view(person_id: int, comment_id: int) -> schemas.Comment:
    """One comment. Raises Refused(not_found), also when a block stands between."""
    found = list(visible_comments(person_id).filter(pk=comment_id))
    if not found or not visible_posts(person_id).filter(pk=found[0].post_id).exists():
        raise Refused("not_found")
    return comment_views(found, person_id)[0]


# Many rows as shapes -------------------------------------------------------------------------


def post_views(rows: Sequence[Post], reader: int | None = None) -> list[schemas.Post]:
    """Posts as everyone who may see them sees them. At most six queries.

    reader: for them alone. An author who left a hidden group is told no more of it. Two more.
    """
    people = cards({row.author_id for row in rows})
    items = item_cards({row.item_id for row in rows if row.item_id is not None})
    made_in = {row.group_id for row in rows if row.group_id is not None}
    if made_in and reader is not None:
        made_in = {group for _, group in groups.watchable([reader], made_in)}
    named = Group.objects.only("name").in_bulk(made_in) if made_in else {}
    pinned = list(
        PostPicture.objects.filter(post__in=[row.pk for row in rows])
        .order_by("post", "place")
        .values_list("post_id", "picture_id")
    )
    pictures = picture_views({picture_id for _, picture_id in pinned})
    return [
        schemas.Post(
            id=row.pk,
            client_id=row.client_id,
            author=people[row.author_id],
            text=row.text,
            pictures=[pictures[pic] for post, pic in pinned if post == row.pk and pic in pictures],
            item=items.get(row.item_id) if row.item_id is not None else None,
            poll_id=row.poll_id,
            of_id=row.of_id,
            audience=audience_of(row),
            group=_group(named.get(row.group_id or 0)),
            turn=row.turn,
            edition=row.edition,
            at=millis(row.at),
            edited_at=millis(row.edited_at) if row.edited_at else None,
        )
        for row in rows
    ]


def _group(row: Group | None) -> schemas.PostGroup | None:
    return schemas.PostGroup(id=row.pk, name=row.name) if row else None


def entries(person_id: int, rows: Sequence[Post]) -> list[schemas.PostEntry]:
    """Posts with what is mine in them. At most ten queries."""
    views = post_views(rows, person_id)
    ids = [row.pk for row in rows]
    liked = set(
        Like.objects.filter(person=person_id, post__in=ids, on=True).values_list(
            "post_id", flat=True
        )
    )
    mine = _pressed([person_id], ids)
    heads = log.heads([post_topic(row.pk) for row in rows])
    return [
        schemas.PostEntry(
            post=view,
            counts=counts_of(row),
            liked=row.pk in liked,
            mine=mine[person_id, row.pk],
            list_id=row.list_id if row.author_id == person_id else None,
            head=heads[str(post_topic(row.pk))],
        )
        for row, view in zip(rows, views, strict=True)
    ]


def comment_views(rows: Sequence[Comment], person_id: int = 0) -> list[schemas.Comment]:
    """Comments as shapes, for this reader or for everyone. One query, two when some are held."""
    people = cards({row.author_id for row in rows})
    under = {row.post_id for row in rows if row.held}
    mine = Post.objects.filter(pk__in=under, author=person_id).values_list("pk", flat=True)
    waiting = set(mine) if person_id and under else set()
    return [
        schemas.Comment(
            id=row.pk,
            post_id=row.post_id,
            to_id=row.to_id,
            client_id=row.client_id,
            author=people[row.author_id],
            text=row.text,
            held=row.held and row.post_id in waiting,
            at=millis(row.at),
        )
        for row in rows
    ]


def audience_of(row: Post) -> schemas.Audience:
    """Who sees a loaded post."""
    return cast(schemas.Audience, row.audience)


def counts_of(row: Post) -> schemas.Counts:
    """The running counts of a loaded post."""
    return schemas.Counts(
        likes=row.likes,
        comments=row.comments,
        shares=row.shares,
        reactions=_tallies(row.reactions),
        version=row.counts_version,
    )


def _tallies(stored: list[tuple[str, int]]) -> list[schemas.Pressed]:
    return [schemas.Pressed(emoji=emoji, n=n) for emoji, n in stored]


# Present states for joins and pushes ---------------------------------------------------------


def post_counts(ids: Collection[int]) -> list[tuple[int, PostCounts]]:
    """(version, counts) of the posts that are still there. One query."""
    rows = Post.objects.filter(pk__in=ids, deleted_at=None)
    return [
        (
            row.counts_version,
            PostCounts(post_id=row.pk, **counts_of(row).model_dump(exclude=VERSION)),
        )
        for row in rows.only("counts_version", "likes", "comments", "shares", "reactions")
    ]


def post_likes(person_id: int, ids: Collection[int]) -> list[tuple[int, PostLiked]]:
    """(version, state) of what I press, where I ever did. Two queries."""
    return [(revision, state) for _, revision, state in likes_of([person_id], ids)]


def likes_of(people: Collection[int], ids: Collection[int]) -> list[tuple[int, int, PostLiked]]:
    """(person, version, state) where one of the people ever pressed anything on one of the posts.
    Two queries."""
    rows = list(
        Like.objects.filter(person__in=people, post__in=ids).values_list(
            "person_id", "post_id", "revision", "on"
        )
    )
    # Read after the revision, which may then be older than the state but never newer.
    pressed = _pressed(people, ids)
    return [
        (person, revision, PostLiked(post_id=post, liked=on, mine=pressed[person, post]))
        for person, post, revision, on in rows
    ]


def _pressed(people: Collection[int], ids: Collection[int]) -> dict[tuple[int, int], list[str]]:
    """The emoji each pressed on each post, in that order. One query, none without posts."""
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    if ids:
        rows = Reaction.objects.filter(person__in=people, post__in=ids).order_by("pk")
        for person, post, emoji in rows.values_list("person_id", "post_id", "emoji"):
            found[person, post].append(emoji)
    return found
