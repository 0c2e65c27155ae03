"""Opening rooms and naming them."""

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from server.accounts.policies import are_blocked, are_friends, friends_of, may_see_person, pair_of
from server.catalogue.services import hold_staff
from server.chat import events
from server.chat.models import Membership, Room
from server.chat.policies import present
from server.chat.schemas import RECEIPTS_UP_TO, GroupDraft, RoomCard
from server.chat.services.seats import (
    check_owner,
    enter,
    open_for,
    seat_people,
    tell_reads,
)
from server.chat.shapes import room_cards
from server.errors import Refused
from server.realtime.clock import now
from server.realtime.log import record
from server.realtime.topics import room as room_topic
from server.realtime.topics import user
from server.schema import digest
from server.text import clean_words

TITLE_LENGTH = 80


def open_direct(person_id: int, other_id: int) -> RoomCard:
    """My chat with this person: the one there is, or a new one between friends.

    The other learns of it with the first message. Raises Refused: not_found (also when they
    blocked me), forbidden (not friends, blocked by me, or myself).
    """
    if person_id == other_id:
        raise Refused("forbidden", "This is yourself.")
    low, high = pair_of(person_id, other_id)
    with transaction.atomic():
        if not may_see_person(person_id, other_id):
            raise Refused("not_found")
        if are_blocked(person_id, other_id):
            raise Refused("forbidden", "You have blocked this person. Unblock them first.")
        room = Room.objects.filter(direct_low=low, direct_high=high).first()
        if room is None:
            if not are_friends(person_id, other_id):
                raise Refused("forbidden", "Only friends can start a chat.")
            room, created = Room.objects.get_or_create(
                direct_low_id=low,
                direct_high_id=high,
                defaults={"kind": "direct", "created_by_id": person_id},
            )
            if created:
                seat_people(room, [low, high], {}, now())
        return my_card(person_id, room.pk)


def open_store_chat(person_id: int, store_id: int) -> RoomCard:
    """My chat with this store: the one there is, or a new one with everybody who works there.

    They learn of it with the first message. Raises Refused: not_found, forbidden (I work there),
    full.
    """
    with transaction.atomic():
        staff = hold_staff(store_id)
        if person_id in staff:
            raise Refused("forbidden", "You work at this store.")
        room, created = Room.objects.get_or_create(
            store_id=store_id,
            buyer_id=person_id,
            defaults={"kind": "store", "created_by_id": person_id},
        )
        if created:
            roles = dict.fromkeys(staff, "staff")
            seat_people(room, [person_id, *sorted(staff)], roles, now())
        return my_card(person_id, room.pk)


def create_group(person_id: int, draft: GroupDraft) -> RoomCard:
    """A new group of mine with friends of mine. Repeating the client_id returns the first.

    Raises Refused: bad_field (somebody is no friend, the title is empty), altered_replay.
    """
    title = clean_title(draft.title)
    others = [person for person in dict.fromkeys(draft.member_ids) if person != person_id]
    with transaction.atomic():
        room, created = Room.objects.get_or_create(
            created_by_id=person_id,
            client_id=draft.client_id,
            defaults={"kind": "group", "title": title, "digest": digest(draft)},
        )
        if created:
            check_friends(person_id, others, "member_ids")
            seat_people(room, [person_id, *others], {person_id: "owner"}, now())
            open_for(room)
        elif room.digest != digest(draft):
            raise Refused("altered_replay")
        return my_card(person_id, room.pk)


def rename(person_id: int, room_id: int, title: str) -> RoomCard:
    """The owner gives a group another title. Raises Refused: not_found, forbidden, bad_field."""
    title = clean_title(title)
    with transaction.atomic():
        seat, _ = enter(person_id, room_id)
        check_owner(seat)
        room = seat.room
        if room.title != title:
            room.title = title
            room.save(update_fields=["title"])
            record(room_topic(room.pk), events.RoomRenamed(title=title))
        return my_card(person_id, room_id)


def tell_writable(one: int, other: int, writable: bool) -> None:
    """A block between two people was set or lifted: tell both whether their chat can be written.

    Runs in the transaction of the block. Locking the room makes every message either older than
    the block or refused by it.
    """
    low, high = pair_of(one, other)
    rooms = Room.objects.select_for_update(no_key=True)
    if room := rooms.filter(direct_low=low, direct_high=high).first():
        for person in (low, high):
            record(user(person), events.RoomWritable(room_id=room.pk, writable=writable))


def tell_marks(one: int, other: int) -> None:
    """One of the two restricts the other, or does so no more: whether read marks are shown in the
    rooms where both are differs. One statement for the rooms, and a snapshot of each."""
    ours = present().filter(person=other, room=OuterRef("pk"))
    shared = Room.objects.filter(
        Exists(ours),
        pk__in=present().filter(person=one).values("room"),
        member_count__lte=RECEIPTS_UP_TO,
    )
    rooms = list(shared.order_by("pk").select_for_update(no_key=True))
    Room.objects.filter(pk__in=[room.pk for room in rooms]).update(
        reads_version=F("reads_version") + 1
    )
    for room in rooms:
        tell_reads(room)


def check_friends(person_id: int, others: list[int], field: str) -> None:
    """Raises Refused(bad_field) unless all of them are friends of this person (which a block
    always ends). One query."""
    friends = friends_of(person_id).filter(pk__in=others).values_list("pk", flat=True)
    if strangers := set(others) - set(friends):
        raise Refused(
            "bad_field",
            "Only friends of yours can be added.",
            fields={field: f"not friends of yours: {sorted(strangers)}"},
        )


def clean_title(title: str) -> str:
    """Raises Refused(bad_field) for one that is too long or cannot be seen."""
    return " ".join(clean_words(title, TITLE_LENGTH, field="title").split())


def my_card(person_id: int, room_id: int) -> RoomCard:
    """A room in my list. Raises Refused(not_found) when I am not in it any more."""
    seats: list[Membership] = list(
        present().filter(room=room_id, person=person_id).select_related("room")
    )
    if not seats:
        raise Refused("not_found")
    return room_cards(seats)[0]
