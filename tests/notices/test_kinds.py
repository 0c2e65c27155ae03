"""Each kind of notice: who is told, in which words, once for each thing that happens."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from server.accounts import invitations
from server.accounts import services as accounts
from server.accounts.models import User
from server.accounts.schemas import InvitationDraft
from server.chat import services as chat
from server.feed import editing
from server.feed import services as feed
from server.feed.schemas import CommentDraft, NewWords
from server.notices import services
from server.notices.models import Cause, Notice
from server.polls import services as polls
from tests.factories import (
    ballot,
    befriend,
    client_id,
    comment,
    direct_room,
    friends,
    person,
    post,
    say,
    vote_in_feed,
    vote_in_room,
)
from tests.notices.conftest import all_jobs, causes, read_all, seen, unread


def test_a_request_and_its_acceptance(mei: User, lin: User) -> None:
    accounts.ask_friend(lin.pk, mei.pk)
    accounts.ask_friend(lin.pk, mei.pk)
    [asked] = seen(mei, "friend.asked")
    assert [one.username for one in asked.people] == ["lin"] and asked.others == 0
    assert unread(mei) == 1 and unread(lin) == 0
    accounts.accept(mei.pk, lin.pk)
    assert seen(mei, "friend.asked") == [] and unread(mei) == 0, "it was answered"
    [accepted] = seen(lin, "friend.accepted")
    assert [one.username for one in accepted.people] == ["mei"] and unread(lin) == 1
    assert seen(mei, "friend.accepted") == []


def test_crossing_requests_tell_whoever_asked_first(mei: User, lin: User) -> None:
    accounts.ask_friend(lin.pk, mei.pk)
    accounts.ask_friend(mei.pk, lin.pk)
    assert len(seen(lin, "friend.accepted")) == 1 and seen(mei, "friend.accepted") == []


def test_a_request_that_was_taken_back_is_gone_and_a_new_one_is_new(mei: User, lin: User) -> None:
    accounts.ask_friend(lin.pk, mei.pk)
    read_all(mei)
    accounts.end_tie(lin.pk, mei.pk)
    assert seen(mei, "friend.asked") == []
    accounts.ask_friend(lin.pk, mei.pk)
    assert len(seen(mei, "friend.asked")) == 1 and unread(mei) == 1


def test_whoever_comes_by_my_link_is_told_of(mei: User, lin: User) -> None:
    token = invitations.make(mei.pk, InvitationDraft(days=1, uses=1)).token
    invitations.accept(lin.pk, token)
    invitations.accept(lin.pk, token)
    [view] = seen(mei, "friend.accepted")
    assert view.people[0].username == "lin" and causes(mei, "friend.accepted") == 1


def test_comments_on_my_post_are_one_line(mei: User, bo: User, wen: User) -> None:
    mine = post(mei, "A lantern").post.id
    draft = CommentDraft(client_id=client_id(), post_id=mine, text="how nice")
    for _ in range(2):
        feed.comment(bo.pk, draft)
    comment(wen, mine, "where from?")
    comment(mei, mine, "from the market")
    [view] = seen(mei, "comment")
    assert [one.username for one in view.people] == ["wen", "bo"] and view.others == 0
    assert (view.subject, view.about, view.said) == (mine, "A lantern", "where from?")
    assert causes(mei, "comment") == 2 and unread(mei) == 1


def test_whoever_is_named_in_a_comment_and_may_see_it(mei: User, bo: User, lin: User) -> None:
    theirs = post(bo, "of Bo's").post.id
    comment(mei, theirs, "@mei @lin @bo @nobody_is_called_so and x@mei.example")
    comment(bo, theirs, "look, @Mei! @mei")
    [view] = seen(mei, "mention")
    assert view.people[0].username == "bo" and causes(mei, "mention") == 1
    assert seen(lin, "mention") == [] and not Notice.objects.filter(person=lin).exists()
    assert seen(bo, "mention") == [], "the post is Bo's: it is a comment on it"
    assert causes(bo, "comment") == 1


def test_whoever_is_answered_is_told_once(mei: User, bo: User, wen: User) -> None:
    befriend(bo, wen)
    theirs = post(bo, "of Bo's").post.id
    asked = comment(mei, theirs, "where from?")
    comment(mei, theirs, "anybody?", to=asked.id)
    assert seen(mei, "comment.reply") == [], "my own words are no news"
    comment(wen, theirs, "@mei from the market", to=asked.id)
    [view] = seen(mei, "comment.reply")
    assert [one.username for one in view.people] == ["wen"]
    assert (view.subject, view.about, view.said) == (theirs, "of Bo's", "@mei from the market")
    assert seen(mei, "mention") == [], "named in the same words"
    again = comment(bo, theirs, "or from me", to=asked.id)
    comment(mei, theirs, "so from you", to=again.id)
    assert seen(bo, "comment.reply") == [], "the post is Bo's: it is a comment on it"
    assert (causes(mei, "comment.reply"), causes(bo, "comment")) == (2, 4)
    feed.change_audience(bo.pk, theirs, "me")
    assert seen(mei, "comment.reply") == []


def test_whoever_is_named_in_a_post_and_may_see_it(mei: User, bo: User, lin: User) -> None:
    made = post(bo, "@mei @lin @bo look").post.id
    [view] = seen(mei, "post.mention")
    assert (view.people[0].username, view.about) == ("bo", "@mei @lin @bo look")
    feed.change_audience(bo.pk, made, "everyone")
    editing.edit(bo.pk, made, NewWords(text="@mei @lin look here", edition=0))
    [told] = seen(lin, "post.mention")
    assert told.subject == made and causes(mei, "post.mention") == 1, "once for ever"
    feed.change_audience(bo.pk, made, "friends")
    assert seen(lin, "post.mention") == [] and len(seen(mei, "post.mention")) == 1


def test_likes_are_one_line_and_turning_them_off_and_on_is_no_news(
    mei: User, bo: User, wen: User
) -> None:
    mine = post(mei).post.id
    for who in (bo, wen, mei):
        feed.like(who.pk, mine)
    read_all(mei)
    for _ in range(3):
        feed.unlike(bo.pk, mine)
        assert [one.username for one in seen(mei, "like")[0].people] == ["wen"]
        feed.like(bo.pk, mine)
    [view] = seen(mei, "like")
    assert {one.username for one in view.people} == {"wen", "bo"} and unread(mei) == 0


def test_mentions_and_answers_in_a_group(mei: User, bo: User, wen: User, room: int) -> None:
    mine = say(mei, room, "who comes?").message_id
    both = say(bo, room, "@Mei me!", reply_to=mine, mentions=[mei.pk, bo.pk])
    [named] = seen(mei, "room.mention")
    assert (named.subject, named.room_id, named.about) == (room, room, "Dumplings")
    assert named.said == "@Mei me!" and seen(mei, "room.reply") == [], "one thing, one notice"
    say(wen, room, "me too", reply_to=mine)
    say(wen, room, "to Bo", reply_to=both.message_id)
    [answered] = seen(mei, "room.reply")
    assert answered.said == "me too" and causes(mei, "room.reply") == 1
    say(mei, room, "to myself", reply_to=mine, mentions=[mei.pk])
    assert causes(mei, "room.mention") == 1


def test_an_edit_tells_whom_it_names_anew(mei: User, bo: User, room: int) -> None:
    said = say(bo, room, "hello").message_id
    for words in ("hello @mei", "hello dear @mei", "hello", "hello again @mei"):
        chat.edit(bo.pk, said, words)
    assert causes(mei, "room.mention") == 1 and len(seen(mei, "room.mention")) == 1
    chat.edit(bo.pk, said, "hello")
    assert seen(mei, "room.mention") == [], "she is not named any more"


def test_a_direct_chat_says_nothing_here(mei: User, bo: User) -> None:
    room = direct_room(mei, bo)
    mine = say(mei, room).message_id
    say(bo, room, "@mei", reply_to=mine, mentions=[mei.pk])
    assert seen(mei, "room.mention", "room.reply") == []


def test_reactions(mei: User, bo: User, wen: User, room: int) -> None:
    mine = say(mei, room, "done!").message_id
    chat.react(bo.pk, mine, "👍")
    chat.react(bo.pk, mine, "🎉")
    chat.react(mei.pk, mine, "👍")
    [view] = seen(mei, "reaction")
    assert (view.subject, view.room_id, view.said, view.about) == (mine, room, "🎉", "done!")
    assert causes(mei, "reaction") == 1
    chat.unreact(bo.pk, mine, "🎉")
    assert seen(mei, "reaction")[0].said == "👍"
    chat.unreact(bo.pk, mine, "👍")
    assert seen(mei, "reaction") == []


def test_votes_are_one_line_with_as_many_as_there_are(mei: User, bo: User, wen: User) -> None:
    others = [person(f"v{n}") for n in range(4)]
    friends(mei, *others)
    read_all(mei)
    entry = vote_in_feed(mei, question="Which lantern?")
    for who in (bo, wen, *others, mei):
        ballot(who, entry, 0)
        ballot(who, entry, 1)
    [view] = seen(mei, "vote")
    assert view.about == "Which lantern?" and len(view.people) == 3 and view.others == 3
    assert view.people[0].username == "v3" and not view.more
    read_all(mei)
    polls.withdraw(bo.pk, entry.poll.id)
    assert seen(mei, "vote")[0].others == 2
    ballot(bo, entry, 0)
    assert unread(mei) == 0 and causes(mei, "vote") == 6


def test_a_secret_vote_says_how_many_and_nothing_else(mei: User, bo: User, wen: User) -> None:
    entry = vote_in_feed(mei, names="secret")
    for who in (mei, bo, wen):
        ballot(who, entry, 0)
    [view] = seen(mei, "vote")
    assert (view.people, view.others, view.more) == ([], 2, False)
    kept = Cause.objects.filter(notice__kind="vote")
    assert set(kept.values_list("actor", flat=True)) == {None}
    assert not kept.filter(cause__in=[bo.pk, wen.pk]).exists() or causes(mei, "vote") == 2


@pytest.mark.parametrize("end", ["hand", "deadline"])
def test_the_end_of_a_vote(mei: User, bo: User, wen: User, lin: User, room: int, end: str) -> None:
    entry = vote_in_room(bo, room, closes_in=10)
    for who in (mei, bo):
        ballot(who, entry, 0)
    close: dict[str, Callable[[], object]] = {
        "hand": lambda: polls.close(bo.pk, entry.poll.id),
        "deadline": lambda: _over(entry.poll.id),
    }
    for _ in range(2):
        close[end]()
        all_jobs()
    [told] = seen(mei, "vote.closed")
    assert (told.subject, told.about, told.people) == (entry.poll.id, "Which one?", [])
    assert seen(wen, "vote.closed") == [], "who did not vote is not told"
    assert len(seen(bo, "vote.closed")) == (0 if end == "hand" else 1)
    assert causes(mei, "vote.closed") == 1


def _over(poll_id: int) -> None:
    from datetime import timedelta

    from django.db.models.functions import Now

    from server.polls.models import Poll

    Poll.objects.filter(pk=poll_id, closed_at=None).update(deadline=Now() - timedelta(seconds=1))
    polls.announce_due()


def test_nobody_is_told_of_what_they_did_themselves(mei: User, bo: User, room: int) -> None:
    before = Notice.objects.filter(person=mei).count()
    mine = post(mei).post.id
    comment(mei, mine, "@mei")
    feed.like(mei.pk, mine)
    said = say(mei, room, "@mei", mentions=[mei.pk]).message_id
    say(mei, room, reply_to=said)
    chat.react(mei.pk, said, "👍")
    ballot(mei, vote_in_room(mei, room), 0)
    assert Notice.objects.filter(person=mei).count() == before


def test_what_was_left_behind_by_a_dead_process_is_found(
    mei: User, bo: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = post(mei).post.id
    with monkeypatch.context() as patch:
        patch.setattr(services, "refresh_on_commit", lambda *_: None)
        comment(bo, mine)
    assert unread(mei) == 0 and services.settle_left() == 0, "its own process may still do it"
    monkeypatch.setattr(services, "LEFT", services.LEFT * 0)
    assert services.settle_left() == 1 and unread(mei) == 1
    assert services.settle_left() == 0
