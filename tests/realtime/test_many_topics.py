"""What a message costs does not depend on how many topics there are in the world."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from server.realtime import log, replay, topics
from server.realtime.models import TopicHead
from tests.factories import friends, group_room, person, say

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

FEW, MANY = 1_000, 100_000
DEAD_ROWS = 10
FIRST = 10_000_000

_ROWS = """
    SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0),
        coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)
    FROM pg_stat_xact_user_tables
"""


def topics_exist(count: int) -> None:
    """So many more rooms have been spoken in, each with an event."""
    with connection.cursor() as cursor:
        for table, columns, values in (
            ("realtime_topichead", "topic, head, auth_version, floor", "'room:' || i, 1, 0, 0"),
            (
                "realtime_loggedevent",
                "topic, number, encoded, recorded_at",
                "'room:' || i, 1, 'x', CURRENT_TIMESTAMP",
            ),
        ):
            cursor.execute(
                f"INSERT INTO {table} ({columns}) WITH RECURSIVE n(i) AS (SELECT %s UNION ALL"
                f" SELECT i + 1 FROM n WHERE i < %s) SELECT {values} FROM n",
                [FIRST + TopicHead.objects.count(), FIRST + TopicHead.objects.count() + count - 1],
            )
        cursor.execute("ANALYZE")


def read_and_written(work: Callable[[], object]) -> tuple[int, int]:
    """Rows, by PostgreSQL's own count."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ROWS)
        before = cursor.fetchone()
        work()
        cursor.execute(_ROWS)
        after = cursor.fetchone()
        return int(after[0] - before[0]), int(after[1] - before[1])


def scans(queries: list[str]) -> list[str]:
    """What SQLite would go through row by row."""
    found = []
    for sql in queries:
        if sql.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
                found += [row[3] for row in cursor.fetchall() if row[3].startswith("SCAN realtime")]
    return found


def cost(work: Callable[[], object]) -> tuple[int, int, int]:
    """Queries and, where they can be counted, rows read and written. Warmed up before."""
    work()
    with CaptureQueriesContext(connection) as captured:
        work()
    queries = [query["sql"] for query in captured.captured_queries]
    if connection.vendor == "postgresql":
        return len(queries), *read_and_written(work)
    assert scans(queries) == []
    return len(queries), 0, 0


def test_messages_heads_and_replays_cost_the_same_among_a_hundred_thousand_topics() -> None:
    mei, bo = person(), person()
    friends(mei, bo)
    room = group_room(mei, bo)
    name = f"room:{room}"
    works: dict[str, Callable[[], object]] = {
        "a message": lambda: say(mei, room),
        "heads": lambda: log.heads([topics.room(room), topics.user(mei.pk)]),
        "positions": lambda: replay.positions([name, f"user:{mei.pk}"]),
        "a replay": lambda: replay.missed({name: 1}, {name: replay.Position(head=3)}),
    }
    topics_exist(FEW)
    among_few = {name: cost(work) for name, work in works.items()}
    topics_exist(MANY - FEW)
    for name, (queries, read, written) in among_few.items():
        now_queries, now_read, now_written = cost(works[name])
        assert (now_queries, now_written) == (queries, written), name
        # A small table may be read whole instead; versions of a row that are gone count as read.
        assert now_read <= read + DEAD_ROWS, f"{name}: {read} rows among {FEW}, now {now_read}"
    assert TopicHead.objects.count() >= MANY
