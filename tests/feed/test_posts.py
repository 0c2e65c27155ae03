"""Posting and taking back: who learns of it, who does not, and that repeating changes nothing."""

from __future__ import annotations

import orjson
import pytest
from pytest_django import DjangoAssertNumQueries

from server import access
from server.accounts import services as accounts
from server.accounts.models import User
from server.errors import Refused
from server.feed import policies, queries, services
from server.feed.models import Post, PostPicture
from server.feed.schemas import PostBody, PostDraft
from server.media.models import Picture
from server.realtime import log
from server.realtime.models import LoggedEvent
from server.realtime.topics import author, user
from server.realtime.topics import post as post_topic
from tests.factories import befriend, client_id, comment, item, person, picture, post, store
from tests.feed.apply import Screen, received
from tests.feed.conftest import Following
from tests.realtime.conftest import Remembering


def ids(who: User) -> list[int]:
    return [entry.post.id for entry in queries.feed_page(who.pk).entries]


def everyones(who: User) -> list[int]:
    return [entry.post.id for entry in queries.everyone_page(who.pk).entries]


def seen(who: User, post_id: int) -> bool:
    """Asked in every way there is; all must agree."""
    answers = {
        policies.visible_posts(who.pk).filter(pk=post_id).exists(),
        (who.pk, post_id) in policies.watchable([who.pk], [post_id]),
        access.may_watch(who.pk, str(post_topic(post_id))),
        _reads(lambda: queries.post_entry(who.pk, post_id)),
        _reads(lambda: queries.comments_page(who.pk, post_id)),
    }
    assert len(answers) == 1
    return answers.pop()


def _reads(read: object) -> bool:
    try:
        read()  # type: ignore[operator]
    except Refused as refusal:
        assert refusal.code.name == "not_found"
        return False
    return True


def test_a_post_reaches_friends_and_nobody_else(
    mei: User, bo: User, lin: User, transport: Remembering, following: Following
) -> None:
    with following(mei, bo, lin):
        made = post(mei, "For my friends")
        for who in (mei, bo):
            assert [e["type"] for e in received(who.pk, transport.published)] == ["post.published"]
        assert received(lin.pk, transport.published) == []
    assert ids(mei) == ids(bo) == [made.post.id]
    assert ids(lin) == everyones(lin) == everyones(bo) == []
    assert seen(bo, made.post.id)
    assert not seen(lin, made.post.id)


def test_one_event_however_many_friends(mei: User) -> None:
    for _ in range(5):
        befriend(mei, person())
    before = LoggedEvent.objects.count()
    post(mei)
    assert LoggedEvent.objects.count() == before + 1


def test_a_post_for_everyone_is_found_by_strangers_but_not_in_their_feed(
    mei: User, lin: User, following: Following
) -> None:
    with following(mei, lin):
        made = post(mei, audience="everyone")
    assert ids(lin) == []
    assert everyones(lin) == [made.post.id]
    assert seen(lin, made.post.id)


@pytest.mark.parametrize("blocker", ["author", "reader"])
def test_a_block_hides_everything_both_ways(mei: User, bo: User, lin: User, blocker: str) -> None:
    open_post = post(mei, audience="everyone").post.id
    for reader in (bo, lin):
        assert seen(reader, open_post)
        one, other = (mei, reader) if blocker == "author" else (reader, mei)
        accounts.block(one.pk, other.pk)
        assert not seen(reader, open_post)
        assert everyones(reader) == ids(reader) == []
        for act in (services.like, services.unlike):
            with pytest.raises(Refused, match="not_found"):
                act(reader.pk, open_post)
        with pytest.raises(Refused, match="not_found"):
            comment(reader, open_post)
        accounts.unblock(one.pk, other.pk)
        assert seen(reader, open_post)


def test_unfriending_hides_what_was_for_friends(mei: User, bo: User) -> None:
    private, public = post(mei).post.id, post(mei, audience="everyone").post.id
    accounts.end_tie(bo.pk, mei.pk)
    assert not seen(bo, private)
    assert seen(bo, public)
    assert ids(bo) == []
    assert not access.may_watch(bo.pk, str(author(mei.pk)))
    befriend(mei, bo)
    assert seen(bo, private)


