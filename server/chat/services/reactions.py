"""Pressing an emoji on a message, and taking it back."""

from django.db import transaction

from server.chat import events
from server.chat.emoji import spelled
from server.chat.models import Reaction
from server.chat.services.seats import check_writable, reach
from server.errors import Refused
from server.happenings import Happening, happened
from server.realtime.log import record
from server.realtime.topics import room as room_topic

EMOJI_A_MESSAGE = 20


def react(person_id: int, message_id: int, emoji: str) -> None:
    """Press an emoji; pressing it again changes nothing.

    Raises Refused: not_found, forbidden (a block), conflict (deleted), bad_field (not one emoji),
    full (20 different ones).
    """
    emoji = _one(emoji)
    with transaction.atomic():
        seat, _, row = reach(person_id, message_id)
        check_writable(seat)
        if row.deleted_at is not None:
            raise Refused("conflict", "This message was deleted.")
        pressed = Reaction.objects.filter(message=row)
        ranks = dict(pressed.order_by().values_list("emoji", "rank").distinct())
        if emoji not in ranks and len(ranks) >= EMOJI_A_MESSAGE:
            raise Refused("full", f"At most {EMOJI_A_MESSAGE} different emoji on a message.")
        rank = ranks.get(emoji, max(ranks.values(), default=0) + 1)
        _, new = pressed.get_or_create(
            message=row, person_id=person_id, emoji=emoji, defaults={"rank": rank}
        )
        if new:
            event = events.ReactionAdded(message_id=row.pk, emoji=emoji, person_id=person_id)
            record(room_topic(row.room_id), event)
            happened(Happening("reaction", row.author_id, row.pk, person_id, person_id))


def unreact(person_id: int, message_id: int, emoji: str) -> None:
    """Take an emoji back; one that is not there stays not there.

    Raises Refused: not_found, forbidden (a block), bad_field.
    """
    emoji = _one(emoji)
    with transaction.atomic():
        seat, _, row = reach(person_id, message_id)
        check_writable(seat)
        mine = Reaction.objects.filter(message=row, person=person_id, emoji=emoji)
        if mine.delete()[0]:
            event = events.ReactionRemoved(message_id=row.pk, emoji=emoji, person_id=person_id)
            record(room_topic(row.room_id), event)


def _one(emoji: str) -> str:
    if (known := spelled(emoji)) is None:
        raise Refused("bad_field", "This is not one emoji.", fields={"emoji": "not one emoji"})
    return known
