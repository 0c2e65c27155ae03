"""A comment may answer another one under the same post: whoever may see that one sees which."""

from __future__ import annotations

import pytest

from server.accounts import distance
from server.accounts import services as accounts
from server.accounts.models import User
from server.errors import Refused
from server.feed import queries, services
from server.feed.models import Comment
from server.feed.schemas import CommentDraft
from tests.factories import befriend, client_id, comment, person, post


def said(who: User, under: int) -> dict[int, int | None]:
    return {one.id: one.to_id for one in queries.comments_page(who.pk, under).comments}


def test_it_says_what_it_answers(mei: User, bo: User) -> None:
    under = post(mei).post.id
    first = comment(bo, under, "Where from?")
    second = comment(mei, under, "From the market", to=first.id)
    third = comment(bo, under, "Thanks", to=second.id)
    assert said(bo, under) == {first.id: None, second.id: first.id, third.id: second.id}
    services.delete_comment(bo.pk, first.id)
    assert said(bo, under) == {second.id: first.id, third.id: second.id}
    with pytest.raises(Refused, match="not_found"):
        queries.comment_view(mei.pk, first.id)


def test_a_retry_is_the_same_and_another_answer_is_not(mei: User, bo: User) -> None:
    under = post(mei).post.id
    first = comment(bo, under)
    draft = CommentDraft(client_id=client_id(), post_id=under, text="Yes", to_id=first.id)
    made = [services.comment(mei.pk, draft) for _ in range(2)]
    assert made[0] == made[1] and Comment.objects.count() == 2
    services.delete_comment(bo.pk, first.id)
    assert services.comment(mei.pk, draft) == made[0], "what it answers may be gone meanwhile"
    with pytest.raises(Refused, match="altered_replay"):
        services.comment(mei.pk, draft.model_copy(update={"to_id": None}))


def test_only_what_one_sees_there_is_answered(mei: User, bo: User) -> None:
    wen = person("wen")
    befriend(mei, wen)
    under, elsewhere = post(mei).post.id, post(mei).post.id
    gone = comment(bo, under)
    services.delete_comment(bo.pk, gone.id)
    theirs = comment(bo, under)
    accounts.block(bo.pk, wen.pk)
    for who, to in ((mei, comment(bo, elsewhere).id), (mei, gone.id), (mei, 999), (wen, theirs.id)):
        with pytest.raises(Refused, match="bad_field") as refused:
            comment(who, under, to=to)
        assert refused.value.fields == {"to_id": "no comment here that can be answered"}
    assert list(said(mei, under)) == [theirs.id]


def test_what_is_held_is_answered_by_its_author_alone(mei: User, bo: User) -> None:
    under = post(mei, audience="everyone").post.id
    distance.restrict(mei.pk, bo.pk, wanted=True)
    waits = comment(bo, under)
    more = comment(bo, under, to=waits.id)
    assert said(bo, under) == {waits.id: None, more.id: waits.id}, "they learn nothing of it"
    with pytest.raises(Refused, match="bad_field"):
        comment(mei, under, to=waits.id)
    services.approve(mei.pk, waits.id)
    comment(mei, under, to=waits.id)
