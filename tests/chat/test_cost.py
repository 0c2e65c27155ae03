"""What reading and writing cost: counts of queries that do not grow, and a page's plan at depth."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from server.accounts.models import User
from server.chat import queries, services
from server.chat.models import Message, Room
from server.chat.policies import watchable
from server.realtime import log
from tests.factories import direct_room, friends, group_room, item, person, picture, say, store

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known_epoch(db: None) -> None:
    """It is read once per process; not within what is counted."""
    log.epoch()


BOOKKEEPING = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "SET TRANSACTION")


def cost(call: Callable[[], Any]) -> int:
    """How many queries it makes, not counting those that only begin and end transactions."""
    with CaptureQueriesContext(connection) as captured:
        call()
    return sum(not query["sql"].startswith(BOOKKEEPING) for query in captured.captured_queries)


def crowd(size: int) -> tuple[User, list[User], int]:
    """An owner, their friends, and the group of all."""
    owner = person()
    others = [person() for _ in range(size)]
    for other in others:
        friends(owner, other)
    return owner, others, group_room(owner, *others)


def test_a_message_costs_the_same_in_a_small_and_a_large_room() -> None:
    small, large = crowd(2), crowd(60)
    assert cost(lambda: say(small[0], small[2])) == 9
    assert cost(lambda: say(large[0], large[2])) == 9


def test_a_direct_message_asks_for_blocks_and_for_minors_too(mei: User, bo: User) -> None:
    room = direct_room(mei, bo)
    say(mei, room)
    assert cost(lambda: say(mei, room)) == 11


def test_a_repeated_message_costs_one_query(mei: User, bo: User, room: int) -> None:
    say(mei, room, client_id="ab" * 16)
    assert cost(lambda: say(mei, room, client_id="ab" * 16)) == 1


def test_reading_and_typing_are_cheap(mei: User, bo: User, room: int) -> None:
    say(mei, room)
    assert cost(lambda: services.mark_read(bo.pk, room, 1)) == 2
    assert cost(lambda: services.mark_read(bo.pk, room, 1)) == 2
    assert cost(lambda: services.mark_delivered(bo.pk, {room: 1})) == 1
    say(mei, room)
    assert cost(lambda: services.mark_delivered(bo.pk, {room: 2})) == 2
    assert cost(lambda: services.typing(bo.pk, room, True)) == 1


def fill(owner: User, others: list[User], room: int, count: int) -> None:
    """Messages with everything in them."""
    thing = item(owner, store(owner)).item.id
    for n in range(count):
        who = others[n % len(others)]
        hung = [picture(owner).id] if n % 3 == 0 else []
        sent = say(owner, room, f"message {n}", picture_ids=hung, item_id=thing if n % 4 else None)
        services.react(who.pk, sent.message_id, "👍")
        say(who, room, "re", reply_to=sent.message_id, mentions=[owner.pk])


def test_a_page_costs_the_same_however_full() -> None:
    small, large = crowd(2), crowd(20)
    fill(*small, 1)
    fill(*large, 25)
    for read in (queries.room_page, queries.messages):
        costs = {
            cost(lambda read=read, world=world: read(world[0].pk, world[2]))
            for world in (small, large)
        }
        assert costs == {14 if read is queries.room_page else 6}


def test_the_list_costs_the_same_however_long() -> None:
    few, many = person(), person()
    for who, count in ((few, 2), (many, 24)):
        for n in range(count):
            other = person()
            friends(who, other)
            if n % 2:
                say(other, direct_room(other, who))
            else:
                say(who, group_room(who, other), picture_ids=[picture(who).id])
        say(who, services.open_store_chat(who.pk, store(person()).store.id).id)
    assert len(queries.room_list(many.pk).rooms) == 25
    assert cost(lambda: queries.room_list(few.pk)) == cost(lambda: queries.room_list(many.pk)) == 11


def test_rights_and_marks_of_many_rooms_cost_one_query(mei: User, bo: User, liu: User) -> None:
    rooms = [group_room(mei, bo, liu) for _ in range(5)]
    assert cost(lambda: watchable([mei.pk, bo.pk, liu.pk], rooms)) == 1
    assert cost(lambda: queries.room_reads(rooms)) == 1
    assert cost(lambda: queries.my_reads(mei.pk, rooms)) == 1
    assert cost(lambda: watchable([], rooms)) == 0


# Depth ---------------------------------------------------------------------------------------

DEPTH = 20_000
_FILL = """
    INSERT INTO chat_message (room_id, ordinal, author_id, as_store, client_id, digest, number,
        text, quote_author, quote_excerpt, mentions, at)
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
    SELECT %s, i, %s, %s, '00000000000000000000' || (100000000000 + i), 'd', i, 'message ' || i,
        '', '', '[]', CURRENT_TIMESTAMP FROM n
