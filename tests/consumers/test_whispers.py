"""Typing goes on while the database is silent, but only where it was let a moment ago."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError

from consumers.channel import Again, Command
from consumers.wire import whispers
from consumers.wire.hub import Hub
from consumers.wire.whispers import Whispers
from server.errors import Refused
from server.realtime import topics
from server.schema import Shape

ROOM = topics.room(7)


class Desk:
    """A person watching ROOM, and a database that answers, refuses or says nothing."""

    def __init__(self) -> None:
        self.hub = Hub("w")
        self.hub.watch(ROOM, ROOM)
        self.hub.auth[str(ROOM)] = 1
        self.outlet: Any = SimpleNamespace(person_id=1, topics={str(ROOM)})
        self.whispers = Whispers(self.hub)
        self.said: list[str] = []
        self.database: Callable[[], object] = lambda: self.said.append("asked")
        self.command = Command(
            "typing",
            Shape,
            None,
            lambda person_id, body: self.database(),  # type: ignore[arg-type, return-value]
            again=Again(lambda body: ROOM, lambda person_id, body: self.said.append("unasked")),
        )

    async def whisper(self) -> None:
        await self.whispers.say(self.command, self.outlet, None)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(whispers, "PATIENCE", 30)  # a busy machine's thread begins late
    return Desk()


def away() -> None:
    raise OperationalError("gone")


async def test_it_goes_on_without_an_answer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await desk.whisper()
    desk.database = away
    await desk.whisper()
    silent = threading.Event()
    desk.database = lambda: silent.wait(30)
    monkeypatch.setattr(whispers, "PATIENCE", 0.05)
    await desk.whisper()
    silent.set()
    assert desk.said == ["asked", "unasked", "unasked"]


def never_let(desk: Desk) -> None:
    desk.whispers._let.clear()


def let_long_ago(desk: Desk) -> None:
    [(key, (at, rules))] = desk.whispers._let.items()
    desk.whispers._let[key] = at - whispers.BELIEVED_SECONDS - 1, rules


def watches_no_more(desk: Desk) -> None:
    desk.outlet.topics.clear()


def rules_have_changed(desk: Desk) -> None:
    desk.hub.auth[str(ROOM)] = 2


def rules_are_being_checked(desk: Desk) -> None:
    desk.hub.watched[str(ROOM)].paused = []


@pytest.mark.parametrize(
    "change",
    [never_let, let_long_ago, watches_no_more, rules_have_changed, rules_are_being_checked],
)
async def test_not_for_everybody(desk: Desk, change: Callable[[Desk], None]) -> None:
    await desk.whisper()
    change(desk)
    desk.database = away
    with pytest.raises(Refused, match="unavailable"):
        await desk.whisper()
    assert desk.said == ["asked"]


async def test_a_no_is_remembered(desk: Desk) -> None:
    await desk.whisper()

    def no() -> None:
        raise Refused("forbidden")

    desk.database = no
    with pytest.raises(Refused, match="forbidden"):
        await desk.whisper()
    desk.database = away
    with pytest.raises(Refused, match="unavailable"):
        await desk.whisper()
