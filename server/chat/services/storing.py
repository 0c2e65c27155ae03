"""New messages into the tables, all of a batch with the same few statements."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from server.accounts.schemas import PersonCard
from server.chat import events
from server.chat.models import MessagePicture, Room
from server.chat.services.seats import Seat, open_for
from server.chat.shapes import message_view
from server.media.models import Picture
from server.media.queries import view_of
from server.realtime.log import record_at, take_places
from server.realtime.topics import room as room_topic
from server.rows import run_with_rows

_MOVE_ROOMS = """
    UPDATE chat_room SET active_at = %s, last_ordinal = given.ordinal
    FROM {given} WHERE chat_room.id = given.id
"""
_MOVE_READERS = """
    UPDATE chat_membership SET wrote_at = %s, read_ordinal = given.ordinal
    FROM {given} WHERE chat_membership.id = given.id
"""
_MOVED = (("id", "bigint"), ("ordinal", "bigint"))

COLUMNS = (
    ("room_id", "bigint"),
    ("ordinal", "bigint"),
    ("author_id", "bigint"),
    ("as_store", "boolean"),
    ("client_id", "varchar"),
    ("digest", "varchar"),
    ("number", "bigint"),
    ("text", "text"),
    ("item_id", "bigint"),
    ("item_card", "jsonb"),
    ("poll_id", "bigint"),
    ("reply_to_id", "bigint"),
    ("quote_ordinal", "bigint"),
    ("quote_author", "varchar"),
    ("quote_excerpt", "varchar"),
    ("mentions", "jsonb"),
)
"""What a new message has of its own; the moment is everybody's."""
_NAMES = ", ".join(name for name, _ in COLUMNS)
_INSERT = f"""
    INSERT INTO chat_message (at, {_NAMES})
    SELECT %s, {_NAMES} FROM {{given}}
    RETURNING author_id, client_id, id
"""  # noqa: S608  (columns are the constants above)


NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class Row:
    """A message that is not stored yet, by the names of its columns; a model's own would cost more
    than everything else that is done for it."""

    room_id: int
    author_id: int
    as_store: bool
    client_id: str
    digest: str
    text: str
    item_id: int | None
    item_card: dict[str, Any] | None
    poll_id: int | None
    mentions: list[int]
    ordinal: int = 0
    number: int = 0
    pk: int = 0
    at: datetime = NEVER
    reply_to_id: int | None = None
    quote_ordinal: int | None = None
    quote_author: str = ""
    quote_excerpt: str = ""
    answered_id: int | None = None
    """Whose message it answers."""
    edited_at: None = None
    deleted_at: None = None


@dataclass(slots=True)
class Writing:
    """A message being made: its row, its place in the list of outcomes and what hangs on it."""

    at: int
    seat: Seat
    row: Row
    pictures: list[Picture]


def save(writing: Sequence[Writing], moment: datetime, authors: Mapping[int, PersonCard]) -> None:
    """Number, store and record: five statements, however many there are."""
    topics = [room_topic(made.row.room_id) for made in writing]
    places = {topic: iter(taken) for topic, taken in take_places(Counter(topics)).items()}
    mine = [next(places[topic]) for topic in topics]
    for made, place in zip(writing, mine, strict=True):
        made.row.at, made.row.number = moment, place.number
    _insert([made.row for made in writing], moment)
    MessagePicture.objects.bulk_create(
        MessagePicture(message_id=made.row.pk, picture=picture, place=place)
        for made in writing
        for place, picture in enumerate(made.pictures)
    )
    record_at([(place, _event(made, authors)) for place, made in zip(mine, writing, strict=True)])
    _move(writing, moment)
    rooms = {made.seat.room.pk: made.seat.room for made in writing if made.row.ordinal == 1}
    begun = [room.pk for room in rooms.values() if room.kind not in ("group", "club")]
    for room in Room.objects.filter(pk__in=begun).order_by("pk") if begun else ():
        open_for(room)


def _insert(made: Sequence[Row], moment: datetime) -> None:
    """Store the messages; each gets its id."""
    at = connection.ops.adapt_datetimefield_value(moment)
    values = [{name: getattr(row, name) for name, _ in COLUMNS} for row in made]
    ids = {
        (author, client_id): pk
        for author, client_id, pk in run_with_rows(_INSERT, COLUMNS, values, at)
    }
    for row in made:
        row.pk = ids[row.author_id, row.client_id]


def _event(made: Writing, authors: Mapping[int, PersonCard]) -> events.MessageSent:
    pictures = [view_of(picture) for picture in made.pictures]
    view = message_view(made.row, authors[made.row.author_id], pictures, [])
    return events.MessageSent(message=view)


def _move(writing: Sequence[Writing], moment: datetime) -> None:
    """The rooms' ends, and how far their authors have read: two statements."""
    rooms = {made.row.room_id: made.row.ordinal for made in writing}
    seats = {made.seat.pk: made.row.ordinal for made in writing}
    at = connection.ops.adapt_datetimefield_value(moment)
    run_with_rows(_MOVE_ROOMS, _MOVED, _ordinals(rooms), at)
    run_with_rows(_MOVE_READERS, _MOVED, _ordinals(seats), at)


def _ordinals(moved: Mapping[int, int]) -> list[dict[str, int]]:
    return [{"id": pk, "ordinal": ordinal} for pk, ordinal in moved.items()]
