"""What is posted in a group: who sees it, hears of it and hides it, and what an outsider learns."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import sleep
from typing import Any

import orjson
import pytest
from django.db import transaction
from django.test import Client

from server import access
from server.accounts import services as accounts
from server.accounts.models import User
from server.errors import Refused
from server.feed import editing, moderating, queries, services
from server.feed import policies as feed
from server.feed.models import Post
from server.feed.schemas import NewWords, ToGroup
from server.groups import services as groups
from server.notices import queries as notices
from server.polls import policies as polls
from server.realtime import topics
from server.realtime.models import LoggedEvent
from tests.factories import befriend, comment, interest, person, post, session_key, vote_in_feed
from tests.feed.apply import received
from tests.feed.conftest import Following
from tests.feed.together import in_threads
from tests.realtime.conftest import Remembering


def refused(call: Callable[[], Any]) -> str:
    try:
        call()
    except Refused as no:
        return no.code.name
    return "ok"


@pytest.fixture
def club(mei: User, bo: User) -> int:
    """A hidden group of Mei's, with Bo in it."""
    group = interest(mei, "Lanterns", "hidden").group.id
    groups.invite(mei.pk, group, bo.pk)
    groups.join(bo.pk, group, [])
    return group


@pytest.mark.django_db(transaction=True)
def test_whoever_is_out_hears_nothing_more(
    mei: User, bo: User, club: int, transport: Remembering
) -> None:
    """By every way out, of the group, of the conversations and of the votes in it."""
    made = post(mei, "before", ToGroup(group_id=club)).post.id
    vote = vote_in_feed(mei, ToGroup(group_id=club)).poll
    assert feed.authorities([made]) == {made: topics.members(club)}
    assert polls.authorities([vote.id]) == {vote.id: topics.members(club)}
    followed = [topics.members(club), topics.post(made), topics.poll(vote.id)]
    for way_out in (groups.remove, groups.ban, lambda _, group, bo_id: groups.leave(bo_id, group)):
        assert access.watchable(bo.pk, followed) == set(followed)
        transport.published.clear()
        way_out(mei.pk, club, bo.pk)
        told = [one for one in transport.published if one.authority == str(topics.members(club))]
        assert [(one.kind, one.person_id) for one in told] == [("revoke", bo.pk)]
        transport.published.clear()
        comment(mei, made, "after")
        [said] = [one for one in transport.published if one.kind == "logged"]
        assert said.auth_version == told[0].auth_version, "a hub that missed it lets nothing out"
        assert access.watchable(bo.pk, followed) == set()
        assert refused(lambda: comment(bo, made)) == "not_found"
        assert refused(lambda: queries.group_feed(bo.pk, club)) == "not_found"
        assert [entry.post.id for entry in queries.feed_page(bo.pk).entries] == []
        groups.unban(mei.pk, club, bo.pk)
        groups.invite(mei.pk, club, bo.pk)
        groups.join(bo.pk, club, [])


def test_pages_equal_a_fresh_load(mei: User, bo: User, club: int, following: Following) -> None:
    with following(mei, bo):
        made = post(bo, "look", ToGroup(group_id=club)).post.id
        comment(mei, made)
        services.like(mei.pk, made)
        services.change_audience(bo.pk, made, "me")
        services.change_audience(bo.pk, made, ToGroup(group_id=club))
        moderating.hold(mei.pk, made)


def test_who_decides_hides_a_post_and_its_author_is_told(mei: User, bo: User, club: int) -> None:
    made = post(bo, "not for here", ToGroup(group_id=club)).post.id
    lin = person("lin2")
    befriend(mei, lin)
    groups.invite(mei.pk, club, lin.pk)
    groups.join(lin.pk, club, [])
    assert refused(lambda: moderating.hold(lin.pk, made)) == "forbidden"
    moderating.hold(mei.pk, made)
    moderating.hold(mei.pk, made)
    assert refused(lambda: queries.post_entry(lin.pk, made)) == "not_found"
    assert queries.post_entry(bo.pk, made).post.audience == "held"
    assert [one.post.id for one in queries.group_feed(mei.pk, club).entries] == [made]
    told = LoggedEvent.objects.filter(topic=str(topics.members(club)))
    assert not any("not for here" in text for text in told.values_list("encoded", flat=True))
    [line] = notices.page(bo.pk).notices
    assert (line.kind, line.subject, line.people, line.about) == (
        "post.held", made, [], "not for here",
    )  # fmt: skip
    wanted = ToGroup(group_id=club)
    assert refused(lambda: services.change_audience(bo.pk, made, wanted)) == "forbidden"
    assert refused(lambda: services.change_audience(bo.pk, made, "me")) == "forbidden"
    moderating.release(mei.pk, made)
    assert queries.post_entry(lin.pk, made).post.text == "not for here"
    assert notices.page(bo.pk).notices == []


