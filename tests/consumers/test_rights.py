"""What may go wrong between a right that ends and everything else that happens at that moment."""

from collections.abc import Callable
from typing import Any

import pytest

from consumers.wire.hub import Hub
from consumers.wire.joining import Joiner
from consumers.wire.outlet import Outlet
from server.accounts import services as accounts
from server.accounts.models import User
from server.chat import services as chat
from server.realtime import replay, topics
from server.realtime.publish import Envelope
from tests import factories
from tests.consumers.conftest import OpenTab, in_database

People = list[User]


def after_the_reading(
    monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object], times: int = 1
) -> list[int]:
    """Have something happen when a join has read the database but has not answered yet."""
    read, done = Joiner._from_database, []

    def reading(self: Joiner, *args: Any) -> Any:
        found = read(self, *args)
        if len(done) < times:
            done.append(1)
            deed()
        return found

    monkeypatch.setattr(Joiner, "_from_database", reading)
    return done


async def test_a_first_joiner_removed_during_the_join_hears_nothing_later(
    people: People, tab: OpenTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody here watches the room yet, so this hub knows no version of its rules."""
    mei, bo, yu = people
    await in_database(factories.befriend, mei, yu)
    room = await in_database(factories.group_room, mei, bo, yu)
    head = await in_database(lambda: replay.positions([f"room:{room}"])[f"room:{room}"].head)
    yus = await tab(yu)

    def removed_then_said() -> None:
        chat.remove_member(mei.pk, room, yu.pk)
        factories.say(mei, room, "a secret")

    done = after_the_reading(monkeypatch, removed_then_said)
    answer = await yus.join((f"room:{room}", head))
    assert done
    assert answer["data"]["refused"] == [{"topic": f"room:{room}", "code": "not_found"}]
    assert "a secret" not in str(answer) + str(await yus.quiet(0.5)) + str(yus.heard)
