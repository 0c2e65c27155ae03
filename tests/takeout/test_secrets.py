"""What is not mine is not in it: each person here leaves words that can be told from all others."""

from __future__ import annotations

import pytest

from server.accounts import services as accounts
from server.accounts.models import Phone, User
from server.catalogue import services as catalogue
from server.chat import services as chat
from server.feed import services as feed
from server.takeout import reading, said
from tests import factories
from tests.factories import befriend, direct_room, group_room, person, say
from tests.takeout.conftest import Packed


def marked(name: str) -> User:
    """Everything about them says who it is of."""
    made = person(
        f"{name}_user", name=f"{name}-name", email=f"{name}@secret.example", bio=f"{name}-bio"
    )
    Phone.objects.create(person=made, number=f"+447400{made.pk:06}")
    return made


@pytest.mark.parametrize("who", ["mei blocks", "they block", "both block"])
def test_nothing_of_whom_a_block_separates_from_me(
    mei: User, bo: User, packed: Packed, who: str
) -> None:
    apart = marked("apart")
    for one in (mei, bo):
        befriend(one, apart)
    group = group_room(bo, mei, apart)
    theirs = say(apart, group, "apart-said", picture_ids=[factories.picture(apart).id])
    mine = say(mei, group, "mine-said", reply_to=theirs.message_id)
    chat.react(apart.pk, mine.message_id, "🐟")
    direct = direct_room(mei, apart)
    say(apart, direct, "apart-whispered")
    say(mei, direct, "mine-whispered")
    post = factories.post(apart, "apart-post", "everyone")
    factories.comment(mei, post.post.id, "mine-comment")
    feed.like(mei.pk, post.post.id)
    of_mei = factories.post(mei, "mine-post")
    factories.comment(apart, of_mei.post.id, "apart-comment")
    vote = factories.vote_in_room(apart, group, ("apart-option", "b"), question="apart-question")
    factories.ballot(mei, vote, 0)
    if who in {"mei blocks", "both block"}:
        accounts.block(mei.pk, apart.pk)
    if who in {"they block", "both block"}:
        accounts.block(apart.pk, mei.pk)

    made = packed(mei)
    assert "apart" not in made.everything()
    assert "🐟" not in made.everything() and str(apart.pk) not in {
        str(one["author"]["id"]) for one in made.data["messages"] if one["author"]
    }
    for words in ("mine-said", "mine-whispered", "mine-comment", "mine-post"):
        assert words in made.everything(), "what is mine stays"
    held = [one for one in made.data["messages"] if one["withheld"]]
    assert [one["text"] for one in held] == ["", "", ""], "in the group twice, in the direct chat"
    told = [tie["tie"] for tie in made.data["ties"] if tie["person"] is None]
    assert told == ([] if who == "they block" else ["blocked"]), "being blocked is never told"


def test_nobody_elses_ballot_in_any_vote(mei: User, packed: Packed) -> None:
    voters = [marked(f"voter{n}") for n in range(3)]
    for voter in voters:
        befriend(mei, voter)
    secret = factories.vote_in_feed(mei, options=("a", "b"), names="secret")
    named = factories.vote_in_feed(mei, options=("c", "d"), names="named")
    for voter in voters:
        for vote in (secret, named):
            factories.ballot(voter, vote, 0)
    factories.ballot(mei, secret, 1)
    made = packed(mei)
    [ballot] = made.data["ballots"]
    assert ballot["vote_id"] == secret.poll.id and ballot["chosen"] == ["b"]
    for entry in made.data["votes"]:
        assert set(entry) == {
            *("id", "chat_id", "post_id", "question", "choice", "names", "options", "voted"),
            *("created_at", "deadline", "closed_at"),
        }
        assert "voter" not in str(entry)
    # They are friends, so their names stand among the ties, and nowhere else.
    assert made.everything().count("voter1-name") == 2, "once in each of the two texts"


def test_a_secret_vote_of_somebody_else_says_what_i_chose_alone(
    mei: User, bo: User, packed: Packed
) -> None:
    group = group_room(bo, mei)
    vote = factories.vote_in_room(bo, group, ("tea", "coffee"), names="secret")
    factories.ballot(bo, vote, 0)
    factories.ballot(mei, vote, 1)
    made = packed(mei)
    assert [one["chosen"] for one in made.data["ballots"]] == [["coffee"]]
    assert "tea" not in made.everything().replace("</title>", "")


