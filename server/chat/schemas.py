"""Rooms and messages as the wire shows them, and what a person may write."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from server.accounts.schemas import PersonCard
from server.catalogue.schemas import ItemCard, StoreCard
from server.media.schemas import PictureView
from server.schema import ClientId, Id, Milliseconds, Shape

MESSAGE_LENGTH = 4_000
MESSAGE_PICTURES = 9
ROOM_PEOPLE = 500
EXCERPT_LENGTH = 140
MENTIONS = 50
RECEIPTS_UP_TO = 100
"""Read receipts are shown in rooms of at most this many people."""

RoomKind = Literal["direct", "group", "store", "club"]
Role = Literal["owner", "member", "staff"]
Text = Annotated[str, StringConstraints(max_length=4 * MESSAGE_LENGTH)]
"""At most MESSAGE_LENGTH code points, counted by the service after cleaning (see server/text.py):
the refusal can then name the count, and what cleaning removes does not count."""
Emoji = Annotated[str, StringConstraints(min_length=1, max_length=32)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class ItemAttachment(Shape):
    """An item shown in a message, as it was when sent; watch `item:<id>` for its present state."""

    kind: Literal["item"] = "item"
    item: ItemCard


class PollAttachment(Shape):
    """A vote shown in a message; its state lives on `poll:<id>`."""

    kind: Literal["poll"] = "poll"
    poll_id: Id


Attachment = Annotated[ItemAttachment | PollAttachment, Field(discriminator="kind")]


class Quote(Shape):
    """What a reply answers, as it read at that time; the excerpt goes when that is deleted."""

    message_id: Id
    ordinal: int
    author: str
    excerpt: str


class Reaction(Shape):
    """One emoji and who pressed it, first first. A message's emoji stand in the order in which
    each was pressed after there was none of it."""

    emoji: str
    people: list[Id]


class Message(Shape):
    """A message. `ordinal` counts messages of the room 1, 2, 3 …; a deleted one keeps its place."""

    id: Id
    room_id: Id
    ordinal: int
    client_id: ClientId
    author: PersonCard
    as_store: bool
    """Written by the store's staff in a chat with the store."""
    text: str
    pictures: list[PictureView]
    attachment: Attachment | None
    reply_to: Quote | None
    mentions: list[Id]
    reactions: list[Reaction]
    at: Milliseconds
    edited_at: Milliseconds | None
    deleted: bool


class Member(Shape):
    """A person in a room."""

    person: PersonCard
    role: Role
    joined_at: Milliseconds


class ReadMark(Shape):
    """A person has read up to `ordinal`; up to `delivered` it has reached a page of theirs."""

    person_id: Id
    ordinal: int
    delivered: int
    """Never below `ordinal`."""


class RoomCard(Shape):
    """A line in my list of chats. unread = last_ordinal - read_ordinal.

    My own `message.sent` moves my read_ordinal to that message.
    """

    id: Id
    kind: RoomKind
    title: str | None
    """Of a group or club; a direct chat is named after `people`, a store chat after `store`."""
    store: StoreCard | None
    people: list[PersonCard]
    """Up to four others, for faces and names."""
    member_count: int
    role: Role
    last_ordinal: int
    read_ordinal: int
    last_message: Message | None
    active_at: Milliseconds
    writable: bool
    """False when a block between us, having left, or an archived group forbids writing."""
    slow_seconds: int
    """How long one waits between two messages of one's own; 0: not at all."""
    head: int


class RoomList(Shape):
    """My chats (the 500 most recently active), the latest first.

    A direct or store chat is listed from its first message on.
    """

    rooms: list[RoomCard]
    epoch: str


class MessagePage(Shape):
    """Consecutive messages, oldest first; `head` is the room's number at the same instant."""

    messages: list[Message]
    earlier: bool
    later: bool
    head: int
    epoch: str


class RoomPage(Shape):
    """A room as a fresh load sees it: page around the first unread, or the latest.

    members: in the order they came. reads: empty in rooms of more than 100 people.
    """

    room: RoomCard
    members: list[Member]
    reads: list[ReadMark]
    page: MessagePage


class MessageDraft(Shape):
    """What a person sends. Something must be in it: text, pictures or an item."""

    client_id: ClientId
    room_id: Id
    text: Text = ""
    picture_ids: Annotated[list[Id], Field(max_length=MESSAGE_PICTURES)] = []
    item_id: Id | None = None
    reply_to: Id | None = None
    mentions: Annotated[list[Id], Field(max_length=MENTIONS)] = []

    @model_validator(mode="after")
    def something(self) -> Self:
        """An empty message is an error the sender can see, not a blank bubble."""
        if not self.text.strip() and not self.picture_ids and self.item_id is None:
            raise ValueError("a message needs text, a picture or an item")
        return self


class Sent(Shape):
    """The acknowledgement of a send: committed, with its place in the room."""

    message_id: Id
    client_id: ClientId
    room_id: Id
    ordinal: int
    number: int


class Edit(Shape):
    """An earlier wording and when it was replaced."""

    text: str
    at: Milliseconds


class EditHistory(Shape):
    """Earlier wordings of a message, oldest first."""

    edits: list[Edit]


class TextChange(Shape):
    """The new words of a message."""

    text: Text


class GroupDraft(Shape):
    """A new group chat of friends."""

    client_id: ClientId
    title: Title
    member_ids: Annotated[list[Id], Field(max_length=ROOM_PEOPLE - 1)]


class PersonRef(Shape):
    """Open the direct chat with this person."""

    person_id: Id


class StoreRef(Shape):
    """Open my chat with this store."""

    store_id: Id


class RoomChange(Shape):
    """The owner renames a group."""

    title: Title


class MemberDraft(Shape):
    """Add friends of mine to a group."""

    person_ids: Annotated[list[Id], Field(min_length=1, max_length=100)]


class ReadDraft(Shape):
    """I have read up to here."""

    ordinal: Annotated[int, Field(ge=0)]
