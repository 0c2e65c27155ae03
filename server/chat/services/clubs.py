"""Rooms of groups of an interest. Whoever may be in them is decided by the app of groups, which
calls these in the transaction of its change, with the group locked. Rooms are locked in id order.
"""

from collections.abc import Collection

from server.chat import events
from server.chat.models import Room
from server.chat.policies import present
from server.chat.services.rooms import clean_title
from server.chat.services.seats import open_for, seat_people, tell_joined, unseat
from server.errors import Refused
from server.realtime.clock import now
from server.realtime.log import record
from server.realtime.topics import room as room_topic


def open_club(
    person_id: int, client_id: str, used_for: str, title: str, slow_seconds: int
) -> tuple[Room, bool]:
    """A new room with nobody in it, or the one that this client_id made; and whether it is new.

    used_for: tells a retry from another use of the client_id.

    Raises Refused: bad_field, altered_replay (it made something else).
    """
    title = clean_title(title)
    room, created = Room.objects.get_or_create(
        created_by_id=person_id,
        client_id=client_id,
        defaults={
            "kind": "club",
            "title": title,
            "slow_seconds": slow_seconds,
            "digest": used_for,
        },
    )
    if not created and (room.kind, room.digest) != ("club", used_for):
        raise Refused("altered_replay")
    return room, created


def change_club(room_id: int, title: str | None, slow_seconds: int | None) -> None:
    """Give it another title or pace. Raises Refused(bad_field)."""
    room = _locked([room_id])[0]
    if title is not None and (title := clean_title(title)) != room.title:
        room.title = title
        record(room_topic(room.pk), events.RoomRenamed(title=title))
    if slow_seconds is not None and slow_seconds != room.slow_seconds:
        room.slow_seconds = slow_seconds
        record(room_topic(room.pk), events.RoomSlowed(slow_seconds=slow_seconds))
    room.save(update_fields=["title", "slow_seconds"])


def enter_club(room_id: int, person_id: int, *, from_now: bool) -> None:
    """Seat somebody. from_now: what was said before is not for them. Raises Refused(full)."""
    room = _locked([room_id])[0]
    if seated := seat_people(room, [person_id], {}, now(), from_now=from_now):
        tell_joined(room, seated)
        open_for(room, seated)


def leave_clubs(room_ids: Collection[int], person_id: int) -> None:
    """They leave all of these rooms, as far as they are there, and hear nothing more of them."""
    there = present().filter(person=person_id, room__in=room_ids)
    moment = now()
    for room in _locked(there.values_list("room_id", flat=True)):
        if seat := present().filter(person=person_id, room=room).first():
            unseat(room, [seat], moment)


def freeze_clubs(room_ids: Collection[int], frozen: bool) -> None:
    """Nothing is said there any more, or it is again."""
    for room in _locked(room_ids):
        if room.frozen != frozen:
            room.frozen = frozen
            room.save(update_fields=["frozen"])
            record(room_topic(room.pk), events.RoomFrozen(frozen=frozen))


def _locked(room_ids: Collection[int]) -> list[Room]:
    rooms = Room.objects.select_for_update(no_key=True).filter(pk__in=room_ids)
    return list(rooms.order_by("pk"))
