"""How far somebody has read: forward only, the same on every device, nobody else's business."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from server.accounts.models import User
from server.errors import Refused
from server.feed import place, queries, services
from server.feed.models import Place
from tests.factories import post, signed_in
from tests.threads import at_once

JSON = "application/json"


def reached(who: User) -> int | None:
    return place.place(who.pk).post_id


def test_it_goes_forward_only(mei: User, bo: User) -> None:
    first, second, third = (post(bo).post.id for _ in range(3))
    assert place.place(mei.pk).model_dump() == {"post_id": None, "at": None}
    place.reach(mei.pk, second)
    when = place.place(mei.pk).at
    place.reach(mei.pk, first)
    place.reach(mei.pk, second)
    assert (reached(mei), place.place(mei.pk).at) == (second, when)
    place.reach(mei.pk, third)
    assert reached(mei) == third and reached(bo) is None
    services.delete_post(bo.pk, third)
    assert reached(mei) == third, "a place in the order, whatever stood there"


def test_all_devices_at_once_leave_the_furthest(mei: User, bo: User) -> None:
    ids = [post(bo).post.id for _ in range(6)]
    for _ in range(12):
        Place.objects.all().delete()  # the first time is the hardest: there is no row to hold
        assert set(at_once([partial(place.reach, mei.pk, one) for one in ids])) == {None}
        assert reached(mei) == ids[-1] and Place.objects.count() == 1


def test_what_is_not_for_me_says_nothing(mei: User, bo: User, lin: User) -> None:
    hidden = post(lin).post.id
    answers = [
        signed_in(mei).put("/api/feed/place", {"post_id": one}, content_type=JSON)
        for one in (hidden, 999_999)
    ]
    assert {one.status_code for one in answers} == {404}
    assert answers[0].content == answers[1].content and reached(mei) is None
    with pytest.raises(Refused, match="not_found"):
        place.reach(bo.pk, hidden)


def test_it_is_one_small_write_and_costs_the_feed_nothing(mei: User, bo: User) -> None:
    one, other = post(bo).post.id, post(bo).post.id

    def feed() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            queries.feed_page(mei.pk)
        return len(asked)

    queries.feed_page(mei.pk)
    before = feed()
    place.reach(mei.pk, one)
    assert feed() == before
    for known, writes in ((other, 1), (one, 0), (other, 0)):
        with CaptureQueriesContext(connection) as asked:
            place.reach(mei.pk, known)
        said = [query["sql"] for query in asked if query["sql"].startswith(("UPDATE", "INSERT"))]
        assert len(said) == writes and len(asked) <= 3, asked.captured_queries
