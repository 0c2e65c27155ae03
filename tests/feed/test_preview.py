"""This is exactly what they will see: asked of their own pages, told to the author alone."""

from __future__ import annotations

import pytest

from server.accounts import distance, following, lists
from server.accounts import services as accounts
from server.accounts.models import User
from server.accounts.schemas import MeChange
from server.errors import Refused
from server.feed import preview, queries, services
from server.feed.models import Post
from server.feed.schemas import PostDraft, PostPreview, PreviewDraft, ToGroup, ToList, Wanted
from server.groups import services as groups
from server.media.models import Picture
from server.realtime.models import LoggedEvent, TopicHead
from tests.factories import (
    befriend,
    browser,
    client_id,
    comment,
    interest,
    person,
    picture,
    post,
    signed_in,
)
from tests.realtime.conftest import Remembering

AUDIENCES: list[Wanted] = ["me", "friends", "everyone"]


def draft(**fields: object) -> PostDraft:
    return PostDraft.model_validate(
        {"client_id": client_id(), "text": "words", "audience": "friends", **fields}
    )


def before_posting(author: User, reader: User, **fields: object) -> PostPreview:
    return preview.draft(author.pk, PreviewDraft(reader=str(reader.pk), post=draft(**fields)))


@pytest.fixture
def family(mei: User, bo: User) -> ToList:
    made = lists.make(mei.pk, "Family")
    lists.add(mei.pk, made.id, bo.pk)
    return ToList(list_id=made.id)


def test_it_is_what_their_own_page_says_for_every_audience(
    mei: User, bo: User, lin: User, family: ToList
) -> None:
    yu = person("yu", name="Yu")
    befriend(mei, yu)
    for wanted in (*AUDIENCES, family):
        made = post(mei, "words", wanted)
        for reader in (bo, yu, lin, mei):
            shown = preview.post(mei.pk, str(reader.pk), made.post.id)
            before = before_posting(mei, reader, audience=wanted)
            assert (shown.post is None) == (before.post is None)
            try:
                theirs = queries.post_entry(reader.pk, made.post.id)
            except Refused:
                assert shown.post is None
                continue
            assert (shown.post, shown.counts) == (theirs.post, theirs.counts)
            assert before.post is not None
            same = {"id", "client_id", "at"}
            assert before.post.model_dump(exclude=same) == theirs.post.model_dump(exclude=same)
    for reader in (bo, yu, lin):
        page = preview.page(mei.pk, str(reader.pk))
        theirs_ = queries.person_page(reader.pk, mei.pk).entries
        assert [one.post for one in page.posts] == [one.post for one in theirs_]


def test_looking_at_a_draft_keeps_nothing_and_tells_nobody(
    mei: User, bo: User, family: ToList, transport: Remembering
) -> None:
    shown = picture(mei)
    heads, events = list(TopicHead.objects.values()), LoggedEvent.objects.count()
    body = draft(audience=family, picture_ids=[shown.id])
    seen = preview.draft(mei.pk, PreviewDraft(reader=str(bo.pk), post=body))
    assert seen.post is not None and [one.id for one in seen.post.pictures] == [shown.id]
    assert transport.published == []
    assert (list(TopicHead.objects.values()), LoggedEvent.objects.count()) == (heads, events)
    assert not Post.objects.exists()
    assert Picture.objects.get(pk=shown.id).guard is None
    assert lists.mine(mei.pk).lists[0].topic is None
    made = services.publish(mei.pk, body)
    assert queries.post_entry(bo.pk, made.post.id).post == made.post


def test_it_is_the_authors_alone(mei: User, bo: User, lin: User) -> None:
    made = post(mei).post.id
    for who, code in ((bo, "forbidden"), (lin, "not_found")):
        with pytest.raises(Refused, match=code):
            preview.post(who.pk, str(mei.pk), made)
    with pytest.raises(Refused, match="not_found"):
        preview.post(mei.pk, str(10**9), made)


def test_it_is_no_oracle_for_blocks(mei: User, bo: User, lin: User) -> None:
    """Whoever blocked me is nobody; whom I blocked sees nothing, which I know."""
    made = post(mei, audience="everyone").post.id
    accounts.block(lin.pk, mei.pk)
    for ask in (
        lambda: preview.post(mei.pk, str(lin.pk), made),
        lambda: before_posting(mei, lin, audience="everyone"),
        lambda: preview.page(mei.pk, str(lin.pk)),
    ):
        with pytest.raises(Refused, match="not_found"):
            ask()
    accounts.block(mei.pk, bo.pk)
    assert preview.post(mei.pk, str(bo.pk), made).post is None
    assert preview.page(mei.pk, str(bo.pk)).posts == []


def test_it_tells_nothing_of_what_is_the_readers_own(mei: User, bo: User) -> None:
    """Neither what they like nor, by comments that are missing, whom they blocked."""
    made = post(mei, audience="everyone").post.id
    other = person("yu")
    comment(other, made)
    before = preview.post(mei.pk, str(bo.pk), made)
    accounts.block(bo.pk, other.pk)
    assert preview.post(mei.pk, str(bo.pk), made) == before
    assert "liked" not in before.model_dump_json()


