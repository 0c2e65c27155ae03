"""A session that is about to end: its sockets fall silent before the commit, on every worker."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from django.db import transaction

from consumers.wire import outlet, rounds
from server.accounts.models import User
from server.accounts.sessions import SessionStore
from server.realtime.publish import Envelope, publish_now
from server.realtime.topics import room
from tests import factories
from tests.consumers.conftest import OpenTab, Tab, in_database

People = list[User]


@asynccontextmanager
async def ending(key: str, *, fails: bool = False) -> AsyncIterator[None]:
    """Within the block the session is ended, but not committed yet."""
    ended, go_on = threading.Event(), threading.Event()

    def end() -> None:
        with transaction.atomic():
            SessionStore(key).delete()
            ended.set()
            assert go_on.wait(10)
            if fails:
                raise ZeroDivisionError

    work = asyncio.create_task(in_database(end))
    assert await asyncio.to_thread(ended.wait, 5)
    yield
    go_on.set()
    if fails:
        with pytest.raises(ZeroDivisionError):
            await work
    else:
        await work


async def two_tabs(people: People, tab: OpenTab) -> tuple[Tab, Tab, int]:
    """Of the same person, in two browsers."""
    made = await in_database(factories.group_room, *people[:2])
    ours, other = await tab(people[1]), await tab(people[1])
    for one in (ours, other):
        assert (await one.join(f"room:{made}"))["data"]["joined"]
    return ours, other, made


def say(made: int, text: str) -> None:
    event = f'{{"topic":"room:{made}","type":"test","data":"{text}"}}'
    publish_now(Envelope(kind="whisper", topic=str(room(made)), text=event))


def words(heard: list[Any]) -> list[str]:
    return [one["data"] for one in heard if one.get("type") == "test"]


async def test_nothing_is_sent_between_its_end_and_the_commit(people: People, tab: OpenTab) -> None:
    bo, elsewhere, made = await two_tabs(people, tab)
    say(made, "before")
    async with ending(bo.key or ""):
        say(made, "later")
        assert words(await elsewhere.quiet()) == ["before", "later"]
        assert words(await bo.quiet()) == ["before"]
        await bo.say("ping")  # no answer either: a join's would carry what is later
        assert await bo.quiet() == []
    assert await bo.frame() == {"op": "close", "code": 4401}
    assert (await elsewhere.ask("ping"))["op"] == "reply"


async def test_a_socket_that_comes_meanwhile_waits_too(
    people: People, tab: OpenTab, worker: Any
) -> None:
    bo, _, _ = await two_tabs(people, tab)
    async with ending(bo.key or ""):
        late = Tab(bo.key)
        assert (await late.socket.connect(timeout=10))[0]
        assert await late.socket.receive_nothing(0.3)
    assert await late.frame() == {"op": "close", "code": 4401}


async def test_when_it_does_not_end_everything_follows_in_order(
    people: People, tab: OpenTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "OUTCOME_SECONDS", 0.5)
    bo, _, made = await two_tabs(people, tab)
    async with ending(bo.key or "", fails=True):
        for text in ("one", "two", "three"):
            say(made, text)
        assert words(await bo.quiet()) == []
    await bo.until(lambda one: one.get("data") == "three", timeout=5)
    say(made, "four")
    await bo.until(lambda one: one.get("data") == "four", timeout=5)
    assert words(bo.heard) == ["one", "two", "three", "four"]
    assert (await bo.ask("ping"))["op"] == "reply"


async def test_what_is_held_is_bounded(
    people: People, tab: OpenTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outlet, "UNSENT_BYTES", 10_000)
    bo, elsewhere, made = await two_tabs(people, tab)
    async with ending(bo.key or ""):
        for _ in range(12):
            say(made, "x" * 1_000)
            await asyncio.sleep(0.01)
        assert await bo.frame() == {"op": "close", "code": 4430}
    assert (await elsewhere.ask("ping"))["op"] == "reply"
