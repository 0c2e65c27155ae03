"""Coming and going: nothing of a room reaches whoever is not in it, before or after."""

from __future__ import annotations

from typing import Any

import pytest

from server import access
from server.accounts.models import User
from server.chat import queries, services
from server.chat.models import Membership, Room
from server.chat.policies import rooms_of, watchable
from server.chat.schemas import ROOM_PEOPLE
from server.realtime.log import current_auth
from server.realtime.topics import room as room_topic
from server.realtime.topics import user
from tests.chat.apply import Browser, logged, types
from tests.chat.test_rooms import refusal
from tests.factories import direct_room, friends, group_room, person, picture, say
from tests.realtime.conftest import Remembering

pytestmark = pytest.mark.django_db


def doors(who: User, room: int, message: int) -> list[tuple[Any, ...]]:
    """Every way in: service or query, and its arguments."""
    return [
        (say, who, room),
        (services.edit, who.pk, message, "words"),
        (services.delete, who.pk, message),
        (services.react, who.pk, message, "👍"),
        (services.unreact, who.pk, message, "👍"),
        (services.mark_read, who.pk, room, 1),
        (services.typing, who.pk, room, True),
        (services.rename, who.pk, room, "mine"),
        (services.add_members, who.pk, room, [who.pk]),
        (services.remove_member, who.pk, room, who.pk),
        (services.leave, who.pk, room),
        (services.post_poll, who.pk, room, 1, "ab" * 16),
        (queries.room_page, who.pk, room),
        (queries.room_card, who.pk, room),
        (queries.messages, who.pk, room),
        (queries.edits, who.pk, message),
    ]


def shut_out(who: User, room: int, message: int) -> None:
    """Not one door opens, and each says what it says of a room that never was."""
    for call, *args in doors(who, room, message):
        refusal("not_found", call, *args)
    assert watchable([who.pk], [room]) == set()
    assert access.watchable(who.pk, [room_topic(room)]) == set()
    assert not rooms_of(who.pk).filter(pk=room).exists()
    assert queries.my_reads(who.pk, [room]) == {}


def test_outsiders_find_no_door(mei: User, bo: User, stranger: User, room: int) -> None:
    sent = say(mei, room)
    shut_out(stranger, room, sent.message_id)
    assert types(room_topic(room)) == ["message.sent"]
    assert watchable([mei.pk, bo.pk, stranger.pk], [room]) == {(mei.pk, room), (bo.pk, room)}


def test_somebody_sent_out_is_outside(
    mei: User, bo: User, liu: User, room: int, remembered: Remembering
) -> None:
    services.add_members(mei.pk, room, [liu.pk])
    sent = say(bo, room, picture_ids=[picture(bo).id])
    browsers = [Browser(who) for who in (mei, bo, liu)]
    rules = current_auth(room_topic(room))
    services.remove_member(mei.pk, room, bo.pk)
    shut_out(bo, room, sent.message_id)
    assert current_auth(room_topic(room)) == rules + 1
    assert not access.may_watch(bo.pk, str(room_topic(room)))
    after = len(logged(user(bo.pk)))
    say(mei, room, "without Bo")
    assert len(logged(user(bo.pk))) == after
    for browser in browsers:
        browser.check()
    assert room not in browsers[1].cards


@pytest.mark.django_db(transaction=True)
def test_the_right_is_revoked_before_the_room_is_told(
    mei: User, bo: User, room: int, remembered: Remembering
) -> None:
    remembered.published.clear()
    services.remove_member(mei.pk, room, bo.pk)
    kinds = [(one.kind, one.topic) for one in remembered.published]
    name = str(room_topic(room))
    assert kinds[:2] == [("revoke", name), ("logged", name)]
    revoked, told = remembered.published[:2]
    assert revoked.person_id == bo.pk
    assert told.auth_version == revoked.auth_version
    assert ("logged", str(user(bo.pk))) in kinds


def test_who_is_left_is_told(mei: User, bo: User, room: int) -> None:
    browsers = [Browser(mei), Browser(bo)]
    services.leave(bo.pk, room)
    [(_, left)] = logged(room_topic(room))
    assert (left.person_id, left.member_count, left.owner_id) == (bo.pk, 1, mei.pk)
    for browser in browsers:
        browser.check()
    shut_out(bo, room, say(mei, room).message_id)


