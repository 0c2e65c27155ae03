"""What I shared in a week: all of it, in one order, with the audience that it has now."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from server.accounts import distance, lists
from server.accounts.models import User
from server.chat import services as chat
from server.errors import Refused
from server.feed import moderating
from server.feed import services as feed
from server.feed.models import Comment, Post
from server.feed.schemas import PostBody, ToGroup, ToList
from server.groups import services as groups
from server.groups.models import Member
from server.http import to_cursor
from server.polls import services as polls
from server.polls.models import Ballot, Poll
from server.sharing import services, week
from server.sharing.models import Activity
from server.sharing.schemas import SharedThing
from tests import factories
from tests.factories import befriend, comment, person, post
from tests.sharing.world import keep, pass_time, say, seen


def things(who: User, until: int | None = None) -> list[SharedThing]:
    """All of a week, page by page."""
    page = week.week(who.pk, until)
    found = list(page.things)
    while page.next:
        page = week.week(who.pk, cursor=page.next)
        found += page.things
    return found


def kinds(who: User) -> list[str]:
    return sorted(one.kind for one in things(who))


def only(who: User, kind: str) -> SharedThing:
    [found] = [one for one in things(who) if one.kind == kind]
    return found


def reshare(who: User, of: int, audience: Any = "friends") -> int:
    body = PostBody(client_id=factories.client_id(), text="see", audience=audience)
    return feed.publish(who.pk, body, of=of).post.id


def test_everything_that_others_could_see_is_there(mei: User, bo: User, lin: User) -> None:
    say(mei, "bookmark", "friends")
    keep(mei, factories.item(lin, factories.store(lin)).item.id)
    pass_time()
    shown = post(mei, "hello")
    theirs = post(bo, "of Bo", "everyone")
    comment(mei, theirs.post.id, "well said")
    reshare(mei, theirs.post.id)
    factories.vote_in_feed(mei, question="Tea?")
    room = factories.group_room(bo, mei, title="Dumplings")
    factories.vote_in_room(mei, room, question="Steamed?")
    factories.ballot(mei, factories.vote_in_feed(bo, question="Which?"), 0)
    groups.join(mei.pk, factories.interest(lin, "Old lenses").group.id, [])
    assert kinds(mei) == sorted(
        ["activity", "post", "comment", "reshare", "vote", "vote", "ballot", "group"]
    )
    assert {one.audience for one in things(mei)} == {"friends", "everyone", "room", "group"}
    one = only(mei, "post")
    assert (one.id, one.text, one.audience) == (shown.post.id, "hello", "friends")
    said = only(mei, "comment")
    assert (said.text, said.audience, said.post and said.post.post.id) == (
        "well said",
        "everyone",
        theirs.post.id,
    )
    assert {v.poll and v.poll.question for v in things(mei) if v.kind == "vote"} == {
        "Tea?",
        "Steamed?",
    }
    ballot = only(mei, "ballot")
    assert ballot.poll is not None and ballot.poll.question == "Which?" and ballot.undo
    # Of others' deeds there is nothing, and others have nothing of mine.
    assert kinds(bo) == ["post", "vote"]


def test_what_was_for_nobody_else_is_not_there(mei: User, bo: User) -> None:
    alone = post(mei, "for me", "me")
    comment(mei, alone.post.id, "also for me")
    own = factories.vote_in_feed(mei, "me")
    factories.ballot(mei, own, 0)
    factories.ballot(mei, factories.vote_in_feed(bo, "friends", names="secret"), 0)
    say(mei, "bookmark", "friends")
    keep(mei, factories.item(bo, factories.store(bo)).item.id)
    say(mei, "bookmark", "me")  # dropped before anybody saw it
    feed.delete_post(mei.pk, post(mei, "gone").post.id)
    assert things(mei) == []


def test_it_says_the_audience_it_has_now(mei: User, bo: User) -> None:
    made = post(mei, "words", "everyone").post.id
    family = lists.make(mei.pk, "Family").id
    lists.add(mei.pk, family, bo.pk)
    feed.change_audience(mei.pk, made, ToList(list_id=family))
    one = only(mei, "post")
    assert (one.audience, one.list_name) == ("list", "Family")
    feed.change_audience(mei.pk, made, "me")
    one = only(mei, "post")  # it was for others: they could see it
    assert (one.audience, one.list_name, one.undo) == ("me", None, True)
    lists.delete(mei.pk, family)
    assert only(mei, "post").audience == "me"


def test_of_a_post_of_somebody_else_it_says_no_more_than_the_post_does(mei: User, bo: User) -> None:
    close = lists.make(bo.pk, "Those I trust").id
    lists.add(bo.pk, close, mei.pk)
    theirs = post(bo, "quietly", ToList(list_id=close)).post.id
    comment(mei, theirs, "thank you")
    said = only(mei, "comment")
    assert (said.audience, said.list_name) == ("list", None)
    assert "Those I trust" not in said.model_dump_json()
    lists.remove(bo.pk, close, mei.pk)
    said = only(mei, "comment")  # it stands there still, for those who see that post
    assert (said.text, said.audience, said.post, said.undo) == ("thank you", None, None, True)
    feed.delete_comment(mei.pk, said.id)
    assert kinds(mei) == []


def test_nobody_learns_here_that_their_comment_is_held_back(mei: User, bo: User) -> None:
    theirs = post(bo, "open", "everyone").post.id
    comment(mei, theirs, "seen by all")
    distance.restrict(bo.pk, mei.pk, wanted=True)
    comment(mei, theirs, "held for Bo")
    assert Comment.objects.filter(held=True).count() == 1
    [later, earlier] = things(mei)
    same = {"id", "text", "at"}
    assert later.model_dump(exclude=same) == earlier.model_dump(exclude=same)


def test_what_waits_is_told_apart_and_says_how_many_were_shown_it(
    mei: User, bo: User, lin: User
) -> None:
    say(mei, "bookmark", "friends")
    item = factories.item(lin, factories.store(lin)).item.id
    keep(mei, item)
    one = only(mei, "activity").activity
    assert one is not None and (one.state, one.seen_by) == ("waiting", 0)
    pass_time()
    assert seen(bo)
    one = only(mei, "activity").activity
    assert one is not None and (one.state, one.seen_by) == ("shown", 1)
    services.undo(mei.pk, one.activity.id)
    line = only(mei, "activity")
    assert line.activity is not None and (line.activity.state, line.activity.seen_by) == (
        "undone",
        1,
    )
    assert (line.audience, line.undo) == ("me", False)


def test_taken_back_by_what_the_line_names(mei: User, bo: User, lin: User) -> None:
    room = factories.group_room(bo, mei)
    factories.vote_in_room(mei, room)
    group = factories.interest(lin).group.id
    groups.join(mei.pk, group, [])
    vote = factories.vote_in_feed(bo)
    factories.ballot(mei, vote, 0)
    asked = only(mei, "vote")
    assert asked.message_id is not None and asked.room is not None
    chat.delete(mei.pk, asked.message_id)
    joined = only(mei, "group")
    assert joined.group is not None
    groups.leave(mei.pk, joined.group.id)
    polls.withdraw(mei.pk, only(mei, "ballot").id)
    assert things(mei) == []


def test_what_cannot_be_taken_back_here_says_so(mei: User, bo: User) -> None:
    factories.interest(mei, "Mine")
    room = factories.group_room(bo, mei)
    factories.vote_in_room(mei, room)
    vote = factories.vote_in_feed(bo)
    factories.ballot(mei, vote, 0)
    polls.close(bo.pk, vote.poll.id)
    chat.leave(mei.pk, room)
    assert {one.kind: one.undo for one in things(mei)} == {
        "group": False,
        "vote": False,
        "ballot": False,
    }
    asked = only(mei, "vote")
    assert (asked.room, asked.audience) == (None, None)


def test_hidden_in_its_group_it_says_that(mei: User, bo: User) -> None:
    group = factories.interest(bo).group.id
    groups.join(mei.pk, group, [])
    made = post(mei, "inside", ToGroup(group_id=group)).post.id
    assert only(mei, "post").audience == "group"
    moderating.hold(bo.pk, made)
    assert only(mei, "post").audience == "held"


def _all_kinds(mei: User, bo: User, lin: User, times: int) -> None:
    say(mei, "bookmark", "friends")
    shop, room = factories.store(lin), factories.group_room(bo, mei)
    for n in range(times):
        keep(mei, factories.item(lin, shop).item.id)
        made = post(bo, f"of Bo {n}").post.id
        comment(mei, made)
        reshare(mei, made)
        post(mei)
        factories.vote_in_feed(mei)
        factories.vote_in_room(mei, room)
        factories.ballot(mei, factories.vote_in_feed(bo), 0)
        groups.join(mei.pk, factories.interest(lin, f"Group {n}").group.id, [])


def test_pages_are_in_one_strict_order_and_nothing_is_twice_or_missing(
    mei: User, bo: User, lin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when all of it is of the very same moment."""
    _all_kinds(mei, bo, lin, 4)
    whole = things(mei)
    assert len(whole) == 4 * 8
    assert [one.at for one in whole] == sorted((one.at for one in whole), reverse=True)
    for same in (False, True):
        if same:
            at = Post.objects.order_by("-pk").values_list("at", flat=True)[0]
            for rows in (Post, Comment, Ballot, Activity):
                rows.objects.update(at=at)
            Poll.objects.update(created_at=at)
            Member.objects.update(since=at)
            whole = things(mei)
        for size in (1, 3, 5):
            monkeypatch.setattr(week, "THINGS_A_PAGE", size)
            assert things(mei) == whole
        monkeypatch.undo()
    assert len({(one.kind, one.id) for one in whole}) == len(whole) == 4 * 8


