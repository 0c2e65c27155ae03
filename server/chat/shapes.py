"""Rows to shapes, many at a time: a bounded number of queries whatever the page."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol

from django.db.models import IntegerField, OuterRef, Subquery

from server.accounts.queries import cards
from server.accounts.schemas import PersonCard
from server.catalogue.queries import store_cards
from server.catalogue.schemas import ItemCard, StoreCard
from server.chat import models
from server.chat.models import Membership, MessagePicture, Room
from server.chat.policies import parted, present
from server.chat.schemas import (
    ItemAttachment,
    Member,
    Message,
    PollAttachment,
    Quote,
    Reaction,
    RoomCard,
)
from server.media.queries import view_of
from server.media.schemas import PictureView
from server.realtime import log, topics
from server.realtime.clock import millis

FACES = 4
"""How many others a room's card shows."""


def message_views(rows: Sequence[models.Message]) -> list[Message]:
    """Messages as everyone in the room sees them, in the order given. Three queries."""
    if not rows:
        return []
    ids = [row.pk for row in rows]
    pictures: dict[int, list[PictureView]] = defaultdict(list)
    hung = MessagePicture.objects.filter(message__in=ids, picture__state="ready")
    for row in hung.select_related("picture").order_by("message", "place"):
        pictures[row.message_id].append(view_of(row.picture))
    reactions = _reactions(ids)
    authors = cards({row.author_id for row in rows})
    return [
        message_view(row, authors[row.author_id], pictures[row.pk], reactions[row.pk])
        for row in rows
    ]


def _reactions(message_ids: Collection[int]) -> dict[int, list[Reaction]]:
    pressed: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    rows = models.Reaction.objects.filter(message__in=message_ids).order_by("rank", "pk")
    for message, emoji, person in rows.values_list("message_id", "emoji", "person_id"):
        pressed[message][emoji].append(person)
    found: dict[int, list[Reaction]] = defaultdict(list)
    for message, people in pressed.items():
        found[message] = [Reaction(emoji=emoji, people=who) for emoji, who in people.items()]
    return found


class Row(Protocol):
    """A message's columns: a loaded one, or one that is just being stored."""

    @property
    def pk(self) -> int: ...
    @property
    def room_id(self) -> int: ...
    @property
    def ordinal(self) -> int: ...
    @property
    def client_id(self) -> str: ...
    @property
    def as_store(self) -> bool: ...
    @property
    def text(self) -> str: ...
    @property
    def item_card(self) -> dict[str, Any] | None: ...
    @property
    def poll_id(self) -> int | None: ...
    @property
    def reply_to_id(self) -> int | None: ...
    @property
    def quote_ordinal(self) -> int | None: ...
    @property
    def quote_author(self) -> str: ...
    @property
    def quote_excerpt(self) -> str: ...
    @property
    def mentions(self) -> list[int]: ...
    @property
    def at(self) -> datetime: ...
    @property
    def edited_at(self) -> datetime | None: ...
    @property
    def deleted_at(self) -> datetime | None: ...


def message_view(
    row: Row,
    author: PersonCard,
    pictures: list[PictureView],
    reactions: list[Reaction],
) -> Message:
    """One message from its parts. No query."""
    return Message(
        id=row.pk,
        room_id=row.room_id,
        ordinal=row.ordinal,
        client_id=row.client_id,
        author=author,
        as_store=row.as_store,
        text=row.text,
        pictures=pictures,
        attachment=_attachment(row),
        reply_to=_quote(row),
        mentions=row.mentions,
        reactions=reactions,
        at=millis(row.at),
        edited_at=millis(row.edited_at) if row.edited_at else None,
        deleted=row.deleted_at is not None,
    )


def _attachment(row: Row) -> ItemAttachment | PollAttachment | None:
    if row.item_card is not None:
        return ItemAttachment(item=ItemCard.model_validate(row.item_card))
    if row.poll_id is not None:
        return PollAttachment(poll_id=row.poll_id)
    return None


def _quote(row: Row) -> Quote | None:
    if row.reply_to_id is None or row.quote_ordinal is None:
        return None
    return Quote(
        message_id=row.reply_to_id,
        ordinal=row.quote_ordinal,
        author=row.quote_author,
        excerpt=row.quote_excerpt,
    )


