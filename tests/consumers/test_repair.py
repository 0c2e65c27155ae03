"""The keeper: what the bus lost is brought, or honestly said to be too much."""

from typing import Any

import pytest

from consumers.registry import CHANNELS
from consumers.wire.keeper import Keeper
from server.accounts.models import User
from server.realtime.models import LoggedEvent, TopicHead
from tests import factories
from tests.consumers.conftest import OpenTab, in_database

People = list[User]


async def test_who_missed_too_much_is_told_the_head_at_once(
    people: People, tab: OpenTab, worker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five seconds is the promise, and a heartbeat may be twenty away."""
    monkeypatch.setattr("consumers.wire.keeper.CHECK_SECONDS", 3600)
    monkeypatch.setattr("server.realtime.replay.REPLAY_CAP", 3)
    room = await in_database(factories.direct_room, people[0], people[1])
    topic = f"room:{room}"
    bo = await tab(people[1])
    await bo.join((topic, 0))

    def lost() -> None:
        LoggedEvent.objects.bulk_create(
            LoggedEvent(topic=topic, number=number, encoded="{}") for number in range(1, 11)
        )
        TopicHead.objects.update_or_create(topic=topic, defaults={"head": 10})

    await in_database(lost)
    keeper = Keeper(worker.hub, CHANNELS)
    await keeper._compare([topic])
    frame = await bo.frame(2)
    assert (frame["op"], frame["heads"]) == ("heads", {topic: 10})
    await in_database(factories.say, people[0], room, "and on")
    assert (await bo.event("message.sent"))["number"] == 11
