"""Opening chats: with friends, with stores, in groups; what others learn of it, and who may not."""

from __future__ import annotations

from typing import Any

import pytest

from server.accounts import services as accounts
from server.accounts.models import User
from server.catalogue import services as catalogue
from server.chat import queries, services
from server.chat.models import Membership, Room
from server.chat.policies import watchable
from server.chat.schemas import GroupDraft
from server.errors import Refused
from server.realtime.topics import room as room_topic
from server.realtime.topics import user
from tests.chat.apply import Browser, logged, types
from tests.factories import client_id, direct_room, friends, group_room, person, say, store

pytestmark = pytest.mark.django_db


def refusal(code: str, call: Any, *args: Any, **named: Any) -> Refused:
    """The call must be refused with this code."""
    with pytest.raises(Refused) as caught:
        call(*args, **named)
    assert caught.value.code.name == code
    return caught.value


def listed(who: User) -> list[int]:
    return [card.id for card in queries.room_list(who.pk).rooms]


# Direct --------------------------------------------------------------------------------------


def test_both_friends_open_the_same_chat(mei: User, bo: User) -> None:
    card = services.open_direct(mei.pk, bo.pk)
    assert services.open_direct(bo.pk, mei.pk).id == card.id
    assert (card.kind, card.title, card.member_count, card.writable) == ("direct", None, 2, True)
    assert [one.id for one in card.people] == [bo.pk]
    assert Room.objects.count() == 1


def test_a_direct_chat_is_listed_for_both_from_its_first_message(mei: User, bo: User) -> None:
    browsers = [Browser(mei), Browser(bo)]
    before = [browser.number for browser in browsers]
    room = direct_room(mei, bo)
    assert (listed(mei), listed(bo)) == ([], [])
    say(mei, room, "到了吗?")
    assert (listed(mei), listed(bo)) == ([room], [room])
    for browser, number in zip(browsers, before, strict=True):
        assert types(user(browser.me), number) == ["room.opened"]
        browser.check()
    say(bo, room)
    assert [types(user(b.me), b.number) for b in browsers] == [[], []]
    unread = {who.pk: queries.room_list(who.pk).rooms[0] for who in (mei, bo)}
    assert unread[mei.pk].last_ordinal - unread[mei.pk].read_ordinal == 1
    assert unread[bo.pk].last_ordinal - unread[bo.pk].read_ordinal == 0


def test_only_friends_start_a_chat(mei: User, bo: User, stranger: User) -> None:
    refusal("forbidden", services.open_direct, mei.pk, stranger.pk)
    refusal("forbidden", services.open_direct, mei.pk, mei.pk)
    refusal("not_found", services.open_direct, mei.pk, 10**9)
    assert not Room.objects.exists()


def test_a_chat_outlives_the_friendship(mei: User, bo: User) -> None:
    room = direct_room(mei, bo)
    accounts.end_tie(bo.pk, mei.pk)
    assert services.open_direct(mei.pk, bo.pk).id == room
    say(mei, room)


def test_a_block_closes_the_chat_for_writing_not_for_reading(mei: User, bo: User) -> None:
    room = direct_room(mei, bo)
    sent = say(mei, room, "before")
    say(bo, room, "hers")
    browsers = [Browser(mei), Browser(bo)]
    accounts.block(bo.pk, mei.pk)
    for who in (mei, bo):
        refusal("forbidden", say, who, room)
        refusal("forbidden", services.react, who.pk, sent.message_id, "👍")
        refusal("forbidden", services.typing, who.pk, room, True)
        assert queries.room_page(who.pk, room).room.writable is False
        assert len(queries.messages(who.pk, room).messages) == 2
    refusal("forbidden", services.edit, mei.pk, sent.message_id, "after")
    refusal("not_found", services.open_direct, mei.pk, bo.pk)
    refusal("forbidden", services.open_direct, bo.pk, mei.pk)
    for browser in browsers:
        assert "room.writable" in types(user(browser.me), browser.number)
        browser.check()
    services.delete(mei.pk, sent.message_id)


def test_writing_comes_back_with_the_last_block_only(mei: User, bo: User) -> None:
    room = direct_room(mei, bo)
    say(mei, room)
    accounts.block(bo.pk, mei.pk)
    accounts.block(mei.pk, bo.pk)
    browsers = [Browser(mei), Browser(bo)]
    accounts.unblock(bo.pk, mei.pk)
    assert all("room.writable" not in types(user(b.me), b.number) for b in browsers)
    refusal("forbidden", say, bo, room)
    accounts.unblock(mei.pk, bo.pk)
    say(bo, room)
    for browser in browsers:
        browser.check()
        assert browser.cards[room].writable


def test_a_block_does_not_touch_the_other_chats(mei: User, bo: User, liu: User) -> None:
    group, other = group_room(liu, mei, bo), direct_room(mei, liu)
    accounts.block(bo.pk, mei.pk)
    say(mei, group)
    say(mei, other)
    assert all(card.writable for card in queries.room_list(mei.pk).rooms)


# Stores --------------------------------------------------------------------------------------


@pytest.fixture
def seller(db: None) -> User:
    return person("seller")


def test_a_store_learns_of_a_buyer_with_the_first_message(mei: User, seller: User) -> None:
    shop = store(seller).store
    other = person("helper")
    catalogue.hire(seller.pk, shop.id, other.pk)
    browsers = [Browser(who) for who in (mei, seller, other)]
    card = services.open_store_chat(mei.pk, shop.id)
    assert services.open_store_chat(mei.pk, shop.id).id == card.id
    assert (card.kind, card.store, card.role, card.member_count) == ("store", shop, "member", 3)
    assert listed(seller) == []
    say(mei, card.id, "Is it in stock?")
    answer = say(other, card.id, "It is.")
    views = queries.messages(mei.pk, card.id).messages
    assert [view.as_store for view in views] == [False, True]
    assert views[1].id == answer.message_id
    for browser in browsers:
        browser.check()
        assert browser.cards[card.id].store == shop
    assert browsers[1].cards[card.id].role == "staff"
    assert browsers[1].cards[card.id].people[0].id == mei.pk


