"""The way into a room: its lock first, then the right to be there; and who comes and goes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection
from django.db.models.functions import Now

from server.chat import events
from server.chat.models import Membership, Message, Room
from server.chat.policies import may_write, present, readable
from server.chat.queries import room_reads
from server.chat.schemas import RECEIPTS_UP_TO, ROOM_PEOPLE
from server.chat.shapes import member_views, room_cards
from server.errors import Refused
from server.realtime.log import head, record
from server.realtime.revoke import revoke
from server.realtime.snapshots import refresh
from server.realtime.topics import room as room_topic
from server.realtime.topics import user
from server.rows import run_with_rows

Pair = tuple[int, int]
"""(person, room)"""


def enter(person_id: int, room_id: int) -> tuple[Membership, datetime]:
    """Lock a room through one's own membership. Returns it (room loaded) and the moment.

    Two queries; the order of things is that of enter_all(). Raises Refused(not_found) for whoever
    is not in it.
    """
    mine = present().filter(person=person_id, room=room_id)
    locked = Room.objects.filter(pk__in=mine.values("room"))
    room = locked.select_for_update(no_key=True, of=("self",)).first()
    seat = mine.annotate(moment=Now()).first() if room else None
    if room is None or seat is None:
        raise Refused("not_found", "There is no such chat, or you are not in it.")
    seat.room = room
    moment: datetime = seat.moment
    return seat, moment


@dataclass(slots=True)
class LockedRoom:
    """What a busy worker needs to know of a room; a whole model costs more to make than all else
    that is done for a message."""

    pk: int
    kind: str
    last_ordinal: int
    member_count: int
    direct_low_id: int | None
    direct_high_id: int | None
    slow_seconds: int
    frozen: bool

    other = Room.other


@dataclass(slots=True)
class Seat:
    """A membership that holds, in a locked room (the same object for all who are in it).
    wrote_at: moves on with what they say in this transaction."""

    pk: int
    person_id: int
    room_id: int
    role: str
    from_ordinal: int
    wrote_at: datetime | None
    room: LockedRoom


_LOCK = """
    SELECT id, kind, last_ordinal, member_count, direct_low_id, direct_high_id, slow_seconds, frozen
    FROM chat_room WHERE id IN (
        SELECT room_id FROM chat_membership NATURAL JOIN {given} WHERE left_at IS NULL
    ) ORDER BY id
"""
_SEATS = """
    SELECT id, person_id, room_id, role, from_ordinal, CAST(wrote_at AS text), CAST({now} AS text)
    FROM chat_membership NATURAL JOIN {given} WHERE left_at IS NULL
"""
_PAIR = (("person_id", "bigint"), ("room_id", "bigint"))


def enter_all(wanted: Collection[Pair]) -> tuple[dict[Pair, Seat], datetime | None]:
    """Lock rooms through the memberships of (person, room). Returns those that hold and the moment
    (None without any). Two queries.

    The memberships are read after the lock: somebody may have been removed while waiting, and what
    waited must not slip in. Rooms are locked in one order, or two workers could wait for each
    other, and the lock is NO KEY, or everything that refers to a room would wait as well.
    """
    asked = [{"person_id": person, "room_id": room} for person, room in wanted]
    lock = " FOR NO KEY UPDATE" if connection.vendor == "postgresql" else ""
    rooms = {row[0]: LockedRoom(*row) for row in run_with_rows(_LOCK + lock, _PAIR, asked)}
    seats: dict[Pair, Seat] = {}
    moment = None
    for pk, person, room, role, since, wrote, now in (
        run_with_rows(_SEATS, _PAIR, asked) if rooms else ()
    ):
        if room in rooms:  # not one who came into it just now: it was not locked for them
            wrote_at = None if wrote is None else _aware(wrote)
            seats[person, room] = Seat(pk, person, room, role, since, wrote_at, rooms[room])
            moment = now
    return seats, None if moment is None else _aware(moment)


def _aware(moment: str) -> datetime:
    """What a database says of its clock, as text. SQLite's is UTC and does not say so."""
    at = datetime.fromisoformat(moment)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


_HOLD = """
    SELECT person_id, room_id FROM chat_membership NATURAL JOIN {given}
    WHERE left_at IS NULL ORDER BY id
"""


def hold_seats(wanted: Collection[Pair]) -> set[Pair]:
    """Those of the (person, room) who are there, and stay until the transaction ends: whoever
    removes them waits, and whoever has been waited for is not among them. One query.

    For what is not written under the room's own lock, as a ballot is not.
    """
    asked = [{"person_id": person, "room_id": room} for person, room in wanted]
    share = " FOR SHARE OF chat_membership" if connection.vendor == "postgresql" else ""
    return {(person, room) for person, room in run_with_rows(_HOLD + share, _PAIR, asked)}


