"""What was said in my chats, as far as I may read it now."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from server.accounts.policies import separated_from
from server.chat.models import Membership, Message, MessageEdit, MessagePicture, Reaction
from server.chat.policies import present
from server.realtime.clock import millis
from server.takeout import records
from server.takeout.reading import lots, moment, my_pictures, others


def chats(person_id: int) -> Iterator[records.ChatRecord]:
    """The chats I am in or was in. One that I left has no name any more, and nobody else."""
    seats = Membership.objects.filter(person=person_id).select_related("room__store")
    for rows in lots(seats, key="room_id"):
        for seat in rows:
            here = seat.left_at is None
            people = present().filter(room=seat.room_id).order_by("place") if here else []
            there = [row.person_id for row in people if row.person_id != person_id]
            shown = others(person_id, there)
            store = seat.room.store
            yield records.ChatRecord(
                id=seat.room_id,
                kind=seat.room.kind,
                title=seat.room.title or None if here else None,
                store=store.name if store and here else None,
                people=[shown[who] for who in there if who in shown],
                role=seat.role,
                joined_at=millis(seat.joined_at),
                left_at=moment(seat.left_at),
            )


def messages(person_id: int, chat_id: int) -> Iterator[records.MessageRecord]:
    """What I may read in a chat, in its order: all of it while I am there, else my own words."""
    said = Message.objects.filter(room=chat_id, deleted_at=None)
    after = 0
    while True:
        # Asked for each lot: whoever is removed from a chat while this runs reads no further.
        seats = present().filter(person=person_id, room=chat_id)
        since = seats.values_list("from_ordinal", flat=True).first()
        here = since is not None
        mine = said.filter(
            Q(author=person_id) | Q(ordinal__gt=since) if here else Q(author=person_id)
        )
        rows = next(lots(mine.filter(ordinal__gt=after), key="ordinal"), [])
        if not rows:
            return
        around = _around(person_id, rows) if here else _alone(person_id, rows)
        for row in rows:
            yield _record(person_id, row, around)
        after = rows[-1].ordinal


@dataclass(frozen=True, slots=True)
class _Around:
    """What belongs to some messages. quotable: the authors of what they answer, who may be shown,
    by message."""

    people: dict[int, records.Who]
    pictures: dict[int, list[int]]
    reactions: dict[int, list[records.ReactionRecord]]
    earlier: dict[int, list[records.Wording]]
    quotable: set[int]


def _around(person_id: int, rows: Sequence[Message]) -> _Around:
    apart = separated_from(person_id)
    answered = {row.reply_to_id for row in rows if row.reply_to_id is not None}
    asked = Message.objects.filter(pk__among=answered).values_list("pk", "author_id")
    return _Around(
        people=others(person_id, {row.author_id for row in rows}),
        pictures=_pictures(person_id, rows),
        reactions=_reactions(person_id, rows, apart),
        earlier=_earlier(person_id, rows),
        quotable={pk for pk, author in asked if author not in apart} if answered else set(),
    )


def _alone(person_id: int, rows: Sequence[Message]) -> _Around:
    """Of a chat I left: nothing that others did, not even what my words answered."""
    people = others(person_id, {person_id})
    return _Around(people, _pictures(person_id, rows), {}, _earlier(person_id, rows), set())


def _pictures(person_id: int, rows: Sequence[Message]) -> dict[int, list[int]]:
    mine = [row.pk for row in rows if row.author_id == person_id]
    hung = MessagePicture.objects.filter(message__among=mine).order_by("message", "place")
    found = list(hung.values_list("message_id", "picture_id"))
    ours = my_pictures(person_id, [picture for _, picture in found])
    pictures: dict[int, list[int]] = defaultdict(list)
    for message, picture in found:
        if picture in ours:
            pictures[message].append(picture)
    return pictures


def _reactions(
    person_id: int, rows: Sequence[Message], apart: Collection[int]
) -> dict[int, list[records.ReactionRecord]]:
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    mine: set[tuple[int, str]] = set()
    pressed = Reaction.objects.filter(message__among=[row.pk for row in rows])
    told = pressed.order_by("rank", "pk").values_list("message_id", "emoji", "person_id")
    for message, emoji, person in told:
        if person not in apart:
            counted[message][emoji] += 1
        if person == person_id:
            mine.add((message, emoji))
    return {
        message: [
            records.ReactionRecord(emoji=emoji, count=count, mine=(message, emoji) in mine)
            for emoji, count in emojis.items()
        ]
        for message, emojis in counted.items()
    }


def _earlier(person_id: int, rows: Sequence[Message]) -> dict[int, list[records.Wording]]:
    mine = [row.pk for row in rows if row.author_id == person_id and row.edited_at]
    found: dict[int, list[records.Wording]] = defaultdict(list)
    edits = MessageEdit.objects.filter(message__among=mine).order_by("number") if mine else []
    for edit in edits:
        found[edit.message_id].append(records.Wording(text=edit.text, at=millis(edit.at)))
    return found


def _record(person_id: int, row: Message, around: _Around) -> records.MessageRecord:
    author = around.people.get(row.author_id)
    shown = author is not None
    return records.MessageRecord(
        id=row.pk,
        chat_id=row.room_id,
        ordinal=row.ordinal,
        author=author,
        mine=row.author_id == person_id,
        as_store=row.as_store and shown,
        withheld=not shown,
        text=row.text if shown else "",
        pictures=around.pictures.get(row.pk, []),
        item=_item(row) if shown else None,
        vote_id=row.poll_id if shown else None,
        reply_to=_quote(row, around) if shown else None,
        reactions=around.reactions.get(row.pk, []) if shown else [],
        earlier=around.earlier.get(row.pk, []),
        at=millis(row.at),
        edited_at=moment(row.edited_at) if shown else None,
    )


def _item(row: Message) -> records.ItemLine | None:
    if (card := row.item_card) is None:
        return None
    price = card["price"]
    return records.ItemLine(
        id=card["id"], title=card["title"], price_minor=price["minor"], currency=price["currency"]
    )


def _quote(row: Message, around: _Around) -> records.QuoteRecord | None:
    if row.reply_to_id not in around.quotable or row.quote_ordinal is None:
        return None
    return records.QuoteRecord(
        ordinal=row.quote_ordinal, author=row.quote_author, excerpt=row.quote_excerpt
    )
