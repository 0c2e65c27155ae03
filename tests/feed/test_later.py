"""A draft with a time goes out at that time: once, and as if its author posted it then."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db.models.functions import Now

from server.accounts import lists
from server.accounts.models import User
from server.errors import Refused
from server.feed import drafts, later, queries, services
from server.feed.draft_schemas import DraftBody, DraftView, Plan
from server.feed.models import Draft, Post
from server.feed.schemas import ToList
from server.realtime import topics
from server.realtime.clock import millis, now
from tests.chat.apply import types
from tests.factories import client_id, picture, post
from tests.feed.together import in_threads

HOUR = 3_600_000


def begun(who: User, text: str = "At dawn", **more: Any) -> DraftView:
    fields = {"audience": "friends", "spare": client_id(), "version": 0} | more
    return drafts.keep(who.pk, client_id(), DraftBody(text=text, **fields))


def planned(who: User, one: DraftView, due_in: int | None = HOUR) -> DraftView:
    due = None if due_in is None else millis(now()) + due_in
    return later.plan(who.pk, one.client_id, Plan(version=one.version, due_at=due))


def come(*which: DraftView) -> None:
    """As if their time had come."""
    rows = Draft.objects.filter(client_id__in=[one.client_id for one in which])
    assert rows.update(due_at=Now() - timedelta(seconds=1)) == len(which)


def seen(who: User) -> list[str]:
    return [entry.post.text for entry in queries.feed_page(who.pk).entries]


def test_it_goes_out_at_its_time_and_not_before(mei: User, bo: User) -> None:
    shown = picture(mei).id
    one = planned(mei, begun(mei, picture_ids=[shown]))
    assert later.post_due() == 0 and seen(bo) == []
    come(one)
    assert (later.post_due(), later.post_due()) == (1, 0)
    [entry] = queries.feed_page(bo.pk).entries
    assert (entry.post.text, entry.post.client_id) == ("At dawn", one.client_id)
    assert [pic.id for pic in entry.post.pictures] == [shown]
    assert drafts.mine(mei.pk).drafts == [] and types(topics.author(mei.pk)) == ["post.published"]


def test_it_may_be_put_off_changed_and_called_off(mei: User, bo: User) -> None:
    one = begun(mei)
    first = planned(mei, one)
    again = planned(mei, first, 2 * HOUR)
    assert (again.due_at or 0) - (first.due_at or 0) >= HOUR
    body = DraftBody(text="At dusk", audience="friends", spare=client_id(), version=one.version)
    changed = drafts.keep(mei.pk, one.client_id, body)
    assert changed.due_at == again.due_at, "other words go out at the same time"
    with pytest.raises(Refused, match="conflict"):
        planned(mei, one)
    assert planned(mei, changed, None).due_at is None
    assert not Draft.objects.filter(due_at__isnull=False).exists()
    assert later.post_due() == 0 and seen(bo) == []
    planned(mei, changed)
    come(changed)
    later.post_due()
    assert seen(bo) == ["At dusk"]


def test_only_mine_with_something_in_it_and_within_a_year(mei: User, bo: User) -> None:
    one = begun(mei)
    with pytest.raises(Refused, match="not_found"):
        planned(bo, one)
    for due in (-HOUR, 1_000, 400 * 24 * HOUR):
        with pytest.raises(Refused, match="bad_field") as refused:
            planned(mei, one, due)
        assert "due_at" in refused.value.fields
    with pytest.raises(Refused, match="bad_field") as refused:
        planned(mei, begun(mei, "  "))
    assert "draft" in refused.value.fields
    assert not Draft.objects.filter(due_at__isnull=False).exists()


def test_what_may_not_be_posted_then_stays_and_says_why(mei: User, bo: User) -> None:
    near = lists.make(mei.pk, "Near")
    listed = planned(mei, begun(mei, audience=ToList(list_id=near.id)))
    theirs = post(bo).post.id
    of = planned(mei, begun(mei, "Look", of_id=theirs))
    fine = planned(mei, begun(mei, "Fine"))
    lists.delete(mei.pk, near.id)
    services.delete_post(bo.pk, theirs)
    come(listed, of, fine)
    assert later.post_due() == 1
    why = {one.text: (one.problem, one.due_at) for one in drafts.mine(mei.pk).drafts}
    assert why == {"At dawn": ("bad_field", None), "Look": ("not_found", None)}
    [first, _] = sorted(drafts.mine(mei.pk).drafts, key=lambda one: one.text)
    body = DraftBody(text="At dawn", audience="me", spare=client_id(), version=first.version)
    assert drafts.keep(mei.pk, first.client_id, body).problem is None


def test_whoever_is_leaving_posts_nothing(mei: User) -> None:
    one = planned(mei, begun(mei))
    come(one)
    User.objects.filter(pk=mei.pk).update(is_active=False)
    assert later.post_due() == 0
    User.objects.filter(pk=mei.pk).update(is_active=True)
    assert later.post_due() == 1


def test_posted_by_hand_it_does_not_go_out_again(mei: User, bo: User) -> None:
    one = planned(mei, begun(mei))
    row = Draft.objects.get()
    services.publish(mei.pk, later.post_of(row))
    assert later.post_due() == 0 and seen(bo) == ["At dawn"] and not Draft.objects.exists()
    with pytest.raises(Refused, match="not_found"):
        planned(mei, one)


@pytest.mark.django_db(transaction=True)
def test_many_workers_post_it_once(mei: User, bo: User) -> None:
    some = [planned(mei, begun(mei, f"Number {n}")) for n in range(4)]
    come(*some)
    body = DraftBody(text="Number x", audience="friends", spare=client_id(), version=1)
    failed = in_threads(
        *[later.post_due] * 8, partial(drafts.keep, mei.pk, some[0].client_id, body)
    )
    assert [one for one in failed if not isinstance(one, Refused)] == []
    later.post_due()
    texts = list(Post.objects.values_list("text", flat=True))
    first = {"Number 0", "Number x"} & set(texts)
    assert len(texts) == 4 and set(texts) - first == {"Number 1", "Number 2", "Number 3"}
    # Words that came too late for it are a draft of their own.
    assert first == ({"Number 0"} if Draft.objects.exists() else {"Number x"})
