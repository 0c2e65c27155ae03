"""The socket: who gets in, what is refused, what arrives, and what does not."""

import asyncio
from typing import Any

import orjson
import pytest
from django.conf import settings

from consumers.wire import limits
from server.accounts import services as accounts
from server.accounts.models import User
from server.chat import services as chat
from server.errors import CODES
from server.realtime import replay
from tests import factories
from tests.consumers.conftest import OpenTab, Tab, in_database

People = list[User]


# Coming in ---------------------------------------------------------------------------------------


async def test_a_signed_in_person_is_greeted(people: People, tab: OpenTab) -> None:
    mei = await tab(people[0])
    assert mei.hello["person_id"] == people[0].pk
    assert mei.hello["protocol"] == 1
    assert mei.hello["epoch"]


@pytest.mark.parametrize("key", [None, "", "nonsense" * 4])
async def test_without_a_session_there_is_no_socket(
    people: People, worker: Any, key: str | None
) -> None:
    assert not await Tab(key).open()


@pytest.mark.parametrize(
    "origin",
    [None, "null", "http://evil.example", "https://localhost:8000", "http://localhost:8001"],
)
async def test_only_full_known_origins_come_in(
    people: People, worker: Any, origin: str | None
) -> None:
    key = await in_database(factories.session_key, people[0])
    assert not await Tab(key, origin).open()
    for known in settings.ORIGINS:
        assert await Tab(key, known).open()


async def test_an_ended_session_closes_its_sockets_and_no_others(
    people: People, tab: OpenTab
) -> None:
    mei, elsewhere, bo = await tab(people[0]), await tab(people[0]), await tab(people[1])
    assert mei.key and elsewhere.key
    await in_database(accounts.end_other_sessions, people[0].pk, elsewhere.key)
    assert (await mei.frame(2)) == {"op": "close", "code": 4401}
    assert not await Tab(mei.key).open(), "and it cannot come back"
    assert (await elsewhere.ask("ping"))["op"] == "reply"
    assert (await bo.ask("ping"))["op"] == "reply"


# What is refused ---------------------------------------------------------------------------------

BAD: list[tuple[str, str]] = [
    ("", "bad_frame"),
    ("{", "bad_frame"),
    ("[]", "bad_frame"),
    ("7", "bad_frame"),
    ("{}", "bad_frame"),
    ('{"op":"ping"}', "bad_frame"),
    ('{"op":"ping","ref":-1}', "bad_frame"),
    ('{"op":"ping","ref":true}', "bad_frame"),
    ('{"op":"ping","ref":"1"}', "bad_frame"),
    ('{"op":"fly","ref":1}', "bad_frame"),
    ('{"op":7,"ref":1}', "bad_frame"),
    ('{"op":"ping","ref":1,"extra":1}', "bad_field"),
    ('{"op":"join","ref":1}', "bad_field"),
    ('{"op":"join","ref":1,"topics":[]}', "bad_field"),
    ('{"op":"join","ref":1,"topics":[{"topic":"room:1","after":-1}]}', "bad_field"),
    ('{"op":"join","ref":1,"topics":[{"topic":"room:1","after":"1"}]}', "bad_field"),
    ('{"op":"typing","ref":1,"room_id":1,"on":1}', "bad_field"),
    ('{"op":"message.send","ref":1,"room_id":1,"text":"x"}', "bad_field"),
    ('{"op":"message.send","ref":1,"client_id":"zz","room_id":1,"text":"x"}', "bad_field"),
    ('{"op":"poll.vote","ref":1,"poll_id":1,"choices":[]}', "bad_field"),
    ('{"op":"poll.vote","ref":1,"poll_id":9007199254740993,"choices":[1]}', "bad_field"),
    ('{"op":"room.read","ref":1,"room_id":1,"ordinal":1e3}', "bad_field"),
    ('{"op":"room.delivered","ref":1,"marks":[]}', "bad_field"),
    ('{"op":"room.delivered","ref":1,"marks":[{"room_id":1,"ordinal":-1}]}', "bad_field"),
    ('{"op":"message.delete","ref":1,"message_id":1}', "not_found"),
    ('{"op":"poll.withdraw","ref":1,"poll_id":1}', "not_found"),
    ('{"op":"post.like","ref":1,"post_id":1}', "not_found"),
    ('{"op":"comment.delete","ref":1,"comment_id":1}', "not_found"),
    ("\ud83d" * 10, "bad_frame"),
    ("😀" * 10, "bad_frame"),
    ('{"op":"ping","ref":1}' * 2, "bad_frame"),
]


