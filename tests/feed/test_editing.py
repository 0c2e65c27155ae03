"""Other words for a post: told to whoever reads it, the earlier ones kept for them, none lost."""

from __future__ import annotations

from threading import Barrier

import pytest

from server.accounts.models import User
from server.errors import Refused
from server.feed import editing, queries, services
from server.feed.models import Post, PostEdit
from server.feed.schemas import NewWords, PostEntry
from server.polls import queries as votes
from server.realtime.models import LoggedEvent
from tests.factories import ballot, picture, post, vote_in_feed
from tests.feed.apply import received
from tests.feed.conftest import Following
from tests.feed.together import in_threads
from tests.realtime.conftest import Remembering


def edit(who: User, post_id: int, text: str, edition: int = 0) -> PostEntry:
    return editing.edit(who.pk, post_id, NewWords(text=text, edition=edition))


def before(who: User, post_id: int) -> list[str]:
    return [one.text for one in queries.wordings(who.pk, post_id).edits]


def test_new_words_reach_open_pages_and_the_earlier_ones_can_be_read(
    mei: User, bo: User, lin: User, transport: Remembering, following: Following
) -> None:
    made = post(mei, "A lamb").post.id
    with following(mei, bo, lin):
        answer = edit(mei, made, " A lamp ").post
        assert (answer.text, answer.edition) == ("A lamp", 1) and answer.edited_at
        told = {who: received(who.pk, transport.published) for who in (bo, lin)}
        assert {event["type"] for event in told[bo]} == {"post.edited"} and told[lin] == []
    with following(mei, bo):
        edit(mei, made, "A lamp of paper", 1)
    assert before(mei, made) == before(bo, made) == ["A lamb", "A lamp"]
    with pytest.raises(Refused, match="not_found"):
        before(lin, made)


def test_a_repeated_change_is_one_and_one_of_old_words_is_refused(mei: User) -> None:
    made = post(mei, "one").post.id
    assert edit(mei, made, "two") == edit(mei, made, "two"), "the answer was lost, say"
    with pytest.raises(Refused, match="conflict"):
        edit(mei, made, "three")
    assert queries.post_entry(mei.pk, made).post.text == "two" and before(mei, made) == ["one"]
    assert edit(mei, made, "three", 1).post.edition == 2


def test_of_two_changes_at_once_one_is_kept_and_the_other_is_told(mei: User) -> None:
    made = post(mei, "start").post.id
    ready, outcomes = Barrier(2), []

    def change(words: str) -> None:
        ready.wait(10)
        try:
            outcomes.append(edit(mei, made, words).post.text)
        except Refused as refused:
            outcomes.append(refused.code.name)

    assert in_threads(lambda: change("left"), lambda: change("right")) == []
    kept = Post.objects.get(pk=made).text
    assert sorted(outcomes) == sorted(["conflict", kept]) and kept in {"left", "right"}
    assert before(mei, made) == ["start"]


def test_only_the_author_changes_it_and_it_never_becomes_empty(
    mei: User, bo: User, lin: User
) -> None:
    made = post(mei).post.id
    for who, code in ((bo, "forbidden"), (lin, "not_found")):
        with pytest.raises(Refused, match=code):
            edit(who, made, "mine")
    for words in ("", "\u200b"):
        with pytest.raises(Refused, match="bad_field"):
            edit(mei, made, words)
    shown = post(mei, "a picture", picture_ids=[picture(mei).id]).post.id
    assert edit(mei, shown, "").post.text == ""
    services.delete_post(mei.pk, made)
    with pytest.raises(Refused, match="not_found"):
        edit(mei, made, "back again")


def test_it_is_changed_fifty_times_at_most(mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editing, "EDITIONS", 2)
    made = post(mei, "0").post.id
    for n in range(2):
        edit(mei, made, str(n + 1), n)
    with pytest.raises(Refused, match="full"):
        edit(mei, made, "3", 2)


def test_a_running_vote_stays_as_it_was_asked(mei: User, bo: User) -> None:
    entry = vote_in_feed(mei, question="Which?", options=("Pine", "Clay"))
    assert entry.poll.post_id is not None
    ballot(bo, entry, 0)
    asked = votes.poll_entry(bo.pk, entry.poll.id).poll
    edit(mei, entry.poll.post_id, "For the hall, I forgot to say")
    assert votes.poll_entry(bo.pk, entry.poll.id).poll == asked
    assert before(bo, entry.poll.post_id) == [""], "the note that it was changed is for voters too"


@pytest.mark.parametrize("then", ["delete", "narrow"])
def test_no_wording_comes_back_by_replay(
    mei: User, bo: User, following: Following, then: str
) -> None:
    made = post(mei, "hush-one").post.id
    edit(mei, made, "hush-two")
    edit(mei, made, "hush-three", 1)
    with following(mei, bo):
        if then == "delete":
            services.delete_post(mei.pk, made)
        else:
            services.change_audience(mei.pk, made, "me")
    told = LoggedEvent.objects.filter(encoded__contains="hush")
    if then == "delete":
        assert not told.exists() and not PostEdit.objects.exists()
    else:
        topics = set(told.values_list("topic", flat=True))
        assert topics == {f"user:{mei.pk}", f"post:{made}"}, "where only the author may look"
        assert before(mei, made) == ["hush-one", "hush-two"]
        with pytest.raises(Refused, match="not_found"):
            before(bo, made)
