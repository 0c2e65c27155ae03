"""Likes and comments: counted exactly, told to those who may read, to nobody else."""

from __future__ import annotations

from threading import Event
from time import sleep

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from server.accounts import services as accounts
from server.accounts.models import User
from server.errors import Refused
from server.feed import queries, services
from server.feed.models import Comment, Like, Post
from server.feed.schemas import CommentDraft
from server.realtime.models import LoggedEvent
from server.realtime.topics import author, user
from server.realtime.topics import post as post_topic
from tests.factories import befriend, client_id, comment, person, post
from tests.feed.apply import received
from tests.feed.conftest import Following
from tests.feed.together import in_threads
from tests.realtime.conftest import Remembering


def said(who: User, post_id: int) -> list[str]:
    return [one.text for one in queries.comments_page(who.pk, post_id).comments]


def counts_equal_rows(post_id: int) -> tuple[int, int]:
    row = Post.objects.get(pk=post_id)
    likes = Like.objects.filter(post=post_id, on=True).count()
    comments = Comment.objects.filter(post=post_id, deleted_at=None).count()
    assert (row.likes, row.comments) == (likes, comments)
    return likes, comments


# Likes ---------------------------------------------------------------------------------------


def told(who: User, transport: Remembering) -> list[str]:
    """What a person's sockets hear of posts, by type. Their notices have tests of their own."""
    types = [event["type"] for event in received(who.pk, transport.published)]
    return [one for one in types if not one.startswith("notices.")]


def test_a_like_counts_once_however_often(mei: User, bo: User, following: Following) -> None:
    made = post(mei).post.id
    with following(mei, bo):
        first = services.like(bo.pk, made)
    assert (first.liked, first.counts.likes) == (True, 1)
    with following(mei, bo):
        assert services.like(bo.pk, made) == first
    with following(mei, bo):
        assert services.unlike(bo.pk, made).counts.likes == 0
    with following(mei, bo):
        assert services.unlike(bo.pk, made).counts.likes == 0
        assert services.like(bo.pk, made).counts.likes == 1
    assert counts_equal_rows(made) == (1, 0)
    assert Like.objects.get().revision == 3


def test_unliking_what_was_never_liked_writes_nothing(mei: User, bo: User) -> None:
    made = post(mei).post.id
    assert services.unlike(bo.pk, made).counts.version == 0
    assert not Like.objects.exists()


def test_who_liked_is_told_to_that_person_only(mei: User, bo: User, transport: Remembering) -> None:
    made = post(mei).post.id
    transport.published.clear()
    services.like(bo.pk, made)
    types = {who: told(who, transport) for who in (mei, bo)}
    assert types == {mei: ["post.counts"], bo: ["post.counts", "post.liked"]}
    [liked] = [e for e in received(bo.pk, transport.published) if e["type"] == "post.liked"]
    assert (liked["topic"], liked["key"], liked["version"]) == (str(user(bo.pk)), str(made), 1)
    assert f'"{bo.username}"' not in "".join(
        one.text for one in transport.published if one.topic != str(user(bo.pk))
    )


def test_nobody_likes_what_they_cannot_see(mei: User, bo: User, lin: User) -> None:
    made = post(mei).post.id
    for act in (services.like, services.unlike):
        with pytest.raises(Refused, match="not_found"):
            act(lin.pk, made)
        with pytest.raises(Refused, match="not_found"):
            act(mei.pk, 999)
    services.delete_post(mei.pk, made)
    with pytest.raises(Refused, match="not_found"):
        services.like(bo.pk, made)
    assert counts_equal_rows(made) == (0, 0)


# Comments ------------------------------------------------------------------------------------


def test_a_comment_reaches_the_readers_of_the_post(
    mei: User, bo: User, lin: User, transport: Remembering, following: Following
) -> None:
    made = post(mei).post.id
    with following(mei, bo, lin):
        view = comment(bo, made, "  Where from?  ")
        for who in (mei, bo):
            assert told(who, transport) == ["comment.added", "post.counts"]
        assert received(lin.pk, transport.published) == []
    assert view.text == "Where from?"
    on_the_post = {one.authority for one in transport.published if one.topic != str(user(mei.pk))}
    assert on_the_post == {str(author(mei.pk))}
    assert said(mei, made) == said(bo, made) == ["Where from?"]
    assert counts_equal_rows(made) == (0, 1)


def test_a_strangers_comment_under_a_post_for_everyone(
    mei: User, bo: User, lin: User, following: Following
) -> None:
    made = post(mei, audience="everyone").post.id
    with following(mei, bo):
        comment(lin, made)
    assert said(bo, made) == said(lin, made) == ["Nice"]


