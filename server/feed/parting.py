"""Somebody leaves for good: posts and comments go, likes and other emoji stay counted."""

from server.feed.models import Comment, Post
from server.feed.services import delete_comment, delete_post

AT_ONCE = 20


def erase_posts(person_id: int) -> bool:
    """Take back some of their posts. Returns whether there were any."""
    rows = Post.objects.filter(author=person_id, deleted_at=None).order_by("pk")
    ids = list(rows.values_list("pk", flat=True)[:AT_ONCE])
    for post_id in ids:
        delete_post(person_id, post_id)
    return bool(ids)


def erase_comments(person_id: int) -> bool:
    """Take back some of their comments. Returns whether there were any."""
    rows = Comment.objects.filter(author=person_id, deleted_at=None).order_by("post", "pk")
    ids = list(rows.values_list("pk", flat=True)[:AT_ONCE])
    for comment_id in ids:
        delete_comment(person_id, comment_id)
    return bool(ids)
