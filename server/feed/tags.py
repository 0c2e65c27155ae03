"""Words with a # before them: which post bears which, and what somebody may see of one of them."""

import re
import unicodedata
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from server.accounts.follows import followed_ids
from server.accounts.policies import muted_by
from server.accounts.queries import friend_ids
from server.errors import Refused
from server.feed import queries, schemas
from server.feed.models import Post, PostTag
from server.feed.policies import visible_posts
from server.groups import policies as groups
from server.http import from_cursor, to_cursor
from server.realtime import log
from server.realtime.instant import one_instant

TAGS_AT_MOST = 10
TAG_LENGTH = 40
LOOKED_AT = 100
_TAG = re.compile(rf"(?<![A-Za-z0-9_\u00c0-\u052f&/])#(\w{{1,{TAG_LENGTH}}})(?!\w)#?")
"""Not within a word, an address or a character reference. Chinese writes no space before one, and
may close it with another #."""


def key(tag: str) -> str | None:
    """A tag as it is compared, whatever its case and width; None for what is none, such as #1."""
    same = unicodedata.normalize("NFKC", tag).lower()
    fits = len(same) <= TAG_LENGTH and not same.isnumeric() and same.strip("_")
    return same if fits and _TAG.fullmatch(f"#{same}") else None


def found(words: str) -> list[str]:
    """The tags in these words, each once, in their order; no more than TAGS_AT_MOST."""
    keys = (key(tag) for tag in _TAG.findall(words))
    return list(dict.fromkeys(one for one in keys if one))[:TAGS_AT_MOST]


def keep(row: Post, before: str = "") -> None:
    """Find a post by the words and the audience that it has now. before: its words until now. Call
    it with the post held. At most three queries, none for words that never had a tag."""
    wanted = found(row.text)
    old = PostTag.objects.filter(post=row)
    if found(before):
        old.exclude(tag__in=wanted).delete()
    everyone = row.audience == "everyone"
    if not wanted:
        return
    old.exclude(everyone=everyone).update(everyone=everyone)
    PostTag.objects.bulk_create(
        (
            PostTag(
                post=row, tag=tag, author_id=row.author_id, group_id=row.group_id, everyone=everyone
            )
            for tag in wanted
        ),
        ignore_conflicts=True,
    )


def page(person_id: int, tag: str, cursor: str | None = None) -> schemas.FeedPage:
    """Posts with this tag: those for everyone, and of the others those of my feed; the newest
    first. Raises Refused(bad_field): no tag, or a cursor of another list."""
    wanted = key(tag)
    if wanted is None:
        raise Refused("bad_field", fields={"tag": "not a tag"})
    epoch = log.epoch()
    with one_instant():
        after = from_cursor(cursor, int)
        ids = _visible(person_id, wanted, after[0] if after else None)
        shown = ids[: queries.POSTS_A_PAGE]
        return schemas.FeedPage(
            entries=queries.post_list(person_id, shown).entries,
            pinned=None,
            next=to_cursor(shown[-1]) if len(ids) > len(shown) else None,
            heads={},
            epoch=epoch,
        )


def _visible(person_id: int, tag: str, below: int | None) -> list[int]:
    """The newest of them that this person may see, one more than a page if there are so many.

    Goes on until it has them: a page that is short for what it leaves out, or a cursor that stands
    for it, would tell how much that is.
    """
    muted = muted_by(person_id).values("other")
    tagged = PostTag.objects.filter(tag=tag)
    near = [person_id, *friend_ids(person_id), *followed_ids(person_id)]
    inside = list(groups.mine(person_id).values_list("group", flat=True))
    lists = [
        tagged.filter(everyone=True),
        tagged.filter(author__in=near),
        tagged.filter(group__in=inside),
    ]
    ids: list[int] = []
    while len(ids) <= queries.POSTS_A_PAGE and (looked := _newest(lists, below)):
        posts = visible_posts(person_id).filter(pk__in=looked).exclude(author__in=muted)
        posts = posts.filter(~Q(audience="held") | Q(author=person_id))
        ids += posts.order_by("-pk").values_list("pk", flat=True)
        below = looked[-1]
    return ids[: queries.POSTS_A_PAGE + 1]


def _newest(lists: Sequence[QuerySet[PostTag]], below: int | None) -> list[int]:
    """The newest posts of these lists, each read along its own index. One query for each."""
    together: set[int] = set()
    for rows in lists:
        older = rows if below is None else rows.filter(post__lt=below)
        together.update(older.order_by("-post").values_list("post_id", flat=True)[:LOOKED_AT])
    return sorted(together, reverse=True)[:LOOKED_AT]
