"""One post stands first on a page, for whoever may see it."""

from __future__ import annotations

from functools import partial

import pytest

from server.accounts import lists
from server.accounts.models import User
from server.errors import Refused
from server.feed import pinning, queries, services
from server.feed.models import Pin
from server.feed.schemas import ToList
from server.realtime import topics
from server.realtime.topics import Topic
from tests.chat.apply import types
from tests.factories import post
from tests.feed.together import in_threads


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


def test_it_is_told_to_those_who_may_see_it(mei: User, bo: User, lin: User) -> None:
    near = lists.make(mei.pk, "Near")
    lists.add(mei.pk, near.id, bo.pk)
    friends, listed = post(mei).post.id, post(mei, audience=ToList(list_id=near.id)).post.id
    alone = post(mei, audience="me").post.id
    [view] = lists.mine(mei.pk).lists
    homes = [topics.author(mei.pk), Topic.parse(view.topic or ""), topics.user(mei.pk)]

    def told() -> list[int]:
        return [types(home).count("pin.moved") for home in homes]

    for _ in range(2):
        pinning.pin(mei.pk, friends)
    assert told() == [1, 0, 0], "once, and to friends"
    pinning.pin(mei.pk, listed)
    assert told() == [2, 1, 0], "both to those who see the new one and to those who lose the old"
    pinning.pin(mei.pk, alone)
    assert told() == [2, 2, 1]
    for _ in range(2):
        pinning.unpin(mei.pk, alone)
    pinning.unpin(mei.pk, friends)
    assert told() == [2, 2, 2], "what did not stand first does not move"


@pytest.mark.django_db(transaction=True)
def test_pins_at_the_same_time_leave_one_and_tell_of_each(mei: User) -> None:
    some = [post(mei).post.id for _ in range(4)]
    assert not in_threads(*(partial(pinning.pin, mei.pk, one) for one in some))
    assert Pin.objects.get().post_id in some
    # The first replaces nothing; each later one is told where it stands and where the old one did.
    assert types(topics.author(mei.pk)).count("pin.moved") == 2 * len(some) - 1


def test_only_my_own_stands_first_on_my_page(mei: User, bo: User, lin: User) -> None:
    made = post(mei).post.id
    for act in (pinning.pin, pinning.unpin):
        for who, code in ((bo, "forbidden"), (lin, "not_found")):
            with pytest.raises(Refused, match=code):
                act(who.pk, made)
    services.delete_post(mei.pk, made)
    with pytest.raises(Refused, match="not_found"):
        pinning.pin(mei.pk, made)