def test_weeks_lie_against_each_other(mei: User, bo: User) -> None:
    made = [post(mei, f"{n}").post.id for n in range(5)]
    for days, number in zip((0, 6, 8, 13, 20), made, strict=True):
        Post.objects.filter(pk=number).update(at=F("at") - timedelta(days=days))
    User.objects.filter(pk=mei.pk).update(joined_at=F("joined_at") - timedelta(days=24))
    page, found = week.week(mei.pk), []
    while True:
        found.append([int(one.text) for one in page.things])
        if page.earlier is None:
            break
        assert page.earlier == page.since
        page = week.week(mei.pk, page.earlier)
    assert found == [[0, 1], [2, 3], [4], []]


def test_a_page_costs_the_same_however_much_is_on_it(mei: User, bo: User, lin: User) -> None:
    _all_kinds(mei, bo, lin, 1)
    pass_time()
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert len(week.week(mei.pk).things) == 8
    _all_kinds(mei, bo, lin, 2)
    pass_time()
    with CaptureQueriesContext(connection) as many:
        assert len(week.week(mei.pk).things) == 24
    assert len(many) == len(few) <= 46


@pytest.mark.parametrize(
    "cursor", ["nonsense", to_cursor(1), to_cursor(1, 2, 3, "4"), to_cursor(1, 10**18, 0, 0)]
)
def test_a_cursor_of_another_list_is_refused(mei: User, cursor: str) -> None:
    with pytest.raises(Refused, match="bad_field"):
        week.week(mei.pk, cursor=cursor)


def test_over_http_everybody_has_their_own(mei: User, bo: User) -> None:
    befriend(mei, person("yu"))
    post(mei, "of Mei")
    here, there = factories.signed_in(mei), factories.signed_in(bo)
    assert [one["text"] for one in here.get("/api/me/shared").json()["things"]] == ["of Mei"]
    assert there.get("/api/me/shared").json()["things"] == []
    assert here.get("/api/me/shared", {"until": 1}).json()["things"] == []
    assert here.get("/api/me/shared", {"until": 2**53 - 1}).status_code == 422
    assert factories.browser().get("/api/me/shared").status_code == 401
