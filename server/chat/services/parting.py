"""Somebody leaves for good: what others depend on before, and what is left of them afterwards.

Their words stay, by an author without a name. A chat between two, or of a store's customer, keeps
them as its other side; nobody can write to them any more.
"""

from typing import Any

from django.db.models import F

from server.accounts.schemas import Holding
from server.chat.models import Membership, Message, Room
from server.chat.policies import present
from server.chat.services.forgetting import in_cards
from server.chat.services.seats import open_for, tell_reads, unseat
from server.realtime.clock import now
from server.realtime.redaction import rewrite
from server.realtime.revoke import revoke
from server.realtime.topics import room as room_topic

QUOTES = 100


def groups_held(person_id: int) -> list[Holding]:
    """The groups of others that this person owns. One query."""
    owned = present().filter(person=person_id, role="owner", room__member_count__gt=1)
    rows = owned.order_by("room__title", "room").values_list("room", "room__title")
    return [Holding(kind="group", id=pk, title=title, title_zh=None) for pk, title in rows]


def erase_seat(person_id: int) -> bool:
    """Take the person out of one of their chats, if they are in any."""
    mine = present().filter(person=person_id)
    locked = Room.objects.filter(pk__in=mine.order_by("room").values("room")[:1])
    room = locked.select_for_update(no_key=True, of=("self",)).first()
    if room is None:
        return False
    seat = mine.filter(room=room).first()
    if seat is None:
        return True  # sent out of it at this moment
    if room.kind in ("group", "club") or seat.role == "staff":
        unseat(room, [seat], now())
    else:
        _leave_alone(room, seat)
    return True


def _leave_alone(room: Room, seat: Membership) -> None:
    Membership.objects.filter(pk=seat.pk).update(left_at=now())
    revoke(room_topic(room.pk), seat.person_id)
    room.member_count = F("member_count") - 1
    room.reads_version = F("reads_version") + 1
    room.save(update_fields=["member_count", "reads_version"])
    room.refresh_from_db(fields=["member_count", "reads_version"])
    tell_reads(room)
    if room.last_ordinal:
        open_for(room)


def erase_quotes(person_id: int) -> bool:
    """Take their name from above the answers to what they said. Returns whether there were any."""
    answers = Message.objects.filter(reply_to__author=person_id).exclude(quote_author="")
    rows = list(answers.select_related("room").order_by("pk")[:QUOTES])
    for row in rows:
        _unname(row)
    return bool(rows)


def _unname(row: Message) -> None:
    def unname(message: dict[str, Any] | None) -> bool:
        quote = message and message["reply_to"]
        if not quote or quote["message_id"] != row.reply_to_id:
            return False
        quote["author"] = ""
        return True

    Message.objects.filter(pk=row.pk).update(quote_author="")
    rewrite(room_topic(row.room_id), [row.number], lambda data: unname(data["message"]))
    in_cards(row.room, row, lambda data: unname(data["room"]["last_message"]))
