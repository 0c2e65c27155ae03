"""A topic is one thing people can watch. Nobody joins strings by hand."""

from dataclasses import dataclass
from typing import Self

KINDS = frozenset(
    {
        "user",
        "presence",
        "author",
        "public",
        "list",
        "members",
        "post",
        "room",
        "group",
        "poll",
        "item",
    }
)


@dataclass(frozen=True, slots=True, order=True)
class Topic:
    """One watchable thing, written `kind:id` on the wire."""

    kind: str
    id: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `room:7`. Raises ValueError for anything else, unknown kinds included."""
        kind, colon, number = text.partition(":")
        if kind not in KINDS or not colon or not number.isascii() or not number.isdigit():
            raise ValueError(f"not a topic: {text[:40]!r}")
        if number[0] == "0" or len(number) > 15:
            raise ValueError(f"not a topic: {text[:40]!r}")
        return cls(kind, int(number))

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @property
    def group(self) -> str:
        """Its name on the channel layer, where a colon is not allowed."""
        return f"topic.{self.kind}.{self.id}"


def user(person_id: int) -> Topic:
    """What concerns one person only, on all of that person's devices."""
    return Topic("user", person_id)


def presence(person_id: int) -> Topic:
    """Whether a person is here; watched by friends when both allow it."""
    return Topic("presence", person_id)


def author(person_id: int) -> Topic:
    """A person's posts as their friends see them."""
    return Topic("author", person_id)


def public(person_id: int) -> Topic:
    """What a person shows beyond friends, as followers and friends see it. Only of people who once
    let anyone follow them; of all others it is on their author topic."""
    return Topic("public", person_id)


def friend_list(number: int) -> Topic:
    """The posts that a person shows to some friends only. Its number is by chance and not the id of
    the list, which would tell who of them was put into one first."""
    return Topic("list", number)


def post(post_id: int) -> Topic:
    """The conversation under one post."""
    return Topic("post", post_id)


def room(room_id: int) -> Topic:
    """A chat."""
    return Topic("room", room_id)


def group(group_id: int) -> Topic:
    """A group of an interest: how it presents itself and how many are in it."""
    return Topic("group", group_id)


def members(group_id: int) -> Topic:
    """What is shown to those who are in a group, and whose rules govern it: its posts."""
    return Topic("members", group_id)


def poll(poll_id: int) -> Topic:
    """A vote and its running tally."""
    return Topic("poll", poll_id)


def item(item_id: int) -> Topic:
    """Price, stock and state of a thing for sale."""
    return Topic("item", item_id)