def test_newcomers_read_from_their_joining_on_where_the_group_wishes(mei: User, bo: User) -> None:
    group = interest(mei, history="joined").group.id
    old = post(mei, "of before", ToGroup(group_id=group)).post
    groups.join(bo.pk, group, [])
    new = post(mei, "of after", ToGroup(group_id=group)).post
    assert [one.post.id for one in queries.group_feed(bo.pk, group).entries] == [new.id]
    assert feed.watchable([bo.pk], [old.id, new.id]) == {(bo.pk, new.id)}
    name = str(topics.members(group))
    last = Post.objects.get(pk=old.id).number
    assert access.withheld(bo.pk, {name: last - 1}) == {name}
    assert access.withheld(bo.pk, {name: last}) == set()


def test_across_a_block_nobody_reads_the_other(
    mei: User, bo: User, club: int, transport: Remembering
) -> None:
    lin = person("lin3")
    befriend(mei, lin)
    groups.invite(mei.pk, club, lin.pk)
    groups.join(lin.pk, club, [])
    before = post(bo, "before it", ToGroup(group_id=club)).post.id
    transport.published.clear()
    accounts.block(bo.pk, lin.pk)
    cut = {(one.person_id, one.authority) for one in transport.published if one.kind == "revoke"}
    assert {(who, str(topics.members(club))) for who in (bo.pk, lin.pk)} <= cut
    assert access.watchable(lin.pk, [topics.post(before)]) == set()
    assert access.withheld(lin.pk, {str(topics.members(club)): 0}) != set()
    transport.published.clear()
    after = post(bo, "after it", ToGroup(group_id=club)).post.id
    for who in (lin, mei):
        assert "after it" not in orjson.dumps(received(who.pk, transport.published)).decode()
    assert refused(lambda: queries.post_entry(lin.pk, after)) == "not_found"
    assert queries.post_entry(mei.pk, after).post.text == "after it"


def test_archived_it_is_read_and_nothing_else(mei: User, bo: User, club: int) -> None:
    made = post(bo, "kept", ToGroup(group_id=club)).post.id
    groups.archive(mei.pk, club)
    assert queries.post_entry(bo.pk, made).post.text == "kept"
    assert refused(lambda: post(bo, "late", ToGroup(group_id=club))) == "closed"
    assert refused(lambda: comment(bo, made)) == "closed"
    assert refused(lambda: services.like(bo.pk, made)) == "closed"


def test_a_hidden_group_is_like_none(mei: User, lin: User, club: int) -> None:
    """To be posted to, to be read, and in everything that a stranger is shown."""
    made = post(mei, "inside", ToGroup(group_id=club)).post.id
    nothing = 2**49 - 5
    for audience in (club, nothing):
        wanted = ToGroup(group_id=audience)
        assert refused(lambda wanted=wanted: post(lin, "in", wanted)) == "bad_field"
    client = Client()
    client.cookies["sessionid"] = session_key(lin)
    pages = [client.get(f"/api/groups/{group}/posts") for group in (club, nothing)]
    assert [page.status_code for page in pages] == [404, 404]
    assert pages[0].content == pages[1].content
    assert access.watchable(lin.pk, [topics.members(club), topics.post(made)]) == set()
    for path in (
        f"/api/people/{mei.pk}/posts",
        "/api/feed",
        "/api/feed/everyone",
        "/api/polls/open",
    ):
        assert b"inside" not in client.get(path).content


def test_who_left_a_hidden_group_is_told_its_name_no_more(mei: User, bo: User, club: int) -> None:
    made = post(bo, "mine", ToGroup(group_id=club)).post.id
    assert queries.post_entry(bo.pk, made).post.group is not None
    groups.leave(bo.pk, club)
    assert queries.post_entry(bo.pk, made).post.group is None
    assert refused(lambda: comment(bo, made)) == "forbidden"


def test_words_wait_for_the_block_under_way(mei: User, bo: User, lin: User, club: int) -> None:
    befriend(mei, lin)
    groups.invite(mei.pk, club, lin.pk)
    groups.join(lin.pk, club, [])
    blocked = Event()

    def block() -> None:
        with transaction.atomic():
            accounts.block(lin.pk, bo.pk)
            blocked.set()
            sleep(0.2)

    def speak() -> None:
        assert blocked.wait(10)
        post(bo, "unheard", ToGroup(group_id=club))

    assert in_threads(block, speak) == []
    event = LoggedEvent.objects.get(topic=str(topics.members(club)))
    assert "post.withheld" in event.encoded and "unheard" not in event.encoded


def test_other_words_of_before_wait_for_whoever_comes_in(mei: User, bo: User) -> None:
    group = interest(mei, history="joined").group.id
    old = post(mei, "of before", ToGroup(group_id=group)).post.id
    came = Event()

    def come() -> None:
        with transaction.atomic():
            groups.join(bo.pk, group, [])
            came.set()
            sleep(0.2)

    def reword() -> None:
        assert came.wait(10)
        editing.edit(mei.pk, old, NewWords(text="unheard", edition=0))

    assert in_threads(come, reword) == []
    [_, event] = LoggedEvent.objects.filter(topic=str(topics.members(group))).order_by("number")
    assert "post.withheld" in event.encoded and "unheard" not in event.encoded
