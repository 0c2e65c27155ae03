"""What people do that concerns somebody else: the one door between the apps where it happens and
the app that tells of it, which they do not know."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "friend.asked",
    "friend.accepted",
    "follow",
    "comment",
    "comment.reply",
    "mention",
    "post.mention",
    "like",
    "post.reaction",
    "reshare",
    "post.held",
    "group.invited",
    "group.asked",
    "group.let_in",
    "group.role",
    "gathering.named",
    "gathering.seat",
    "gathering.soon",
    "gathering.moved",
    "gathering.off",
    "room.mention",
    "room.reply",
    "reaction",
    "vote",
    "vote.closed",
]


@dataclass(frozen=True, slots=True)
class Happening:
    """kind: what it is. person_id: whom it concerns. subject: the thing it is about, by kind a
    person, post, group, gathering, room, message or vote. cause: what names it among those of the
    same kind and subject, for ever: a row, or a version. actor_id: who did it, if anybody.
    """

    kind: Kind
    person_id: int
    subject: int
    cause: int
    actor_id: int | None


listeners: list[Callable[[Collection[Happening]], None]] = []
"""Called in the transaction of the change. An app above adds to it in its AppConfig.ready()."""


def happened(*happenings: Happening) -> None:
    """Say so, in the transaction in which it happens. Saying it again is saying it once."""
    if happenings:
        for listener in listeners:
            listener(happenings)
