"""Posts: an author's stream, what is shown to a list, and the conversation under one post."""

from collections.abc import Collection

from consumers.channel import Channel, Command, Current, Pair
from server.chat.schemas import Emoji
from server.feed import queries, services
from server.feed.schemas import Comment, CommentDraft, Liked
from server.realtime import topics
from server.schema import Id, Shape


class PostBody(Shape):
    """One post."""

    post_id: Id


class ReactBody(Shape):
    """An emoji on a post, pressed or taken back."""

    post_id: Id
    emoji: Emoji
    on: bool


class CommentBody(Shape):
    """One comment."""

    comment_id: Id


def _like(person_id: int, body: PostBody) -> Liked:
    return services.like(person_id, body.post_id)


def _unlike(person_id: int, body: PostBody) -> Liked:
    return services.unlike(person_id, body.post_id)


def _react(person_id: int, body: ReactBody) -> Liked:
    return services.react(person_id, body.post_id, body.emoji, on=body.on)


def _delete_comment(person_id: int, body: CommentBody) -> None:
    services.delete_comment(person_id, body.comment_id)


def _counts(ids: Collection[int]) -> list[Current]:
    return [
        Current(topics.post(counts.post_id), version, counts)
        for version, counts in queries.post_counts(ids)
    ]


def _my_likes(pairs: Collection[Pair]) -> list[Current]:
    people, posts = {person for person, _ in pairs}, {post for _, post in pairs}
    return [
        Current(topics.user(person), revision, mine, key=str(mine.post_id))
        for person, revision, mine in queries.likes_of(people, posts)
        if (person, mine.post_id) in pairs
    ]


channels = (
    Channel("author"),
    Channel("public"),
    Channel("list"),
    Channel(
        "post",
        commands=(
            Command("post.like", PostBody, Liked, _like),
            Command("post.unlike", PostBody, Liked, _unlike),
            Command("post.react", ReactBody, Liked, _react),
            Command("comment.add", CommentDraft, Comment, services.comment),
            Command("comment.delete", CommentBody, None, _delete_comment),
        ),
        shared=_counts,
        mine=_my_likes,
    ),
)
