"""What has reached me, what I have read, and being about to write."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F

from server.chat import events
from server.chat.models import Membership
from server.chat.policies import present
from server.chat.queries import my_reads
from server.chat.schemas import RECEIPTS_UP_TO
from server.chat.services.seats import check_writable, tell_reads
from server.errors import Refused
from server.realtime.snapshots import refresh
from server.realtime.topics import room as room_topic
from server.realtime.topics import user
from server.realtime.whisper import whisper


def mark_read(person_id: int, room_id: int, ordinal: int) -> None:
    """I have read the room up to this message; a mark never goes back, nor beyond the last.

    It locks one's own row only: a hundred readers must not queue behind each other, nor behind
    whoever writes. Raises Refused(not_found).
    """
    with transaction.atomic():
        seat = _seat(person_id, room_id)
        mark = min(ordinal, seat.room.last_ordinal)
        rows = Membership.objects.filter(pk=seat.pk, left_at=None, read_ordinal__lt=mark)
        if rows.update(read_ordinal=mark):
            tell_reads(seat.room)
            refresh(
                user(person_id),
                events.RoomRead,
                lambda: _my_read(person_id, room_id),
                key=str(room_id),
            )


def mark_delivered(person_id: int, ordinals: Mapping[int, int]) -> None:
    """What was said in these rooms (ordinal by room) has reached a page of mine.

    Rooms I am not in, what I have read anyway, and rooms so large that nobody is told are passed
    over. Two queries when there is nothing new, three when there is, whatever the number of rooms;
    the rows are locked in one order, or two pages of mine could wait for each other.
    """
    with transaction.atomic():
        seats = present().filter(
            person=person_id, room__in=ordinals, room__member_count__lte=RECEIPTS_UP_TO
        )
        behind = seats.filter(
            read_ordinal__lt=F("room__last_ordinal"), delivered_ordinal__lt=F("room__last_ordinal")
        )
        rows = behind.select_related("room").select_for_update(no_key=True, of=("self",))
        told = []
        for seat in rows.order_by("pk"):
            mark = min(ordinals[seat.room_id], seat.room.last_ordinal)
            if mark > max(seat.read_ordinal, seat.delivered_ordinal):
                seat.delivered_ordinal = mark
                told.append(seat)
        Membership.objects.bulk_update(told, ["delivered_ordinal"])
        for seat in told:
            tell_reads(seat.room)


def _my_read(person_id: int, room_id: int) -> tuple[int, events.RoomRead] | None:
    mark = my_reads(person_id, [room_id]).get(room_id)
    return None if mark is None else (mark, events.RoomRead(room_id=room_id, ordinal=mark))


def typing(person_id: int, room_id: int, on: bool) -> None:
    """Whisper that I am writing, or have stopped.

    Raises Refused: not_found, forbidden (a block).
    """
    seat = _seat(person_id, room_id)
    check_writable(seat)
    typing_again(person_id, room_id, on)


def typing_again(person_id: int, room_id: int, on: bool) -> None:
    """The same of somebody whose right is known; asks nobody."""
    whisper(room_topic(room_id), events.Typing(person_id=person_id, on=on), person_id=person_id)


def _seat(person_id: int, room_id: int) -> Membership:
    seats = present().filter(room=room_id, person=person_id).select_related("room")
    seat = seats.first()
    if seat is None:
        raise Refused("not_found", "There is no such chat, or you are not in it.")
    return seat