def member_views(seats: Iterable[Membership]) -> list[Member]:
    """People in a room, in the order given. One query."""
    rows = list(seats)
    people = cards({seat.person_id for seat in rows})
    return [
        Member(
            person=people[seat.person_id],
            role=seat.role,  # type: ignore[arg-type]  # the column holds only these words
            joined_at=millis(seat.joined_at),
        )
        for seat in rows
    ]


def room_cards(seats: Sequence[Membership]) -> list[RoomCard]:
    """Each room (loaded with the membership) as that member sees it, in the order given.

    At most nine queries, whatever the number of rooms. `head` is read last: inside a transaction
    that holds the room's lock, or inside one_instant(), it is of the same moment.
    """
    if not seats:
        return []
    rooms = {seat.room_id: seat.room for seat in seats}
    others = _first_people(rooms)
    for room in rooms.values():
        others[room.pk] = _with_other_side(room, others[room.pk])
    last = _last_messages(rooms)
    people = cards({person for ids in others.values() for person in ids})
    stores = store_cards({room.store_id for room in rooms.values() if room.store_id is not None})
    barred = parted(seats)
    heads = log.heads([topics.room(room_id) for room_id in rooms])
    return [
        _room_card(
            seat,
            [people[person] for person in others[seat.room_id] if person != seat.person_id],
            stores.get(seat.room.store_id or 0),
            _shown(seat, last.get(seat.room_id)),
            writable=seat.room_id not in barred,
            head=heads[str(topics.room(seat.room_id))],
        )
        for seat in seats
    ]


def _room_card(
    seat: Membership,
    others: list[PersonCard],
    store: StoreCard | None,
    last: Message | None,
    *,
    writable: bool,
    head: int,
) -> RoomCard:
    room = seat.room
    return RoomCard(
        id=room.pk,
        kind=room.kind,  # type: ignore[arg-type]  # the column holds only these words
        title=room.title or None,
        store=store,
        people=others[:FACES],
        member_count=room.member_count,
        role=seat.role,  # type: ignore[arg-type]  # likewise
        last_ordinal=room.last_ordinal,
        read_ordinal=seat.read_ordinal,
        last_message=last,
        active_at=millis(room.active_at),
        writable=writable and not room.frozen,
        slow_seconds=room.slow_seconds,
        head=head,
    )


def _shown(seat: Membership, last: Message | None) -> Message | None:
    """What was said last, where it is this member's to read."""
    return last if last and last.ordinal > seat.from_ordinal else None


def _first_people(room_ids: Collection[int]) -> dict[int, list[int]]:
    """Those who came first to each room: one more than the faces, since one of them may be me.

    A subquery for each face reads as many rows as there are faces, a window over all members of
    500 groups would read a quarter of a million.
    """
    first = present().filter(room=OuterRef("pk")).order_by("place").values("person_id")
    faces = {
        f"face_{n}": Subquery(first[n : n + 1], output_field=IntegerField())
        for n in range(FACES + 1)
    }
    rows = Room.objects.filter(pk__in=room_ids).annotate(**faces).values_list("pk", *faces)
    return {pk: [person for person in people if person is not None] for pk, *people in rows}


def _with_other_side(room: Room, people: list[int]) -> list[int]:
    """A chat between two, or of a store's customer, keeps its other side when that was erased."""
    sides = [room.direct_low_id, room.direct_high_id, room.buyer_id]
    gone = [side for side in sides if side is not None and side not in people]
    return [*gone, *people]


def _last_messages(room_ids: Collection[int]) -> dict[int, Message]:
    """Looked up for each room by its whole key. A join lets PostgreSQL read all messages of a room
    it has no statistics of yet, and take the last one out of them."""
    last = models.Message.objects.filter(room=OuterRef("pk"), ordinal=OuterRef("last_ordinal"))
    ids = Room.objects.filter(pk__in=room_ids).values_list(Subquery(last.values("pk")))
    rows = models.Message.objects.filter(pk__in=ids)
    return {view.room_id: view for view in message_views(list(rows))}