def test_a_retry_returns_the_first_comment(mei: User, bo: User, following: Following) -> None:
    made, other = post(mei).post.id, post(mei).post.id
    draft = CommentDraft(client_id=client_id(), post_id=made, text="Once")
    first = services.comment(bo.pk, draft)
    with following(mei, bo):
        assert services.comment(bo.pk, draft) == first
    for changed in ({"text": "Twice"}, {"post_id": other}):
        with pytest.raises(Refused, match="altered_replay"):
            services.comment(bo.pk, draft.model_copy(update=changed))
    assert counts_equal_rows(made) == (0, 1)
    accounts.end_tie(bo.pk, mei.pk)
    assert services.comment(bo.pk, draft) == first
    with pytest.raises(Refused, match="not_found"):
        comment(bo, made)


def test_nothing_of_a_deleted_comment_stays(
    mei: User, bo: User, lin: User, following: Following
) -> None:
    befriend(mei, lin)
    made = post(mei).post.id
    own, foreign = comment(bo, made, "Forget this"), comment(lin, made, "And that")
    with pytest.raises(Refused, match="forbidden"):
        services.delete_comment(bo.pk, foreign.id)
    with following(mei, bo, lin):
        services.delete_comment(bo.pk, own.id)
    with following(mei, bo, lin):
        services.delete_comment(mei.pk, foreign.id)
    head = queries.comments_page(mei.pk, made).head
    services.delete_comment(bo.pk, own.id)
    assert queries.comments_page(mei.pk, made).head == head
    assert said(mei, made) == []
    assert counts_equal_rows(made) == (0, 0)
    for words in ("Forget this", "And that"):
        assert not LoggedEvent.objects.filter(encoded__contains=words).exists()
        assert not Comment.objects.filter(text=words).exists()


def test_who_may_not_delete_a_comment(mei: User, bo: User, lin: User) -> None:
    made = post(mei).post.id
    spoken = comment(mei, made).id
    with pytest.raises(Refused, match="forbidden"):
        services.delete_comment(bo.pk, spoken)
    with pytest.raises(Refused, match="not_found"):
        services.delete_comment(lin.pk, spoken)
    with pytest.raises(Refused, match="not_found"):
        services.delete_comment(mei.pk, 999)
    assert said(bo, made) == ["Nice"]


def test_ones_own_comment_can_be_taken_back_after_the_friendship(mei: User, bo: User) -> None:
    made = post(mei).post.id
    spoken = comment(bo, made).id
    accounts.end_tie(mei.pk, bo.pk)
    services.delete_comment(bo.pk, spoken)
    assert said(mei, made) == []


@pytest.mark.parametrize("blocker", ["speaker", "reader"])
def test_a_block_between_two_friends_of_the_author_hides_their_comments(
    mei: User,
    bo: User,
    lin: User,
    transport: Remembering,
    following: Following,
    blocker: str,
) -> None:
    befriend(mei, lin)
    made = post(mei).post.id
    comment(lin, made, "Before the block")
    one, other = (bo, lin) if blocker == "speaker" else (lin, bo)
    accounts.block(one.pk, other.pk)
    assert said(bo, made) == []
    with following(mei, bo, lin):
        hidden = comment(bo, made, "Not for Lin")
    for frame in received(lin.pk, transport.published):
        assert "Not for Lin" not in str(frame)
        assert bo.username not in str(frame)
    assert said(lin, made) == ["Before the block"]
    assert said(mei, made) == ["Before the block", "Not for Lin"]
    assert queries.comment_view(mei.pk, hidden.id) == hidden
    with pytest.raises(Refused, match="not_found"):
        queries.comment_view(lin.pk, hidden.id)
    with pytest.raises(Refused, match="not_found"):
        services.delete_comment(lin.pk, hidden.id)
    assert not LoggedEvent.objects.filter(encoded__contains="Not for Lin").exists()
    with following(mei, bo, lin):
        services.delete_comment(bo.pk, hidden.id)


def test_a_block_with_somebody_who_cannot_read_withholds_nothing(
    mei: User, bo: User, lin: User, transport: Remembering
) -> None:
    accounts.block(lin.pk, bo.pk)
    private, public = post(mei).post.id, post(mei, audience="everyone").post.id
    transport.published.clear()
    comment(bo, private)
    comment(bo, public)
    assert told(mei, transport) == [
        "comment.added",
        "post.counts",
        "comment.withheld",
        "post.counts",
    ]


