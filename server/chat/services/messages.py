"""Changing what one has said, and taking it back."""

from django.db import transaction

from server.accounts.queries import cards
from server.chat import events, models
from server.chat.mentions import mentioned
from server.chat.models import MessageEdit, MessagePicture
from server.chat.policies import may_tidy, present
from server.chat.schemas import MENTIONS, MESSAGE_LENGTH
from server.chat.services.forgetting import forget
from server.chat.services.seats import check_writable, reach
from server.chat.services.sending import named
from server.errors import Refused
from server.happenings import happened
from server.media.services import discard
from server.realtime.clock import millis
from server.realtime.log import record
from server.realtime.topics import room as room_topic
from server.text import clean_words


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
        named_before = set(row.mentions)
        row.mentions = mentioned(words, _who_may_be_mentioned(seat.room, words))
        row.save(update_fields=["text", "edited_at", "mentions"])
        change = events.MessageEdited(
            message_id=row.pk, text=words, mentions=row.mentions, edited_at=millis(moment)
        )
        number = record(room_topic(row.room_id), change)
        MessageEdit.objects.create(message=row, text=before, at=moment, number=number)
        if seat.room.kind != "direct":
            new = [person for person in row.mentions if person not in named_before]
            happened(*named(row.room_id, row.pk, person_id, new[:MENTIONS]))


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
        if row.author_id != person_id and not may_tidy(seat):
            raise Refused("forbidden", "Only its author or the group's owner may delete a message.")
        if row.deleted_at is not None:
            return
        pictures = MessagePicture.objects.filter(message=row)
        discard(list(pictures.values_list("picture_id", flat=True)))
        pictures.delete()
        models.Reaction.objects.filter(message=row).delete()
        _empty(row)
        row.deleted_at = moment
        row.save()
        forget(seat.room, row)
        record(room_topic(row.room_id), events.MessageDeleted(message_id=row.pk))


def _empty(row: models.Message) -> None:
    row.text, row.mentions, row.edited_at = "", [], None
    row.item, row.item_card, row.poll_id = None, None, None
    row.reply_to, row.quote_ordinal, row.quote_author, row.quote_excerpt = None, None, "", ""
