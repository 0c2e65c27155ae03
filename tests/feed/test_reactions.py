"""Emoji on posts: each once a person, counted exactly, told to whoever may see the post."""

from __future__ import annotations

from itertools import product

import pytest
from pytest_django import DjangoAssertNumQueries

from server.accounts import services as accounts
from server.accounts.models import User
from server.errors import Refused
from server.feed import queries, reactions, services
from server.feed.models import Like, Post, Reaction
from server.feed.schemas import HEART
from server.realtime.topics import user
from tests.factories import befriend, person, post
from tests.feed.apply import received
from tests.feed.conftest import Following
from tests.feed.together import in_threads
from tests.notices.conftest import read_all, seen
from tests.realtime.conftest import Remembering


def press(who: User, post_id: int, emoji: str, on: bool = True) -> list[tuple[str, int]]:
    counts = reactions.react(who.pk, post_id, emoji, on=on).counts
    return [(one.emoji, one.n) for one in counts.reactions]


def counted(post_id: int) -> dict[str, int]:
    """What the post says, which must be what its rows say."""
    stored = dict(Post.objects.get(pk=post_id).reactions)
    rows = list(Reaction.objects.filter(post=post_id).values_list("emoji", flat=True))
    assert stored == {emoji: rows.count(emoji) for emoji in rows}
    return stored


def test_each_emoji_counts_once_a_person_however_often(
    mei: User, bo: User, following: Following
) -> None:
    made = post(mei).post.id
    with following(mei, bo):
        assert press(bo, made, "👍") == press(bo, made, "👍") == [("👍", 1)]
        assert press(mei, made, "🎉") == [("👍", 1), ("🎉", 1)]
        assert press(mei, made, "👍") == [("👍", 2), ("🎉", 1)]
    assert queries.post_entry(mei.pk, made).mine == ["🎉", "👍"]
    with following(mei, bo):
        for _ in range(2):
            assert press(bo, made, "👍", False) == [("👍", 1), ("🎉", 1)]
        assert press(mei, made, "👍", False) == [("🎉", 1)]
    assert counted(made) == {"🎉": 1}
    assert queries.post_entry(bo.pk, made).mine == []


def test_a_heart_is_a_like_in_whatever_spelling(mei: User, bo: User, following: Following) -> None:
    made = post(mei).post.id
    with following(mei, bo):
        for spelling in (HEART, "\u2764"):
            answer = reactions.react(bo.pk, made, spelling, on=True)
            assert (answer.liked, answer.counts.likes, answer.counts.reactions) == (True, 1, [])
    assert Like.objects.get().revision == 1 and not Reaction.objects.exists()
    assert not reactions.react(bo.pk, made, HEART, on=False).liked


@pytest.mark.parametrize("emoji", ["x", "👍👍", "", "<b>"])
def test_only_one_emoji_is_one(mei: User, emoji: str) -> None:
    made = post(mei).post.id
    with pytest.raises(Refused, match="bad_field"):
        press(mei, made, emoji)


def test_twenty_kinds_and_no_more(mei: User, bo: User) -> None:
    made = post(mei).post.id
    twenty = [chr(0x1F600 + n) for n in range(reactions.EMOJI_A_POST)]
    for emoji in twenty:
        press(mei, made, emoji)
    with pytest.raises(Refused, match="full"):
        press(bo, made, "👍")
    assert press(bo, made, twenty[0])[0] == (twenty[0], 2)
    assert len(counted(made)) == 20


def test_it_is_for_those_who_may_see_the_post(mei: User, bo: User, lin: User) -> None:
    made = post(mei).post.id
    press(bo, made, "👍")
    for on in (True, False):
        with pytest.raises(Refused, match="not_found"):
            press(lin, made, "👍", on)
    with pytest.raises(Refused, match="not_found"):
        reactions.reacted_page(lin.pk, made, "👍")
    services.delete_post(mei.pk, made)
    with pytest.raises(Refused, match="not_found"):
        press(bo, made, "👍")


def test_counts_name_nobody_and_what_is_mine_is_told_to_me(
    mei: User, bo: User, transport: Remembering
) -> None:
    made = post(mei).post.id
    transport.published.clear()
    press(bo, made, "😮")
    told = {who: list(received(who.pk, transport.published)) for who in (mei, bo)}
    [counts] = [e for e in told[mei] if e["type"] == "post.counts"]
    assert counts["data"]["reactions"] == [{"emoji": "😮", "n": 1}]
    assert all(e["type"] != "post.liked" for e in told[mei])
    [mine] = [e for e in told[bo] if e["type"] == "post.liked"]
    assert (mine["topic"], mine["data"]["mine"]) == (str(user(bo.pk)), ["😮"])
    others = [one.text for one in transport.published if one.topic == f"post:{made}"]
    assert bo.username not in "".join(others)


def test_who_reacted_leaves_out_whom_a_block_separates(
    mei: User, bo: User, lin: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made = post(mei, audience="everyone").post.id
    for who, emoji in product((bo, lin), ("👍", HEART)):
        reactions.react(who.pk, made, emoji, on=True)

    def names(reader: User, emoji: str) -> list[str]:
        page = reactions.reacted_page(reader.pk, made, emoji)
        return [one.username for one in page.people]

    for emoji in ("👍", HEART):
        assert names(mei, emoji) == names(bo, emoji) == ["lin", "bo"]
    accounts.block(lin.pk, bo.pk)
    for emoji in ("👍", HEART):
        assert (names(mei, emoji), names(bo, emoji)) == (["lin", "bo"], ["bo"])
        assert names(lin, emoji) == ["lin"]
    assert names(mei, "🎉") == names(mei, "no emoji") == []
    with django_assert_max_num_queries(6):  # begin, instant and commit included
        names(mei, "👍")


def test_the_author_is_told_once_in_one_line(mei: User, bo: User) -> None:
    wen = person("wen", name="Wen")
    befriend(mei, wen)
    made = post(mei, "A kite").post.id
    for who, emoji in ((bo, "👍"), (bo, "🎉"), (wen, "😮"), (mei, "👍")):
        press(who, made, emoji)
    [line] = seen(mei, "post.reaction")
    assert [one.username for one in line.people] == ["wen", "bo"]
    assert (line.subject, line.about, line.said) == (made, "A kite", "😮🎉")
    read_all(mei)
    press(bo, made, "👍", False)
    press(bo, made, "👍")
    assert seen(mei, "post.reaction")[0].number == line.number, "no news"
    for emoji in ("👍", "🎉"):
        press(bo, made, emoji, False)
    assert [one.username for one in seen(mei, "post.reaction")[0].people] == ["wen"]


def test_taps_at_once_are_counted_exactly(mei: User, bo: User) -> None:
    made = post(mei).post.id
    taps = [
        lambda who=who, on=on, emoji=emoji: press(who, made, emoji, on)
        for who, emoji, on in product((mei, bo), ("👍", "🎉"), (True, False, True))
    ]
    assert in_threads(*taps) == []
    assert set(counted(made)) <= {"👍", "🎉"}
    before = reactions.recount(made)
    Post.objects.filter(pk=made).update(reactions=[("👍", 9)])
    after = reactions.recount(made)
    assert {one.emoji: one.n for one in after.reactions} == {
        one.emoji: one.n for one in before.reactions
    }
    assert after.version == before.version + 1
