"""Editing, deleting and reacting: everyone sees the same, and what is gone is gone everywhere."""

from __future__ import annotations

import pytest

from server.accounts.models import User
from server.chat import events, queries, services
from server.chat.models import Message, MessageEdit
from server.media.models import Picture
from server.realtime.models import LoggedEvent
from server.realtime.topics import room as room_topic
from tests.chat.apply import Browser, logged, types
from tests.chat.test_messages import last
from tests.chat.test_rooms import refusal
from tests.factories import direct_room, group_room, item, person, picture, say, store

pytestmark = pytest.mark.django_db


def test_an_edit_keeps_the_earlier_words(mei: User, bo: User, room: int) -> None:
    sent = say(mei, room, "frist")
    browsers = [Browser(mei), Browser(bo)]
    services.edit(mei.pk, sent.message_id, "first")
    services.edit(mei.pk, sent.message_id, " first ")
    services.edit(mei.pk, sent.message_id, "first!")
    assert types(room_topic(room)) == ["message.sent", "message.edited", "message.edited"]
    assert [e.text for e in queries.edits(bo.pk, sent.message_id).edits] == ["frist", "first"]
    assert (last(bo, room).text, last(bo, room).edited_at) != ("first!", None)
    for browser in browsers:
        browser.check()


def test_only_the_author_edits(mei: User, bo: User, room: int) -> None:
    sent = say(bo, room, "his")
    refusal("forbidden", services.edit, mei.pk, sent.message_id, "hers")
    refusal("bad_field", services.edit, bo.pk, sent.message_id, "\u200b")
    refusal("bad_field", services.edit, bo.pk, sent.message_id, "字" * 4_001)
    services.delete(bo.pk, sent.message_id)
    refusal("conflict", services.edit, bo.pk, sent.message_id, "again")
    assert types(room_topic(room)) == ["message.sent", "message.deleted"]


def test_an_edit_finds_out_anew_who_is_meant(mei: User, bo: User, room: int) -> None:
    sent = say(mei, room, "hi", mentions=[bo.pk])
    browser = Browser(bo)
    services.edit(mei.pk, sent.message_id, "@BO and @小美你好, not mei@bo nor @bobby or @stranger")
    assert last(bo, room).mentions == [bo.pk, mei.pk]
    services.edit(mei.pk, sent.message_id, "nobody")
    assert last(bo, room).mentions == []
    browser.check()


def test_a_deleted_message_leaves_its_place_only(mei: User, bo: User, room: int) -> None:
    seller = person()
    thing = item(seller, store(seller)).item.id
    hung = picture(mei)
    first = say(mei, room, "secret words", picture_ids=[hung.id], item_id=thing, mentions=[bo.pk])
    services.edit(mei.pk, first.message_id, "secret words, changed")
    services.react(bo.pk, first.message_id, "👍")
    answer = say(bo, room, "oh", reply_to=first.message_id)
    browsers = [Browser(mei), Browser(bo)]
    services.delete(mei.pk, first.message_id)
    services.delete(mei.pk, first.message_id)
    assert types(room_topic(room)).count("message.deleted") == 1
    gone, reply = queries.messages(bo.pk, room).messages
    assert (gone.ordinal, gone.deleted, gone.text, gone.pictures) == (1, True, "", [])
    assert (gone.attachment, gone.mentions, gone.reactions) == (None, [], [])
    assert reply.id == answer.message_id and reply.reply_to is not None
    assert reply.reply_to.excerpt == ""
    assert queries.edits(bo.pk, first.message_id).edits == []
    assert Picture.objects.get(pk=hung.id).state == "gone"
    for browser in browsers:
        browser.check()
    refusal("conflict", services.react, bo.pk, first.message_id, "👍")


def test_replay_does_not_bring_back_what_was_deleted(mei: User, bo: User, room: int) -> None:
    early = Browser(bo)
    first = say(mei, room, "secret words")
    services.edit(mei.pk, first.message_id, "secret, changed")
    services.react(bo.pk, first.message_id, "❤️")
    say(bo, room, "kept", reply_to=first.message_id)
    services.delete(mei.pk, first.message_id)
    stored = LoggedEvent.objects.filter(topic=str(room_topic(room))).order_by("number")
    assert [row.number for row in stored] == [1, 2, 3, 4, 5]
    told = "".join(row.encoded for row in stored if row.number != 4)
    assert "secret" not in told
    rows = Message.objects.values_list("text", "quote_excerpt")
    assert not any("secret" in words for row in rows for words in row)
    assert not MessageEdit.objects.exists()
    early.check()