def test_a_person_who_left_takes_their_posts_along(mei: User, bo: User) -> None:
    made = post(mei, audience="everyone").post.id
    User.objects.filter(pk=mei.pk).update(is_active=False)
    assert not seen(bo, made)
    assert ids(bo) == everyones(bo) == []


def test_a_retry_returns_the_first_result(mei: User, following: Following) -> None:
    draft = PostDraft(client_id=client_id(), text="Once", audience="friends")
    first = services.publish(mei.pk, draft)
    with following(mei):
        assert services.publish(mei.pk, draft) == first
    assert Post.objects.count() == 1
    with pytest.raises(Refused, match="altered_replay"):
        services.publish(mei.pk, draft.model_copy(update={"text": "Twice"}))
    with pytest.raises(Refused, match="altered_replay"):
        services.publish(mei.pk, draft, poll_id=9)


def test_the_same_client_id_of_two_people_is_two_posts(mei: User, bo: User) -> None:
    draft = PostDraft(client_id=client_id(), text="Mine", audience="friends")
    assert services.publish(mei.pk, draft) != services.publish(bo.pk, draft)


def test_pictures_and_item(mei: User, bo: User, following: Following) -> None:
    camera = item(mei, store(mei))
    pictures = [picture(mei), picture(mei, colour="red")]
    with following(mei, bo):
        made = post(mei, "", picture_ids=[pictures[1].id, pictures[0].id], item_id=camera.item.id)
    assert [one.id for one in made.post.pictures] == [pictures[1].id, pictures[0].id]
    assert made.post.item is not None and made.post.item.id == camera.item.id
    guards = set(Picture.objects.values_list("guard", flat=True))
    assert str(post_topic(made.post.id)) in guards


def test_what_cannot_be_pinned_leaves_nothing_behind(mei: User, bo: User) -> None:
    for fields in ({"item_id": 999}, {"picture_ids": [picture(bo).id]}, {"picture_ids": [999]}):
        with pytest.raises(Refused, match="bad_field"):
            post(mei, **fields)
    assert not Post.objects.exists()
    assert not LoggedEvent.objects.filter(topic=str(author(mei.pk))).exists()


@pytest.mark.parametrize("text", ["", " \n ", "\u200b", "\u202e"])
def test_an_empty_post_is_refused(mei: User, text: str) -> None:
    with pytest.raises(Refused, match="bad_field"):
        services.publish(mei.pk, PostBody(client_id=client_id(), text=text, audience="friends"))
    assert not Post.objects.exists()


def test_nothing_of_a_deleted_post_stays(
    mei: User, bo: User, transport: Remembering, following: Following
) -> None:
    kept = picture(mei)
    made = post(mei, "A secret recipe", picture_ids=[kept.id]).post
    with following(mei, bo):
        services.delete_post(mei.pk, made.id)
        told = [e["type"] for e in received(bo.pk, transport.published)]
        assert told == ["post.deleted"]
    gone = [one for one in transport.published if one.topic == str(post_topic(made.id))]
    assert [orjson.loads(one.text)["type"] for one in gone] == ["post.gone"]
    assert [one.authority for one in gone] == [str(author(mei.pk))]
    assert ids(bo) == ids(mei) == []
    assert not seen(mei, made.id) and not seen(bo, made.id)
    assert not PostPicture.objects.exists()
    assert Picture.objects.get(pk=kept.id).state == "gone"
    assert not LoggedEvent.objects.filter(encoded__contains="secret recipe").exists()
    with following(mei, bo):
        services.delete_post(mei.pk, made.id)


def test_a_repeated_publication_of_a_deleted_post_brings_nothing_back(mei: User) -> None:
    draft = PostDraft(client_id=client_id(), text="Gone", audience="everyone")
    made = services.publish(mei.pk, draft)
    services.delete_post(mei.pk, made.post.id)
    again = services.publish(mei.pk, draft)
    assert (again.post.id, again.post.text) == (made.post.id, "")
    assert everyones(mei) == []


def test_only_the_author_deletes(mei: User, bo: User, lin: User) -> None:
    made = post(mei).post.id
    with pytest.raises(Refused, match="forbidden"):
        services.delete_post(bo.pk, made)
    with pytest.raises(Refused, match="not_found"):
        services.delete_post(lin.pk, made)
    with pytest.raises(Refused, match="not_found"):
        services.delete_post(mei.pk, 999)
    assert ids(mei) == [made]


