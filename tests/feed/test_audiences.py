"""To whom a post is shown: a list, nobody else, other people than before."""

from __future__ import annotations

from functools import partial

import pytest

from server import access
from server.accounts import lists
from server.accounts import services as accounts
from server.accounts.models import User
from server.errors import Refused
from server.feed import queries, services
from server.feed.models import Post
from server.feed.schemas import PostDraft, ToList, Wanted
from server.polls import policies as polls
from server.realtime.models import LoggedEvent
from server.realtime.topics import Topic, author, user
from tests.factories import (
    ballot,
    befriend,
    client_id,
    comment,
    friends,
    person,
    post,
    vote_in_feed,
)
from tests.feed.apply import received
from tests.feed.conftest import Following
from tests.feed.test_posts import ids, seen
from tests.realtime.conftest import Remembering
from tests.threads import at_once


@pytest.fixture
def yu(mei: User) -> User:
    """Another friend of Mei's, in no list."""
    yu = person("yu", name="Yu")
    befriend(mei, yu)
    return yu


@pytest.fixture
def family(mei: User, bo: User) -> ToList:
    """Mei's list with Bo in it."""
    made = lists.make(mei.pk, "Family")
    lists.add(mei.pk, made.id, bo.pk)
    return ToList(list_id=made.id)


def change(who: User, post_id: int, wanted: Wanted) -> None:
    services.change_audience(who.pk, post_id, wanted)


def told(who: User) -> str:
    """All that is in the log of what this person may watch."""
    rows = list(LoggedEvent.objects.values_list("topic", "encoded"))
    mine = access.watchable(who.pk, {Topic.parse(topic) for topic, _ in rows})
    return "".join(event for topic, event in rows if Topic.parse(topic) in mine)


def test_a_post_to_a_list_is_seen_by_the_friends_in_it(
    mei: User, bo: User, yu: User, lin: User, family: ToList, following: Following
) -> None:
    with following(mei, bo, yu, lin):
        first = post(mei, "for the family", family)
    with following(mei, bo, yu, lin):
        second = post(mei, "again", family)
    assert (first.post.audience, first.list_id) == ("list", family.list_id)
    assert ids(mei) == ids(bo) == [second.post.id, first.post.id]
    assert ids(yu) == ids(lin) == []
    assert [seen(who, first.post.id) for who in (mei, bo, yu, lin)] == [True, True, False, False]
    shown = queries.post_entry(bo.pk, first.post.id)
    assert shown.list_id is None, "which list it is, is known to its owner alone"


def test_what_is_kept_is_told_to_its_author_alone(
    mei: User, bo: User, transport: Remembering, following: Following
) -> None:
    with following(mei, bo):
        kept = post(mei, "kept", "me")
        assert received(bo.pk, transport.published) == []
        assert [one.topic for one in transport.published] == [str(user(mei.pk))]
    assert (ids(mei), ids(bo)) == ([kept.post.id], [])
    assert not seen(bo, kept.post.id)


def test_who_is_put_into_a_list_sees_what_was_shown_to_it(
    mei: User, bo: User, yu: User, family: ToList, following: Following
) -> None:
    made = post(mei, "for the family", family)
    with following(mei, bo, yu):
        lists.add(mei.pk, family.list_id, yu.pk)
    assert ids(yu) == [made.post.id]
    lists.remove(mei.pk, family.list_id, yu.pk)
    assert ids(yu) == []
    assert not seen(yu, made.post.id)
    assert "for the family" not in told(yu)


def test_a_list_that_nothing_was_shown_to_has_no_topic(
    mei: User, bo: User, family: ToList, transport: Remembering
) -> None:
    heads = queries.feed_page(bo.pk).heads
    lists.remove(mei.pk, family.list_id, bo.pk)
    lists.add(mei.pk, family.list_id, bo.pk)
    assert queries.feed_page(bo.pk).heads == heads
    assert {one.topic for one in transport.published} == {str(user(mei.pk))}


AUDIENCES: list[Wanted] = ["me", "friends", "everyone"]


@pytest.mark.parametrize("before", [*AUDIENCES, "list"])
@pytest.mark.parametrize("after", [*AUDIENCES, "list", "other list"])
def test_a_changed_audience_is_followed_by_pages_and_by_the_log(
    mei: User, bo: User, yu: User, family: ToList, following: Following, before: str, after: str
) -> None:
    """Bo is in the list, Yu in the other one; both were friends before. Whoever still sees it
    follows; whoever does not has nothing of it left in the log that they may read."""
    other = lists.make(mei.pk, "Others").id
    lists.add(mei.pk, other, yu.pk)
    named: dict[str, Wanted] = {"list": family, "other list": ToList(list_id=other)}
    made = post(mei, "whose-words", named.get(before, before)).post.id  # type: ignore[arg-type]
    comment(mei, made, "whose-comment")
    people = (mei, bo, yu)
    saw = [seen(who, made) for who in people]
    wanted: Wanted = named.get(after, after)  # type: ignore[assignment]
    staying = [mei]
    if after in {"friends", "everyone"}:
        staying += [bo, yu]
    elif after == "list":
        staying += [bo]
    elif after == "other list":
        staying += [yu]
    with following(*staying):
        change(mei, made, wanted)
    assert [seen(who, made) for who in people] == [who in staying for who in people]
    for who, had in zip(people, saw, strict=True):
        if who not in staying:
            assert "whose-" not in told(who)
            assert ids(who) == []
        else:
            assert "whose-words" in told(who)
            assert ids(who) == [made]
            assert [one.text for one in queries.comments_page(who.pk, made).comments]
        assert had or who is not mei