def over_http(reader: str, post_id: int, people: dict[str, User]) -> object:
    """What whoever this is really gets of it: the post, or nothing."""
    client = browser() if reader == "signed-out" else signed_in(people[reader])
    answer = client.get(f"/api/posts/{post_id}")
    assert answer.status_code in (200, 401, 404)
    return answer.json()["post"] if answer.status_code == 200 else None


def test_it_is_what_everybody_really_gets_whoever_they_are(
    mei: User, bo: User, lin: User, family: ToList
) -> None:
    """For each audience and each kind of reader, before it is posted and after, over HTTP."""
    yu, fan, minor = person("yu", name="Yu"), person("fan"), person("ann", birth_year=2012)
    befriend(mei, yu)
    accounts.change_me(mei.pk, MeChange(followable=True))
    following.follow(fan.pk, mei.pk)
    distance.restrict(mei.pk, yu.pk, wanted=True)
    club = interest(bo).group.id
    for who in (mei, fan):
        groups.join(who.pk, club, [])
    lists.add(mei.pk, family.list_id, yu.pk)
    people = {str(who.pk): who for who in (mei, bo, yu, fan, minor)} | {"stranger": lin}
    within = ToGroup(group_id=club)
    got: dict[object, set[str]] = {}
    here = signed_in(mei)
    for wanted in (*AUDIENCES, "followers", family, within):
        body = draft(audience=wanted).model_dump()
        made = post(mei, "words", wanted).post.id
        for reader in (*people, "signed-out"):
            shown = here.get(f"/api/posts/{made}/seen-by/{reader}").json()["post"]
            assert shown == over_http(reader, made, people), (wanted, reader)
            order = {"reader": reader, "post": {**body, "client_id": client_id()}}
            answer = here.post("/api/posts/preview", order, "application/json").json()
            assert (answer["post"] is None) == (shown is None), (wanted, reader)
            if shown is not None:
                got.setdefault(str(wanted), set()).add(reader)
        of_list = here.get(f"/api/posts/{made}/seen-by/list-{family.list_id}").json()
        theirs = {str(who.pk): over_http(str(who.pk), made, people) for who in (bo, yu)}
        without = {number for number, seen in theirs.items() if seen is None}
        assert {str(one["id"]) for one in of_list["unseen"]} == without, wanted
        assert of_list["post"] == next((one for one in theirs.values() if one), None)
    names = {"mei": mei.pk, "bo": bo.pk, "yu": yu.pk, "fan": fan.pk, "ann": minor.pk}
    known = {name: str(number) for name, number in names.items()} | {"lin": "stranger"}
    assert {
        audience: {n for n, r in known.items() if r in seen} for audience, seen in got.items()
    } == {
        "me": {"mei"},
        "friends": {"mei", "bo"},
        "followers": {"mei", "bo", "fan"},
        "everyone": {"mei", "bo", "yu", "fan", "ann", "lin"},
        str(family): {"mei", "bo"},
        str(within): {"mei", "bo", "fan"},
    }
    for reader in (*people, "signed-out", f"list-{family.list_id}"):
        page = here.get(f"/api/me/posts/seen-by/{reader}").json()["posts"]
        if reader.startswith("list-"):
            assert [one["post"]["audience"] for one in page] == [
                "list",
                "followers",
                "everyone",
                "friends",
            ]
        elif reader == "signed-out":
            assert page == []
            assert browser().get(f"/api/people/{mei.pk}/posts").status_code == 401
        else:
            theirs_ = signed_in(people[reader]).get(f"/api/people/{mei.pk}/posts").json()
            assert [one["post"] for one in page] == [one["post"] for one in theirs_["entries"]]


def test_a_list_is_its_friends_and_its_owners_alone(mei: User, bo: User, family: ToList) -> None:
    made = post(mei, audience="friends").post.id
    reader = f"list-{family.list_id}"
    assert preview.post(mei.pk, reader, made).post is not None
    theirs = post(bo, audience="everyone").post.id
    with pytest.raises(Refused, match="not_found"):
        preview.post(bo.pk, reader, theirs)
    accounts.end_tie(mei.pk, bo.pk)
    empty = preview.post(mei.pk, reader, made)
    assert (empty.post, empty.unseen) == (None, [])


def test_what_shows_another_post_on_is_looked_at_before_it_is_posted(mei: User, bo: User) -> None:
    theirs = post(bo, audience="friends").post.id
    silent = {"client_id": client_id(), "audience": "everyone"}
    looked = PreviewDraft.model_validate({"reader": "stranger", "post": silent, "of_id": theirs})
    shown = preview.draft(mei.pk, looked).post
    assert shown is not None and shown.of_id == theirs
    assert Post.objects.count() == 1 and Post.objects.get().shares == 0
    with pytest.raises(ValueError, match="needs text"):
        PreviewDraft.model_validate({"reader": "stranger", "post": silent})
