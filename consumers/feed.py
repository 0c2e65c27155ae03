"""Posts: an author's stream, and the conversation under one post."""

from collections.abc import Collection

from consumers.channel import Channel, Command, Current
from server.feed import queries, services
from server.feed.events import PostLiked
from server.feed.schemas import Comment, CommentDraft, Liked
from server.realtime import topics
from server.schema import Id, Shape


class PostBody(Shape):
    """One post."""

    post_id: Id


class CommentBody(Shape):
    """One comment."""

    comment_id: Id


def _like(person_id: int, body: PostBody) -> Liked:
    return services.like(person_id, body.post_id)


def _unlike(person_id: int, body: PostBody) -> Liked:
    return services.unlike(person_id, body.post_id)


def _delete_comment(person_id: int, body: CommentBody) -> None:
    services.delete_comment(person_id, body.comment_id)


def _counts(ids: Collection[int]) -> list[Current]:
    return [
        Current(topics.post(post), version, event)
        for post, (version, event) in queries.post_counts(ids).items()
    ]


def _my_likes(person_id: int, ids: Collection[int]) -> list[Current]:
    return [
        Current(
            topics.user(person_id), revision, PostLiked(post_id=post, liked=liked), key=str(post)
        )
        for post, (revision, liked) in queries.my_likes(person_id, ids).items()
    ]


channels = (
    Channel("author"),
    Channel(
        "post",
        commands=(
            Command("post.like", PostBody, Liked, _like),
            Command("post.unlike", PostBody, Liked, _unlike),
            Command("comment.add", CommentDraft, Comment, services.comment),
            Command("comment.delete", CommentBody, None, _delete_comment),
        ),
        shared=_counts,
        mine=_my_likes,
    ),
)
