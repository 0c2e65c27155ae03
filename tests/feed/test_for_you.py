"""The scored order of home: only what the audience's rule shows, each with a reason the reader may
know, the same however it is paged, at a cost that does not grow."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from server.accounts import distance
from server.accounts import services as accounts
from server.accounts.models import User
from server.bookmarks import services as bookmarks
from server.bookmarks.schemas import BookmarkDraft
from server.catalogue.services import follow_store
from server.errors import Refused
from server.feed import for_you, reactions, services
from server.feed.models import Post
from server.feed.schemas import ForYouPage, PostBody, ToGroup, Why
from server.groups import services as groups
from tests import factories
from tests.factories import befriend, comment, interest, item, person, post, signed_in, store
from tests.feed.test_worlds import World
from tests.realtime.conftest import Remembering

PEOPLE, STEPS = 12, 60


def walk(who: int) -> tuple[list[int], dict[int, Why]]:
    """All of it, page by page, and why."""
    ids: list[int] = []
    why: dict[int, Why] = {}
    cursor = None
    while True:
        page = for_you.page(who, cursor)
        shown = [entry.post.id for entry in page.entries]
        ids += shown
        why |= zip(shown, page.why, strict=True)
        cursor = page.next
        if cursor is None:
            return ids, why


def first(who: User) -> list[int]:
    return [entry.post.id for entry in for_you.page(who.pk).entries]


def why_of(who: User, post_id: int) -> Why:
    return walk(who.pk)[1][post_id]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [11, 12])
def test_in_random_worlds_it_is_the_rule(
    seed: int, transactional_db: None, transport: Remembering
) -> None:
    """Exactly the posts of the audience's rule, but my own, hidden ones and those of whom I mute;
    and nobody is named who is not near to me and did not do it."""
    world = World(Random(seed), transport)
    there = [factories.person() for _ in range(PEOPLE)]
    world.people = [who.pk for who in there]
    world.names = {who.pk: who.username for who in there}
    for _ in range(3 * PEOPLE):
        world.befriend(*world.chance.sample(world.people, 2))
    for step in range(STEPS):
        world.step()
        if step % 15 == 14:
            for reader in world.people:
                check(world, reader)


def check(world: World, reader: int) -> None:
    ids, why = walk(reader)
    wanted = {
        pk
        for pk in world.seen_by(reader)
        if (told := world.posts[pk]).author != reader
        and told.audience != "held"
        and (reader, told.author) not in world.mutes
    }
    assert sorted(ids) == sorted(wanted)
    for pk, reason in why.items():
        near = reason.person
        if near is not None:
            assert frozenset((reader, near.id)) in world.friends
            assert (reader, near.id) not in world.mutes and not world.apart(reader, near.id)
            said = {one.author for one in world.said.values() if one.post == pk and not one.waits}
            did = world.posts[pk].pressed if reason.kind == "liked" else said
            assert near.id in did and reason.others < len(did)
        if reason.group is not None:
            assert reader in world.groups[reason.group.id][1]
    text = "".join(one.model_dump_json() for one in why.values())
    assert not world.leaks(reader, text)


def test_each_says_why_and_what_speaks_for_it_most_comes_first(mei: User, bo: User) -> None:
    friends = [person(name, name=name.title()) for name in ("li", "wen", "yu")]
    for one in friends:
        befriend(mei, one)
    owner = person("owner")
    shop, other_shop = store(owner), store(person("other"), "Other")
    mine, theirs = item(owner, shop).item.id, item(owner, shop).item.id
    bookmarks.keep(mei.pk, mine, BookmarkDraft())
    follow_store(mei.pk, shop.store.id, wanted=True)
    club = interest(bo, "Lens lovers").group.id
    for who in (mei, friends[0]):
        groups.join(who.pk, club, [])
    plain = post(person(), "plain", "everyone").post.id
    by_friend = post(bo, "of bo").post.id
    in_group = post(person(), "elsewhere", "everyone").post.id
    services.publish(
        bo.pk,
        PostBody(client_id=factories.client_id(), audience=ToGroup(group_id=club)),
        of=in_group,
    )
    of_store = post(person(), "of a store", "everyone", item_id=theirs).post.id
    liked = post(person(), "liked", "everyone").post.id
    for one in friends:
        reactions.like(one.pk, liked)
    reactions.react(friends[0].pk, liked, "🎉", on=True)
    said = post(person(), "said", "everyone").post.id
    comment(friends[1], said)
    about = post(person(), "kept", "everyone", item_id=mine).post.id
    ids, why = walk(mei.pk)
    assert (why[liked].kind, why[liked].others) == ("liked", 2)
    assert why[liked].person and why[liked].person.name == "Li"
    assert why[said].kind == "said" and why[said].person and why[said].person.name == "Wen"
    assert why[about].kind == "kept" and why[plain].kind == "everyone"
    assert why[of_store].kind == "store" and why[of_store].store
    assert why[of_store].store.id == shop.store.id != other_shop.store.id
    assert why[in_group].kind == "talk" and why[in_group].group
    assert why[in_group].group.name == "Lens lovers" and why[by_friend].kind == "friend"
    ranks = [ids.index(one) for one in (about, liked, of_store, in_group, said, by_friend, plain)]
    assert ranks[0] < ranks[2] < ranks[3] < ranks[4] < ranks[5] < ranks[6]


def test_nobody_is_named_who_is_muted_and_no_held_comment_speaks(mei: User, bo: User) -> None:
    li = person("li")
    befriend(mei, li)
    shown = post(person("owner"), "shown", "everyone").post.id
    reactions.like(li.pk, shown)
    assert why_of(mei, shown).kind == "liked"
    distance.mute(mei.pk, li.pk, wanted=True)
    assert why_of(mei, shown).kind == "everyone"
    distance.mute(mei.pk, li.pk, wanted=False)
    accounts.block(li.pk, mei.pk)
    assert why_of(mei, shown).kind == "everyone"
    distance.restrict(bo.pk, li.pk, wanted=True)


def test_my_own_choice_of_people_holds(mei: User, bo: User, lin: User) -> None:
    mine, theirs = post(mei).post.id, post(bo).post.id
    strange = post(lin, "for all", "everyone").post.id
    assert sorted(first(mei)) == [theirs, strange] and mine not in first(mei)
    distance.mute(mei.pk, lin.pk, wanted=True)
    assert first(mei) == [theirs]


def test_nobody_stands_thrice_in_a_row_while_others_are_left(mei: User, bo: User) -> None:
    li = person("li")
    befriend(mei, li)
    for who, count in ((li, 4), (bo, 9)):
        for n in range(count):
            post(who, f"{n}")
    authors = [entry.post.author.id for entry in for_you.page(mei.pk).entries]
    runs = [(who, len(list(some))) for who, some in groupby(authors)]
    *mixed, (_, rest) = runs
    assert all(length <= for_you.IN_A_ROW for _, length in mixed)
    assert rest <= for_you.IN_A_ROW or {who for who, _ in runs[-1:]} == {bo.pk}
    assert sorted(authors) == sorted([li.pk] * 4 + [bo.pk] * 9)


def test_the_order_is_the_same_however_it_is_asked_for(mei: User, bo: User) -> None:
    made = [post(bo, f"{n}").post.id for n in range(30)]
    Post.objects.update(at=Now())
    ids, _ = walk(mei.pk)
    assert ids == sorted(made, reverse=True) == walk(mei.pk)[0], "of equals the newer"


def test_it_stands_still_while_one_reads(mei: User, bo: User) -> None:
    li = person("li")
    factories.friends(mei, bo, li)
    for n in range(50):
        post(bo if n % 2 else li, f"{n}")
    before, _ = walk(mei.pk)
    page = for_you.page(mei.pk)
    last = before[-1]
    for who in (bo, li):
        reactions.like(who.pk, last)
    newest = post(li, "newest").post.id
    gone = before[25]
    owner = Post.objects.get(pk=gone).author_id
    services.delete_post(owner, gone)
    ids = [entry.post.id for entry in page.entries]
    cursor = page.next
    while cursor:
        page = for_you.page(mei.pk, cursor)
        ids += [entry.post.id for entry in page.entries]
        cursor = page.next
    assert ids == [one for one in before if one != gone] and newest not in ids
    assert walk(mei.pk)[0][0] in (last, newest), "and moves when it is asked for anew"


def test_the_rule_is_asked_again_on_every_page(mei: User, bo: User) -> None:
    for n in range(25):
        post(bo, f"{n}")
    page = for_you.page(mei.pk)
    accounts.end_tie(bo.pk, mei.pk)
    after = for_you.page(mei.pk, page.next)
    assert (after.entries, after.next) == ([], None)


def test_a_cursor_of_somebody_else_shows_nothing_more(mei: User, bo: User, lin: User) -> None:
    for n in range(25):
        post(bo, f"{n}")
    cursor = for_you.page(mei.pk).next
    assert cursor and for_you.page(lin.pk, cursor).entries == []
    forged = for_you._packed([one.pk for one in Post.objects.all()])
    assert for_you.page(lin.pk, forged).entries == []


@pytest.mark.parametrize("cursor", ["", "!", "A", "gA", "AA", "____________", "x" * 5_999])
def test_a_cursor_that_is_none_is_refused_or_empty(mei: User, cursor: str) -> None:
    if not cursor:
        assert isinstance(for_you.page(mei.pk, cursor), ForYouPage)
        return
    with pytest.raises(Refused, match="bad_field"):
        for_you.page(mei.pk, cursor)


def test_numbers_go_into_a_cursor_and_come_back() -> None:
    chance = Random(5)
    for size in (1, 2, 500):
        ids = [chance.randrange(1, 2**31) for _ in range(size)]
        packed = for_you._packed(ids)
        assert for_you._unpacked(packed) == ids and len(packed) <= for_you.CURSOR_LENGTH
    with pytest.raises(Refused):
        for_you._unpacked(for_you._packed(range(1, 502)))


def test_only_a_week_and_only_so_many(mei: User, bo: User, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [post(bo, f"{n}").post.id for n in range(6)]
    Post.objects.filter(pk=made[-1]).update(at=Now() - timedelta(days=8))
    assert sorted(walk(mei.pk)[0]) == made[:-1]
    monkeypatch.setattr(for_you, "NEWEST", 3)
    assert sorted(walk(mei.pk)[0]) == made[3:-1]


def test_the_cost_does_not_grow(mei: User, bo: User) -> None:
    owner, friends = person("owner"), [person() for _ in range(5)]
    shop = store(owner)
    club = interest(bo).group.id
    groups.join(mei.pk, club, [])
    for one in friends:
        befriend(mei, one)

    def more(count: int) -> None:
        for n in range(count):
            thing = item(owner, shop).item.id
            if n % 3 == 0:
                bookmarks.keep(mei.pk, thing, BookmarkDraft())
            made = post(owner, f"{n}", "everyone", item_id=thing).post.id
            post(bo, f"{n}", ToGroup(group_id=club), item_id=thing)
            reactions.like(friends[n % 5].pk, made)
            comment(friends[n % 4], made)

    def asked(cursor: str | None = None) -> int:
        with CaptureQueriesContext(connection) as queries:
            for_you.page(mei.pk, cursor)
        return len(queries)

    follow_store(mei.pk, shop.store.id, wanted=True)
    more(12)
    few = asked(), asked(for_you.page(mei.pk).next)
    more(20)
    many = asked(), asked(for_you.page(mei.pk).next)
    assert many[0] <= max(few[0], 36) and many[1] <= max(few[1], 34), (few, many)


def test_over_http(mei: User, bo: User) -> None:
    for n in range(21):
        post(bo, f"{n}")
    browser = signed_in(mei)
    page: dict[str, Any] = browser.get("/api/feed/for-you").json()
    assert len(page["entries"]) == len(page["why"]) == 20
    assert page["why"][0] == {
        "kind": "friend",
        "person": None,
        "others": 0,
        "group": None,
        "store": None,
    }
    rest = browser.get("/api/feed/for-you", {"cursor": page["next"]}).json()
    assert len(rest["entries"]) == 1 and rest["next"] is None
    assert browser.get("/api/feed/for-you", {"cursor": "x"}).status_code == 422
