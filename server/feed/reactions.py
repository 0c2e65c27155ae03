"""What people press on a post: the heart, and any other emoji.

The heart is a like, with a row of its own; the others share a list of counts on the post, in the
order in which each was first pressed. All of it changes under the post's lock.
"""

from functools import partial

from django.db import transaction
from django.db.models import Count, Exists, F, Min, OuterRef

from server.accounts.policies import visible_people
from server.accounts.queries import cards
from server.chat.emoji import spelled
from server.errors import Refused
from server.feed import queries, schemas
from server.feed.events import PostLiked
from server.feed.held import count, hold
from server.feed.models import Comment, Like, Post, Reaction
from server.feed.policies import visible_posts
from server.happenings import Happening, happened
from server.http import from_cursor, to_cursor
from server.realtime import topics
from server.realtime.instant import one_instant
from server.realtime.snapshots import refresh

EMOJI_A_POST = 20
REACTED_A_PAGE = 50


def like(person_id: int, post_id: int) -> schemas.Liked:
    """Like a post one may see. Raises Refused: not_found, forbidden, closed."""
    return _set_like(person_id, post_id, on=True)


def unlike(person_id: int, post_id: int) -> schemas.Liked:
    """Withdraw a like. Raises Refused: not_found, forbidden, closed."""
    return _set_like(person_id, post_id, on=False)


def react(person_id: int, post_id: int, emoji: str, *, on: bool) -> schemas.Liked:
    """Press an emoji on a post one may see, or take it back; doing either again changes nothing.

    Raises Refused: not_found, bad_field (not one emoji), full (20 different ones), forbidden,
    closed (see held.hold).
    """
    known = spelled(emoji)
    if known is None:
        raise Refused("bad_field", "This is not one emoji.", fields={"emoji": "not one emoji"})
    if known == schemas.HEART:
        return _set_like(person_id, post_id, on=on)
    with transaction.atomic():
        row = hold(person_id, post_id)
        if _press(row, person_id, known) if on else _release(row, person_id, known):
            count(row)
            mine = Like.objects.filter(post=row, person=person_id)
            if not mine.update(revision=F("revision") + 1):
                Like.objects.create(post=row, person_id=person_id, on=False)
            if on:
                happened(Happening("post.reaction", row.author_id, row.pk, person_id, person_id))
            _tell_me(person_id, post_id)
        return _answer(row, person_id)


def _press(row: Post, person_id: int, emoji: str) -> bool:
    """Whether it was not pressed before."""
    counts = dict(row.reactions)
    if emoji not in counts and len(counts) >= EMOJI_A_POST:
        raise Refused("full", f"At most {EMOJI_A_POST} different emoji on a post.")
    _, new = Reaction.objects.get_or_create(post=row, person_id=person_id, emoji=emoji)
    if new:
        counts[emoji] = counts.get(emoji, 0) + 1
        row.reactions = list(counts.items())
    return new


def _release(row: Post, person_id: int, emoji: str) -> bool:
    """Whether it was pressed before."""
    gone, _ = Reaction.objects.filter(post=row, person=person_id, emoji=emoji).delete()
    if gone:
        left = [(one, n - (one == emoji)) for one, n in row.reactions]
        row.reactions = [(one, n) for one, n in left if n]
    return bool(gone)


def _set_like(person_id: int, post_id: int, *, on: bool) -> schemas.Liked:
    with transaction.atomic():
        row = hold(person_id, post_id)
        if _turn(row, person_id, on):
            count(row, likes=1 if on else -1)
            if on:
                happened(Happening("like", row.author_id, row.pk, person_id, person_id))
            _tell_me(person_id, post_id)
        return _answer(row, person_id)


def _turn(row: Post, person_id: int, on: bool) -> bool:
    """Whether it was the other way before. The post's lock keeps a person's taps in order."""
    mine = Like.objects.filter(post=row, person=person_id)
    if mine.filter(on=not on).update(on=on, revision=F("revision") + 1):
        return True
    if on and not mine.exists():
        Like.objects.create(post=row, person_id=person_id, on=True)
        return True
    return False


def _answer(row: Post, person_id: int) -> schemas.Liked:
    found = queries.post_likes(person_id, [row.pk])
    state = found[0][1] if found else PostLiked(post_id=row.pk, liked=False, mine=[])
    counts = queries.counts_of(row)
    return schemas.Liked(post_id=row.pk, liked=state.liked, mine=state.mine, counts=counts)


def _tell_me(person_id: int, post_id: int) -> None:
    """My own devices."""
    topic = topics.user(person_id)
    refresh(topic, PostLiked, partial(_like_now, person_id, post_id), key=str(post_id))


def _like_now(person_id: int, post_id: int) -> tuple[int, PostLiked] | None:
    return next(iter(queries.post_likes(person_id, [post_id])), None)


def recount(post_id: int) -> schemas.Counts:
    """Make a post's counts equal its rows again, whatever happened to them; returns them."""
    with transaction.atomic():
        row = Post.objects.select_for_update(no_key=True).get(pk=post_id)
        likes = Like.objects.filter(post=post_id, on=True).count()
        comments = Comment.objects.filter(post=post_id, deleted_at=None).count()
        shares = Post.objects.filter(of=post_id, deleted_at=None).count()
        pressed = Reaction.objects.filter(post=post_id).values("emoji")
        counted = pressed.annotate(n=Count("pk"), first=Min("pk")).order_by("first")
        rows = dict(counted.values_list("emoji", "n"))
        stored = (row.likes, row.comments, row.shares, dict(row.reactions))
        if stored != (likes, comments, shares, rows):
            row.reactions = list(rows.items())
            count(
                row,
                likes=likes - row.likes,
                comments=comments - row.comments,
                shares=shares - row.shares,
            )
    return queries.counts_of(row)


def reacted_page(
    person_id: int, post_id: int, emoji: str, cursor: str | None = None
) -> schemas.ReactedPage:
    """Who pressed this emoji, the heart too, as far as no block hides them from me.

    Raises Refused: not_found, bad_field.
    """
    with one_instant():
        if not visible_posts(person_id).filter(pk=post_id).exists():
            raise Refused("not_found")
        known = spelled(emoji)
        likes = Like.objects.filter(post=post_id, on=True)
        others = Reaction.objects.filter(post=post_id, emoji=known)
        seen = Exists(visible_people(person_id).filter(pk=OuterRef("person")))
        rows = (likes if known == schemas.HEART else others).filter(seen)
        if after := from_cursor(cursor, int):
            rows = rows.filter(pk__lt=after[0])
        found = list(rows.order_by("-pk").values_list("pk", "person_id")[: REACTED_A_PAGE + 1])
        more, found = len(found) > REACTED_A_PAGE, found[:REACTED_A_PAGE]
        people = cards({person for _, person in found})
        return schemas.ReactedPage(
            people=[people[person] for _, person in found],
            next=to_cursor(found[-1][0]) if more else None,
        )
