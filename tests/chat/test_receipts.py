"""Having read, unread, and typing."""

from __future__ import annotations

import orjson
import pytest

from server.accounts.models import User
from server.chat import queries, services
from server.chat.models import Membership, Room
from server.chat.schemas import RECEIPTS_UP_TO, ReadMark
from server.realtime.publish import Envelope
from server.realtime.topics import room as room_topic
from server.realtime.topics import user
from tests.chat.apply import Browser, by_person
from tests.chat.test_rooms import refusal
from tests.factories import direct_room, friends, group_room, person, say
from tests.realtime.conftest import Remembering

pytestmark = pytest.mark.django_db


def unread(who: User, room: int) -> int:
    card = queries.room_card(who.pk, room)
    return card.last_ordinal - card.read_ordinal


def marks(room: int) -> dict[int, int]:
    return {who: read for who, (read, _) in by_person(all_marks(room)).items()}


def delivered(room: int) -> dict[int, int]:
    return {who: reached for who, (_, reached) in by_person(all_marks(room)).items()}


def all_marks(room: int) -> list[ReadMark]:
    return queries.room_reads([room])[room][1].reads


def version(room: int) -> int:
    return queries.room_reads([room])[room][0]


def test_reading_lowers_what_is_unread(mei: User, bo: User, room: int) -> None:
    browsers = [Browser(mei), Browser(bo)]
    for _ in range(3):
        say(mei, room)
    assert (unread(mei, room), unread(bo, room)) == (0, 3)
    services.mark_read(bo.pk, room, 2)
    assert unread(bo, room) == 1
    assert marks(room) == {mei.pk: 3, bo.pk: 2}
    for browser in browsers:
        browser.check()


def test_a_mark_never_goes_back_nor_ahead(mei: User, bo: User, room: int) -> None:
    say(mei, room)
    say(mei, room)
    for ordinal in (2, 1, 0, 99):
        services.mark_read(bo.pk, room, ordinal)
        assert marks(room)[bo.pk] == 2
    say(mei, room)
    assert unread(bo, room) == 1


def test_what_reached_a_page_is_delivered_before_it_is_read(mei: User, bo: User, room: int) -> None:
    browsers = [Browser(mei), Browser(bo)]
    for _ in range(3):
        say(mei, room)
    services.mark_delivered(bo.pk, {room: 2})
    assert (marks(room)[bo.pk], delivered(room)[bo.pk]) == (0, 2)
    assert unread(bo, room) == 3
    for browser in browsers:
        browser.check()
    services.mark_read(bo.pk, room, 3)
    assert (marks(room)[bo.pk], delivered(room)[bo.pk]) == (3, 3)
    services.mark_delivered(bo.pk, {room: 1})
    assert delivered(room) == {mei.pk: 3, bo.pk: 3}
    for browser in browsers:
        browser.check()


def test_nothing_is_delivered_back_nor_ahead_nor_elsewhere(
    mei: User, bo: User, stranger: User, room: int
) -> None:
    other = direct_room(mei, bo)
    say(mei, room)
    say(mei, other)
    for ordinal in (1, 0, 99):
        services.mark_delivered(bo.pk, {room: ordinal})
        assert delivered(room)[bo.pk] == 1
    assert delivered(other)[bo.pk] == 0
    before = version(room)
    services.mark_delivered(stranger.pk, {room: 1, 10**9: 4})
    assert version(room) == before
    services.leave(bo.pk, room)
    gone = version(room)
    say(mei, room)
    services.mark_delivered(bo.pk, {room: 2})
    assert Membership.objects.get(room=room, person=bo).delivered_ordinal == 1
    assert version(room) == gone + 1  # the message its author has read


@pytest.mark.django_db(transaction=True)
def test_one_telling_a_room_and_none_when_nothing_is_new(
    mei: User, bo: User, liu: User, remembered: Remembering
) -> None:
    rooms = [group_room(mei, bo, liu) for _ in range(3)]
    for room in rooms:
        say(mei, room)
    remembered.published.clear()
    services.mark_delivered(bo.pk, dict.fromkeys(rooms, 1))
    told = [(one.topic, one.position) for one in remembered.published]
    assert told == [(str(room_topic(room)), version(room)) for room in rooms]
    remembered.published.clear()
    services.mark_delivered(bo.pk, dict.fromkeys(rooms, 1))
    assert remembered.published == []