def test_pages_of_comments_follow_each_other(mei: User) -> None:
    made = post(mei).post.id
    for n in range(120):
        comment(mei, made, str(n))
    found, cursor = [], None
    while True:
        page = queries.comments_page(mei.pk, made, cursor)
        assert page.head == 120
        found += [one.text for one in page.comments]
        if (cursor := page.next) is None:
            break
    assert found == [str(n) for n in range(120)]


def test_a_page_of_comments_costs_the_same_however_long(mei: User, bo: User) -> None:
    made = post(mei).post.id

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            queries.comments_page(mei.pk, made)
        return len(captured)

    comment(bo, made)
    few = cost()
    for n in range(30):
        comment(mei if n % 2 else bo, made)
    assert cost() == few <= 7


def test_a_recount_repairs_and_tells(mei: User, bo: User, following: Following) -> None:
    made = post(mei).post.id
    services.like(bo.pk, made)
    comment(bo, made)
    before = services.recount(made)
    assert (before.likes, before.comments) == (1, 1)
    Post.objects.filter(pk=made).update(likes=7, comments=9)
    with following(mei, bo):
        after = services.recount(made)
    assert (after.likes, after.comments, after.version) == (1, 1, before.version + 1)
    assert counts_equal_rows(made) == (1, 1)


# At the same moment --------------------------------------------------------------------------


def test_twenty_taps_of_one_person_are_one_like(mei: User, bo: User) -> None:
    made = post(mei).post.id
    assert in_threads(*[lambda: services.like(bo.pk, made)] * 20) == []
    assert counts_equal_rows(made) == (1, 0)
    taps = [lambda: services.like(bo.pk, made), lambda: services.unlike(bo.pk, made)] * 10
    assert in_threads(*taps) == []
    counts_equal_rows(made)


def test_many_people_like_and_comment_at_once(mei: User) -> None:
    made = post(mei, audience="everyone").post.id
    people = [person() for _ in range(24)]
    calls = [lambda who=who: services.like(who.pk, made) for who in people]
    calls += [lambda who=who: comment(who, made) for who in people]
    assert in_threads(*calls) == []
    assert counts_equal_rows(made) == (24, 24)
    page = queries.comments_page(mei.pk, made)
    assert (len(page.comments), page.head) == (24, 24)


def test_the_same_frames_sent_at_once_do_one_thing(mei: User, bo: User) -> None:
    made = post(mei).post.id
    say = CommentDraft(client_id=client_id(), post_id=made, text="Once")
    results = []
    assert in_threads(*[lambda: results.append(services.comment(bo.pk, say))] * 16) == []
    assert len(results) == 16 and len({one.id for one in results}) == 1
    assert counts_equal_rows(made) == (0, 1)


def test_likes_and_comments_against_the_deletion(mei: User, bo: User) -> None:
    for _ in range(5):
        made = post(mei).post.id
        raised = in_threads(
            *[lambda made=made: services.like(bo.pk, made)] * 3,
            *[lambda made=made: comment(bo, made)] * 3,
            lambda made=made: services.delete_post(mei.pk, made),
        )
        assert {str(error.code.name) for error in raised} <= {"not_found"}  # type: ignore[attr-defined]
        counts_equal_rows(made)
        events = LoggedEvent.objects.filter(topic=str(post_topic(made))).order_by("number")
        assert "post.gone" in events[len(events) - 1].encoded  # nothing is said after the end


def test_a_block_waits_for_the_comment_under_way(mei: User, bo: User, lin: User) -> None:
    """So words that were found to be for everybody never leave after a block has committed."""
    befriend(mei, lin)
    made = post(mei).post.id
    spoken, order = Event(), []

    def speak() -> None:
        with transaction.atomic():
            comment(bo, made, "Words")
            spoken.set()
            sleep(0.3)
            order.append("comment")

    def block() -> None:
        assert spoken.wait(10)
        accounts.block(lin.pk, bo.pk)
        order.append("block")

    assert in_threads(speak, block) == []
    assert order == ["comment", "block"]
    assert said(lin, made) == []


def test_a_comment_waits_for_the_block_under_way(mei: User, bo: User, lin: User) -> None:
    befriend(mei, lin)
    made = post(mei).post.id
    blocked = Event()

    def block() -> None:
        with transaction.atomic():
            accounts.block(lin.pk, bo.pk)
            blocked.set()
            sleep(0.3)

    def speak() -> None:
        assert blocked.wait(10)
        comment(bo, made, "Words")

    assert in_threads(block, speak) == []
    event = LoggedEvent.objects.get(topic=str(post_topic(made)))
    assert "comment.withheld" in event.encoded and "Words" not in event.encoded
