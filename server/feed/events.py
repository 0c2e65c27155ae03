"""What followers and readers learn live."""

from server.feed.schemas import Comment, Post
from server.realtime.events import Logged, Snapshot
from server.schema import Id


class PostPublished(Logged, type="post.published", topic="author"):
    """A friend posted."""

    post: Post


class PostDeleted(Logged, type="post.deleted", topic="author"):
    """A friend took a post back: it goes from every open page."""

    post_id: Id


class PostGone(Logged, type="post.gone", topic="post"):
    """The same, for those who read the post without being the author's friend."""

    post_id: Id


class CommentAdded(Logged, type="comment.added", topic="post"):
    """Somebody answered."""

    comment: Comment


class CommentWithheld(Logged, type="comment.withheld", topic="post"):
    """Somebody answered whom not every watcher may read, because of a block between the two.

    Ask for it: GET /api/comments/{id} says 404 to those it is not for.
    """

    post_id: Id
    comment_id: Id


class CommentDeleted(Logged, type="comment.deleted", topic="post"):
    """An answer was taken back or removed by the post's author."""

    post_id: Id
    comment_id: Id


class PostCounts(Snapshot, type="post.counts", topic="post"):
    """Likes and comments now."""

    post_id: Id
    likes: int
    comments: int


class PostLiked(Snapshot, type="post.liked", topic="user"):
    """I liked or unliked on some device; key = post id."""

    post_id: Id
    liked: bool