def test_who_may_delete(mei: User, bo: User, liu: User, stranger: User) -> None:
    room = group_room(mei, bo, liu)
    his = say(bo, room)
    refusal("forbidden", services.delete, liu.pk, his.message_id)
    refusal("not_found", services.delete, stranger.pk, his.message_id)
    services.delete(mei.pk, his.message_id)
    hers = say(mei, room)
    refusal("forbidden", services.delete, bo.pk, hers.message_id)
    between = say(bo, direct_room(mei, bo))
    refusal("forbidden", services.delete, mei.pk, between.message_id)


def test_a_deleted_message_still_answers_its_repetition(mei: User, room: int) -> None:
    sent = say(mei, room, "once", client_id="ab" * 16)
    services.delete(mei.pk, sent.message_id)
    assert say(mei, room, "once", client_id="ab" * 16) == sent


# Reactions -----------------------------------------------------------------------------------


def test_reactions_stand_in_the_order_they_came(mei: User, bo: User, liu: User) -> None:
    room = group_room(mei, bo, liu)
    sent = say(mei, room)
    browsers = [Browser(who) for who in (mei, bo, liu)]
    for who, emoji in ((mei, "👍"), (bo, "❤️"), (bo, "👍"), (liu, "👍")):
        services.react(who.pk, sent.message_id, emoji)
    services.unreact(mei.pk, sent.message_id, "👍")
    shown = [(one.emoji, one.people) for one in last(mei, room).reactions]
    assert shown == [("👍", [bo.pk, liu.pk]), ("❤️", [bo.pk])]
    services.unreact(bo.pk, sent.message_id, "❤️")
    services.react(liu.pk, sent.message_id, "🎉")
    services.react(bo.pk, sent.message_id, "❤️")
    assert [one.emoji for one in last(mei, room).reactions] == ["👍", "🎉", "❤️"]
    for browser in browsers:
        browser.check()


def test_pressing_twice_is_once(mei: User, bo: User, room: int) -> None:
    sent = say(mei, room)
    services.react(bo.pk, sent.message_id, "❤")
    services.react(bo.pk, sent.message_id, "❤️")
    services.unreact(mei.pk, sent.message_id, "❤️")
    assert types(room_topic(room)) == ["message.sent", "reaction.added"]
    services.unreact(bo.pk, sent.message_id, "❤")
    services.unreact(bo.pk, sent.message_id, "❤")
    [removed] = [e for _, e in logged(room_topic(room)) if isinstance(e, events.ReactionRemoved)]
    assert (removed.emoji, removed.person_id) == ("❤️", bo.pk)
    assert last(mei, room).reactions == []


@pytest.mark.parametrize(
    "text", ["", "a", "1", "#", "👍👍", "👍a", "🏻", "\u200d", "<b>", "👍" * 9]
)
def test_a_reaction_is_one_emoji(mei: User, room: int, text: str) -> None:
    sent = say(mei, room)
    assert "emoji" in refusal("bad_field", services.react, mei.pk, sent.message_id, text).fields


@pytest.mark.parametrize("text", ["👍", "👍🏽", "👨‍👩‍👧‍👦", "🇨🇳", "#️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "☺", "🫶🏿"])
def test_every_emoji_can_be_pressed(mei: User, room: int, text: str) -> None:
    sent = say(mei, room)
    services.react(mei.pk, sent.message_id, text)
    assert len(last(mei, room).reactions) == 1


def test_a_message_has_room_for_twenty_emoji(mei: User, bo: User, room: int) -> None:
    sent = say(mei, room)
    many = [chr(0x1F600 + n) for n in range(21)]
    for emoji in many[:20]:
        services.react(mei.pk, sent.message_id, emoji)
    refusal("full", services.react, bo.pk, sent.message_id, many[20])
    services.react(bo.pk, sent.message_id, many[3])
    services.unreact(mei.pk, sent.message_id, many[0])
    services.react(bo.pk, sent.message_id, many[20])
    assert [one.emoji for one in last(bo, room).reactions] == many[1:]