"""


def deep_room(owner: User, depth: int = DEPTH) -> int:
    """A room with a long past, written straight into its table."""
    room = group_room(owner)
    with connection.cursor() as cursor:
        cursor.execute(_FILL, [depth, room, owner.pk, False])
        cursor.execute("ANALYZE chat_message")
    Room.objects.filter(pk=room).update(last_ordinal=depth)
    return room


def plan(room: int, first: int) -> Any:
    rows = Message.objects.filter(room=room, ordinal__gte=first, ordinal__lt=first + 50)
    rows = rows.order_by("ordinal")
    if connection.vendor == "sqlite":
        return rows.explain()
    return json.loads(rows.explain(format="json", analyze=True, buffers=True))[0]["Plan"]


def test_a_page_is_one_index_range_at_any_depth(mei: User) -> None:
    room = deep_room(mei)
    near, far = plan(room, DEPTH - 49), plan(room, 1)
    if connection.vendor == "sqlite":
        assert "USING INDEX" in near and "ordinal>? AND ordinal<?" in near
        assert near == far and "B-TREE" not in near
        return
    for found in (near, far):
        assert (found["Node Type"], found["Index Name"]) == ("Index Scan", "message_ordinal")
        assert found["Actual Rows"] == 50
    read = [one["Shared Hit Blocks"] + one["Shared Read Blocks"] for one in (near, far)]
    assert abs(read[0] - read[1]) <= 3, read


def test_pages_of_a_long_past_are_whole(mei: User) -> None:
    room = deep_room(mei, 500)
    shown: list[int] = []
    before: int | None = None
    while True:
        page = queries.messages(mei.pk, room, before=before, limit=70)
        shown = [view.ordinal for view in page.messages] + shown
        if not page.earlier:
            break
        before = page.messages[0].ordinal
    assert shown == list(range(1, 501))


@pytest.mark.parametrize(
    ("anchor", "first", "last", "earlier", "later"),
    [
        ({}, 451, 500, True, False),
        ({"before": 501}, 451, 500, True, False),
        ({"before": 51}, 1, 50, False, True),
        ({"before": 11}, 1, 10, False, True),
        ({"before": 10**9}, 451, 500, True, False),
        ({"after": 0}, 1, 50, False, True),
        ({"after": 450}, 451, 500, True, False),
        ({"after": 480}, 481, 500, True, False),
        ({"around": 200}, 175, 224, True, True),
        ({"around": 1}, 1, 50, False, True),
        ({"around": 500}, 451, 500, True, False),
        ({"around": 10**9}, 451, 500, True, False),
    ],
)
def test_pages_next_to_an_ordinal(
    mei: User, anchor: dict[str, int], first: int, last: int, earlier: bool, later: bool
) -> None:
    page = queries.messages(mei.pk, deep_room(mei, 500), **anchor)
    assert [view.ordinal for view in page.messages] == list(range(first, last + 1))
    assert (page.earlier, page.later) == (earlier, later)


@pytest.mark.parametrize(
    ("anchor", "earlier", "later"),
    [({"before": 1}, False, True), ({"before": 0}, False, True), ({"after": 500}, True, False)],
)
def test_pages_beyond_the_ends_are_empty(
    mei: User, anchor: dict[str, int], earlier: bool, later: bool
) -> None:
    page = queries.messages(mei.pk, deep_room(mei, 500), **anchor)
    assert (page.messages, page.earlier, page.later) == ([], earlier, later)


def test_a_room_opens_at_the_first_unread_message(mei: User, bo: User) -> None:
    room = group_room(mei, bo)
    for _ in range(30):
        say(mei, room)
    services.mark_read(bo.pk, room, 12)
    page = queries.room_page(bo.pk, room, 10).page
    assert [view.ordinal for view in page.messages] == list(range(8, 18))
    assert queries.room_page(mei.pk, room, 10).page.messages[-1].ordinal == 30


def test_an_empty_room_has_an_empty_page(mei: User, room: int) -> None:
    page = queries.room_page(mei.pk, room).page
    assert (page.messages, page.earlier, page.later, page.head) == ([], False, False, 0)