def test_changing_nothing_tells_nobody(mei: User, family: ToList, transport: Remembering) -> None:
    made = post(mei, audience=family).post.id
    transport.published.clear()
    change(mei, made, family)
    assert transport.published == []


def test_only_the_author_changes_it(mei: User, bo: User, lin: User, family: ToList) -> None:
    made = post(mei).post.id
    for who, code in ((bo, "forbidden"), (lin, "not_found")):
        with pytest.raises(Refused, match=code):
            change(who, made, "everyone")
    theirs = post(bo).post.id
    with pytest.raises(Refused, match="bad_field"):
        change(bo, theirs, family)
    services.delete_post(mei.pk, made)
    with pytest.raises(Refused, match="not_found"):
        change(mei, made, "everyone")


def test_nobody_posts_to_the_list_of_somebody_else(bo: User, family: ToList) -> None:
    with pytest.raises(Refused, match="bad_field"):
        post(bo, audience=family)
    assert Post.objects.count() == 0


def test_a_deleted_list_leaves_its_posts_to_their_author(
    mei: User, bo: User, family: ToList, following: Following, transport: Remembering
) -> None:
    draft = PostDraft(client_id=client_id(), text="for the family", audience=family)
    made = services.publish(mei.pk, draft).post.id
    asked = vote_in_feed(mei, family)
    with following(mei):
        lists.delete(mei.pk, family.list_id)
    revoked = [one for one in transport.published if one.kind == "revoke"]
    assert [(one.topic, one.person_id) for one in revoked] == [(str(author(mei.pk)), None)]
    assert not seen(bo, made) and not polls.may_watch(bo.pk, asked.poll.id)
    assert "for the family" not in told(bo)
    assert ids(mei) == [asked.poll.post_id, made]
    assert services.publish(mei.pk, draft).post.audience == "me", "a retry finds the first result"
    with following(mei, bo):
        change(mei, made, "friends")
    services.delete_post(mei.pk, made)
    assert not LoggedEvent.objects.filter(encoded__contains="for the family").exists()


def test_nothing_of_a_deleted_post_stays_wherever_it_was_shown(
    mei: User, bo: User, family: ToList, following: Following
) -> None:
    made = post(mei, "whose-words", "me").post.id
    for wanted in (family, "everyone", "friends", family):
        change(mei, made, wanted)  # type: ignore[arg-type]
    with following(mei, bo):
        services.delete_post(mei.pk, made)
    assert not LoggedEvent.objects.filter(encoded__contains="whose-words").exists()


def test_a_vote_is_for_whom_its_post_is(mei: User, bo: User, yu: User, family: ToList) -> None:
    asked = vote_in_feed(mei, family)
    ballot(bo, asked, 0)
    with pytest.raises(Refused, match="not_found"):
        ballot(yu, asked, 0)
    assert asked.poll.post_id is not None
    change(mei, asked.poll.post_id, "me")
    with pytest.raises(Refused, match="not_found"):
        ballot(bo, asked, 1)


def test_who_parts_sees_nothing_that_was_shown_to_the_list(
    mei: User, bo: User, family: ToList
) -> None:
    made = post(mei, "for the family", family).post.id
    accounts.end_tie(bo.pk, mei.pk)
    assert not seen(bo, made)
    befriend(mei, bo)
    assert not seen(bo, made), "a friendship that comes back does not bring the lists back"


def test_a_post_to_a_list_is_one_event_whatever_its_size(mei: User, family: ToList) -> None:
    for _ in range(5):
        one = person()
        friends(mei, one)
        lists.add(mei.pk, family.list_id, one.pk)
    post(mei, audience=family)
    before = LoggedEvent.objects.count()
    post(mei, audience=family)
    assert LoggedEvent.objects.count() == before + 1


@pytest.mark.parametrize("round_", range(4))
def test_posting_to_a_list_against_its_deletion(mei: User, family: ToList, round_: int) -> None:
    """Either it was there first and is kept for its author, or it is refused; never a fault."""

    def quietly() -> object:
        try:
            return post(mei, audience=family).post.id
        except Refused as refused:
            assert refused.code.name == "bad_field"
            return None

    done = at_once([quietly, partial(lists.delete, mei.pk, family.list_id), quietly])
    assert not [one for one in done if isinstance(one, BaseException)]
    assert {row.audience for row in Post.objects.filter(author=mei)} <= {"me"}