async def test_whatever_is_said_wrong_gets_an_answer_and_the_socket_stays(
    people: People, tab: OpenTab
) -> None:
    mei = await tab(people[0])
    for text, code in BAD:
        await mei.socket.send_input({"type": "websocket.receive", "text": text})
        answer = await mei.frame()
        assert answer["op"] == "error", text
        assert answer["error"]["code"] == code, text
        assert code in CODES
        assert "Traceback" not in orjson.dumps(answer).decode()
        await asyncio.sleep(0.03)
    await mei.socket.send_to(bytes_data=b"\x00\x01")
    assert (await mei.frame())["error"]["code"] == "bad_frame"
    assert (await mei.ask("ping"))["op"] == "reply"


async def test_too_many_frames_are_refused_and_going_on_is_cut_off(
    people: People, tab: OpenTab
) -> None:
    mei = await tab(people[0])
    for _ in range(int(limits.FRAMES_IN_A_BURST) + limits.REFUSALS * 5):
        await mei.say("ping")
    codes = set()
    while True:
        frame = await mei.frame()
        if frame["op"] == "close":
            assert frame["code"] == 4429
            break
        if frame["op"] == "error":
            codes.add((frame["error"]["code"], frame["error"]["retry"]))
    assert codes == {("too_fast", True)}


async def test_a_frame_beyond_the_limit_closes(people: People, tab: OpenTab) -> None:
    mei = await tab(people[0])
    await mei.socket.send_to(text_data="x" * (limits.FRAME_BYTES + 1))
    assert (await mei.frame())["code"] == 4413


