"""Many drafts at once: each with the answer it would have had alone."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.db import DataError

from server.accounts import services as accounts
from server.accounts.models import User
from server.chat import services
from server.chat.models import Membership, Message, Room
from server.chat.schemas import MessageDraft, Sent
from server.chat.services import sending, storing
from server.errors import Refused
from server.realtime.publish import Envelope
from server.realtime.topics import room as room_topic
from tests.chat.apply import Browser, logged
from tests.factories import client_id, direct_room, friends, group_room, person, say
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def draft(room: int, text: str = "hello", **fields: Any) -> MessageDraft:
    return MessageDraft(**{"client_id": client_id(), "room_id": room, "text": text, **fields})


def code(outcome: Sent | Refused) -> str:
    return outcome.code.name if isinstance(outcome, Refused) else "ok"


def test_each_draft_is_written_in_the_order_it_came(mei: User, bo: User, liu: User) -> None:
    rooms = [group_room(mei, bo, liu), direct_room(mei, bo), group_room(mei, bo)]
    browsers = [Browser(who) for who in (mei, bo, liu)]
    said = [
        (who.pk, draft(room, f"{who.username} {n}"))
        for n in range(3)
        for room in rooms
        for who in (bo, mei)
    ]
    sent = services.send_all(said)
    assert [one.client_id for one in sent if isinstance(one, Sent)] == [
        d.client_id for _, d in said
    ]
    for room in rooms:
        mine = [one for one in sent if isinstance(one, Sent) and one.room_id == room]
        assert [one.ordinal for one in mine] == [1, 2, 3, 4, 5, 6]
        assert Room.objects.get(pk=room).last_ordinal == 6
        said_here = [event.message.text for _, event in logged(room_topic(room))]
        assert said_here == [d.text for _, d in said if d.room_id == room]
        assert [number for number, _ in logged(room_topic(room))] == [one.number for one in mine]
        reads = dict(Membership.objects.filter(room=room).values_list("person", "read_ordinal"))
        assert (reads[bo.pk], reads[mei.pk]) == (5, 6)
    for browser in browsers:
        browser.check()


def test_a_draft_that_fails_fails_alone(mei: User, bo: User, liu: User, stranger: User) -> None:
    room, apart = group_room(mei, bo), direct_room(liu, bo)
    earlier = draft(room, "earlier")
    first = services.send(mei.pk, earlier)
    accounts.block(liu.pk, bo.pk)
    twice = draft(room, "twice")
    said = [
        (mei.pk, draft(room, "one")),
        (stranger.pk, draft(room, "from outside")),
        (bo.pk, draft(10**9, "nowhere")),
        (bo.pk, draft(apart, "across a block")),
        (mei.pk, draft(room, "x" * 4_001)),
        (mei.pk, draft(room, "", item_id=10**9)),
        (mei.pk, draft(room, "re", reply_to=10**9)),
        (mei.pk, draft(room, "", picture_ids=[10**9])),
        (mei.pk, earlier),
        (mei.pk, earlier.model_copy(update={"text": "other words"})),
        (mei.pk, twice),
        (mei.pk, twice),
        (mei.pk, twice.model_copy(update={"text": "other words"})),
        (bo.pk, draft(room, "two")),
    ]
    sent = services.send_all(said)
    assert [code(one) for one in sent] == [
        *["ok", "not_found", "not_found", "forbidden"],
        *["bad_field", "bad_field", "bad_field", "bad_field"],
        *["ok", "altered_replay", "ok", "ok", "altered_replay", "ok"],
    ]
    assert sent[8] == first
    assert sent[10] == sent[11]
    assert [m.text for m in Message.objects.filter(room=room).order_by("ordinal")] == [
        *["earlier", "one", "twice", "two"]
    ]
    assert not Message.objects.filter(room=apart).exists()
    assert [number for number, _ in logged(room_topic(room))] == [1, 2, 3, 4]


def test_what_the_database_refuses_takes_nobody_with_it(
    mei: User, bo: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = group_room(mei, bo)
    save = sending.save

    def poisoned(writing: Any, *more: Any) -> None:
        if any(made.row.text == "poison" for made in writing):
            raise DataError("cannot hold it")
        if any(made.row.text == "mistake" for made in writing):
            raise ZeroDivisionError
        save(writing, *more)

    monkeypatch.setattr(sending, "save", poisoned)
    words = ["one", "poison", "two", "mistake", "three"]
    sent = services.send_all([(mei.pk, draft(room, text)) for text in words])
    assert [code(one) for one in sent] == ["ok", "bad_field", "ok", "internal", "ok"]
    assert [m.text for m in Message.objects.order_by("ordinal")] == ["one", "two", "three"]
    assert Room.objects.get(pk=room).last_ordinal == 3


def test_many_workers_write_in_the_same_rooms_at_once(mei: User, bo: User, liu: User) -> None:
    rooms = [group_room(mei, bo, liu) for _ in range(4)]
    calls = []
    for turn in range(8):
        order = rooms if turn % 2 else rooms[::-1]
        said = [(who.pk, draft(room)) for room in order for who in (mei, bo, liu)]
        calls.append(partial(services.send_all, said))
    results = at_once(calls)
    assert [code(one) for result in results for one in result] == ["ok"] * (8 * 12)
    for room in rooms:
        rows = Message.objects.filter(room=room).order_by("ordinal")
        assert list(rows.values_list("ordinal", "number")) == [(n, n) for n in range(1, 25)]
        assert [number for number, _ in logged(room_topic(room))] == list(range(1, 25))


def test_one_client_id_in_two_batches_at_once_is_one_message(mei: User, bo: User) -> None:
    rooms = [group_room(mei, bo), group_room(mei, bo)]
    shared = draft(rooms[0], "once")
    calls = [
        partial(services.send_all, [(bo.pk, draft(room)), (mei.pk, shared), (bo.pk, draft(room))])
        for room in rooms * 4
    ]
    results = at_once(calls)
    assert {code(one) for result in results for one in result} == {"ok"}
    assert len({result[1].message_id for result in results}) == 1
    assert Message.objects.filter(author=mei).count() == 1
    assert Message.objects.filter(author=bo).count() == 16


def test_they_are_published_together_in_their_order(mei: User, bo: User, remembered: Any) -> None:
    rooms = [group_room(mei, bo), group_room(mei, bo)]
    remembered.published.clear()
    services.send_all([(mei.pk, draft(rooms[n % 2], str(n))) for n in range(6)])
    told = [(one.topic, one.position) for one in remembered.published if isinstance(one, Envelope)]
    topics = [str(room_topic(room)) for room in rooms]
    assert told == [(topics[n % 2], n // 2 + 1) for n in range(6)]


def test_fifty_drafts_cost_as_many_queries_as_one(
    mei: User, django_assert_num_queries: Any
) -> None:
    others = [person() for _ in range(9)]
    for other in others:
        friends(mei, other)
    rooms = [group_room(mei, *others) for _ in range(20)]
    for room in rooms:
        say(mei, room)
    with django_assert_num_queries(9 + 2):  # and BEGIN, COMMIT
        services.send_all([(mei.pk, draft(rooms[0]))])
    said = [(who.pk, draft(rooms[n % 20])) for n, who in enumerate([mei, *others] * 5)]
    with django_assert_num_queries(9 + 2):
        sent = services.send_all(said)
    assert {code(one) for one in sent} == {"ok"}


def test_every_column_of_a_message_is_stored() -> None:
    """The statement names them by hand: a new one must not be forgotten there."""
    by_itself = {"id", "at", "edited_at", "deleted_at"}
    columns = {field.column for field in Message._meta.concrete_fields}
    assert {name for name, _ in storing.COLUMNS} == columns - by_itself