def test_each_buyer_has_a_chat_of_their_own(mei: User, bo: User, seller: User) -> None:
    shop = store(seller).store
    hers = services.open_store_chat(mei.pk, shop.id).id
    his = services.open_store_chat(bo.pk, shop.id).id
    say(mei, hers, "between us")
    assert hers != his
    refusal("not_found", queries.messages, bo.pk, hers)
    assert watchable([mei.pk, bo.pk], [hers, his]) == {(mei.pk, hers), (bo.pk, his)}


def test_who_works_there_or_is_nowhere_cannot_ask(seller: User) -> None:
    shop = store(seller).store
    refusal("forbidden", services.open_store_chat, seller.pk, shop.id)
    refusal("not_found", services.open_store_chat, seller.pk, 10**9)


def test_who_is_hired_comes_into_the_chats_that_have_begun(
    mei: User, bo: User, seller: User
) -> None:
    shop = store(seller).store
    begun = services.open_store_chat(mei.pk, shop.id).id
    say(mei, begun, "hello?")
    empty = services.open_store_chat(bo.pk, shop.id).id
    late = person("late")
    browsers = [Browser(who) for who in (mei, seller, late)]
    catalogue.hire(seller.pk, shop.id, late.pk)
    assert listed(late) == [begun]
    assert "member.joined" in types(room_topic(begun))
    say(bo, empty, "anyone?")
    assert set(listed(late)) == {begun, empty}
    for browser in browsers:
        browser.check()
    refusal("forbidden", services.leave, late.pk, begun)


def test_a_store_chat_is_not_a_group(mei: User, bo: User, seller: User) -> None:
    room = services.open_store_chat(mei.pk, store(seller).store.id).id
    refusal("forbidden", services.rename, mei.pk, room, "mine")
    refusal("forbidden", services.add_members, mei.pk, room, [bo.pk])
    refusal("forbidden", services.leave, mei.pk, room)
    refusal("forbidden", services.remove_member, mei.pk, room, seller.pk)


# Groups --------------------------------------------------------------------------------------


def test_a_group_opens_for_everybody_in_it(mei: User, bo: User, liu: User) -> None:
    browsers = [Browser(who) for who in (mei, bo, liu)]
    outsider = Browser(person())
    room = group_room(mei, bo, liu, title="  火锅\u202e  tonight ")
    for browser in browsers:
        browser.check()
        assert browser.cards[room].title == "火锅 tonight"
        assert browser.cards[room].role == ("owner" if browser.me == mei.pk else "member")
    outsider.check()
    assert outsider.cards == {}


def test_a_repeated_group_is_the_same_group(mei: User, bo: User) -> None:
    draft = GroupDraft(client_id=client_id(), title="Once", member_ids=[bo.pk, bo.pk, mei.pk])
    card = services.create_group(mei.pk, draft)
    before = len(logged(user(bo.pk)))
    assert services.create_group(mei.pk, draft) == card
    assert (card.member_count, len(logged(user(bo.pk)))) == (2, before)
    other = draft.model_copy(update={"title": "Twice"})
    refusal("altered_replay", services.create_group, mei.pk, other)
    assert Room.objects.count() == 1


def test_groups_are_made_of_friends(mei: User, bo: User, liu: User, stranger: User) -> None:
    draft = GroupDraft(client_id=client_id(), title="No", member_ids=[bo.pk, stranger.pk])
    assert "member_ids" in refusal("bad_field", services.create_group, mei.pk, draft).fields
    accounts.block(bo.pk, mei.pk)
    again = draft.model_copy(update={"member_ids": [liu.pk, bo.pk]})
    refusal("bad_field", services.create_group, mei.pk, again)
    assert not Room.objects.exists() and not Membership.objects.exists()


@pytest.mark.parametrize("title", ["\u200b", "\u202e\u202c", "字" * 81])
def test_a_title_can_be_seen_and_fits(mei: User, room: int, title: str) -> None:
    draft = GroupDraft.model_construct(client_id=client_id(), title=title, member_ids=[])
    assert "title" in refusal("bad_field", services.create_group, mei.pk, draft).fields
    assert "title" in refusal("bad_field", services.rename, mei.pk, room, title).fields


def test_the_owner_renames_the_group(mei: User, bo: User, stranger: User, room: int) -> None:
    browsers = [Browser(mei), Browser(bo)]
    assert services.rename(mei.pk, room, "饺子").title == "饺子"
    services.rename(mei.pk, room, "饺子")
    assert types(room_topic(room)) == ["room.renamed"]
    for browser in browsers:
        browser.check()
    refusal("forbidden", services.rename, bo.pk, room, "mine")
    refusal("not_found", services.rename, stranger.pk, room, "mine")
    refusal("forbidden", services.rename, mei.pk, direct_room(mei, bo), "us")


def test_the_list_is_in_the_order_of_what_was_said(mei: User, bo: User, liu: User) -> None:
    rooms = [group_room(mei, bo), group_room(mei, liu), group_room(mei, bo, liu)]
    for room in (rooms[1], rooms[0]):
        say(bo if room == rooms[0] else liu, room)
    assert listed(mei) == [rooms[0], rooms[1], rooms[2]]


def test_friends_of_friends_meet_in_a_group(mei: User, stranger: User, bo: User) -> None:
    friends(mei, stranger)
    room = group_room(mei, bo, stranger)
    assert say(stranger, room).ordinal == 1
