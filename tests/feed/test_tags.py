"""Words with a # before them: which they are, and that nobody finds what is not theirs to see."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.db import connection

from server.accounts import distance, lists
from server.accounts import services as accounts
from server.accounts.models import User
from server.errors import Refused
from server.feed import editing, services, tags
from server.feed.models import Post, PostTag
from server.feed.schemas import NewWords, ToGroup, ToList
from server.groups import services as groups
from tests.chat.test_depth import buffers
from tests.factories import befriend, client_id, interest, person, post, signed_in


def ids(who: User, tag: str = "tea") -> list[int]:
    """All that this person finds, page by page."""
    found: list[int] = []
    cursor = None
    while True:
        page = tags.page(who.pk, tag, cursor)
        assert page.next is None or len(page.entries) == 20, "a short page would tell of others"
        found += [entry.post.id for entry in page.entries]
        if (cursor := page.next) is None:
            assert all(newer > older for newer, older in pairwise(found))
            return found


@pytest.mark.parametrize(
    ("words", "tagged"),
    [
        ("#Tea and #tea, #TEA", ["tea"]),
        ("喝#龙井#去，#春茶。#雨前##明前#", ["龙井", "春茶", "雨前", "明前"]),
        ("\uff03x #\uff34\uff25\uff21", ["tea"]),
        ("a#b é#c /#c &#100; https://x.org/#e #", []),
        ("#1 #2026 #___ # #\ufe0f\u20e3", []),
        ("#a1 #1a #a_b", ["a1", "1a", "a_b"]),
        ("#" + "x" * 40 + " #" + "y" * 41, ["x" * 40]),
        (" ".join(f"#t{n}" for n in range(12)), [f"t{n}" for n in range(10)]),
        ("#\ufdfa" * 3, []),  # one character that is eighteen when compared, with spaces
    ],
)
def test_what_is_a_tag(words: str, tagged: list[str]) -> None:
    assert tags.found(words) == tagged


def test_each_finds_what_they_may_see(mei: User, bo: User, lin: User) -> None:
    near = lists.make(mei.pk, "Near")
    club = interest(mei).group.id
    groups.join(bo.pk, club, [])
    made = {
        name: post(mei, f"{name} #tea", to).post.id
        for name, to in {
            "all": "everyone",
            "friends": "friends",
            "list": ToList(list_id=near.id),
            "group": ToGroup(group_id=club),
            "me": "me",
        }.items()
    }
    post(mei, "without", "everyone")
    assert ids(mei) == sorted(made.values(), reverse=True)
    assert ids(bo) == [made["group"], made["friends"], made["all"]]
    assert ids(lin) == [made["all"]] == ids(lin, "\uff34ea")
    lists.add(mei.pk, near.id, bo.pk)
    assert made["list"] in ids(bo)
    distance.mute(bo.pk, mei.pk, wanted=True)
    assert ids(bo) == []
    distance.mute(bo.pk, mei.pk, wanted=False)
    accounts.block(mei.pk, lin.pk)
    assert ids(lin) == []


def test_it_follows_words_and_audience(mei: User, bo: User, lin: User) -> None:
    made = post(mei, "#tea", "everyone").post.id
    editing.edit(mei.pk, made, NewWords(text="#Tea with #milk", edition=0))
    assert ids(lin) == ids(lin, "milk") == [made]
    editing.edit(mei.pk, made, NewWords(text="only #milk", edition=1))
    assert ids(lin) == [] and ids(lin, "milk") == [made]
    services.change_audience(mei.pk, made, "friends")
    assert ids(lin, "milk") == [] and ids(bo, "milk") == [made]
    assert not PostTag.objects.filter(everyone=True).exists()
    services.change_audience(mei.pk, made, "everyone")
    assert ids(lin, "milk") == [made]
    services.delete_post(mei.pk, made)
    assert ids(mei, "milk") == [] and not PostTag.objects.exists()


def kept_back(author: User, count: int) -> None:
    """So many posts that nobody else may see, with a tag."""
    rows = Post.objects.bulk_create(
        Post(author=author, client_id=client_id(), digest="", text="#tea", audience="me")
        for _ in range(count)
    )
    PostTag.objects.bulk_create(
        PostTag(post=row, tag="tea", author=author, everyone=False) for row in rows
    )


def test_pages_are_full_whatever_is_left_out(mei: User, bo: User) -> None:
    """Between two that Bo may see lie more of Mei's own than are looked at in one go."""
    for _ in range(21):
        post(mei, "#tea")
    kept_back(mei, tags.LOOKED_AT + 5)
    for _ in range(2):
        post(mei, "#tea")
    assert len(ids(bo)) == 23 and len(ids(mei)) == 23 + tags.LOOKED_AT + 5


def test_what_is_no_tag_is_said_to_be_none(mei: User) -> None:
    for tag in ("1", "a-b", "#tea", " ", "x" * 41):
        with pytest.raises(Refused, match="bad_field"):
            tags.page(mei.pk, tag)
    assert signed_in(mei).get("/api/tags/龙井").json()["entries"] == []


def test_what_strangers_keep_to_themselves_costs_nothing(mei: User, database_kind: str) -> None:
    if database_kind != "postgres":
        pytest.skip("buffers are PostgreSQL's")
    cost = []
    befriend(mei, person())
    for count in (20, 5_000):
        kept_back(person(), count)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        assert ids(mei) == []
        cost.append(buffers(lambda: ids(mei)))
    assert cost[1] - cost[0] <= 6, cost
