"""What followers and readers learn live."""

from server.feed.schemas import Audience, Comment, Post, Pressed
from server.realtime.events import Logged, Snapshot
from server.schema import Id, Milliseconds


class PostPublished(Logged, type="post.published", topic="author public list members user"):
    """Somebody posted, or shows a post to other people than before: to friends on their author
    topic, beyond friends on their public topic where they have one, to a list or a group on its
    own, to nobody else on their user topic."""

    post: Post


class PostWithheld(Logged, type="post.withheld", topic="members"):
    """Somebody posted or changed something in a group that not every member may read: a block
    stands between them, or the post is older than what newcomers read.

    Ask for it: GET /api/posts/{id} says 404 to those it is not for.
    """

    post_id: Id
    turn: int


class PostWithdrawn(Logged, type="post.withdrawn", topic="author public list members user"):
    """A post is not shown here any more. Who knows it by a lower turn only forgets it: it may be
    shown to them elsewhere, and that may be told sooner or later than this."""

    post_id: Id
    turn: int


class PostShown(Logged, type="post.shown", topic="author public post"):
    """Those who see a post are others now; the reader is still among them."""

    post_id: Id
    audience: Audience
    turn: int


class PostEdited(Logged, type="post.edited", topic="author public list members user post"):
    """A post says something else now; what it said before is GET /api/posts/{id}/edits. It is told
    where its readers are and on the post: the higher edition counts."""

    post_id: Id
    text: str
    edition: int
    edited_at: Milliseconds


class PostDeleted(Logged, type="post.deleted", topic="author public list members user"):
    """A post was taken back: it goes from every open page."""

    post_id: Id


class PinMoved(Logged, type="pin.moved", topic="author public list members user"):
    """A post stands first on its author's page, or does not any more. Told to those who may see
    it; what stands first for each of them now is on the first page of the author's posts."""

    author_id: Id


class PostGone(Logged, type="post.gone", topic="post"):
    """The same, for those who read the post without watching where it was told."""

    post_id: Id


class CommentAdded(Logged, type="comment.added", topic="post"):
    """Somebody answered."""

    comment: Comment


class CommentWithheld(Logged, type="comment.withheld", topic="post"):
    """Somebody answered whom not every watcher may read: a block stands between the two, or the
    post's author has not let others see it yet.

    Ask for it: GET /api/comments/{id} says 404 to those it is not for.
    """

    post_id: Id
    comment_id: Id


class CommentDeleted(Logged, type="comment.deleted", topic="post"):
    """An answer was taken back or removed by the post's author."""

    post_id: Id
    comment_id: Id


class PostCounts(Snapshot, type="post.counts", topic="post"):
    """Likes, comments, posts that show it on and other emoji now."""

    post_id: Id
    likes: int
    comments: int
    shares: int
    reactions: list[Pressed]


class PostLiked(Snapshot, type="post.liked", topic="user"):
    """What I have pressed on a post, on whatever device; key = post id."""

    post_id: Id
    liked: bool
    mine: list[str]
