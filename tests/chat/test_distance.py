"""Muting and restricting: silent, one-way, and undone without a trace."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from server import access
from server.accounts import distance, following, queries
from server.accounts import services as accounts
from server.accounts.models import User
from server.accounts.schemas import MeChange
from server.chat import queries as chats
from server.chat import services as chat
from server.errors import Refused
from server.feed import queries as feed
from server.feed import services
from server.notices import queries as notices
from server.notices import services as notice_services
from server.notices.schemas import NoticeView
from server.polls import queries as polls
from server.realtime.topics import author, post, presence, public, user
from tests import factories
from tests.accounts.apply import logged
from tests.factories import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei() -> User:
    return person("mei")


@pytest.fixture
def bo(mei: User) -> User:
    bo = person("bo")
    factories.befriend(mei, bo)
    return bo


def shown(who: User) -> set[int]:
    return {entry.post.id for entry in feed.feed_page(who.pk).entries}


def under(who: User, post_id: int) -> list[tuple[str, bool]]:
    return [(one.text, one.held) for one in feed.comments_page(who.pk, post_id).comments]


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code.name


def named(who: User, subject: int) -> list[NoticeView]:
    notice_services.settle(who.pk)
    return [line for line in notices.page(who.pk).notices if line.subject == subject]


def told(who: User) -> list[str]:
    notice_services.settle(who.pk)
    return [line.kind for line in notices.page(who.pk).notices]


def test_whoever_is_muted_is_not_heard_and_learns_nothing(mei: User, bo: User) -> None:
    mine = factories.post(mei, "of mei").post.id
    wide = factories.post(bo, "of bo", "everyone").post.id
    vote = factories.vote_in_feed(bo).poll
    lin = person("lin")
    factories.befriend(mei, lin)
    for who in (bo, lin):
        services.like(who.pk, mine)
        factories.comment(who, mine, "good")
    assert {line.kind: len(line.people) for line in named(mei, mine)} == {"comment": 2, "like": 2}
    notice_services.mark_read(mei.pk, notices.page(mei.pk).last)
    head = queries.ties(bo.pk).head
    assert distance.mute(mei.pk, bo.pk, wanted=True).muted
    services.unlike(bo.pk, mine)
    services.like(bo.pk, mine)
    factories.comment(bo, mine, "hello @mei")
    assert shown(mei) == {mine}
    assert str(author(bo.pk)) not in feed.feed_page(mei.pk).heads
    assert wide not in {one.post.id for one in feed.everyone_page(mei.pk).entries}
    assert [one.poll.id for one in polls.open_votes(mei.pk).polls] == []
    lines = {line.kind: [one.username for one in line.people] for line in named(mei, mine)}
    assert lines == {"comment": ["lin"], "like": ["lin"]}
    assert notices.unread(mei.pk).unread == 0, "nothing is new because of them"
    assert {one.post.id for one in feed.person_page(mei.pk, bo.pk).entries} == {wide, vote.post_id}
    assert [one.username for one in queries.ties(mei.pk).muted] == ["bo"]
    # Bo: as before.
    assert queries.ties(bo.pk).head == head and queries.ties(bo.pk).friends
    assert mine in shown(bo) and under(bo, mine)[-1] == ("hello @mei", False)
    distance.mute(mei.pk, bo.pk, wanted=False)
    assert shown(mei) == {mine, wide, vote.post_id}
    assert {line.kind: len(line.people) for line in named(mei, mine)} == {"comment": 2, "like": 2}


def test_whoever_is_restricted_sees_what_everyone_sees(mei: User, bo: User) -> None:
    accounts.change_me(mei.pk, MeChange(followable=True))
    following.follow(bo.pk, mei.pk)
    posts = {to: factories.post(mei, to, to).post.id for to in ("friends", "followers", "everyone")}
    near = [author(mei.pk), public(mei.pk), presence(mei.pk)]
    assert shown(bo) == set(posts.values()) and access.watchable(bo.pk, near) == set(near)
    head = queries.ties(bo.pk).head
    distance.restrict(mei.pk, bo.pk, wanted=True)
    assert shown(bo) == {posts["everyone"]} and access.watchable(bo.pk, near) == set()
    assert access.watchable(bo.pk, [post(one) for one in posts.values()]) == {
        post(posts["everyone"])
    }
    ties = queries.ties(bo.pk)
    assert ties.friends and ties.head == head and str(author(mei.pk)) not in ties.heads
    assert queries.person_view(bo.pk, mei.pk).following, "as it was"
    assert presence(bo.pk) in access.watchable(mei.pk, [presence(bo.pk)]), "one way"
    assert logged(author(mei.pk))[-1]["type"] != "distance.changed"
    distance.restrict(mei.pk, bo.pk, wanted=False)
    assert shown(bo) == set(posts.values()) and access.watchable(bo.pk, near) == set(near)
    assert logged(user(bo.pk))[-1]["type"] == "more.shown"
    stranger = person()
    for wanted in (True, False):
        distance.restrict(mei.pk, stranger.pk, wanted=wanted)
    assert logged(user(stranger.pk)) == [], "nothing is new to them, and so nothing is told"


def test_their_comments_wait_for_me(mei: User, bo: User) -> None:
    lin = person("lin")
    wen = person("wen")
    for who in (lin, wen):
        factories.befriend(mei, who)
    wide = factories.post(mei, "for everyone", "everyone").post.id
    factories.comment(bo, wide, "before")
    distance.restrict(mei.pk, bo.pk, wanted=True)
    told(lin)
    last = notices.unread(lin.pk).last
    held = factories.comment(bo, wide, "hello @lin")
    assert not held.held, "they learn nothing"
    assert under(bo, wide) == [("before", False), ("hello @lin", False)]
    assert under(mei, wide) == [("before", False), ("hello @lin", True)]
    assert under(lin, wide) == [("before", False)]
    assert "hello" not in str(logged(post(wide))) and told(lin) == [] and "comment" in told(mei)
    assert notices.unread(lin.pk).last == last, "nor is a line there that they may not see yet"
    assert refused(lambda: feed.comment_view(lin.pk, held.id)) == "not_found"
    assert refused(lambda: services.approve(lin.pk, held.id)) == "not_found"
    assert refused(lambda: services.approve(bo.pk, held.id)) == "forbidden"
    for _ in range(2):
        assert not services.approve(mei.pk, held.id).held
    assert under(lin, wide) == under(mei, wide) == [("before", False), ("hello @lin", False)]
    assert str(logged(post(wide))).count("hello") == 1 and told(lin) == ["mention"]
    services.delete_comment(mei.pk, held.id)
    assert "hello" not in str(logged(post(wide)))


def test_read_marks_are_not_shown_to_them(mei: User, bo: User) -> None:
    lin = person()
    factories.befriend(mei, lin)
    alone, group = factories.direct_room(mei, bo), factories.group_room(mei, bo, lin)
    free = factories.direct_room(mei, lin)
    rooms = (alone, group, free)
    for room in rooms:
        factories.say(mei, room, "hello")
        chat.mark_read(mei.pk, room, 1)

    def marked(room: int) -> tuple[int, set[int]]:
        version, reads = chats.room_reads([room])[room]
        page = {
            mark.person_id
            for mark in chats.room_page(lin.pk if room != alone else bo.pk, room).reads
        }
        assert page == {mark.person_id for mark in reads.reads}
        return version, page

    before = {room: marked(room)[0] for room in rooms}
    distance.restrict(mei.pk, bo.pk, wanted=True)
    assert marked(alone)[1] == {bo.pk} and marked(group)[1] == {bo.pk, lin.pk}
    assert marked(free)[1] == {mei.pk, lin.pk}
    assert marked(alone)[0] > before[alone] and marked(group)[0] > before[group]
    distance.restrict(mei.pk, bo.pk, wanted=False)
    assert marked(alone)[1] == {mei.pk, bo.pk} and marked(group)[1] == {mei.pk, bo.pk, lin.pk}


def test_it_is_said_once_and_never_of_oneself(mei: User, bo: User) -> None:
    for verb in (distance.mute, distance.restrict):
        head = queries.ties(mei.pk).head
        for _ in range(2):
            verb(mei.pk, bo.pk, wanted=True)
        assert queries.ties(mei.pk).head == head + 1
        assert refused(lambda verb=verb: verb(mei.pk, mei.pk, wanted=True)) == "forbidden"
    assert queries.ties(mei.pk).muted and queries.ties(mei.pk).restricted
    accounts.block(bo.pk, mei.pk)
    assert not queries.ties(mei.pk).muted and not queries.ties(mei.pk).restricted
    assert refused(lambda: distance.mute(mei.pk, bo.pk, wanted=False)) == "not_found"
    assert refused(lambda: distance.mute(mei.pk, 10**9, wanted=True)) == "not_found"
