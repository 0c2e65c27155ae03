"""Saying something: what arrives, what is refused, and that it happens once."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from server.accounts.models import User
from server.chat import queries, services
from server.chat.models import Message, Room
from server.chat.schemas import ItemAttachment, MessageDraft, PollAttachment
from server.realtime.topics import room as room_topic
from tests.chat.apply import Browser, logged, types
from tests.chat.test_rooms import refusal
from tests.factories import client_id, direct_room, group_room, item, person, picture, say, store

pytestmark = pytest.mark.django_db


def last(who: User, room: int) -> Any:
    return queries.messages(who.pk, room).messages[-1]


def test_a_message_reaches_everybody_in_the_room(mei: User, bo: User, room: int) -> None:
    browsers = [Browser(mei), Browser(bo)]
    elsewhere = Browser(person())
    sent = say(mei, room, "  你好\r\nall  ")
    assert (sent.room_id, sent.ordinal, sent.number) == (room, 1, 1)
    [(number, event)] = logged(room_topic(room))
    assert (number, event.message.id, event.message.client_id) == (
        sent.number,
        sent.message_id,
        sent.client_id,
    )
    assert event.message.text == "你好\nall"
    for browser in (*browsers, elsewhere):
        browser.check()
    assert elsewhere.cards == {}
    assert browsers[0].pages[room].page.messages == [event.message]
    assert event.message == last(bo, room)


def test_ordinals_count_messages_and_numbers_count_events(mei: User, bo: User, room: int) -> None:
    first = say(mei, room)
    services.react(bo.pk, first.message_id, "👍")
    second = say(bo, room)
    assert (second.ordinal, second.number) == (2, 3)


# Once ----------------------------------------------------------------------------------------


def test_a_repeated_send_gets_the_first_answer(mei: User, bo: User, room: int) -> None:
    own = picture(mei)
    draft = MessageDraft(
        client_id=client_id(), room_id=room, text="once", picture_ids=[own.id], mentions=[bo.pk]
    )
    sent = services.send(mei.pk, draft)
    say(bo, room)
    assert services.send(mei.pk, draft) == sent
    assert types(room_topic(room)) == ["message.sent"] * 2
    assert Room.objects.get(pk=room).last_ordinal == 2


def test_the_first_answer_comes_even_to_somebody_who_has_left(mei: User, bo: User) -> None:
    room = group_room(mei, bo)
    draft = MessageDraft(client_id=client_id(), room_id=room, text="bye")
    sent = services.send(bo.pk, draft)
    services.leave(bo.pk, room)
    assert services.send(bo.pk, draft) == sent
    refusal("not_found", say, bo, room)


@pytest.mark.parametrize(
    "change", [{"text": "other"}, {"mentions": [1]}, {"reply_to": 1}, {"room_id": 10**9}]
)
def test_an_altered_replay_is_refused(mei: User, room: int, change: dict[str, Any]) -> None:
    draft = MessageDraft(client_id=client_id(), room_id=room, text="once")
    services.send(mei.pk, draft)
    refusal("altered_replay", services.send, mei.pk, draft.model_copy(update=change))
    assert Message.objects.count() == 1


def test_a_client_id_belongs_to_its_person(mei: User, bo: User, room: int) -> None:
    draft = MessageDraft(client_id=client_id(), room_id=room, text="same")
    assert services.send(mei.pk, draft).ordinal == 1
    assert services.send(bo.pk, draft).ordinal == 2


# Words ---------------------------------------------------------------------------------------


def test_the_limit_counts_what_is_left_after_cleaning(mei: User, room: int) -> None:
    say(mei, room, "字" * 4_000)
    say(mei, room, "\u202e" * 500 + "é" * 4_000 + " " * 500)
    refused = refusal("bad_field", say, mei, room, "字" * 4_001)
    assert refused.fields == {"text": "4001 characters; at most 4000"}
    assert "4001" in refused.message
    assert Message.objects.count() == 2


def test_the_outer_limit_is_the_shape(mei: User, room: int) -> None:
    with pytest.raises(ValidationError):
        MessageDraft(client_id=client_id(), room_id=room, text="x" * 16_001)
    with pytest.raises(ValidationError):
        MessageDraft(client_id=client_id(), room_id=room, text=" \n ")


def test_what_cannot_be_seen_is_nothing(mei: User, room: int) -> None:
    for text in ("\u200b\u200d", "\u202e\u202c", "\u3164", "\u0301\u0301"):
        assert "text" in refusal("bad_field", say, mei, room, text).fields
    say(mei, room, "\u200b", picture_ids=[picture(mei).id])
    assert last(mei, room).text == ""


# Pictures, items, votes ----------------------------------------------------------------------


def test_pictures_hang_on_the_room(mei: User, bo: User, room: int) -> None:
    browser = Browser(bo)
    views = [picture(mei, colour=colour) for colour in ("red", "blue")]
    say(mei, room, "", picture_ids=[views[1].id, views[0].id])
    assert last(bo, room).pictures == [views[1], views[0]]
    browser.check()


def test_other_peoples_and_used_pictures_are_refused(mei: User, bo: User, room: int) -> None:
    his, used = picture(bo), picture(mei)
    say(mei, room, picture_ids=[used.id])
    for bad in ([his.id], [used.id], [10**9], [picture(mei).id, used.id]):
        assert "picture_ids" in refusal("bad_field", say, mei, room, "look", picture_ids=bad).fields
    assert types(room_topic(room)) == ["message.sent"]
    assert Room.objects.get(pk=room).last_ordinal == 1


def test_an_item_is_shown_as_it_was(mei: User, bo: User, room: int) -> None:
    seller = person()
    thing = item(seller, store(seller))
    browser = Browser(bo)
    say(mei, room, "", item_id=thing.item.id)
    assert last(bo, room).attachment == ItemAttachment(item=thing.item)
    browser.check()
    assert "item_id" in refusal("bad_field", say, mei, room, "see", item_id=10**9).fields


def test_a_vote_is_a_message(mei: User, bo: User, stranger: User, room: int) -> None:
    browser = Browser(bo)
    same = client_id()
    sent = services.post_poll(mei.pk, room, 77, same)
    assert last(bo, room).attachment == PollAttachment(poll_id=77)
    assert services.post_poll(mei.pk, room, 77, same) == sent
    refusal("altered_replay", services.post_poll, mei.pk, room, 78, same)
    refusal("not_found", services.post_poll, stranger.pk, room, 79, client_id())
    refusal("forbidden", services.edit, mei.pk, sent.message_id, "other words")
    browser.check()


# Replies and mentions ------------------------------------------------------------------------


def test_a_reply_quotes_what_it_answers(mei: User, bo: User, room: int) -> None:
    browser = Browser(mei)
    first = say(mei, room, "word " * 60)
    say(bo, room, "yes", reply_to=first.message_id)
    quote = last(mei, room).reply_to
    assert (quote.message_id, quote.ordinal, quote.author) == (first.message_id, 1, "小美")
    assert len(quote.excerpt) <= 140 and quote.excerpt.endswith("word…")
    services.edit(mei.pk, first.message_id, "changed")
    assert last(mei, room).reply_to == quote
    browser.check()


def test_a_reply_answers_something_of_the_same_room(mei: User, bo: User, room: int) -> None:
    elsewhere = say(mei, direct_room(mei, bo))
    gone = say(bo, room)
    services.delete(bo.pk, gone.message_id)
    for bad in (elsewhere.message_id, gone.message_id, 10**9):
        assert "reply_to" in refusal("bad_field", say, mei, room, "re", reply_to=bad).fields


def test_only_people_in_the_room_are_mentioned(
    mei: User, bo: User, stranger: User, room: int
) -> None:
    say(mei, room, "@bo @stranger", mentions=[bo.pk, stranger.pk, bo.pk])
    assert last(bo, room).mentions == [bo.pk]
