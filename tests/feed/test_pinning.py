"""One post stands first on a page, for whoever may see it."""

from __future__ import annotations

import pytest

from server.accounts.models import User
from server.errors import Refused
from server.feed import pinning, queries, services
from server.feed.models import Pin
from tests.factories import post


def first(who: User, of: User) -> int | None:
    page = queries.person_page(who.pk, of.pk)
    ids = [entry.post.id for entry in page.entries]
    assert ids == sorted(ids, reverse=True), "it comes in its place too"
    return page.pinned.post.id if page.pinned else None


def test_it_stands_first_for_whoever_may_see_it(mei: User, bo: User, lin: User) -> None:
    for_friends, open_one = post(mei).post.id, post(mei, audience="everyone").post.id
    for _ in range(21):
        post(mei, audience="everyone")
    for _ in range(2):
        pinning.pin(mei.pk, for_friends)
    assert first(mei, mei) == first(bo, mei) == for_friends and first(lin, mei) is None
    assert queries.feed_page(bo.pk).pinned is None
    pinning.pin(mei.pk, open_one)
    assert first(lin, mei) == first(mei, mei) == open_one and Pin.objects.count() == 1
    later = queries.person_page(bo.pk, mei.pk)
    assert queries.person_page(bo.pk, mei.pk, later.next).pinned is None
    pinning.unpin(mei.pk, for_friends)
    assert first(bo, mei) == open_one, "another one was meant"
    services.change_audience(mei.pk, open_one, "me")
    assert first(bo, mei) is None and first(mei, mei) == open_one
    services.delete_post(mei.pk, open_one)
    assert first(mei, mei) is None and not Pin.objects.exists()


def test_only_my_own_stands_first_on_my_page(mei: User, bo: User, lin: User) -> None:
    made = post(mei).post.id
    for act in (pinning.pin, pinning.unpin):
        for who, code in ((bo, "forbidden"), (lin, "not_found")):
            with pytest.raises(Refused, match=code):
                act(who.pk, made)
    services.delete_post(mei.pk, made)
    with pytest.raises(Refused, match="not_found"):
        pinning.pin(mei.pk, made)