def test_no_address_of_anybody_else(mei: User, packed: Packed) -> None:
    friend, asking, seller = marked("friend"), marked("asking"), marked("seller")
    befriend(mei, friend)
    accounts.ask_friend(asking.pk, mei.pk)
    group = group_room(mei, friend)
    say(friend, group, "friend-said")
    shop = factories.store(seller)
    say(mei, chat.open_store_chat(mei.pk, shop.store.id).id, "may I ask")
    post = factories.post(friend, "friend-post")
    factories.comment(mei, post.post.id)
    text = packed(mei).everything()
    assert "friend-said" in text and "mei@example.org" in text
    assert "secret.example" not in text and "-bio" not in text and "+44" not in text


def test_of_a_chat_i_left_my_own_words_alone(mei: User, bo: User, packed: Packed) -> None:
    group = group_room(bo, mei, title="group-title")
    theirs = say(bo, group, "bo-said")
    mine = say(mei, group, "mine-said", reply_to=theirs.message_id)
    chat.react(bo.pk, mine.message_id, "👍")
    vote = factories.vote_in_room(bo, group, ("left-option", "b"), question="left-question")
    factories.ballot(mei, vote, 0)
    chat.remove_member(bo.pk, group, mei.pk)
    say(bo, group, "bo-said-later")
    made = packed(mei)
    text = made.everything()
    assert "mine-said" in text
    for words in ("bo-said", "group-title", "left-question", "left-option", "👍"):
        assert words not in text, words
    assert [one["mine"] for one in made.data["messages"]] == [True]
    [seat] = made.data["chats"]
    assert seat["left_at"] and seat["title"] is None and seat["people"] == []
    [ballot] = made.data["ballots"]
    assert ballot["question"] is None and ballot["chosen"] == []


def test_of_posts_i_cannot_see_any_more_not_even_whose(mei: User, bo: User, packed: Packed) -> None:
    post = factories.post(bo, "bo-post", "friends")
    factories.comment(mei, post.post.id, "mine-comment")
    feed.like(mei.pk, post.post.id)
    accounts.end_tie(mei.pk, bo.pk)
    data = packed(mei).data
    assert data["comments"][0]["text"] == "mine-comment"
    assert data["comments"][0]["post_by"] is None and data["likes"][0]["post_by"] is None


def test_what_was_deleted_is_gone_here_too(mei: User, bo: User, packed: Packed) -> None:
    group = group_room(mei, bo)
    gone = say(mei, group, "deleted-words", picture_ids=[factories.picture(mei).id])
    chat.delete(mei.pk, gone.message_id)
    post = factories.post(mei, "deleted-post", picture_ids=[factories.picture(mei).id])
    feed.delete_post(mei.pk, post.post.id)
    made = packed(mei)
    assert "deleted" not in made.everything() and made.data["pictures"] == []
    assert not [name for name in made.zip.namelist() if name.endswith(".webp")]


def test_pictures_of_others_are_theirs(mei: User, bo: User, packed: Packed) -> None:
    group = group_room(bo, mei)
    say(bo, group, picture_ids=[factories.picture(bo).id])
    factories.picture(bo)
    shop = factories.store(bo)
    catalogue.hire(bo.pk, shop.store.id, mei.pk)
    factories.item(bo, shop, picture_ids=[factories.picture(bo).id])
    made = packed(mei)
    assert made.data["pictures"] == [] and made.data["messages"][0]["pictures"] == []
    assert [one["pictures"] for one in made.data["items"]] == [[]]
    assert "<img" not in made.everything()


def test_no_store_of_others(mei: User, bo: User, packed: Packed) -> None:
    factories.item(bo, factories.store(bo, name="bo-store"), title="bo-item")
    made = packed(mei)
    assert made.data["stores"] == made.data["items"] == [] and "bo-" not in made.everything()


def test_no_keys_and_no_passwords(mei: User, packed: Packed) -> None:
    key = factories.session_key(mei)
    mei.set_password("a-Lantern-on-the-river")
    User.objects.filter(pk=mei.pk).update(password=mei.password)
    text = packed(mei).everything()
    assert key not in text and mei.password not in text and "argon2" not in text


def test_removed_while_it_is_packed_one_reads_no_further(
    mei: User, bo: User, packed: Packed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rules are asked anew for each lot."""
    monkeypatch.setattr(reading, "LOT", 2)
    group = group_room(bo, mei)
    for n in range(6):
        say(bo, group, f"bo-said-{n}")
        say(mei, group, f"mine-said-{n}")
    asked: list[int] = []

    def removed_at_the_third(person_id: int) -> set[int]:
        asked.append(person_id)
        if len(asked) == 3:
            chat.remove_member(bo.pk, group, mei.pk)
        return set()

    monkeypatch.setattr(said, "separated_from", removed_at_the_third)
    text = packed(mei).everything()
    assert all(f"mine-said-{n}" in text for n in range(6))
    assert [n for n in range(6) if f"bo-said-{n}" in text] == [0, 1, 2]
