"""Several sends of one socket under way at once: in order, all answered, and nothing overtakes."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from consumers.worker import the_worker
from server.accounts.models import User
from server.chat.models import Message
from tests import factories
from tests.consumers.conftest import OpenTab, Tab, in_database
from tests.factories import client_id

People = list[User]


async def answers(tab: Tab, refs: list[int]) -> dict[int, dict[str, Any]]:
    """The answer to each frame, whatever their order."""
    found: dict[int, dict[str, Any]] = {}
    while len(found) < len(refs):
        frame = await tab.frame()
        if frame.get("ref") in refs:
            found[frame["ref"]] = frame
        else:
            tab.keep(frame)
    return found


def send(room: int, text: str) -> dict[str, Any]:
    return {"client_id": client_id(), "room_id": room, "text": text}


def hold(monkeypatch: pytest.MonkeyPatch, op: str) -> tuple[threading.Event, threading.Event]:
    """The next call of this command waits: (it has begun, it may go on)."""
    batcher = the_worker()._batchers[op]
    run, begun, go_on = batcher._run, threading.Event(), threading.Event()

    def held(items: Any) -> Any:
        begun.set()
        assert go_on.wait(5)
        return run(items)

    monkeypatch.setattr(batcher, "_run", held)
    return begun, go_on


async def test_many_sends_without_waiting_are_all_answered_in_their_order(
    people: People, tab: OpenTab
) -> None:
    mei, bo, _ = people
    room = await in_database(factories.direct_room, mei, bo)
    mine = await tab(mei)
    refs = [await mine.say("message.send", **send(room, str(n))) for n in range(40)]
    found = await answers(mine, refs)
    assert [found[ref]["data"]["ordinal"] for ref in refs] == list(range(1, 41))
    rows = await in_database(lambda: list(Message.objects.order_by("ordinal")))
    assert [row.text for row in rows] == [str(n) for n in range(40)]


async def test_what_is_asked_after_a_vote_comes_after_it(
    people: People, tab: OpenTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    mei, bo, _ = people
    room = await in_database(factories.group_room, mei, bo)
    entry = await in_database(factories.vote_in_room, mei, room)
    mine = await tab(bo)
    begun, go_on = hold(monkeypatch, "poll.vote")
    poll = entry.poll.id
    refs = [
        await mine.say("poll.vote", poll_id=poll, choices=[entry.poll.options[0].id]),
        await mine.say("poll.withdraw", poll_id=poll),
    ]
    assert await asyncio.to_thread(begun.wait, 5)
    await asyncio.sleep(0.1)
    go_on.set()
    found = await answers(mine, refs)
    assert [found[ref]["data"]["revision"] for ref in refs] == [1, 2]
    assert found[refs[1]]["data"]["choices"] == []


async def test_a_send_that_hangs_keeps_nobody_from_being_answered(
    people: People, tab: OpenTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    mei, bo, _ = people
    room = await in_database(factories.direct_room, mei, bo)
    mine = await tab(mei)
    begun, go_on = hold(monkeypatch, "message.send")
    sent = await mine.say("message.send", **send(room, "slow"))
    assert await asyncio.to_thread(begun.wait, 5)
    async with asyncio.timeout(2):
        assert (await mine.ask("ping"))["op"] == "reply"
    go_on.set()
    assert (await answers(mine, [sent]))[sent]["data"]["ordinal"] == 1


async def test_what_was_said_before_the_end_is_written(
    people: People, tab: OpenTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    mei, bo, _ = people
    room = await in_database(factories.direct_room, mei, bo)
    mine = await tab(mei)
    begun, go_on = hold(monkeypatch, "message.send")
    for n in range(5):
        await mine.say("message.send", **send(room, str(n)))
    assert await asyncio.to_thread(begun.wait, 5)
    await mine.socket.send_input({"type": "websocket.disconnect", "code": 1001})
    await asyncio.sleep(0.1)
    assert the_worker().hub.stats()["sockets"] == 1, "it stays until they are answered"
    go_on.set()
    await asyncio.wait([mine.socket.future], timeout=5)
    rows = await in_database(lambda: list(Message.objects.order_by("ordinal")))
    assert [row.text for row in rows] == [str(n) for n in range(5)]
    assert the_worker().hub.stats()["sockets"] == 0
