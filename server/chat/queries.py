"""Reading chats. What is shown beside a `head` is of the same instant as the head."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q

from server.accounts.policies import restricts_one_of
from server.chat.events import RoomReads
from server.chat.models import Membership, Message, MessageEdit
from server.chat.policies import present, readable
from server.chat.schemas import (
    RECEIPTS_UP_TO,
    Edit,
    EditHistory,
    MessagePage,
    ReadMark,
    RoomCard,
    RoomList,
    RoomPage,
)
from server.chat.shapes import member_views, message_views, room_cards
from server.errors import Refused
from server.realtime import log
from server.realtime.clock import millis
from server.realtime.instant import one_instant
from server.realtime.topics import room as room_topic

ROOMS = 500
MESSAGES_A_PAGE = 50

GROUPS_LOOKED_AT = 20
MEMBERS_LOOKED_AT = 2_000
"""For whom a person may know, of the groups they are in."""


def room_list(person_id: int) -> RoomList:
    """My chats. A bounded number of queries, whatever the number of rooms."""
    epoch = log.epoch()
    with one_instant():
        seats = present().filter(person=person_id).select_related("room")
        begun = seats.filter(Q(room__kind__in=["group", "club"]) | Q(room__last_ordinal__gt=0))
        cards = room_cards(list(begun.order_by("-room__active_at", "-room")[:ROOMS]))
    return RoomList(rooms=cards, epoch=epoch)


def room_page(person_id: int, room_id: int, limit: int = MESSAGES_A_PAGE) -> RoomPage:
    """A room with its people and the messages around the first unread one, or the latest.

    Raises Refused(not_found).
    """
    log.epoch()  # may have to be made, which the instant below must not
    with one_instant():
        seat = _seat(person_id, room_id)
        [card] = room_cards([seat])
        seats = list(
            present().filter(room=room_id).annotate(hidden=_restricts_here()).order_by("place")
        )
        unread = card.last_ordinal > card.read_ordinal
        span = _span(seat, limit, around=card.read_ordinal + 1 if unread else None)
        told = seats if card.member_count <= RECEIPTS_UP_TO else []
        return RoomPage(
            room=card,
            members=member_views(seats),
            reads=[
                _mark(row.person_id, row.read_ordinal, row.delivered_ordinal)
                for row in told
                if not row.hidden
            ],
            page=_page(seat, span, card.head),
        )


def room_card(person_id: int, room_id: int) -> RoomCard:
    """One line of my list. Raises Refused(not_found)."""
    with one_instant():
        return room_cards([_seat(person_id, room_id)])[0]


def messages(
    person_id: int,
    room_id: int,
    *,
    before: int | None = None,
    after: int | None = None,
    around: int | None = None,
    limit: int = MESSAGES_A_PAGE,
) -> MessagePage:
    """Up to `limit` messages next to an ordinal (excluded for before and after), or the latest.

    Ordinals have no holes, so a page is a range of them: the same index scan at any depth.
    Raises Refused: not_found, bad_field (more than one anchor).
    """
    if sum(anchor is not None for anchor in (before, after, around)) > 1:
        raise Refused("bad_field", fields={"before": "only one of before, after and around"})
    log.epoch()
    with one_instant():
        seat = _seat(person_id, room_id)
        span = _span(seat, limit, before=before, after=after, around=around)
        return _page(seat, span, log.head(room_topic(room_id)))


def _span(
    seat: Membership,
    limit: int,
    *,
    before: int | None = None,
    after: int | None = None,
    around: int | None = None,
) -> range:
    """The ordinals of a page of what this member (room loaded) may read."""
    first, end = seat.from_ordinal + 1, seat.room.last_ordinal
    if after is not None:
        after = max(after, first - 1)
        return range(after + 1, min(after + limit, end) + 1)
    stop = end + 1 if before is None else min(before, end + 1)
    if around is not None:
        stop = min(max(around + limit - limit // 2, first + limit), stop)
    return range(max(stop - limit, first), max(stop, first))


def _page(seat: Membership, span: range, head: int) -> MessagePage:
    rows = Message.objects.filter(room=seat.room_id, ordinal__gte=span.start, ordinal__lt=span.stop)
    return MessagePage(
        messages=message_views(list(rows.order_by("ordinal"))),
        earlier=span.start > seat.from_ordinal + 1,
        later=span.stop <= seat.room.last_ordinal,
        head=head,
        epoch=log.epoch(),
    )


def edits(person_id: int, message_id: int) -> EditHistory:
    """Earlier wordings of a message. Raises Refused(not_found)."""
    if not readable(person_id).filter(pk=message_id).exists():
        raise Refused("not_found")
    rows = MessageEdit.objects.filter(message=message_id).order_by("number")
    return EditHistory(edits=[Edit(text=row.text, at=millis(row.at)) for row in rows])


def room_reads(room_ids: Collection[int]) -> dict[int, tuple[int, RoomReads]]:
    """(version, read marks) by room; rooms of more than 100 people have none. One query.

    The version adds up all marks, those of people who left included, and the comings and goings:
    it grows with every change although no mark touches the room's own row.
    """
    if not room_ids:
        return {}
    rows = Membership.objects.filter(room__among=room_ids, room__member_count__lte=RECEIPTS_UP_TO)
    versions: dict[int, int] = {}
    marks: dict[int, list[ReadMark]] = defaultdict(list)
    for room, changes, person, read, delivered, left_at, hidden in rows.order_by(
        "place"
    ).values_list(
        "room_id",
        "room__reads_version",
        "person_id",
        "read_ordinal",
        "delivered_ordinal",
        "left_at",
        _restricts_here(),
    ):
        versions[room] = versions.get(room, changes) + read + delivered
        if left_at is None and not hidden:
            marks[room].append(_mark(person, read, delivered))
    return {room: (version, RoomReads(reads=marks[room])) for room, version in versions.items()}


def _mark(person_id: int, read: int, delivered: int) -> ReadMark:
    return ReadMark(person_id=person_id, ordinal=read, delivered=max(read, delivered))


def _restricts_here() -> Exists:
    """For seats: whether the person restricts somebody in the room. How far they have read is told
    to nobody there then, for everybody on the topic gets the same bytes."""
    return restricts_one_of(present().filter(room=OuterRef(OuterRef("room"))).values("person"))


def my_reads(person_id: int, room_ids: Collection[int]) -> dict[int, int]:
    """How far I have read, by room, of those I am in. One query."""
    return {room: ordinal for _, room, ordinal in reads_of([person_id], room_ids)}


def reads_of(people: Collection[int], room_ids: Collection[int]) -> list[tuple[int, int, int]]:
    """(person, room, how far they have read) of those of the people who are in those rooms."""
    rows = present().filter(person__among=people, room__among=room_ids)
    return list(rows.values_list("person_id", "room_id", "read_ordinal"))


def _seat(person_id: int, room_id: int) -> Membership:
    """My place in a room (loaded). Raises Refused(not_found)."""
    seats = present().filter(person=person_id, room=room_id).select_related("room")
    if seat := seats.first():
        return seat
    raise Refused("not_found", "There is no such chat, or you are not in it.")


def groups_shared(person_id: int) -> dict[int, list[str]]:
    """With whom I am in groups, and what those are called, the liveliest first. Two queries; only
    so many groups and members are looked at."""
    mine = present().filter(person=person_id, room__kind="group").order_by("-room__active_at")
    titles = dict(mine.values_list("room", "room__title")[:GROUPS_LOOKED_AT])
    rows = present().filter(room__in=list(titles)).exclude(person=person_id)
    seats = rows.values_list("room", "person")[:MEMBERS_LOOKED_AT]
    found: dict[int, list[str]] = defaultdict(list)
    liveliest = list(titles)
    for room, other in sorted(seats, key=lambda seat: liveliest.index(seat[0])):
        found[other].append(titles[room])
    return found