def test_saying_something_is_having_read(mei: User, bo: User, room: int) -> None:
    say(mei, room)
    say(bo, room)
    assert (unread(mei, room), unread(bo, room)) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_marks_go_to_the_room_and_to_my_other_devices(
    mei: User, bo: User, liu: User, remembered: Remembering
) -> None:
    room = group_room(mei, bo, liu)
    say(mei, room)
    remembered.published.clear()
    services.mark_read(bo.pk, room, 1)
    to_room, to_me = remembered.published
    assert (to_room.topic, to_room.position) == (str(room_topic(room)), version(room))
    assert orjson.loads(to_room.text)["data"]["reads"] == [
        {"person_id": mei.pk, "ordinal": 1, "delivered": 1},
        {"person_id": bo.pk, "ordinal": 1, "delivered": 1},
        {"person_id": liu.pk, "ordinal": 0, "delivered": 0},
    ]
    frame = orjson.loads(to_me.text)
    assert (to_me.topic, to_me.kind) == (str(user(bo.pk)), "snapshot")
    assert (frame["type"], frame["key"], frame["version"]) == ("room.read", str(room), 1)
    remembered.published.clear()
    services.mark_read(bo.pk, room, 1)
    assert remembered.published == []


def test_the_version_grows_with_every_change(mei: User, bo: User, liu: User, room: int) -> None:
    seen = [(version(room), marks(room))]

    def changed() -> None:
        seen.append((version(room), marks(room)))
        assert seen[-1][0] > seen[-2][0] and seen[-1][1] != seen[-2][1]

    say(mei, room)
    changed()
    services.mark_read(bo.pk, room, 1)
    changed()
    services.leave(bo.pk, room)
    changed()
    services.add_members(mei.pk, room, [bo.pk])
    changed()
    services.add_members(mei.pk, room, [liu.pk])
    changed()
    services.remove_member(mei.pk, room, liu.pk)
    changed()


def in_transaction_test_room(size: int) -> tuple[User, list[User], int]:
    owner = person()
    others = [person() for _ in range(size - 1)]
    for other in others:
        friends(owner, other)
    return owner, others, group_room(owner, *others)


@pytest.mark.django_db(transaction=True)
def test_nobody_is_told_who_has_read_in_a_large_room(remembered: Remembering) -> None:
    owner, others, room = in_transaction_test_room(RECEIPTS_UP_TO)
    extra = person()
    friends(owner, extra)
    say(owner, room)

    def kinds() -> list[tuple[str, str]]:
        return [(one.topic, one.kind) for one in remembered.published]

    remembered.published.clear()
    services.mark_read(others[0].pk, room, 1)
    assert (str(room_topic(room)), "snapshot") in kinds()
    browser = Browser(owner)
    services.add_members(owner.pk, room, [extra.pk])
    browser.check()
    assert queries.room_reads([room]) == {}
    assert queries.room_page(owner.pk, room).reads == []
    remembered.published.clear()
    services.mark_read(others[1].pk, room, 1)
    assert kinds() == [(str(user(others[1].pk)), "snapshot")]
    services.leave(extra.pk, room)
    assert (str(room_topic(room)), "snapshot") in kinds()
    browser.check()
    assert len(browser.pages[room].reads) == RECEIPTS_UP_TO


def test_my_marks_are_mine(mei: User, bo: User, stranger: User, room: int) -> None:
    other = direct_room(mei, bo)
    say(bo, room)
    assert queries.my_reads(bo.pk, [room, other]) == {room: 1, other: 0}
    assert queries.my_reads(stranger.pk, [room, other]) == {}
    assert queries.my_reads(bo.pk, []) == {} and queries.room_reads([]) == {}


def test_typing_is_whispered_to_the_others(
    mei: User, stranger: User, room: int, remembered: Remembering
) -> None:
    services.typing(mei.pk, room, True)
    [whisper] = remembered.published
    assert isinstance(whisper, Envelope)
    assert (whisper.kind, whisper.topic) == ("whisper", str(room_topic(room)))
    assert whisper.person_id == mei.pk
    assert orjson.loads(whisper.text)["data"] == {"person_id": mei.pk, "on": True}
    refusal("not_found", services.typing, stranger.pk, room, True)
    assert remembered.published == [whisper]


def test_nothing_is_counted_per_member_and_message(mei: User, bo: User, room: int) -> None:
    before = Membership.objects.count()
    for _ in range(5):
        say(mei, room)
    assert Membership.objects.count() == before
    assert Room.objects.get(pk=room).last_ordinal == 5
