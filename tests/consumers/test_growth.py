"""What may not grow with tabs, people and ballots: frames, publications. Counted, not timed."""

import asyncio
from itertools import pairwise
from time import monotonic
from typing import Any

import pytest

from consumers.wire.hub import SNAPSHOT_SECONDS
from server import metrics
from server.accounts.models import User
from server.realtime.publish import Envelope
from tests import factories
from tests.consumers.conftest import OpenTab, in_database

People = list[User]


@pytest.mark.parametrize("tabs", [1, 6])
async def test_a_message_is_one_frame_and_one_publication_however_many_watch(
    people: People, tab: OpenTab, worker: Any, monkeypatch: pytest.MonkeyPatch, tabs: int
) -> None:
    room = await in_database(factories.direct_room, people[0], people[1])
    await in_database(factories.say, people[0], room)  # the first one opens the chat for both
    readers = [await tab(people[1]) for _ in range(tabs)]
    for reader in readers:
        await reader.join((f"room:{room}", 1))
    told: list[Envelope] = []
    send = worker.hub.bus.send
    monkeypatch.setattr(worker.hub.bus, "send", lambda one: (told.append(one), send(one)))
    frames, deliveries = metrics.LOGGED.frames, metrics.LOGGED.deliveries
    await in_database(factories.say, people[0], room)
    for reader in readers:
        await reader.event("message.sent")
    assert metrics.LOGGED.frames - frames == 1
    assert metrics.LOGGED.deliveries - deliveries == tabs
    assert [one.topic for one in told if one.kind == "logged"] == [f"room:{room}"]


async def test_viewers_of_a_vote_get_frames_by_time_and_the_last_is_exact(
    people: People, tab: OpenTab
) -> None:
    voters = 30

    def ask() -> Any:
        crowd = [factories.person() for _ in range(voters)]
        for one in crowd:
            factories.befriend(people[0], one)
        room = factories.group_room(people[0], *crowd)
        return crowd, factories.vote_in_room(people[0], room)

    crowd, entry = await in_database(ask)
    poll = f"poll:{entry.poll.id}"
    viewer = await tab(people[0])
    await viewer.join(poll)
    started = monotonic()
    await asyncio.gather(*(in_database(factories.ballot, one, entry, 0) for one in crowd))
    seen: list[dict[str, Any]] = []
    while not seen or seen[-1]["data"]["poll"]["voted"] < voters:
        seen.append(await viewer.until(lambda one: one.get("topic") == poll and one not in seen))
    elapsed = monotonic() - started
    assert seen[-1]["data"]["poll"]["voted"] == voters
    assert len(seen) <= elapsed / SNAPSHOT_SECONDS + 2
    assert all(
        one["data"]["poll"]["voted"] <= other["data"]["poll"]["voted"]
        for one, other in pairwise(seen)
    )
