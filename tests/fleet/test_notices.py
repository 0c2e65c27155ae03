"""Workers die while people are mentioned: each mention is in its person's line once, and what is
read in one tab is read in all."""

from __future__ import annotations

import asyncio
import time

import psycopg
import pytest

from tests.fleet.client import Client
from tests.fleet.crowd import crowd, eventually, report
from tests.fleet.harness import Fleet
from tests.fleet.test_kill import kill_in_turn

READ_EVERYWHERE = 2.0


@pytest.mark.parametrize(
    ("people", "rate", "seconds"),
    [
        pytest.param(6, 20, 12, id="short"),
        pytest.param(20, 50, 60, id="long", marks=pytest.mark.long),
    ],
)
async def test_each_mention_is_told_once_while_workers_die(
    fleet: Fleet, people: int, rate: float, seconds: float
) -> None:
    async with crowd(fleet, people=people, tabs=2) as them:
        mentioned = [who["id"] for who in them.people[:2]]
        killing = asyncio.create_task(kill_in_turn(fleet))
        sends = await them.talk(rate, seconds, mentions=mentioned)
        killing.cancel()
        await them.acknowledged(sends, within=30)
        await them.settle(within=10)
        rows = await them.check()
        assert rows == len(sends) == int(rate * seconds)
        assert len(them.recorder.outages) >= people, "the kills must have hit somebody"
        for person in mentioned:
            await eventually(lambda person=person: settled(fleet, person), 10, "it has its number")
            told, meant = lines(fleet, person, them.room_id)
            assert told == meant and len(meant) > rows * 0.6
        took = await read_in_both_tabs(them.clients[0], them.clients[1], people)
        repeats = sum(attempt.tries - 1 for attempt in them.recorder.attempts.values())
        report(
            f"notices while workers die: {rows} messages that mention two, {repeats} repeats, "
            f"each told once; read in one tab, {took:.2f} s later in the other"
        )


def settled(fleet: Fleet, person: int) -> bool:
    """No line of theirs still waits for its number."""
    with psycopg.connect(fleet.database_url) as connection:
        waits = connection.execute(
            "SELECT count(*) FROM notices_notice WHERE person_id = %s AND fresh", [person]
        ).fetchone()
    return waits == (0,)


def lines(fleet: Fleet, person: int, room_id: int) -> tuple[list[int], list[int]]:
    """The messages that their one line about the room tells of, and those of others that name
    them, both in order."""
    with psycopg.connect(fleet.database_url) as connection:
        notices = connection.execute(
            "SELECT id FROM notices_notice WHERE person_id = %s AND kind = 'room.mention'"
            " AND subject = %s",
            [person, room_id],
        ).fetchall()
        assert len(notices) == 1
        told = connection.execute(
            "SELECT cause FROM notices_cause WHERE notice_id = %s ORDER BY cause", notices[0]
        ).fetchall()
        meant = connection.execute(
            "SELECT id FROM chat_message WHERE room_id = %s AND author_id <> %s"
            " AND mentions @> to_jsonb(%s::bigint) ORDER BY id",
            [room_id, person, person],
        ).fetchall()
    return [cause for (cause,) in told], [message for (message,) in meant]


async def read_in_both_tabs(one: Client, other: Client, lines: int) -> float:
    """Seconds until the second tab has heard that the first has read everything: a line for each
    friend the owner has made, and one for the room."""
    topic = f"user:{one.person_id}"
    assert one.person_id == other.person_id
    unread = await one.get("/notices/unread")
    assert unread["unread"] == lines
    began = time.monotonic()
    after = other.numbers[topic]
    answer = await one.post("/notices/read", {"number": unread["last"]})
    assert answer["unread"] == 0
    await eventually(lambda: other.numbers[topic] > after, READ_EVERYWHERE, "the other tab heard")
    assert (await other.get("/notices/unread"))["unread"] == 0
    return time.monotonic() - began