def reach(person_id: int, message_id: int) -> tuple[Membership, datetime, Message]:
    """Enter the room of a message. Raises Refused(not_found) when it is not for this person."""
    rooms = readable(person_id).filter(pk=message_id)
    room_id = rooms.values_list("room_id", flat=True).first()
    if room_id is None:
        raise Refused("not_found", "There is no such message, or you are not in its chat.")
    seat, moment = enter(person_id, room_id)
    return seat, moment, Message.objects.get(pk=message_id)


def check_writable(seat: Membership) -> None:
    """Raises Refused(forbidden) across a block, and where nothing is said any more."""
    if not may_write(seat):
        raise Refused("forbidden", "Nothing can be written here.")


def check_owner(seat: Membership) -> None:
    """Raises Refused(forbidden) for everyone but the owner of a group."""
    if seat.room.kind != "group" or seat.role != "owner":
        raise Refused("forbidden", "Only the group's owner may do this.")


def seat_people(
    room: Room,
    people: Collection[int],
    roles: dict[int, str],
    moment: datetime,
    *,
    from_now: bool = False,
) -> list[int]:
    """Give places to those who have none, in the order given; returns them. The room is locked
    (or new). Whoever comes back gets a new place. Everything so far counts as read.

    roles: of those who are not plain members. from_now: what was said before is not for them.
    Raises Refused(full).
    """
    known = {row.person_id: row for row in Membership.objects.filter(room=room, person__in=people)}
    coming = [p for p in dict.fromkeys(people) if p not in known or known[p].left_at is not None]
    if not coming:
        return []
    if room.member_count + len(coming) > ROOM_PEOPLE:
        raise Refused("full", f"At most {ROOM_PEOPLE} people in a chat.")
    number = head(room_topic(room.pk)) if from_now else 0
    seats = [
        Membership(
            pk=known[person].pk if person in known else None,
            room=room,
            person_id=person,
            role=roles.get(person, "member"),
            place=room.last_place + n,
            read_ordinal=room.last_ordinal,
            delivered_ordinal=room.last_ordinal,
            joined_at=moment,
            from_ordinal=room.last_ordinal if from_now else 0,
            from_number=number,
            wrote_at=known[person].wrote_at if person in known else None,
        )
        for n, person in enumerate(coming, 1)
    ]
    Membership.objects.bulk_create([seat for seat in seats if seat.person_id not in known])
    back = [seat for seat in seats if seat.person_id in known]
    Membership.objects.bulk_update(
        back,
        [
            "role",
            "place",
            "read_ordinal",
            "delivered_ordinal",
            "joined_at",
            "left_at",
            "from_ordinal",
            "from_number",
        ],
    )
    room.member_count += len(coming)
    room.last_place += len(coming)
    _save_people(room)
    return coming


def _save_people(room: Room) -> None:
    room.reads_version += 1
    room.save(update_fields=["member_count", "last_place", "reads_version"])


def tell_joined(room: Room, people: Collection[int]) -> None:
    """Tell the room about those who have just been seated, in their order."""
    before = room.member_count - len(people)
    seats = present().filter(room=room, person__in=people).order_by("place")
    for count, member in enumerate(member_views(seats), before + 1):
        record(room_topic(room.pk), events.MemberJoined(member=member, member_count=count))
    tell_reads(room)


def open_for(room: Room, people: Collection[int] | None = None) -> None:
    """Put the room into these people's lists (None: into everybody's who is there)."""
    seats = present().filter(room=room).select_related("room").order_by("person")
    if people is not None:
        seats = seats.filter(person__in=people)
    rows = list(seats)
    for seat, card in zip(rows, room_cards(rows), strict=True):
        record(user(seat.person_id), events.RoomOpened(room=card))


def unseat(room: Room, seats: Iterable[Membership], moment: datetime) -> None:
    """These members of the locked room leave it. From now on nothing of it reaches them: their
    right is revoked before the room is told, so that not even the telling does."""
    gone = sorted(seats, key=lambda seat: seat.person_id)
    for seat in gone:
        Membership.objects.filter(pk=seat.pk).update(left_at=moment, role="member")
        revoke(room_topic(room.pk), seat.person_id)
        room.member_count -= 1
        owner_id = _owner(room)
        left = events.MemberLeft(
            person_id=seat.person_id, member_count=room.member_count, owner_id=owner_id
        )
        record(room_topic(room.pk), left)
    _save_people(room)
    tell_reads(room)
    for seat in gone:
        record(user(seat.person_id), events.RoomClosed(room_id=room.pk))


def _owner(room: Room) -> int | None:
    """Who owns the group now: when its owner has left, whoever has been there longest."""
    if room.kind != "group":
        return None
    seats = present().filter(room=room)
    owner = seats.filter(role="owner").first()
    if owner is None and (owner := seats.order_by("place").first()):
        Membership.objects.filter(pk=owner.pk).update(role="owner")
    return owner.person_id if owner else None


def tell_reads(room: Room) -> None:
    """Have the read marks sent, where the room is small enough to have them."""
    if room.member_count <= RECEIPTS_UP_TO:
        refresh(room_topic(room.pk), events.RoomReads, lambda: room_reads([room.pk]).get(room.pk))
