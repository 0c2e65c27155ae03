"""Saying something, changing it and taking it back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from server.accounts.queries import cards
from server.catalogue.queries import item_cards
from server.catalogue.schemas import ItemCard
from server.chat import events, models
from server.chat.mentions import mentioned
from server.chat.models import Membership, MessageEdit, MessagePicture
from server.chat.policies import present
from server.chat.schemas import EXCERPT_LENGTH, MESSAGE_LENGTH, MessageDraft, Sent
from server.chat.services.seats import check_writable, enter, open_for, reach
from server.chat.shapes import message_view, message_views
from server.errors import Refused
from server.media.queries import view_of
from server.media.services import attach, discard
from server.realtime.clock import millis
from server.realtime.log import record, redact
from server.realtime.topics import room as room_topic
from server.schema import Id, Shape, digest
from server.text import clean_words


@dataclass(frozen=True, slots=True)
class Content:
    """What a new message says, checked as far as that needs no room."""

    client_id: str
    digest: str
    text: str = ""
    picture_ids: Sequence[int] = ()
    item: ItemCard | None = None
    poll_id: int | None = None
    reply_to: int | None = None
    mentions: Sequence[int] = field(default=())


class PollPost(Shape):
    """What a client_id was used for when a vote was put into a room."""

    room_id: Id
    poll_id: Id


def send(person_id: int, draft: MessageDraft) -> Sent:
    """Say something in a room. Repeating the client_id returns the first answer.

    Raises Refused: not_found (not in the room), forbidden (a block), bad_field (text, pictures,
    item, reply), altered_replay.
    """

    def content() -> Content:
        anything_else = bool(draft.picture_ids) or draft.item_id is not None
        return Content(
            client_id=draft.client_id,
            digest=digest(draft),
            text=clean_words(draft.text, MESSAGE_LENGTH, optional=anything_else),
            picture_ids=draft.picture_ids,
            item=_item(draft.item_id),
            reply_to=draft.reply_to,
            mentions=draft.mentions,
        )

    return _once(
        person_id,
        draft.client_id,
        digest(draft),
        lambda: _say(person_id, draft.room_id, content()),
    )


def post_poll(person_id: int, room_id: int, poll_id: int, client_id: str) -> Sent:
    """Put a vote into a room as a message; runs in the transaction that creates the vote.

    Raises Refused like `send`.
    """
    used_for = digest(PollPost(room_id=room_id, poll_id=poll_id))
    content = Content(client_id=client_id, digest=used_for, poll_id=poll_id)
    return _once(person_id, client_id, used_for, lambda: _say(person_id, room_id, content))


def _once(person_id: int, client_id: str, used_for: str, write: Callable[[], Sent]) -> Sent:
    """Write, or answer with what the same client_id wrote before."""
    if earlier := _earlier(person_id, client_id, used_for):
        return earlier
    try:
        with transaction.atomic():
            return write()
    except IntegrityError:
        # The same client_id came twice at once, perhaps for two rooms; the other one was first.
        if earlier := _earlier(person_id, client_id, used_for):
            return earlier
        raise


def _earlier(person_id: int, client_id: str, used_for: str) -> Sent | None:
    row = models.Message.objects.filter(author=person_id, client_id=client_id).first()
    if row is None:
        return None
    if row.digest != used_for:
        raise Refused("altered_replay")
    return _sent(row)


def _sent(row: models.Message) -> Sent:
    return Sent(
        message_id=row.pk,
        client_id=row.client_id,
        room_id=row.room_id,
        ordinal=row.ordinal,
        number=row.number,
    )


def _item(item_id: int | None) -> ItemCard | None:
    if item_id is None:
        return None
    if card := item_cards([item_id]).get(item_id):
        return card
    raise Refused("bad_field", fields={"item_id": "no such item"})


def _say(person_id: int, room_id: int, content: Content) -> Sent:
    seat, moment = enter(person_id, room_id)
    check_writable(seat)
    room = seat.room
    row = models.Message(
        room=room,
        ordinal=room.last_ordinal + 1,
        author_id=person_id,
        as_store=seat.role == "staff",
        client_id=content.client_id,
        digest=content.digest,
        text=content.text,
        item_id=content.item.id if content.item else None,
        item_card=content.item.model_dump(mode="json") if content.item else None,
        poll_id=content.poll_id,
        mentions=_present(room, content.mentions),
        at=moment,
    )
    _quote(row, content.reply_to)
    row.save(force_insert=True)
    room.last_ordinal, room.active_at = row.ordinal, moment
    room.save(update_fields=["last_ordinal", "active_at"])
    Membership.objects.filter(pk=seat.pk).update(read_ordinal=row.ordinal)
    pictures = attach(person_id, content.picture_ids, room_topic(room_id))
    MessagePicture.objects.bulk_create(
        MessagePicture(message=row, picture=picture, place=place)
        for place, picture in enumerate(pictures)
    )
    author = cards([person_id])[person_id]
    view = message_view(row, author, [view_of(picture) for picture in pictures], [])
    row.number = record(room_topic(room_id), events.MessageSent(message=view))
    row.save(update_fields=["number"])
    if row.ordinal == 1 and room.kind != "group":
        open_for(room)
    return _sent(row)


def _present(room: models.Room, people: Sequence[int]) -> list[int]:
    """Those who are in the room: nobody else can be mentioned, or would learn of the room."""
    if not people:
        return []
    there = present().filter(room=room, person__in=people).values_list("person_id", flat=True)
    known = set(there)
    return [person for person in dict.fromkeys(people) if person in known]


def _quote(row: models.Message, message_id: int | None) -> None:
    if message_id is None:
        return
    answered = models.Message.objects.filter(pk=message_id, room=row.room_id, deleted_at=None)
    original = answered.first()
    if original is None:
        raise Refused("bad_field", fields={"reply_to": "no such message in this chat"})
    row.reply_to = original
    row.quote_ordinal = original.ordinal
    row.quote_author = cards([original.author_id])[original.author_id].name
    excerpt = " ".join(original.text.split())
    row.quote_excerpt = (
        excerpt if len(excerpt) <= EXCERPT_LENGTH else excerpt[: EXCERPT_LENGTH - 1].rstrip() + "…"
    )


def edit(person_id: int, message_id: int, text: str) -> None:
    """Give one's own message other words; the earlier ones stay in its history.

    Raises Refused: not_found, forbidden (not mine, a vote, a block), conflict (deleted), bad_field.
    """
    words = clean_words(text, MESSAGE_LENGTH)
    with transaction.atomic():
        seat, moment, row = reach(person_id, message_id)
        if row.author_id != person_id or row.poll_id is not None:
            raise Refused("forbidden", "Only the words of your own messages can be changed.")
        if row.deleted_at is not None:
            raise Refused("conflict", "This message was deleted.")
        check_writable(seat)
        if row.text == words:
            return
        before, row.text, row.edited_at = row.text, words, moment
        row.mentions = mentioned(words, _who_may_be_mentioned(seat.room, words))
        row.save(update_fields=["text", "edited_at", "mentions"])
        change = events.MessageEdited(
            message_id=row.pk, text=words, mentions=row.mentions, edited_at=millis(moment)
        )
        number = record(room_topic(row.room_id), change)
        MessageEdit.objects.create(message=row, text=before, at=moment, number=number)


def _who_may_be_mentioned(room: models.Room, words: str) -> dict[int, list[str]]:
    """{member: what stands after an @ to mean them}; nobody is read when there is no @."""
    if "@" not in words:
        return {}
    people = cards(set(present().filter(room=room).values_list("person_id", flat=True)))
    return {pk: [card.username, card.name] for pk, card in people.items()}


def delete(person_id: int, message_id: int) -> None:
    """Take a message back: its author, or the group's owner. Its place stays, all else is gone,
    also from the stored events. Doing it again changes nothing.

    Raises Refused: not_found, forbidden.
    """
    with transaction.atomic():
        seat, moment, row = reach(person_id, message_id)
        if row.author_id != person_id and not (seat.room.kind == "group" and seat.role == "owner"):
            raise Refused("forbidden", "Only its author or the group's owner may delete a message.")
        if row.deleted_at is not None:
            return
        pictures = MessagePicture.objects.filter(message=row)
        discard(list(pictures.values_list("picture_id", flat=True)))
        pictures.delete()
        models.Reaction.objects.filter(message=row).delete()
        models.Message.objects.filter(reply_to=row).update(quote_excerpt="")
        _empty(row)
        row.deleted_at = moment
        row.save()
        _redact(row)
        record(room_topic(row.room_id), events.MessageDeleted(message_id=row.pk))


def _empty(row: models.Message) -> None:
    row.text, row.mentions, row.edited_at = "", [], None
    row.item, row.item_card, row.poll_id = None, None, None
    row.reply_to, row.quote_ordinal, row.quote_author, row.quote_excerpt = None, None, "", ""


def _redact(row: models.Message) -> None:
    """Replaying the log must not bring back what was deleted."""
    topic = room_topic(row.room_id)
    [view] = message_views([row])
    redact(topic, row.number, events.MessageSent(message=view))
    edits = MessageEdit.objects.filter(message=row)
    for number, at in edits.values_list("number", "at"):
        blank = events.MessageEdited(message_id=row.pk, text="", mentions=[], edited_at=millis(at))
        redact(topic, number, blank)
    edits.delete()
