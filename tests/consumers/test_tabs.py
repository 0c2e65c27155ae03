"""What tabs, friends and topics cost that nobody looks at, counted across all database threads."""

from __future__ import annotations

import asyncio
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.backends.utils import CursorWrapper

from consumers.registry import CHANNELS
from consumers.wire.keeper import Keeper
from server import metrics
from server.accounts import presence
from server.accounts.models import Friendship, User
from server.realtime import topics
from server.realtime.models import TopicHead, WorkerLease
from tests import factories
from tests.consumers.conftest import OpenTab, in_database
from tests.consumers.test_spread import Listener

People = list[User]
OURS = "asyncio"
"""Threads of in_database; those of the worker are called after the database."""

LEASES = WorkerLease._meta.db_table
WRITES = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM) \"?(\w+)")


@contextmanager
def statements(on: str = "") -> Iterator[list[str]]:
    """Everything that is said to the database meanwhile, on the threads so named."""
    said: list[str] = []
    execute = CursorWrapper.execute

    def noted(cursor: Any, sql: Any, params: Any = None) -> Any:
        if threading.current_thread().name.startswith(on):
            said.append(str(sql).lstrip())
        return execute(cursor, sql, params)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CursorWrapper, "execute", noted)
        yield said


def writes(said: list[str]) -> Counter[tuple[str, str]]:
    """How often each table is written, but for the worker's sign of life, which comes by time."""
    found = (WRITES.match(sql) for sql in said)
    return Counter((one[1], one[2]) for one in found if one and one[2] != LEASES)


async def test_five_tabs_of_a_person_write_what_one_tab_does(
    people: People, tab: OpenTab, worker: Any
) -> None:
    """From the opening to a message that each of them gets and one of them reads."""
    mei, bo, yu = people
    await in_database(factories.befriend, mei, yu)
    room = await in_database(factories.group_room, mei, bo, yu)

    async def settled(who: User) -> None:
        """The worker's own rounds have told of them. A round called from here may overlap with one
        of its own, and the two tell twice what is told once."""
        while who.pk not in worker._rounds._told or worker.hub.newcomers:
            await asyncio.sleep(0.05)

    await tab(mei)
    await settled(mei)

    async def visit(who: User, count: int) -> Counter[tuple[str, str]]:
        keys = [await in_database(factories.session_key, who) for _ in range(count)]
        with statements() as said:
            tabs = [await tab(who, key) for key in keys]
            for one in tabs:
                await one.join((f"room:{room}", 0), f"presence:{mei.pk}")
                await one.ask("here", away=False)
            await settled(who)
            number = (await in_database(factories.say, mei, room)).number
            for one in tabs:
                await one.until(lambda event: event.get("number") == number)
            await tabs[0].ask("room.read", room_id=room, ordinal=1)
            return writes(said)

    one, five = await visit(bo, 1), await visit(yu, 5)
    assert ("INSERT INTO", "chat_message") in one
    assert any(table == "realtime_presence" for _, table in one), "that they came was written"
    assert one == five


def with_friends(count: int) -> tuple[User, list[User]]:
    """Somebody with so many friends, made by the database itself."""
    who = factories.person()
    others = User.objects.bulk_create(
        User(username=f"f{who.pk}-{n}", email=f"f{who.pk}-{n}@example.org") for n in range(count)
    )
    others = list(User.objects.filter(username__startswith=f"f{who.pk}-").order_by("pk"))
    Friendship.objects.bulk_create(
        Friendship(low=who, high=other, state="friends", asked_by=who) for other in others
    )
    return who, others


@pytest.mark.parametrize("looking", [0, 3])
async def test_coming_and_going_costs_by_who_looks_and_not_by_friends(
    transactional_db: None, worker: Any, looking: int
) -> None:
    hub = worker.hub
    cost = {}
    for count in (50, 500):
        who, others = await in_database(with_friends, count)
        topic = topics.presence(who.pk)
        watchers = []
        if looking:
            watched = hub.watch(topic, topic)
            watchers = [Listener(other.pk) for other in others[:looking]]
            watched.outlets.update(watchers)
        told: list[str] = []
        await in_database(presence.report, "elsewhere", {others[-1].pk: False}, [])
        await asyncio.sleep(0.1)
        send = hub.bus.send
        hub.bus.send = lambda one, told=told, send=send: (told.append(one.topic), send(one))
        before = metrics.SNAPSHOT.deliveries
        with statements(OURS) as said:
            await in_database(presence.report, "elsewhere", {who.pk: False}, [])
            blip = len(said)
            await in_database(presence.report, "elsewhere", {who.pk: False}, [])
        await asyncio.sleep(0.1)
        hub.bus.send = send
        assert told == [str(topic)], "one publication for the change, none for what is no change"
        assert metrics.SNAPSHOT.deliveries - before == looking
        assert [one.frames for one in watchers] == [1] * looking
        cost[count] = (blip, writes(said))
        if looking:
            watched.outlets.clear()
            hub.tidy(watched)
    assert cost[50] == cost[500]


async def test_a_hubs_check_costs_the_same_queries_however_many_topics_it_watches(
    transactional_db: None, worker: Any
) -> None:
    """And nothing for those that exist and are watched by nobody here."""
    hub = worker.hub

    def exist() -> None:
        TopicHead.objects.bulk_create(
            TopicHead(topic=f"room:{number}", head=3) for number in range(1, 20_001)
        )

    await in_database(exist)
    checks = {}
    for count in (10, 2_000):
        for number in range(1, count + 1):
            topic = topics.room(number)
            watched = hub.watch(topic, topic)
            watched.number = 3
            watched.outlets.add(Listener(number))
        with statements("database") as said:
            await Keeper(hub, CHANNELS)._compare(list(hub.watched))
        checks[count] = [sql for sql in said if '"head"' in sql]
    assert len(checks[10]) == len(checks[2_000]) == 1
