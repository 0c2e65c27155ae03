"""A post shown on: nothing is copied, whoever may not see it sees nothing of it, all counted."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from server.accounts import services as accounts
from server.accounts.models import User
from server.errors import Refused
from server.feed import queries, reactions, services
from server.feed.models import Post
from server.feed.schemas import PostBody, PostEntry, Wanted
from server.realtime.models import LoggedEvent
from tests.factories import befriend, client_id, person, picture, post
from tests.feed.conftest import Following
from tests.feed.together import in_threads
from tests.notices.conftest import read_all, seen
from tests.realtime.conftest import Remembering


def share(who: User, of: int, text: str = "", to: Wanted = "friends", **fields: str) -> PostEntry:
    draft = PostBody(client_id=fields.pop("client_id", client_id()), text=text, audience=to)
    return services.publish(who.pk, draft, of=of)


def shown(who: User, *ids: int) -> list[int]:
    return [one.post.id for one in queries.post_list(who.pk, ids).entries]


def shares(post_id: int) -> int:
    """What the post says, which must be what its rows say."""
    said = Post.objects.get(pk=post_id).shares
    assert said == Post.objects.filter(of=post_id, deleted_at=None).count()
    return said


def test_it_shows_the_original_to_those_who_may_see_that_and_copies_nothing(
    mei: User, bo: User, lin: User, transport: Remembering, following: Following
) -> None:
    befriend(bo, lin)
    made = post(mei, "the-original-words", picture_ids=[picture(mei).id]).post.id
    told = LoggedEvent.objects.filter(encoded__contains="the-original-words").count()
    with following(mei, bo, lin):
        again = share(bo, made, "look")
    assert (again.post.of_id, again.post.text, again.post.pictures) == (made, "look", [])
    assert [one.post.id for one in queries.feed_page(lin.pk).entries] == [again.post.id]
    assert shown(bo, made, again.post.id) == [made, again.post.id]
    assert shown(lin, made, again.post.id) == [again.post.id]
    assert LoggedEvent.objects.filter(encoded__contains="the-original-words").count() == told
    assert "the-original-words" not in queries.feed_page(lin.pk).model_dump_json()


@pytest.mark.parametrize("what", ["never", "deleted", "narrowed", "blocked", "not there"])
def test_whatever_the_reason_it_reads_the_same(mei: User, bo: User, lin: User, what: str) -> None:
    befriend(bo, lin)
    made = post(mei, audience="friends" if what == "never" else "everyone").post.id
    again = share(bo, made, to="everyone").post.id
    if what == "deleted":
        services.delete_post(mei.pk, made)
    if what == "narrowed":
        services.change_audience(mei.pk, made, "friends")
    if what == "blocked":
        accounts.block(mei.pk, lin.pk)
    wanted = 999_999 if what == "not there" else made
    answer = queries.post_list(lin.pk, [wanted, again]).model_dump_json()
    assert answer == queries.post_list(lin.pk, [again]).model_dump_json()
    assert queries.post_entry(lin.pk, again).post.of_id == made, (
        "who showed it on keeps their words"
    )


def test_of_one_that_shows_another_on_it_is_that_other_one(mei: User, bo: User, lin: User) -> None:
    befriend(bo, lin)
    made = post(mei, audience="everyone").post.id
    again = share(bo, made).post.id
    assert share(lin, again).post.of_id == made and shares(made) == 2 and shares(again) == 0
    services.change_audience(mei.pk, made, "friends")
    with pytest.raises(Refused, match="not_found"):
        share(lin, again)
    with pytest.raises(Refused, match="not_found"):
        share(lin, made)
    assert shares(made) == 2


def test_it_is_counted_exactly_whatever_happens_at_once(mei: User, bo: User) -> None:
    made = post(mei).post.id
    name = client_id()
    calls = [lambda: share(bo, made, client_id=name)] * 4 + [lambda: share(mei, made)] * 3
    assert in_threads(*calls) == []
    assert shares(made) == 4
    with pytest.raises(Refused, match="altered_replay"):
        share(bo, made, "other words", client_id=name)
    own = Post.objects.filter(of=made, author=mei).first()
    assert own is not None
    for _ in range(2):
        services.delete_post(mei.pk, own.pk)
    assert shares(made) == 3
    Post.objects.filter(pk=made).update(shares=9)
    assert reactions.recount(made).shares == 3


def test_the_author_is_told_in_one_line_of_what_they_may_see(mei: User, bo: User) -> None:
    wen = person("wen", name="Wen")
    befriend(mei, wen)
    made = post(mei, "A kite").post.id
    share(bo, made, "how high?")
    share(wen, made, "for me", "me")
    [line] = seen(mei, "reshare")
    assert [one.username for one in line.people] == ["bo"], "Wen showed it to nobody"
    assert (line.subject, line.about, line.said) == (made, "A kite", "how high?")
    read_all(mei)
    last = share(wen, made).post.id
    assert [one.username for one in seen(mei, "reshare")[0].people] == ["wen", "bo"]
    services.delete_post(wen.pk, last)
    assert [one.username for one in seen(mei, "reshare")[0].people] == ["bo"]


def test_many_at_once_cost_the_same(
    mei: User, bo: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made = [post(mei, str(n)).post.id for n in range(20)]
    with django_assert_max_num_queries(12):  # begin, instant and commit included
        assert len(queries.post_list(bo.pk, made).entries) == 20
