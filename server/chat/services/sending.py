"""Saying something: any number of drafts, of any people, in one transaction.

A busy worker hands over what arrived meanwhile (see consumers/wire/batch.py), everybody else one
draft: the same road. A draft that may not be written is refused alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from server.accounts.queries import cards
from server.catalogue.queries import item_cards
from server.catalogue.schemas import ItemCard
from server.chat import models
from server.chat.policies import parted, present
from server.chat.schemas import EXCERPT_LENGTH, MESSAGE_LENGTH, MessageDraft, Sent
from server.chat.services.seats import LockedRoom, Seat, enter_all
from server.chat.services.storing import Row, Writing, save
from server.errors import Refused
from server.happenings import Happening, happened
from server.media.services import attach
from server.realtime.topics import room as room_topic
from server.rows import run_with_rows
from server.schema import Id, Shape, digest
from server.text import clean_words
from server.together import answer, together_or_each

Outcome = Sent | Refused

_KNOWN = """
    SELECT author_id, client_id, id, room_id, ordinal, number, digest
    FROM chat_message NATURAL JOIN {given}
"""
_KEY = (("author_id", "bigint"), ("client_id", "varchar"))


@dataclass(frozen=True, slots=True)
class Content:
    """What a new message says, checked as far as that needs no room."""

    text: str = ""
    picture_ids: Sequence[int] = ()
    item: ItemCard | None = None
    poll_id: int | None = None
    reply_to: int | None = None
    mentions: Sequence[int] = field(default=())


@dataclass(frozen=True, slots=True)
class Unsent:
    """What somebody wants to say, once. digest: tells a retry from another use of the client_id.
    content: given the items by id; raises Refused."""

    person_id: int
    room_id: int
    client_id: str
    digest: str
    content: Callable[[Mapping[int, ItemCard]], Content]
    item_id: int | None = None

    @property
    def key(self) -> tuple[int, str]:
        return self.person_id, self.client_id


class PollPost(Shape):
    """What a client_id was used for when a vote was put into a room."""

    room_id: Id
    poll_id: Id


def send(person_id: int, draft: MessageDraft) -> Sent:
    """Say something in a room. Repeating the client_id returns the first answer.

    Raises Refused: not_found (not in the room), forbidden (a block), bad_field (text, pictures,
    item, reply), altered_replay.
    """
    return answer(_alone(_of_draft(person_id, draft)))


def send_all(said: Sequence[tuple[int, MessageDraft]]) -> Sequence[Outcome]:
    """Drafts with the people who send them, in the order they came: for each what `send` would
    return or raise. One transaction, and as many queries as for one draft."""
    unsent = [_of_draft(person_id, draft) for person_id, draft in said]
    return together_or_each(unsent, _together, _alone)


def post_poll(person_id: int, room_id: int, poll_id: int, client_id: str) -> Sent:
    """Put a vote into a room as a message; runs in the transaction that creates the vote.

    Raises Refused like `send`.
    """
    used_for = digest(PollPost(room_id=room_id, poll_id=poll_id))
    content = Content(poll_id=poll_id)
    return answer(_alone(Unsent(person_id, room_id, client_id, used_for, lambda _: content)))


def _of_draft(person_id: int, draft: MessageDraft) -> Unsent:
    def content(items: Mapping[int, ItemCard]) -> Content:
        if draft.item_id is not None and draft.item_id not in items:
            raise Refused("bad_field", fields={"item_id": "no such item"})
        anything_else = bool(draft.picture_ids) or draft.item_id is not None
        return Content(
            text=clean_words(draft.text, MESSAGE_LENGTH, optional=anything_else),
            picture_ids=draft.picture_ids,
            item=items[draft.item_id] if draft.item_id is not None else None,
            reply_to=draft.reply_to,
            mentions=draft.mentions,
        )

    return Unsent(person_id, draft.room_id, draft.client_id, digest(draft), content, draft.item_id)


def _alone(one: Unsent) -> Outcome:
    try:
        [outcome] = _together([one])
    except IntegrityError:
        # The same client_id came twice at once, perhaps for two rooms; the other one was first.
        [outcome] = _together([one])
    return outcome


def _together(unsent: Sequence[Unsent]) -> list[Outcome]:
    """Raises IntegrityError when a client_id is being used elsewhere at this moment."""
    outcomes = _known(unsent)
    fresh: dict[tuple[int, str], int] = {}
    again = []
    for at, one in enumerate(unsent):
        if outcomes[at] is None and fresh.setdefault(one.key, at) != at:
            again.append(at)
    _write_fresh([(at, unsent[at]) for at in fresh.values()], outcomes)
    for at in again:
        outcomes[at] = _alone(unsent[at])
    return [outcome or Refused("internal") for outcome in outcomes]


def _known(unsent: Sequence[Unsent]) -> list[Outcome | None]:
    """The answer to each whose client_id has made a message before. One query."""
    keys = [{"author_id": one.person_id, "client_id": one.client_id} for one in unsent]
    found = {
        (author, client_id): row for author, client_id, *row in run_with_rows(_KNOWN, _KEY, keys)
    }
    return [_earlier(one, found.get(one.key)) for one in unsent]


def _earlier(one: Unsent, row: list[Any] | None) -> Outcome | None:
    if row is None:
        return None
    message_id, room_id, ordinal, number, used_for = row
    if used_for != one.digest:
        return Refused("altered_replay")
    return Sent(
        message_id=message_id,
        client_id=one.client_id,
        room_id=room_id,
        ordinal=ordinal,
        number=number,
    )


def _sent(row: Row) -> Sent:
    return Sent(
        message_id=row.pk,
        client_id=row.client_id,
        room_id=row.room_id,
        ordinal=row.ordinal,
        number=row.number,
    )


def _write_fresh(fresh: Sequence[tuple[int, Unsent]], outcomes: list[Outcome | None]) -> None:
    """Write what nobody wrote before. Everything that needs no lock is read before it is taken."""
    contents: dict[int, Content] = {}
    wanted = {one.item_id for _, one in fresh if one.item_id is not None}
    items = item_cards(wanted) if wanted else {}
    for at, one in fresh:
        try:
            contents[at] = one.content(items)
        except Refused as refusal:
            outcomes[at] = refusal
    fresh = [(at, one) for at, one in fresh if at in contents]
    if not fresh:
        return
    authors = cards({one.person_id for _, one in fresh})
    with transaction.atomic():
        seats, moment = enter_all({(one.person_id, one.room_id) for _, one in fresh})
        barred = parted(list(seats.values()))
        writing = []
        for at, one in fresh:
            seat = seats.get((one.person_id, one.room_id))
            try:
                writing.append(_begin(at, one, contents[at], seat, barred, moment))
            except Refused as refusal:
                outcomes[at] = refusal
        if writing and moment:
            save(writing, moment, authors)
            happened(*(one for made in writing for one in _concerned(made)))
    for made in writing:
        outcomes[made.at] = _sent(made.row)


def _concerned(made: Writing) -> list[Happening]:
    """Whom a message is about: those it names, and whoever it answers. In a direct chat every
    message is for the other."""
    row = made.row
    if made.seat.room.kind == "direct":
        return []
    told = named(row.room_id, row.pk, row.author_id, row.mentions)
    if row.answered_id is not None and row.answered_id not in row.mentions:
        answer = Happening("room.reply", row.answered_id, row.room_id, row.pk, row.author_id)
        told.append(answer)
    return told


def named(room_id: int, message_id: int, author_id: int, people: Sequence[int]) -> list[Happening]:
    """A message names these people."""
    return [Happening("room.mention", person, room_id, message_id, author_id) for person in people]


def _begin(
    at: int,
    one: Unsent,
    content: Content,
    seat: Seat | None,
    barred: set[int],
    moment: datetime | None,
) -> Writing:
    """The row of a message, at the next ordinal of its locked room. Raises Refused."""
    if seat is None or moment is None:
        raise Refused("not_found", "There is no such chat, or you are not in it.")
    if seat.room_id in barred or seat.room.frozen:
        raise Refused("forbidden", "Nothing can be written here.")
    _check_pace(seat, moment)
    room = seat.room
    row = Row(
        room_id=room.pk,
        author_id=one.person_id,
        as_store=seat.role == "staff",
        client_id=one.client_id,
        digest=one.digest,
        text=content.text,
        item_id=content.item.id if content.item else None,
        item_card=content.item.model_dump(mode="json") if content.item else None,
        poll_id=content.poll_id,
        mentions=_present(room, content.mentions),
    )
    _quote(row, content.reply_to, seat.from_ordinal)
    pictures = attach(one.person_id, content.picture_ids, room_topic(room.pk))
    room.last_ordinal += 1
    row.ordinal = room.last_ordinal
    seat.wrote_at = moment
    return Writing(at, seat, row, pictures)


def _check_pace(seat: Seat, moment: datetime) -> None:
    """Raises Refused(slow_mode) for whoever said something just now in a slow room. Both times are
    the database's, under the room's lock: however many drafts come at once, one of them is early
    enough."""
    if seat.wrote_at is None or not seat.room.slow_seconds:
        return
    left = seat.wrote_at + timedelta(seconds=seat.room.slow_seconds) - moment
    if left > timedelta():
        raise Refused("slow_mode", retry_after=round(left.total_seconds(), 3))


def _present(room: LockedRoom, people: Sequence[int]) -> list[int]:
    """Those who are in the room: nobody else can be mentioned, or would learn of the room."""
    if not people:
        return []
    there = present().filter(room=room.pk, person__in=people).values_list("person_id", flat=True)
    known = set(there)
    return [person for person in dict.fromkeys(people) if person in known]


def _quote(row: Row, message_id: int | None, after: int) -> None:
    if message_id is None:
        return
    answered = models.Message.objects.filter(
        pk=message_id, room=row.room_id, ordinal__gt=after, deleted_at=None
    )
    original = answered.first()
    if original is None:
        raise Refused("bad_field", fields={"reply_to": "no such message in this chat"})
    row.reply_to_id = original.pk
    row.answered_id = original.author_id
    row.quote_ordinal = original.ordinal
    row.quote_author = cards([original.author_id])[original.author_id].name
    excerpt = " ".join(original.text.split())
    row.quote_excerpt = (
        excerpt if len(excerpt) <= EXCERPT_LENGTH else excerpt[: EXCERPT_LENGTH - 1].rstrip() + "…"
    )
