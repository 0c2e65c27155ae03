"""On PostgreSQL: what is read does not grow with the depth of a history, nor what is written with
the size of a room."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from server.accounts.models import User
from server.chat import queries
from server.chat.models import Membership, Room
from server.realtime import replay
from tests.factories import friends, group_room, person, say

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SHALLOW, DEEP = 100, 1_000_000
SAME = 3
"""Pages by which two readings of the same cost may differ."""

_MESSAGES = """
    INSERT INTO chat_message (room_id, ordinal, author_id, as_store, client_id, digest, number,
        text, quote_author, quote_excerpt, mentions, at)
    SELECT %s, n, %s, false, md5(%s || n::text), '', n, 'message ' || n, '', '', '[]', now()
    FROM generate_series(1, %s) n
"""
_EVENTS = """
    INSERT INTO realtime_loggedevent (topic, number, encoded)
    SELECT %s, n, 'event ' || n FROM generate_series(1, %s) n
"""


@pytest.fixture(autouse=True)
def only_postgres(database_kind: str) -> None:
    if database_kind != "postgres":
        pytest.skip("buffers and row counts are PostgreSQL's")


def history(owner: User, other: User, depth: int) -> int:
    """A group with so many messages and events, all made by the database itself."""
    room = group_room(owner, other)
    with connection.cursor() as cursor:
        cursor.execute(_MESSAGES, [room, owner.pk, str(room), depth])
        cursor.execute(_EVENTS, [f"room:{room}", depth])
        cursor.execute(
            "UPDATE realtime_topichead SET head = %s WHERE topic = %s", [depth, f"room:{room}"]
        )
        cursor.execute(
            "INSERT INTO realtime_topichead (topic, head) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [f"room:{room}", depth],
        )
    Room.objects.filter(pk=room).update(last_ordinal=depth)
    return room


def buffers(read: Callable[[], object]) -> int:
    """Pages of 8 kB that the statements of this read touch, by the database's own count."""
    with CaptureQueriesContext(connection) as captured:
        read()
    touched = 0
    for query in captured.captured_queries:
        if not query["sql"].startswith("SELECT"):
            continue
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + query["sql"])
            [[plan]] = cursor.fetchall()
        top = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
        touched += top["Shared Hit Blocks"] + top["Shared Read Blocks"]
    return touched


def test_a_page_and_a_replay_cost_the_same_at_any_depth() -> None:
    mei, bo = person(), person()
    friends(mei, bo)
    rooms = {depth: history(mei, bo, depth) for depth in (SHALLOW, DEEP)}
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    reads: dict[str, Callable[[int, int], object]] = {
        "latest page": lambda room, depth: queries.messages(bo.pk, room),
        "page in the middle": lambda room, depth: queries.messages(
            bo.pk, room, before=depth // 2 + 30
        ),
        "since a number": lambda room, depth: replay.missed(
            {f"room:{room}": depth - 20}, replay.positions([f"room:{room}"])
        ),
        "my chats": lambda room, depth: queries.room_card(bo.pk, room),
    }
    for name, read in reads.items():
        for room, depth in ((rooms[d], d) for d in rooms):
            read(room, depth)  # hint bits and the catalogue are not what is measured
        shallow, deep = (
            buffers(lambda d=depth, r=read: r(rooms[d], d)) for depth in (SHALLOW, DEEP)
        )
        assert abs(deep - shallow) <= SAME, (
            f"{name}: {shallow} pages at {SHALLOW}, {deep} at {DEEP}"
        )


def test_a_room_without_statistics_costs_no_more() -> None:
    """It has come up since the tables were last analysed: nobody knows how much is in it."""
    mei, bo = person(), person()
    friends(mei, bo)
    history(mei, bo, 50_000)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    small, large = (history(mei, bo, depth) for depth in (100, 5_000))
    for room in (small, large):
        queries.room_page(bo.pk, room)
    costs = [buffers(lambda r=room: queries.room_page(bo.pk, r)) for room in (small, large)]
    assert abs(costs[0] - costs[1]) <= SAME, costs
    assert max(costs) < 100, costs


def test_the_buffer_count_bites() -> None:
    """A read that does grow with the depth is seen to."""
    mei, bo = person(), person()
    friends(mei, bo)
    rooms = [history(mei, bo, depth) for depth in (100, 50_000)]
    from server.chat.models import Message

    small, large = (
        buffers(lambda r=room: Message.objects.filter(room=r).count()) for room in rooms
    )
    assert large > small + SAME


def test_unread_is_a_subtraction_not_a_count() -> None:
    mei, bo = person(), person()
    friends(mei, bo)
    room = group_room(mei, bo)
    say(mei, room)
    with CaptureQueriesContext(connection) as captured:
        [card] = queries.room_list(bo.pk).rooms
    assert card.last_ordinal - card.read_ordinal == 1
    assert captured.captured_queries
    for query in captured.captured_queries:
        assert "COUNT(" not in query["sql"].upper()


def written(work: Callable[[], object]) -> int:
    """Rows inserted, updated and deleted by this work, by the database's own count."""
    with transaction.atomic(), connection.cursor() as cursor:
        total = "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM"
        cursor.execute(f"{total} pg_stat_xact_user_tables")
        [[before]] = cursor.fetchall()
        work()
        cursor.execute(f"{total} pg_stat_xact_user_tables")
        [[after]] = cursor.fetchall()
        return int(after - before)


def test_a_message_writes_as_many_rows_to_ten_thousand_people_as_to_ten() -> None:
    mei = person()
    crowd = User.objects.bulk_create(
        User(username=f"crowd{n}", email=f"crowd{n}@example.org") for n in range(10_000)
    )
    rooms = []
    for size in (10, 10_000):
        room = group_room(mei)
        Membership.objects.bulk_create(
            Membership(room_id=room, person=one, place=place)
            for place, one in enumerate(crowd[: size - 1], 2)
        )
        # More than a group may have today: what it would cost is what is asked.
        Room.objects.filter(pk=room).update(member_count=min(size, 500), last_place=size)
        say(mei, room)
        rooms.append(room)
    small, large = (written(lambda r=room: say(mei, r)) for room in rooms)
    assert 0 < small <= 6
    assert large <= small + 2
