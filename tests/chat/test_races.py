"""The same thing at the same time: one result, no holes, nothing after the right has ended."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from time import sleep
from typing import Any

import pytest
from django.db import connection, transaction

from server.accounts import services as accounts
from server.accounts.models import User
from server.catalogue import services as catalogue
from server.chat import queries, services
from server.chat.models import Membership, Message, Reaction, Room
from server.chat.schemas import ROOM_PEOPLE, GroupDraft, MessageDraft, Sent
from server.errors import Refused
from server.realtime.topics import room as room_topic
from server.realtime.topics import user
from tests.chat.apply import logged, types
from tests.factories import client_id, direct_room, friends, group_room, person, say, store
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def codes(results: list[Any]) -> Counter[str]:
    """How often each refusal; "ok" for what was done."""
    for result in results:
        if isinstance(result, BaseException) and not isinstance(result, Refused):
            raise result
    return Counter(one.code.name if isinstance(one, Refused) else "ok" for one in results)


# Once ----------------------------------------------------------------------------------------


def test_one_client_id_twenty_times_at_once_is_one_message(mei: User, bo: User, room: int) -> None:
    draft = MessageDraft(client_id=client_id(), room_id=room, text="once")
    results = at_once([partial(services.send, mei.pk, draft)] * 20)
    assert codes(results) == {"ok": 20}
    assert len({result for result in results if isinstance(result, Sent)}) == 1
    assert Message.objects.count() == 1
    assert types(room_topic(room)) == ["message.sent"]
    assert Room.objects.get(pk=room).last_ordinal == 1


def test_one_client_id_in_two_rooms_at_once_is_one_message(mei: User, bo: User, room: int) -> None:
    other = direct_room(mei, bo)
    for _ in range(5):
        before, same = Message.objects.count(), client_id()
        drafts = [MessageDraft(client_id=same, room_id=pk, text="once") for pk in (room, other)]
        results = at_once([partial(services.send, mei.pk, draft) for draft in drafts * 4])
        assert codes(results) == {"ok": 4, "altered_replay": 4}
        assert Message.objects.count() == before + 1


def test_a_direct_chat_opened_from_both_sides_is_one_chat(mei: User, bo: User) -> None:
    calls = [partial(services.open_direct, *pair) for pair in ((mei.pk, bo.pk), (bo.pk, mei.pk))]
    results = at_once(calls * 6)
    assert codes(results) == {"ok": 12}
    assert Room.objects.count() == 1 and Membership.objects.count() == 2


def test_two_first_messages_open_the_chat_once(mei: User, bo: User) -> None:
    room = direct_room(mei, bo)
    before = {who.pk: types(user(who.pk)).count("room.opened") for who in (mei, bo)}
    results = at_once([partial(say, who, room) for who in (mei, bo) * 3])
    assert codes(results) == {"ok": 6}
    for who in (mei, bo):
        assert types(user(who.pk)).count("room.opened") == before[who.pk] + 1


def test_one_group_made_many_times_at_once_is_one_group(mei: User, bo: User) -> None:
    draft = GroupDraft(client_id=client_id(), title="Once", member_ids=[bo.pk])
    assert codes(at_once([partial(services.create_group, mei.pk, draft)] * 10)) == {"ok": 10}
    assert Room.objects.count() == 1
    assert types(user(bo.pk)).count("room.opened") == 1


# Order ---------------------------------------------------------------------------------------


def test_many_writers_leave_no_holes(mei: User, bo: User, liu: User) -> None:
    room = group_room(mei, bo, liu)

    def write(who: User) -> list[Sent]:
        return [say(who, room, f"{who.username} {n}") for n in range(10)]

    results = at_once([partial(write, who) for who in (mei, bo, liu) * 3])
    assert codes(results) == {"ok": 9}
    told = [(number, event.message.ordinal) for number, event in logged(room_topic(room))]
    assert told == [(n, n) for n in range(1, 91)]
    for result in results:
        assert isinstance(result, list)
        assert [sent.ordinal for sent in result] == sorted(sent.ordinal for sent in result)
        assert all(sent.ordinal == sent.number for sent in result)


def test_a_page_is_of_the_same_instant_as_its_head(mei: User, bo: User, room: int) -> None:
    done = threading.Event()

    def write() -> None:
        for _ in range(60):
            say(mei, room)
        done.set()

    def read() -> int:
        readings = 0
        while not done.is_set():
            shown = queries.room_page(bo.pk, room, 100)
            last = shown.page.messages[-1].ordinal if shown.page.messages else 0
            assert shown.room.last_ordinal == last == shown.room.head == shown.page.head
            assert max(mark.ordinal for mark in shown.reads) == last
            [card] = queries.room_list(bo.pk).rooms
            assert card.last_ordinal == card.head
            readings += 1
        return readings

    _, readings = at_once([write, read])
    assert isinstance(readings, int) and readings > 3, readings


# Rights --------------------------------------------------------------------------------------


def while_held(change: Callable[[], None], attempt: Callable[[], Any], *, commit: bool) -> Any:
    """Begin the change, let the attempt run into it, then commit it or take it back."""
    results: list[Any] = []

    def run() -> None:
        results.extend(at_once([attempt]))

    thread = threading.Thread(target=run, daemon=True)
    with transaction.atomic():
        change()
        thread.start()
        sleep(0.4)
        assert not results, "it did not wait for the change"
        transaction.set_rollback(not commit)
    thread.join(30)
    return results[0]


def test_what_waits_for_a_removal_is_refused(mei: User, bo: User, room: int) -> None:
    sent = say(bo, room)
    attempts: list[Callable[[], Any]] = [
        partial(say, bo, room),
        partial(services.edit, bo.pk, sent.message_id, "late"),
        partial(services.react, bo.pk, sent.message_id, "👍"),
        partial(services.delete, bo.pk, sent.message_id),
    ]
    for attempt in attempts:
        result = while_held(
            partial(services.remove_member, mei.pk, room, bo.pk), attempt, commit=True
        )
        assert codes([result]) == {"not_found": 1}
        services.add_members(mei.pk, room, [bo.pk])
    told = types(room_topic(room))
    assert set(told[1:]) == {"member.left", "member.joined"}


def test_what_waits_for_a_removal_taken_back_is_done(mei: User, bo: User, room: int) -> None:
    remove = partial(services.remove_member, mei.pk, room, bo.pk)
    assert codes([while_held(remove, partial(say, bo, room), commit=False)]) == {"ok": 1}
    assert types(room_topic(room)) == ["message.sent"]


@pytest.mark.parametrize(("commit", "expected"), [(True, "forbidden"), (False, "ok")])
def test_what_waits_for_a_block(mei: User, bo: User, commit: bool, expected: str) -> None:
    room = direct_room(mei, bo)
    say(mei, room)
    block = partial(accounts.block, bo.pk, mei.pk)
    result = while_held(block, partial(say, mei, room), commit=commit)
    assert codes([result]) == {expected: 1}


def test_blocks_and_first_messages_do_not_deadlock(mei: User, bo: User) -> None:
    for _ in range(6):
        one, other = person(), person()
        friends(one, other)
        room = direct_room(one, other)
        results = at_once(
            [
                partial(say, one, room),
                partial(say, other, room),
                partial(accounts.block, one.pk, other.pk),
                partial(accounts.block, other.pk, one.pk),
            ]
        )
        assert codes(results[2:]) == {"ok": 2}
        assert codes(results[:2]).keys() <= {"ok", "forbidden"}


def test_an_owner_and_members_leaving_at_once_leave_one_owner(mei: User, bo: User) -> None:
    others = [person() for _ in range(4)]
    for other in others:
        friends(mei, other)
    for _ in range(4):
        room = group_room(mei, bo, *others)
        leavers = [mei, others[0], others[2], bo]
        results = at_once([partial(services.leave, who.pk, room) for who in leavers])
        assert codes(results) == {"ok": 4}
        left = Membership.objects.filter(room=room, left_at=None).order_by("place")
        assert [seat.person_id for seat in left] == [others[1].pk, others[3].pk]
        assert [seat.role for seat in left] == ["owner", "member"]
        assert Room.objects.get(pk=room).member_count == 2
        assert logged(room_topic(room))[-1][1].owner_id == others[1].pk


# Limits --------------------------------------------------------------------------------------


def test_the_last_places_go_to_as_many_as_there_are(mei: User, bo: User, room: int) -> None:
    Room.objects.filter(pk=room).update(member_count=ROOM_PEOPLE - 2)
    coming = [person() for _ in range(6)]
    for other in coming:
        friends(mei, other)
    results = at_once([partial(services.add_members, mei.pk, room, [p.pk]) for p in coming])
    assert codes(results) == {"ok": 2, "full": 4}
    assert Membership.objects.filter(room=room, left_at=None).count() == 4
    assert Room.objects.get(pk=room).member_count == ROOM_PEOPLE


def test_one_person_added_by_many_comes_once(mei: User, bo: User, liu: User, room: int) -> None:
    calls = [partial(services.add_members, who.pk, room, [liu.pk]) for who in (mei, bo) * 4]
    assert codes(at_once(calls)) == {"ok": 8}
    assert types(room_topic(room)) == ["member.joined"]
    assert Room.objects.get(pk=room).member_count == 3


def test_a_message_takes_twenty_emoji_at_once(mei: User, bo: User, room: int) -> None:
    sent = say(mei, room)
    many = [chr(0x1F600 + n) for n in range(26)]
    results = at_once([partial(services.react, bo.pk, sent.message_id, one) for one in many])
    assert codes(results) == {"ok": 20, "full": 6}
    assert Reaction.objects.count() == 20
    ranks = Reaction.objects.order_by("pk").values_list("rank", flat=True)
    assert list(ranks) == list(range(1, 21))


def test_marks_from_many_devices_end_at_the_highest(mei: User, bo: User, room: int) -> None:
    for _ in range(12):
        say(mei, room)
    assert codes(at_once([partial(services.mark_read, bo.pk, room, n) for n in range(12)]))
    assert queries.my_reads(bo.pk, [room]) == {room: 11}


def test_deliveries_from_many_pages_end_at_the_highest(mei: User, bo: User, room: int) -> None:
    rooms = [room, direct_room(mei, bo), group_room(mei, bo)]
    for where in rooms:
        for _ in range(12):
            say(mei, where)
    orders = [rooms, rooms[::-1]] * 6
    marks = [dict.fromkeys(order, n) for n, order in enumerate(orders)]
    calls = [partial(services.mark_delivered, bo.pk, mark) for mark in marks]
    assert codes(at_once(calls)) == {"ok": 12}
    for where in rooms:
        seat = Membership.objects.get(room=where, person=bo)
        assert (seat.delivered_ordinal, seat.read_ordinal) == (11, 0)


def test_reading_does_not_wait_for_whoever_writes(mei: User, bo: User, room: int) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    say(mei, room)
    with transaction.atomic():
        say(mei, room)
        [result] = at_once([partial(services.mark_read, bo.pk, room, 1)], patience=5)
        assert result is None
    assert queries.my_reads(bo.pk, [room]) == {room: 1}


def test_hired_while_a_chat_is_opened_is_in_it(mei: User) -> None:
    seller = person()
    for _ in range(5):
        shop, late = store(seller).store.id, person()
        results = at_once(
            [
                partial(services.open_store_chat, mei.pk, shop),
                partial(catalogue.hire, seller.pk, shop, late.pk),
            ]
        )
        assert codes(results) == {"ok": 2}
        room = Room.objects.get(store=shop)
        assert Membership.objects.filter(room=room, person=late, left_at=None).exists()
        assert room.member_count == 3
