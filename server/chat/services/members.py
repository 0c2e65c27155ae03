"""Coming into a room and leaving it."""

from django.db import transaction

from server.catalogue.policies import staff_ids
from server.chat.models import Room
from server.chat.policies import present
from server.chat.services.rooms import check_friends
from server.chat.services.seats import (
    check_owner,
    enter,
    open_for,
    seat_people,
    tell_joined,
    unseat,
)
from server.errors import Refused
from server.realtime.clock import now


def add_members(person_id: int, room_id: int, people: list[int]) -> None:
    """Bring friends of mine into a group; those who are in it already stay as they are.

    They see the whole history, and nothing of it counts as unread. Raises Refused: not_found,
    forbidden (not a group), bad_field (somebody is no friend of mine), full (500 people).
    """
    with transaction.atomic():
        seat, moment = enter(person_id, room_id)
        room = seat.room
        if room.kind != "group":
            raise Refused("forbidden", "People can be added to groups only.")
        there = set(present().filter(room=room, person__in=people).values_list("person", flat=True))
        coming = [person for person in dict.fromkeys(people) if person not in there]
        check_friends(person_id, coming, "person_ids")
        if seated := seat_people(room, coming, {}, moment):
            tell_joined(room, seated)
            open_for(room, seated)


def remove_member(person_id: int, room_id: int, other_id: int) -> None:
    """The owner sends somebody out of a group. Raises Refused: not_found (also when they are not
    in it), forbidden (not the owner; leaving oneself is `leave`)."""
    with transaction.atomic():
        seat, moment = enter(person_id, room_id)
        check_owner(seat)
        if other_id == person_id:
            raise Refused("forbidden", "To go yourself, leave the group.")
        other = present().filter(room=room_id, person=other_id).first()
        if other is None:
            raise Refused("not_found", "They are not in this group.")
        unseat(seat.room, [other], moment)


def leave(person_id: int, room_id: int) -> None:
    """Go out of a group or a club; when the owner of a group goes, who has been there longest owns
    it.

    Raises Refused: not_found, forbidden (not a group).
    """
    with transaction.atomic():
        seat, moment = enter(person_id, room_id)
        if seat.room.kind not in ("group", "club"):
            raise Refused("forbidden", "Only groups can be left.")
        unseat(seat.room, [seat], moment)


def sync_staff(store_id: int) -> None:
    """Somebody began or ceased to work at a store: the same holds in all its chats.

    Runs in the transaction of that change, after it, with the store's row locked. Its cost grows
    with the store's chats.
    """
    rooms = Room.objects.select_for_update(no_key=True).filter(store=store_id).order_by("pk")
    staff, moment = staff_ids(store_id), now()
    roles = dict.fromkeys(staff, "staff")
    for room in list(rooms):
        former = [
            seat
            for seat in present().filter(room=room, role="staff")
            if seat.person_id not in staff
        ]
        if former:
            unseat(room, former, moment)
        if seated := seat_people(room, sorted(staff), roles, moment):
            tell_joined(room, seated)
            if room.last_ordinal:
                open_for(room, seated)
