"""A post that is held while something about it changes, and how its readers hear of that."""

from functools import partial

from django.db.models import F

from server.errors import Refused
from server.feed import policies, queries
from server.feed.events import PostCounts
from server.feed.models import Post, PostEdit
from server.groups import services as groups
from server.realtime import topics
from server.realtime.events import Logged
from server.realtime.log import record, redact
from server.realtime.snapshots import refresh
from server.realtime.topics import Topic


def hold(person_id: int, post_id: int) -> Post:
    """The post, if the person may see it, held until the transaction ends.

    Raises Refused: not_found, forbidden (not in its group any more), closed (that is archived).
    """
    posts = policies.visible_posts(person_id).select_for_update(of=("self",), no_key=True)
    row = posts.filter(pk=post_id).first()
    if row is None:
        raise Refused("not_found")
    if row.group_id is not None:
        groups.heard(person_id, row.group_id)
    return row


def count(row: Post, *, likes: int = 0, comments: int = 0, shares: int = 0) -> None:
    """Keep the post's counts in step with the rows just changed; its lock is held. What `reactions`
    holds is stored with them."""
    Post.objects.filter(pk=row.pk).update(
        likes=F("likes") + likes,
        comments=F("comments") + comments,
        shares=F("shares") + shares,
        reactions=row.reactions,
        counts_version=F("counts_version") + 1,
    )
    row.refresh_from_db(fields=["likes", "comments", "shares", "counts_version"])
    topic, load = topics.post(row.pk), partial(_counts_now, row.pk)
    refresh(topic, PostCounts, load, authority=policies.authority(row))


def record_on_post(row: Post, event: Logged) -> int:
    """Tell those who read the post. Returns the event's number there."""
    return record(topics.post(row.pk), event, authority=policies.authority(row))


def forget_wordings(row: Post, instead: Logged, instead_on_post: Logged | None = None) -> None:
    """Replaying the log must not bring back the words of changes that were told where the post is
    not shown any more; on the post itself they stay, unless it is to say something else there."""
    for edit in PostEdit.objects.filter(post=row):
        redact(Topic.parse(edit.topic), edit.number, instead)
        if instead_on_post is not None:
            redact(topics.post(row.pk), edit.number_on_post, instead_on_post)


def _counts_now(post_id: int) -> tuple[int, PostCounts] | None:
    return next(iter(queries.post_counts([post_id])), None)
