"""A deleted message leaves the log as well: its own events, the answers that quote it, and the
cards of rooms that were opened while it was the last one said."""

from datetime import timedelta
from typing import Any

from django.db.models import Max

from server.chat import events
from server.chat.models import Membership, Message, MessageEdit, Room
from server.chat.shapes import message_views
from server.realtime.clock import millis
from server.realtime.log import redact
from server.realtime.redaction import Change, rewrite, rewrite_between
from server.realtime.topics import room as room_topic
from server.realtime.topics import user

AROUND = timedelta(minutes=5)
"""An event is recorded a little after its change was dated."""


def forget(room: Room, row: Message) -> None:
    """Call it for an emptied message, its answers still quoting it, with the room locked."""
    topic = room_topic(row.room_id)
    [view] = message_views([row])
    redact(topic, row.number, events.MessageSent(message=view))
    edits = MessageEdit.objects.filter(message=row)
    for number, at in edits.values_list("number", "at"):
        blank = events.MessageEdited(message_id=row.pk, text="", mentions=[], edited_at=millis(at))
        redact(topic, number, blank)
    edits.delete()
    answers = list(Message.objects.filter(reply_to=row).exclude(quote_excerpt=""))

    def unquote(message: dict[str, Any] | None) -> bool:
        quote = message and message["reply_to"]
        if not quote or quote["message_id"] != row.pk:
            return False
        quote["excerpt"] = ""
        return True

    def blank_card(data: dict[str, Any]) -> bool:
        last = data["room"]["last_message"]
        if last and last["id"] == row.pk:
            data["room"]["last_message"] = view.model_dump(mode="json")
            return True
        return unquote(last)

    rewrite(topic, [one.number for one in answers], lambda data: unquote(data["message"]))
    Message.objects.filter(reply_to=row).update(quote_excerpt="")
    for one in (row, *answers):
        in_cards(room, one, blank_card)


def in_cards(room: Room, row: Message, change: Change) -> None:
    """Change the cards of those whose list the room came into while this was its last message: with
    the first one everybody of a chat between two or with a store, later whoever was added."""
    last_joined = Membership.objects.filter(room=room).aggregate(at=Max("joined_at"))["at"]
    if row.at - AROUND > last_joined:
        return
    following = Message.objects.filter(room=room, ordinal=row.ordinal + 1).first()
    until = following.at + AROUND if following else None
    people = Membership.objects.filter(room=room)
    if row.ordinal > 1 or room.kind in ("group", "club"):
        people = people.filter(joined_at__gte=row.at - AROUND)
        if until:
            people = people.filter(joined_at__lte=until)
    topics = [user(person) for person in people.values_list("person_id", flat=True)]
    rewrite_between(topics, events.RoomOpened.type, row.at - AROUND, until, change)
