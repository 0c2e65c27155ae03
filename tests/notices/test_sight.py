"""What may not be seen any more is not shown, not counted and not named: the thing decides."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db.models import QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.accounts import services as accounts
from server.accounts.models import User
from server.accounts.policies import separated_from
from server.accounts.queries import ties
from server.chat import services as chat
from server.errors import Refused
from server.feed import moderating
from server.feed import services as feed
from server.feed.models import Post
from server.feed.policies import visible_comments, visible_posts
from server.feed.schemas import ToGroup
from server.groups import services as groups
from server.groups.models import Member
from server.notices import queries
from server.notices.models import Notice
from server.notices.schemas import NoticeView
from tests.factories import (
    ballot,
    befriend,
    comment,
    interest,
    person,
    post,
    say,
    vote_in_feed,
    vote_in_room,
)
from tests.notices.conftest import causes, seen, unread


def news(who: User) -> list[NoticeView]:
    """All but that somebody became a friend."""
    return [one for one in queries.page(who.pk).notices if one.kind != "friend.accepted"]


def test_across_a_block_nothing_is_told_whoever_set_it(mei: User, bo: User, room: int) -> None:
    mine = post(mei, audience="everyone").post.id
    comment(bo, mine)
    feed.like(bo.pk, mine)
    said = say(mei, room).message_id
    say(bo, room, "@mei", mentions=[mei.pk])
    say(bo, room, "yes", reply_to=said)
    chat.react(bo.pk, said, "👍")
    ballot(bo, vote_in_room(mei, room), 0)
    ballot(bo, vote_in_feed(mei), 0)
    assert unread(mei) == 7
    for one, other in ((mei, bo), (bo, mei)):
        accounts.block(one.pk, other.pk)
        assert news(mei) == [] and unread(mei) == 0
        accounts.unblock(one.pk, other.pk)
    accounts.block(mei.pk, bo.pk)
    say(bo, room, "@mei", mentions=[mei.pk])
    accounts.ask_friend(bo.pk, mei.pk)
    assert unread(mei) == 0


def test_of_several_the_others_are_still_named(mei: User, bo: User, wen: User) -> None:
    mine = post(mei).post.id
    comment(wen, mine, "first")
    comment(bo, mine, "second")
    accounts.block(bo.pk, mei.pk)
    [view] = seen(mei, "comment")
    assert [one.username for one in view.people] == ["wen"] and view.said == "first"


def test_what_was_deleted_is_gone(mei: User, bo: User, room: int) -> None:
    mine = post(mei).post.id
    said = comment(bo, mine, "secret words")
    feed.delete_comment(bo.pk, said.id)
    assert seen(mei, "comment") == [] and unread(mei) == 0
    comment(bo, mine)
    feed.like(bo.pk, mine)
    feed.delete_post(mei.pk, mine)
    named = say(bo, room, "@mei", mentions=[mei.pk]).message_id
    chat.delete(bo.pk, named)
    asked = vote_in_feed(mei)
    ballot(bo, asked, 0)
    feed.delete_post(mei.pk, asked.poll.post_id or 0)
    assert news(mei) == [] and unread(mei) == 0


def test_whoever_left_a_chat_or_a_friendship_is_told_nothing_of_it(
    mei: User, bo: User, wen: User, room: int
) -> None:
    theirs = post(bo).post.id
    comment(bo, theirs, "@mei")
    say(bo, room, "@mei", mentions=[mei.pk])
    assert unread(mei) == 2
    accounts.end_tie(mei.pk, bo.pk)
    assert unread(mei) == 1
    chat.leave(mei.pk, room)
    assert unread(mei) == 0 and seen(mei, "mention", "room.mention") == []
    befriend(mei, bo)
    assert [view.kind for view in seen(mei, "mention", "room.mention")] == ["mention"]


def test_who_is_gone_is_not_named(mei: User, bo: User) -> None:
    mine = post(mei).post.id
    comment(bo, mine)
    feed.like(bo.pk, mine)
    User.objects.filter(pk=bo.pk).update(is_active=False)
    assert queries.page(mei.pk).notices == [] and unread(mei) == 0


VERBS = (
    "ask", "end", "block", "unblock", "comment", "delete", "like",
    "come", "come", "go", "go", "let in", "inside", "hold", "release",
)  # fmt: skip
Act = tuple[str, int, int]
ACTS = st.lists(
    st.tuples(
        st.sampled_from(VERBS),
        st.integers(0, 3),
        st.integers(0, 3),
    ),
    max_size=30,
)


@pytest.mark.django_db
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=ACTS)
def test_in_random_worlds_nothing_is_told_that_a_page_would_not_show(acts: list[Act]) -> None:
    people = [person() for _ in range(4)]
    live_through(acts, people)
    # Nothing was committed, so nothing has its number yet.
    for row in Notice.objects.order_by("pk"):
        Notice.objects.filter(pk=row.pk).update(number=row.pk, fresh=False)
    for who in people:
        told = queries.page(who.pk).notices
        tied = _ties(who.pk)
        for view in told:
            check(who.pk, view, tied)
        asking = {one for one, tie in tied.items() if tie == "asking"}
        asked = {view.people[0].id for view in told if view.kind == "friend.asked"}
        assert asked == asking, "and whoever asks is told of"
        waits = Member.objects.filter(group__members__in=owned(who), state="asked")
        waits = waits.exclude(person__in=separated_from(who.pk))
        told_of = {one.id for view in told if view.kind == "group.asked" for one in view.people}
        assert told_of == set(waits.values_list("person", flat=True)), "and who asks to come in"
        held = Post.objects.filter(author=who, audience="held").exclude(author=people[0])
        about = {view.subject for view in told if view.kind == "post.held"}
        assert about == set(held.values_list("pk", flat=True)), "and whose post is hidden"


def owned(who: User) -> QuerySet[Member]:
    return Member.objects.filter(person=who, role="owner")


def live_through(acts: list[Act], people: list[User]) -> None:
    posts = [post(who, audience="everyone").post.id for who in people]
    club = interest(people[0], entry="request").group.id
    for who in people[1:]:
        groups.join(who.pk, club, [])
        groups.approve(people[0].pk, club, who.pk)
    within = [post(who, "among us", ToGroup(group_id=club)).post.id for who in people]
    said: list[tuple[int, int]] = []

    def say_something(me: int, other: int) -> None:
        words = f"@{people[(other + 1) % 4].username}"
        said.append((people[me].pk, comment(people[me], posts[other], words).id))

    def take_back(me: int, other: int) -> None:
        if said:
            feed.delete_comment(*said.pop())

    verbs: dict[str, Callable[[int, int], object]] = {
        "ask": lambda me, other: accounts.ask_friend(people[me].pk, people[other].pk),
        "end": lambda me, other: accounts.end_tie(people[me].pk, people[other].pk),
        "block": lambda me, other: accounts.block(people[me].pk, people[other].pk),
        "unblock": lambda me, other: accounts.unblock(people[me].pk, people[other].pk),
        "comment": say_something,
        "delete": take_back,
        "like": lambda me, other: feed.like(people[me].pk, posts[other]),
        "come": lambda me, _: groups.join(people[me].pk, club, []),
        "let in": lambda me, other: groups.approve(people[0].pk, club, people[other].pk),
        "go": lambda me, _: groups.leave(people[me].pk, club) if me else None,
        "inside": lambda me, other: comment(people[me], within[other]),
        "hold": lambda _, other: moderating.hold(people[0].pk, within[other]),
        "release": lambda _, other: moderating.release(people[0].pk, within[other]),
    }
    for verb, me, other in acts:
        with suppress(Refused):
            verbs[verb](me, other)


def check(me: int, view: NoticeView, tied: dict[int, str]) -> None:
    """Whether this may be told to this person."""
    by = {card.id for card in view.people}
    if view.kind == "post.held":
        mine = visible_posts(me).filter(pk=view.subject, author=me, audience="held")
        assert not by and mine.exists()
        return
    if view.kind == "group.let_in":
        row = Member.objects.get(group=view.subject, person=me)
        assert not by and (row.state, view.about) == ("member", row.group.name)
        return
    assert me not in by and by
    if view.kind == "group.asked":
        rows = Member.objects.filter(group=view.subject)
        assert rows.filter(person=me, role="owner").exists()
        assert rows.filter(person__in=by, state="asked").count() == len(by)
        return
    if view.kind == "friend.asked":
        assert {tied.get(one) for one in by} == {"asking"}
    elif view.kind == "friend.accepted":
        assert {tied.get(one) for one in by} == {"friends"}
    else:
        assert visible_posts(me).filter(pk=view.subject).exists()
    if view.kind in ("comment", "mention"):
        shown = visible_comments(me).filter(post=view.subject, author__in=by)
        assert set(shown.values_list("author_id", flat=True)) == by
        assert shown.filter(text=view.said).exists()


def _ties(person_id: int) -> dict[int, str]:
    found = ties(person_id)
    views = [*found.friends, *found.asking, *found.asked, *found.blocked]
    return {view.person.id: view.tie for view in views}


def test_a_stranger_s_post_that_names_me_tells_me_nothing(mei: User, lin: User, bo: User) -> None:
    befriend(bo, lin)
    theirs = post(lin).post.id
    comment(bo, theirs, "@mei come and see")
    assert seen(mei, "mention") == [] and causes(mei, "mention") == 0
