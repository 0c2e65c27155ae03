"""Who is in which room. Every path asks here: joins, pushes, pages, pictures and writes."""

from collections.abc import Collection
from typing import Protocol

from django.db.models import QuerySet

from server.accounts.ages import strangers_to_minors
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
    rows = present().filter(person__among=people, room__among=room_ids)
    return set(rows.values_list("person_id", "room_id"))


class DirectOrNot(Protocol):
    """A room as far as blocks are about it."""

    kind: str
    member_count: int

    def other(self, person_id: int) -> int | None:
        """The other person of a direct chat."""


class Seated(Protocol):
    """A membership, loaded with its room."""

    @property
    def person_id(self) -> int: ...
    @property
    def room_id(self) -> int: ...
    @property
    def room(self) -> DirectOrNot: ...


def parted(seats: Collection[Seated]) -> set[int]:
    """The rooms of these memberships (room loaded) that are direct chats across a block, of a minor
    with somebody who is no friend, or whose other side is not there any more.

    At most two queries, three with a minor; none when there is no direct chat among them.
    """
    alone = {seat.room_id for seat in seats if _is_direct(seat) and seat.room.member_count < 2}
    others = {
        (seat.person_id, seat.room_id): seat.room.other(seat.person_id)
        for seat in seats
        if _is_direct(seat)
    }
    people = {person for person, _ in others}
    facing = {other for other in others.values() if other is not None}
    blocked = blocked_pairs(people, facing) | strangers_to_minors(people, facing)
    return alone | {room for (person, room), other in others.items() if (person, other) in blocked}


def _is_direct(seat: Seated) -> bool:
    return seat.room.kind == "direct"


def may_write(seat: Membership) -> bool:
    """Whether this member may write in the room (loaded) now. At most one query."""
    return not parted([seat])
