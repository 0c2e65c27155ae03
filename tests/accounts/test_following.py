"""Following: one-way, of whoever lets anyone follow them, and of stores."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from server import access
from server.accounts import following, follows, queries
from server.accounts import services as accounts
from server.accounts.models import Follow, User
from server.accounts.schemas import MeChange
from server.catalogue import queries as stores
from server.catalogue.services import follow_store
from server.errors import Refused
from server.feed import queries as feed
from server.feed import services
from server.notices import queries as notices
from server.notices import services as notice_services
from server.realtime.clock import now
from server.realtime.topics import author, public, user
from tests import factories
from tests.accounts.apply import logged
from tests.factories import person
from tests.feed.together import in_threads

pytestmark = pytest.mark.django_db


def open_up(**fields: object) -> User:
    who = person(**fields)
    accounts.change_me(who.pk, MeChange(followable=True))
    return who


def shown(who: User) -> set[int]:
    return {entry.post.id for entry in feed.feed_page(who.pk).entries}


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code.name


def test_followers_see_what_is_beyond_friends_live_and_on_their_page() -> None:
    mei, bo, lin = open_up(), person(), person()
    factories.befriend(mei, bo)
    following.follow(lin.pk, mei.pk)
    page = feed.feed_page(lin.pk)
    assert page.heads.keys() == {str(author(lin.pk)), str(user(lin.pk)), str(public(mei.pk))}
    near = factories.post(mei, "for friends", "friends").post.id
    wide = factories.post(mei, "for followers", "followers").post.id
    all_ = factories.post(mei, "for everyone", "everyone").post.id
    assert shown(lin) == {wide, all_} and shown(bo) == {near, wide, all_}
    told = [one["data"]["post"]["id"] for one in logged(public(mei.pk))]
    assert told == [wide, all_], "each is told once, to friends and followers alike"
    assert str(public(mei.pk)) in feed.feed_page(bo.pk).heads
    assert feed.everyone_page(person().pk).entries[0].post.id == all_
    services.change_audience(mei.pk, wide, "friends")
    services.change_audience(mei.pk, near, "followers")
    assert shown(lin) == {near, all_} and shown(bo) == {near, wide, all_}
    assert logged(public(mei.pk))[0]["type"] == "post.withdrawn", "its words do not come by replay"


def test_only_whoever_wants_it_is_followed_and_never_a_minor() -> None:
    mei, lin = person(), person()
    assert refused(lambda: following.follow(lin.pk, mei.pk)) == "forbidden"
    assert refused(lambda: factories.post(mei, "words", "followers")) == "forbidden"
    young = person(birth_year=now().year - 15)
    assert refused(lambda: accounts.change_me(young.pk, MeChange(followable=True))) == "forbidden"
    assert not queries.me(young.pk).followable
    grown = open_up()
    following.follow(lin.pk, grown.pk)
    wide = factories.post(grown, "for followers", "followers").post.id
    assert queries.person_view(lin.pk, grown.pk).followers == 1
    accounts.change_me(grown.pk, MeChange(birth_year=now().year - 15))
    assert queries.person_view(lin.pk, grown.pk).followers == 0
    assert shown(lin) == set() and access.watchable(lin.pk, [public(grown.pk)]) == set()
    assert refused(lambda: factories.post(grown, "words", "followers")) == "forbidden"
    assert refused(lambda: following.follow(person().pk, grown.pk)) == "forbidden"
    assert feed.post_entry(grown.pk, wide).post.audience == "followers"


def test_nobody_follows_whoever_wants_nobody_any_more() -> None:
    mei, lin = open_up(), person()
    following.follow(lin.pk, mei.pk)
    wide = factories.post(mei, "for followers", "followers").post.id
    accounts.change_me(mei.pk, MeChange(followable=False))
    view = queries.person_view(lin.pk, mei.pk)
    assert (view.followable, view.following, view.followers) == (False, False, 0)
    assert following.mine(lin.pk).people == [] and shown(lin) == set()
    assert access.watchable(lin.pk, [public(mei.pk)]) == set()
    accounts.change_me(mei.pk, MeChange(followable=True))
    assert shown(lin) == {wide}


def test_a_block_ends_it_in_both_directions_for_good() -> None:
    for blocker in (0, 1):
        pair = [open_up(), open_up()]
        one, other = pair[blocker], pair[1 - blocker]
        following.follow(one.pk, other.pk)
        following.follow(other.pk, one.pk)
        factories.post(other, "for followers", "followers")
        accounts.block(one.pk, other.pk)
        for who, whom in (pair, pair[::-1]):
            told = [e["data"]["following"] for e in logged(user(who.pk)) if "follow." in e["type"]]
            assert told == [True, False]
            page = feed.feed_page(who.pk)
            assert {one.post.author.id for one in page.entries} <= {who.pk}
            assert str(public(whom.pk)) not in page.heads
            assert access.watchable(who.pk, [public(whom.pk)]) == set()
        assert refused(lambda a=one, b=other: following.follow(a.pk, b.pk)) == "forbidden"
        assert refused(lambda a=other, b=one: following.follow(a.pk, b.pk)) == "not_found"
        accounts.unblock(one.pk, other.pk)
        assert not Follow.objects.filter(follower__in=pair).exists()


def test_a_notice_names_them_grouped_and_following_anew_is_no_news() -> None:
    mei = open_up()
    lin, wen = person("lin"), person("wen")
    for who in (lin, wen, lin):
        following.follow(who.pk, mei.pk)
        following.unfollow(who.pk, mei.pk)
        following.follow(who.pk, mei.pk)
    notice_services.settle(mei.pk)
    [line] = notices.page(mei.pk).notices
    assert line.kind == "follow" and {one.username for one in line.people} == {"lin", "wen"}
    following.unfollow(lin.pk, mei.pk)
    [line] = notices.page(mei.pk).notices
    assert [one.username for one in line.people] == ["wen"]
    accounts.block(mei.pk, wen.pk)
    assert notices.page(mei.pk).notices == []


def test_no_more_than_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "FOLLOWS", 1)
    lin = person()
    following.follow(lin.pk, open_up().pk)
    assert refused(lambda: following.follow(lin.pk, open_up().pk)) == "full"
    assert len(following.mine(lin.pk).people) == 1


def test_beyond_so_many_they_are_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follows, "COUNTED", 2)
    mei = open_up()
    counts = []
    for _ in range(4):
        following.follow(person().pk, mei.pk)
        counts.append(follows.followers(mei.pk))
    assert counts == [1, 2, 3, 3]


def test_a_store_is_followed_once_and_no_more() -> None:
    owner, lin, wen = person(), person(), person()
    shop = factories.store(owner).store.id
    for who in (lin, lin, wen):
        assert follow_store(who.pk, shop, wanted=True).following
    assert stores.store_view(lin.pk, shop).followers == 2
    assert [one.store.id for one in stores.store_list(lin.pk, followed=True).stores] == [shop]
    follow_store(lin.pk, shop, wanted=False)
    view = stores.store_view(lin.pk, shop)
    assert (view.following, view.followers) == (False, 1)
    assert stores.store_list(lin.pk, followed=True).stores == []
    User.objects.filter(pk=wen.pk).update(is_active=False)
    assert stores.store_view(lin.pk, shop).followers == 0


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_are_twenty_and_a_block_among_them_holds() -> None:
    mei, people = open_up(), [person() for _ in range(20)]
    calls = [partial(following.follow, who.pk, mei.pk) for who in people for _ in range(2)]
    blocked = people[7]
    calls.insert(14, partial(accounts.block, mei.pk, blocked.pk))
    errors = in_threads(*calls)
    assert all(isinstance(one, Refused) for one in errors), errors
    assert follows.followers(mei.pk) == 19
    assert not Follow.objects.filter(follower=blocked).exists()
