"""This is exactly what they will see: asked of their own pages, told to the author alone."""

from __future__ import annotations

import pytest

from server.accounts import lists
from server.accounts import services as accounts
from server.accounts.models import User
from server.errors import Refused
from server.feed import preview, queries, services
from server.feed.models import Post
from server.feed.schemas import PostDraft, ToList, Wanted
from server.media.models import Picture
from server.realtime.models import LoggedEvent, TopicHead
from tests.factories import befriend, client_id, comment, person, picture, post
from tests.realtime.conftest import Remembering

AUDIENCES: list[Wanted] = ["me", "friends", "everyone"]


def draft(**fields: object) -> PostDraft:
    return PostDraft.model_validate(
        {"client_id": client_id(), "text": "words", "audience": "friends", **fields}
    )


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
            shown = preview.post(mei.pk, reader.pk, made.post.id)
            before = preview.draft(mei.pk, reader.pk, draft(audience=wanted))
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
        page = preview.page(mei.pk, reader.pk)
        theirs_ = queries.person_page(reader.pk, mei.pk).entries
        assert [one.post for one in page.posts] == [one.post for one in theirs_]


def test_looking_at_a_draft_keeps_nothing_and_tells_nobody(
    mei: User, bo: User, family: ToList, transport: Remembering
) -> None:
    shown = picture(mei)
    heads, events = list(TopicHead.objects.values()), LoggedEvent.objects.count()
    body = draft(audience=family, picture_ids=[shown.id])
    seen = preview.draft(mei.pk, bo.pk, body)
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
            preview.post(who.pk, mei.pk, made)
    with pytest.raises(Refused, match="not_found"):
        preview.post(mei.pk, 10**9, made)


def test_it_is_no_oracle_for_blocks(mei: User, bo: User, lin: User) -> None:
    """Whoever blocked me is nobody; whom I blocked sees nothing, which I know."""
    made = post(mei, audience="everyone").post.id
    accounts.block(lin.pk, mei.pk)
    for ask in (
        lambda: preview.post(mei.pk, lin.pk, made),
        lambda: preview.draft(mei.pk, lin.pk, draft(audience="everyone")),
        lambda: preview.page(mei.pk, lin.pk),
    ):
        with pytest.raises(Refused, match="not_found"):
            ask()
    accounts.block(mei.pk, bo.pk)
    assert preview.post(mei.pk, bo.pk, made).post is None
    assert preview.page(mei.pk, bo.pk).posts == []


def test_it_tells_nothing_of_what_is_the_readers_own(mei: User, bo: User) -> None:
    """Neither what they like nor, by comments that are missing, whom they blocked."""
    made = post(mei, audience="everyone").post.id
    other = person("yu")
    comment(other, made)
    before = preview.post(mei.pk, bo.pk, made)
    accounts.block(bo.pk, other.pk)
    assert preview.post(mei.pk, bo.pk, made) == before
    assert "liked" not in before.model_dump_json()
