"""Who is in which room. Every path asks here: joins, pushes, pages, pictures and writes."""

from collections.abc import Collection

from django.db.models import QuerySet

from server.accounts.policies import blocked_pairs
from server.chat.models import Membership, Room


def present() -> QuerySet[Membership]:
    """The memberships that hold now. Everything below is built on this."""
    return Membership.objects.filter(left_at=None)


def rooms_of(person_id: int) -> QuerySet[Room]:
    """The rooms a person is in: reading and writing find a room through this or not at all."""
    return Room.objects.filter(pk__in=present().filter(person=person_id).values("room"))


def watchable(people: Collection[int], room_ids: Collection[int]) -> set[tuple[int, int]]:
    """The (person, room) pairs of people who are in the room. One query."""
    if not people or not room_ids:
        return set()
    rows = present().filter(person__in=people, room__in=room_ids)
    return set(rows.values_list("person_id", "room_id"))


def parted(rooms: Collection[Room]) -> set[int]:
    """Those of the rooms that are direct chats with a block between the two. At most one query."""
    direct = [room for room in rooms if room.kind == "direct"]
    lows = {room.direct_low_id for room in direct if room.direct_low_id is not None}
    highs = {room.direct_high_id for room in direct if room.direct_high_id is not None}
    pairs = blocked_pairs(lows, highs)
    return {room.pk for room in direct if (room.direct_low_id, room.direct_high_id) in pairs}


def may_write(room: Room) -> bool:
    """Whether those who are in the room may write there: not across a block. At most one query."""
    return not parted([room])
