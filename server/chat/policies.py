"""Who is in which room. Every path asks here: joins, pushes, pages, pictures and writes."""

from collections.abc import Callable, Collection, Mapping
from typing import Protocol

from django.db.models import Exists, OuterRef, QuerySet

from server.accounts.ages import strangers_to_minors
from server.accounts.policies import blocked_pairs
from server.chat.models import Membership, Message, Room

tidies: list[Callable[[int, int], bool]] = []
"""Whether a person takes back what others said in a club: asked with (person, room). The app of its
groups adds to it in AppConfig.ready()."""


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


def readable(person_id: int) -> QuerySet[Message]:
    """The messages that a person may read: of rooms they are in, since they came where what was
    said before is not for newcomers."""
    mine = present().filter(
        room=OuterRef("room"), person=person_id, from_ordinal__lt=OuterRef("ordinal")
    )
    return Message.objects.filter(Exists(mine))


def withheld(person_id: int, after: Mapping[int, int]) -> set[int]:
    """The rooms of which something before this person's time would come by replay after that
    number. One query."""
    seats = present().filter(person=person_id, room__in=after.keys(), from_number__gt=0)
    rows = seats.values_list("room_id", "from_number")
    return {room for room, number in rows if number > after[room]}


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
    return not seat.room.frozen and not parted([seat])


def may_tidy(seat: Membership) -> bool:
    """Whether this member may take back what others said in the room (loaded)."""
    if seat.room.kind == "club":
        return any(ask(seat.person_id, seat.room_id) for ask in tidies)
    return seat.room.kind == "group" and seat.role == "owner"
