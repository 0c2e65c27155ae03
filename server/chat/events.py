"""What the people of a room learn live."""

from server.chat.schemas import Emoji, Member, Message, ReadMark, RoomCard
from server.realtime.events import Logged, Snapshot, Whisper
from server.schema import Id, Milliseconds


class MessageSent(Logged, type="message.sent", topic="room"):
    """A new message; its sender settles the pending one by `client_id`.

    The sender has read up to it: no separate read mark is sent.
    """

    message: Message


class MessageEdited(Logged, type="message.edited", topic="room"):
    """New words; the earlier ones are in the history."""

    message_id: Id
    text: str
    mentions: list[Id]
    edited_at: Milliseconds


class MessageDeleted(Logged, type="message.deleted", topic="room"):
    """Words, pictures, attachment, reply, mentions and reactions are gone; the place stays.

    Replies to it lose their excerpt.
    """

    message_id: Id


class ReactionAdded(Logged, type="reaction.added", topic="room"):
    """A person pressed an emoji."""

    message_id: Id
    emoji: Emoji
    person_id: Id


class ReactionRemoved(Logged, type="reaction.removed", topic="room"):
    """A person took an emoji back."""

    message_id: Id
    emoji: Emoji
    person_id: Id


class RoomRenamed(Logged, type="room.renamed", topic="room"):
    """The group has a new title."""

    title: str


class RoomSlowed(Logged, type="room.slowed", topic="room"):
    """From now on everybody waits so long between two messages of theirs (0: not at all)."""

    slow_seconds: int


class RoomFrozen(Logged, type="room.frozen", topic="room"):
    """Nothing is said here any more, or it is again: its group was archived or opened."""

    frozen: bool


class MemberJoined(Logged, type="member.joined", topic="room"):
    """Somebody came in, with everything so far counted as read."""

    member: Member
    member_count: int


class MemberLeft(Logged, type="member.left", topic="room"):
    """Somebody left or was removed; `owner_id` is the owner from now on."""

    person_id: Id
    member_count: int
    owner_id: Id | None


class RoomReads(Snapshot, type="room.reads", topic="room"):
    """How far everyone has read, and how far it has reached them, in rooms of at most 100 people;
    in larger ones nobody is told.

    A mark never goes back: keep the higher of this and what `message.sent` has said since.
    """

    reads: list[ReadMark]


class Typing(Whisper, type="typing", topic="room"):
    """Somebody is writing, or has stopped."""

    person_id: Id
    on: bool


class RoomOpened(Logged, type="room.opened", topic="user"):
    """I am in a new room (created, added, or first written to)."""

    room: RoomCard


class RoomClosed(Logged, type="room.closed", topic="user"):
    """I am no longer in this room."""

    room_id: Id


class RoomWritable(Logged, type="room.writable", topic="user"):
    """A block between two people was set or lifted: writing in the direct chat changed."""

    room_id: Id
    writable: bool


class RoomRead(Snapshot, type="room.read", topic="user"):
    """I have read this room up to `ordinal` on some device; key = room id, version = ordinal."""

    room_id: Id
    ordinal: int