async def test_no_more_topics_than_allowed(
    people: People, tab: OpenTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consumers.wire.joining.TOPICS_PER_SOCKET", 2)
    mei = await tab(people[0])
    answer = await mei.join("item:1", "item:2", "item:3")
    assert answer["error"]["code"] == "full"


# What arrives, and what does not -----------------------------------------------------------------


async def test_a_message_reaches_the_room_and_nobody_else(people: People, tab: OpenTab) -> None:
    room = await in_database(factories.direct_room, people[0], people[1])
    mei, bo, yu = [await tab(one) for one in people]
    for member in (mei, bo):
        answer = await member.join((f"room:{room}", 0))
        assert answer["data"]["joined"] == [{"topic": f"room:{room}", "head": 0}]
    refused = await yu.join((f"room:{room}", 0))
    assert refused["data"]["refused"] == [{"topic": f"room:{room}", "code": "not_found"}]

    sent = await mei.ask(
        "message.send", client_id=factories.client_id(), room_id=room, text="哪个好 🎉"
    )
    assert sent["data"]["number"] == 1
    for member in (mei, bo):
        event = await member.event("message.sent")
        assert event["topic"] == f"room:{room}"
        assert event["number"] == 1
        assert event["data"]["message"]["text"] == "哪个好 🎉"
    assert await yu.quiet() == []


async def test_the_same_client_id_gives_the_same_answer_and_one_event(
    people: People, tab: OpenTab
) -> None:
    room = await in_database(factories.direct_room, people[0], people[1])
    mei, bo = await tab(people[0]), await tab(people[1])
    await bo.join((f"room:{room}", 0))
    name = factories.client_id()
    draft: dict[str, Any] = {"client_id": name, "room_id": room, "text": "once"}
    first = await mei.ask("message.send", **draft)
    again = await mei.ask("message.send", **draft)
    assert first["data"] == again["data"]
    altered = await mei.ask("message.send", **(draft | {"text": "twice"}))
    assert altered["error"]["code"] == "altered_replay"
    await bo.event("message.sent")
    assert [e for e in await bo.quiet() if e.get("type") == "message.sent"] == []


async def test_its_sender_hears_that_a_message_has_reached_a_page_unread(
    people: People, tab: OpenTab
) -> None:
    room = await in_database(factories.direct_room, people[0], people[1])
    mei, bo = await tab(people[0]), await tab(people[1])
    for one in (mei, bo):
        await one.join((f"room:{room}", 0))
    sent = await in_database(factories.say, people[0], room)
    await bo.event("message.sent")
    marks = [{"room_id": room, "ordinal": sent.ordinal}, {"room_id": 10**9, "ordinal": 1}]
    assert (await bo.ask("room.delivered", marks=marks))["op"] == "reply"
    while True:
        event = await mei.event("room.reads")
        mark = next(m for m in event["data"]["reads"] if m["person_id"] == people[1].pk)
        if mark["delivered"]:
            assert mark == {"person_id": people[1].pk, "ordinal": 0, "delivered": sent.ordinal}
            break


async def test_coming_back_brings_what_was_missed_in_order_then_the_present(
    people: People, tab: OpenTab
) -> None:
    room = await in_database(factories.direct_room, people[0], people[1])
    for n in range(5):
        await in_database(factories.say, people[0], room, f"word {n}")
    bo = await tab(people[1])
    epoch = bo.hello["epoch"]
    answer = await bo.join((f"room:{room}", 2), epoch=epoch)
    logged = [event for event in answer["events"] if "number" in event]
    assert [event["number"] for event in logged] == [3, 4, 5]
    assert answer["data"]["joined"] == [{"topic": f"room:{room}", "head": 5}]
    assert any(event["type"] == "room.reads" for event in answer["events"])
    await in_database(factories.say, people[0], room, "now")
    assert (await bo.event("message.sent"))["number"] == 6


async def test_what_cannot_be_given_whole_is_a_reset(
    people: People, tab: OpenTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = await in_database(factories.direct_room, people[0], people[1])
    for n in range(4):
        await in_database(factories.say, people[0], room, f"word {n}")
    bo = await tab(people[1])
    topic = f"room:{room}"
    assert (await bo.join((topic, 99)))["data"]["resets"] == [topic]
    assert (await bo.join((topic, 1), epoch="another"))["data"]["resets"] == [topic]
    monkeypatch.setattr(replay, "REPLAY_CAP", 2)
    answer = await bo.join((topic, 1), epoch=bo.hello["epoch"])
    assert answer["data"]["resets"] == [topic]
    assert [event for event in answer["events"] if "number" in event] == []


async def test_typing_reaches_the_others_and_is_not_kept(people: People, tab: OpenTab) -> None:
    room = await in_database(factories.direct_room, people[0], people[1])
    mei, bo, yu = [await tab(one) for one in people]
    for member in (mei, bo):
        await member.join((f"room:{room}", 0))
    await mei.ask("typing", room_id=room, on=True)
    event = await bo.event("typing")
    assert event["data"] == {"person_id": people[0].pk, "on": True}
    assert "number" not in event
    assert [e for e in await mei.quiet() if e.get("type") == "typing"] == []
    assert (await yu.ask("typing", room_id=room, on=True))["op"] == "error"


# Rights that end ---------------------------------------------------------------------------------


async def test_who_is_removed_gets_nothing_that_came_later(people: People, tab: OpenTab) -> None:
    mei, bo, yu = people
    await in_database(factories.befriend, mei, yu)
    room = await in_database(factories.group_room, mei, bo, yu)
    tabs = [await tab(one) for one in people]
    heads = await in_database(lambda: replay.positions([f"room:{room}"])[f"room:{room}"].head)
    for one in tabs:
        await one.join((f"room:{room}", heads))
    await in_database(chat.remove_member, mei.pk, room, yu.pk)
    await in_database(factories.say, mei, room, "a secret")
    dropped = await tabs[2].until(lambda one: one.get("op") == "dropped")
    assert dropped["topics"] == [f"room:{room}"]
    assert "a secret" not in str(await tabs[2].quiet(0.6)) + str(tabs[2].heard)
    await tabs[1].event("message.sent")
    assert (await tabs[2].join((f"room:{room}", heads)))["data"]["refused"]


async def test_a_lost_revocation_still_holds_back_what_came_later(
    people: People, tab: OpenTab, worker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The broadcast of the removal never arrives: the next event's version tells."""
    mei, bo, yu = people
    await in_database(factories.befriend, mei, yu)
    room = await in_database(factories.group_room, mei, bo, yu)
    head = await in_database(lambda: replay.positions([f"room:{room}"])[f"room:{room}"].head)
    bos, yus = await tab(bo), await tab(yu)
    for one in (bos, yus):
        await one.join((f"room:{room}", head))
    monkeypatch.setattr(worker.hub, "_revoked", lambda envelope: None)
    monkeypatch.setattr("consumers.wire.keeper.CHECK_SECONDS", 3600)
    await in_database(chat.remove_member, mei.pk, room, yu.pk)
    await in_database(factories.say, mei, room, "a secret")
    await bos.event("message.sent")
    assert "a secret" not in str(await yus.quiet(0.6)) + str(yus.heard)


async def test_an_unfriended_person_stops_hearing_posts(people: People, tab: OpenTab) -> None:
    mei, bo, _ = people
    bos, yus = await tab(bo), await tab(people[2])
    topic = f"author:{mei.pk}"
    assert (await bos.join((topic, 0)))["data"]["joined"]
    assert (await yus.join((topic, 0)))["data"]["refused"]
    await in_database(factories.post, mei, "for friends")
    assert (await bos.event("post.published"))["data"]["post"]["text"] == "for friends"
    await in_database(accounts.end_tie, mei.pk, bo.pk)
    await in_database(factories.post, mei, "after the quarrel")
    await bos.until(lambda one: one.get("op") == "dropped")
    assert "after the quarrel" not in str(await bos.quiet(0.6)) + str(bos.heard)


# Repair ------------------------------------------------------------------------------------------


async def test_a_publication_that_was_lost_is_found_in_the_log(
    people: People, tab: OpenTab, worker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = await in_database(factories.direct_room, people[0], people[1])
    bo = await tab(people[1])
    await bo.join((f"room:{room}", 0))
    taken = worker.hub.take
    monkeypatch.setattr(worker.hub, "take", lambda envelope: None)
    await in_database(factories.say, people[0], room, "lost on the way")
    monkeypatch.setattr(worker.hub, "take", taken)
    event = await bo.event("message.sent", timeout=5)
    assert event["data"]["message"]["text"] == "lost on the way"


async def test_a_gap_is_filled_before_what_came_after_it(
    people: People, tab: OpenTab, worker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = await in_database(factories.direct_room, people[0], people[1])
    bo = await tab(people[1])
    await bo.join((f"room:{room}", 0))
    taken = worker.hub.take
    monkeypatch.setattr(worker.hub, "take", lambda envelope: None)
    await in_database(factories.say, people[0], room, "one")
    monkeypatch.setattr(worker.hub, "take", taken)
    await in_database(factories.say, people[0], room, "two")
    await bo.until(lambda one: one.get("number") == 2, timeout=5)
    assert [e["number"] for e in bo.heard if e.get("type") == "message.sent"] == [1, 2]


async def test_events_of_a_busy_topic_share_a_frame(
    people: People, tab: OpenTab, worker: Any
) -> None:
    room = await in_database(factories.direct_room, people[0], people[1])
    bo = await tab(people[1])
    await bo.join((f"room:{room}", 0))

    def burst() -> None:
        for n in range(40):
            factories.say(people[0], room, f"word {n}")

    await in_database(burst)
    numbers: list[int] = []
    frames = 0
    while len(numbers) < 40:
        frame = await bo.frame()
        if frame["op"] == "events":
            found = [e["number"] for e in frame["events"] if e["type"] == "message.sent"]
            numbers += found
            frames += bool(found)
    assert numbers == list(range(1, 41))
    assert frames <= 40


async def test_nothing_of_a_closed_tab_stays(people: People, tab: OpenTab, worker: Any) -> None:
    room = await in_database(factories.direct_room, people[0], people[1])
    bo = await tab(people[1])
    await bo.join((f"room:{room}", 0), f"user:{people[1].pk}", f"author:{people[0].pk}")
    assert worker.hub.stats() == {"sockets": 1, "people": 1, "topics": 3}
    await bo.ask("leave", topics=[f"author:{people[0].pk}"])
    assert worker.hub.stats()["topics"] == 2
    await bo.socket.disconnect()
    assert worker.hub.stats() == {"sockets": 0, "people": 0, "topics": 0}
    assert (worker.hub.governed, worker.hub.auth) == ({}, {})