def test_pages_follow_each_other_without_hole_or_repetition(mei: User, bo: User) -> None:
    made = [post(mei if n % 2 else bo, str(n)).post.id for n in range(45)]
    found, cursor, pages = [], None, 0
    while True:
        page = queries.feed_page(bo.pk, cursor)
        assert bool(page.heads) == (cursor is None)
        found += [entry.post.id for entry in page.entries]
        pages += 1
        post(mei, "meanwhile")
        if (cursor := page.next) is None:
            break
    assert found == made[::-1]
    assert pages == 3


def test_heads_name_exactly_those_whose_posts_are_followed(mei: User, bo: User, lin: User) -> None:
    post(bo)
    heads = queries.feed_page(mei.pk).heads
    own = log.head(user(mei.pk))
    assert heads == {str(author(mei.pk)): 0, str(author(bo.pk)): 1, str(user(mei.pk)): own}
    assert queries.everyone_page(mei.pk).heads == {}
    assert queries.person_page(mei.pk, bo.pk).heads == {str(author(bo.pk)): 1}
    assert queries.person_page(lin.pk, bo.pk).heads == {}


def test_a_persons_page(mei: User, bo: User, lin: User) -> None:
    private, public = post(mei).post.id, post(mei, audience="everyone").post.id
    post(bo)

    def shown(who: User) -> list[int]:
        return [entry.post.id for entry in queries.person_page(who.pk, mei.pk).entries]

    assert shown(mei) == shown(bo) == [public, private]
    assert shown(lin) == [public]
    accounts.block(mei.pk, lin.pk)
    with pytest.raises(Refused, match="not_found"):
        shown(lin)
    with pytest.raises(Refused, match="not_found"):
        queries.person_page(mei.pk, 999)


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJhIl0", "WzEsMl0", "WzFlNDAwXQ"])
def test_a_foreign_cursor_is_refused(mei: User, cursor: str) -> None:
    for read in (queries.feed_page, queries.everyone_page):
        with pytest.raises(Refused, match="bad_field"):
            read(mei.pk, cursor)


def test_a_page_costs_the_same_however_much_is_on_it(
    mei: User, bo: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    shop = store(mei)
    made = []
    for n in range(20):
        things = {"picture_ids": [picture(bo).id], "item_id": item(mei, shop).item.id}
        made.append(post(bo, str(n), **things).post.id)
        services.like(mei.pk, made[-1])
    log.epoch()  # a process reads it once
    with django_assert_max_num_queries(20):  # begin, instant and commit included
        assert len(queries.feed_page(mei.pk).entries) == 20
    with django_assert_max_num_queries(3):
        assert len(policies.watchable([mei.pk, bo.pk], made)) == 40


def test_who_comes_back_is_brought_to_the_same_page_by_the_log(mei: User, bo: User) -> None:
    """Deleted words are blank in the log, and the page ends equal all the same."""
    kept = post(mei).post.id
    screen = Screen.load(bo.pk)
    gone = post(mei, "Sold my bicycle").post.id
    comment(mei, gone, "To whom?")
    spoken = comment(bo, kept, "Never mind")
    comment(mei, kept, "What?")
    services.delete_comment(bo.pk, spoken.id)
    services.delete_post(mei.pk, gone)
    later = post(mei).post.id
    topics = [author(mei.pk), post_topic(kept)]
    rows = LoggedEvent.objects.filter(topic__in=map(str, topics)).order_by("recorded_at", "topic")
    past = {str(topics[0]): screen.feed.heads[str(topics[0])], str(topics[1]): 0}
    missed = [orjson.loads(row.encoded) for row in rows if row.number > past[row.topic]]
    assert not any(words in str(missed) for words in ("bicycle", "Never mind"))
    fresh, caught_up = Screen.load(bo.pk), screen.apply(missed)
    assert caught_up.threads == fresh.threads
    assert [entry.post for entry in caught_up.feed.entries] == [
        entry.post for entry in fresh.feed.entries
    ]
    assert caught_up.feed.heads == fresh.feed.heads
    assert {entry.post.id for entry in fresh.feed.entries} == {kept, later}