def test_the_oldest_member_follows_the_owner(mei: User, bo: User, liu: User) -> None:
    late = person()
    friends(mei, late)
    room = group_room(mei, liu, bo)
    services.add_members(mei.pk, room, [late.pk])
    services.leave(liu.pk, room)
    services.add_members(bo.pk, room, [liu.pk])
    browsers = [Browser(who) for who in (mei, bo, late, liu)]
    for leaver, heir in ((mei, bo), (bo, late), (late, liu)):
        services.leave(leaver.pk, room)
        assert queries.room_card(heir.pk, room).role == "owner"
        assert logged(room_topic(room))[-1][1].owner_id == heir.pk
        for browser in browsers:
            browser.check()
    services.rename(liu.pk, room, "mine alone")
    services.leave(liu.pk, room)
    assert logged(room_topic(room))[-1][1].owner_id is None
    assert Room.objects.get(pk=room).member_count == 0


def test_coming_back_is_a_new_place_with_nothing_unread(mei: User, bo: User, liu: User) -> None:
    room = group_room(mei, bo, liu)
    say(mei, room, "one")
    services.leave(bo.pk, room)
    say(mei, room, "two")
    browsers = [Browser(who) for who in (mei, bo, liu)]
    services.add_members(mei.pk, room, [bo.pk])
    card = queries.room_card(bo.pk, room)
    assert (card.role, card.last_ordinal - card.read_ordinal) == ("member", 0)
    assert [view.text for view in queries.messages(bo.pk, room).messages] == ["one", "two"]
    members = [member.person.id for member in queries.room_page(mei.pk, room).members]
    assert members == [mei.pk, liu.pk, bo.pk]
    assert Membership.objects.filter(room=room, person=bo).count() == 1
    for browser in browsers:
        browser.check()


def test_members_bring_their_own_friends(mei: User, bo: User, stranger: User, room: int) -> None:
    friends(bo, stranger)
    assert (
        "person_ids"
        in refusal("bad_field", services.add_members, mei.pk, room, [stranger.pk]).fields
    )
    assert types(room_topic(room)) == []
    browsers = [Browser(who) for who in (mei, bo, stranger)]
    services.add_members(bo.pk, room, [stranger.pk, stranger.pk, mei.pk])
    assert types(room_topic(room)) == ["member.joined"]
    services.add_members(bo.pk, room, [stranger.pk])
    assert types(room_topic(room)) == ["member.joined"]
    for browser in browsers:
        browser.check()
    assert browsers[2].cards[room].head == 1


def test_only_the_owner_sends_people_out(mei: User, bo: User, liu: User, stranger: User) -> None:
    room = group_room(mei, bo, liu)
    refusal("forbidden", services.remove_member, bo.pk, room, liu.pk)
    refusal("forbidden", services.remove_member, bo.pk, room, mei.pk)
    refusal("forbidden", services.remove_member, mei.pk, room, mei.pk)
    refusal("not_found", services.remove_member, mei.pk, room, stranger.pk)
    assert Room.objects.get(pk=room).member_count == 3


def test_a_direct_chat_has_two_people_for_ever(mei: User, bo: User, liu: User) -> None:
    room = direct_room(mei, bo)
    refusal("forbidden", services.add_members, mei.pk, room, [liu.pk])
    refusal("forbidden", services.leave, mei.pk, room)
    refusal("forbidden", services.remove_member, mei.pk, room, bo.pk)


def test_a_room_holds_no_more_than_it_may(mei: User, bo: User, liu: User, room: int) -> None:
    Room.objects.filter(pk=room).update(member_count=ROOM_PEOPLE - 1)
    extra = person()
    friends(mei, extra)
    refusal("full", services.add_members, mei.pk, room, [liu.pk, extra.pk])
    assert Membership.objects.filter(room=room).count() == 2
    services.add_members(mei.pk, room, [liu.pk])
    refusal("full", services.add_members, mei.pk, room, [extra.pk])


def test_of_many_members_the_faces_are_the_first(mei: User) -> None:
    others = [person() for _ in range(6)]
    for other in others:
        friends(mei, other)
    room = group_room(mei, *others)
    mine, theirs = queries.room_card(mei.pk, room), queries.room_card(others[1].pk, room)
    assert [one.id for one in mine.people] == [other.pk for other in others[:4]]
    assert [one.id for one in theirs.people] == [mei.pk, others[0].pk, others[2].pk, others[3].pk]
    browser = Browser(mei)
    services.leave(others[0].pk, room)
    browser.check()
    assert len(browser.cards[room].people) == 3
