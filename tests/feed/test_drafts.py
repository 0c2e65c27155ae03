"""Drafts: one's own on every device, never overwritten unseen, gone with the post they become."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db.models.functions import Now

from server.accounts.models import User
from server.errors import Refused
from server.feed import drafts, services
from server.feed.draft_schemas import DraftBody, DraftView
from server.feed.models import Draft, DraftPicture, Post
from server.feed.schemas import PostBody, PostDraft, ToGroup
from server.media.models import Picture
from server.media.services import forget_unused
from tests.factories import client_id, interest, item, picture, post, signed_in, store
from tests.threads import at_once


def keep(who: User, key: str, text: str = "words", version: int = 0, **more: Any) -> DraftView:
    fields = {"spare": client_id(), "audience": "friends", **more}
    return drafts.keep(who.pk, key, DraftBody(version=version, text=text, **fields))


def texts(who: User) -> list[str]:
    return [one.text for one in drafts.mine(who.pk).drafts]


def publish(who: User, key: str, text: str = "words", **more: Any) -> int:
    fields = {"audience": "friends", **more}
    return services.publish(who.pk, PostDraft(client_id=key, text=text, **fields)).post.id


def test_what_was_begun_on_one_device_is_there_on_another(mei: User, bo: User) -> None:
    key, hung, thing = client_id(), picture(mei), item(bo, store(bo)).item
    shown = post(bo, audience="everyone").post.id
    club = interest(mei).group.id
    body = {"picture_ids": [hung.id], "item_id": thing.id, "of_id": shown}
    made = keep(mei, key, " a lamp\r\n", audience=ToGroup(group_id=club), **body)
    assert (made.client_id, made.version, made.text) == (key, 1, "a lamp")
    [seen] = drafts.mine(mei.pk).drafts
    assert seen == made and seen.pictures == [hung] and seen.item and seen.item.id == thing.id
    assert seen.of_id == shown and seen.audience == ToGroup(group_id=club)
    assert texts(bo) == []
    again = keep(mei, key, "a lamp", audience=ToGroup(group_id=club), **body)
    assert again == made, "repeated, it changes nothing"
    assert keep(mei, key, "a lantern", 1, audience="me").version == 2
    [seen] = drafts.mine(mei.pk).drafts
    assert (seen.text, seen.pictures, seen.item, seen.of_id) == ("a lantern", [], None, None)


def test_the_last_written_stands_first_and_there_are_at_most_twenty(mei: User) -> None:
    keys = [client_id() for _ in range(drafts.DRAFTS)]
    for n, key in enumerate(keys):
        keep(mei, key, f"{n}")
        age = Now() - timedelta(hours=50 - n)
        Draft.objects.filter(client_id=key).update(at=age)
    with pytest.raises(Refused, match="full"):
        keep(mei, client_id(), "one too many")
    keep(mei, keys[3], "anew", 1)
    assert texts(mei) == ["anew", *(f"{n}" for n in reversed(range(20)) if n != 3)]


def test_reading_costs_the_same_however_many_there_are(
    mei: User, django_assert_max_num_queries: Any
) -> None:
    shop = store(mei)
    for n in range(12):
        more = {"picture_ids": [picture(mei).id], "item_id": item(mei, shop).item.id}
        keep(mei, client_id(), f"{n}", **more)
    with django_assert_max_num_queries(8):
        assert len(drafts.mine(mei.pk).drafts) == 12


def test_who_comes_second_has_a_draft_of_their_own(mei: User) -> None:
    key, spare = client_id(), client_id()
    keep(mei, key, "begun")
    keep(mei, key, "on the phone", 1)
    late = keep(mei, key, "on the desk", 1, spare=spare)
    assert (late.client_id, late.version) == (spare, 1)
    assert keep(mei, key, "on the desk", 1, spare=spare) == late, "repeated without an answer"
    assert sorted(texts(mei)) == ["on the desk", "on the phone"]
    with pytest.raises(Refused, match="conflict"):
        keep(mei, key, "something else", 1, spare=spare)


def test_two_devices_at_once_lose_nothing(mei: User) -> None:
    key = client_id()
    keep(mei, key, "begun")
    results = at_once([partial(keep, mei, key, f"device {n}", 1) for n in range(4)])
    kept = [one for one in results if isinstance(one, DraftView)]
    assert len(kept) == 4 and sum(one.client_id == key for one in kept) == 1
    assert sorted(texts(mei)) == [f"device {n}" for n in range(4)]


def test_twenty_are_twenty_when_two_come_at_once(mei: User) -> None:
    for n in range(drafts.DRAFTS - 1):
        keep(mei, client_id(), f"{n}")
    results = at_once([lambda: keep(mei, client_id(), "last") for _ in range(3)])
    refused = [one for one in results if isinstance(one, Refused)]
    assert [one.code.name for one in refused] == ["full", "full"]
    assert Draft.objects.count() == drafts.DRAFTS


def test_a_draft_is_thrown_away_as_it_was_seen(mei: User, bo: User) -> None:
    key = client_id()
    keep(mei, key)
    keep(mei, key, "more words", 1)
    with pytest.raises(Refused, match="conflict"):
        drafts.drop(mei.pk, key, 1)
    for who, name in ((bo, key), (mei, client_id())):
        with pytest.raises(Refused, match="not_found"):
            drafts.drop(who.pk, name, 2)
    drafts.drop(mei.pk, key, 2)
    assert texts(mei) == []
    gone = keep(mei, key, "written on", 2)
    assert gone.client_id != key, "what is written on elsewhere is not lost with it"


def test_a_posted_draft_goes_in_the_same_transaction(
    mei: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = client_id()
    keep(mei, key, "words")
    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr(services.drafts, "posted", fail)
        publish(mei, key, draft=1)
    assert texts(mei) == ["words"] and not Post.objects.exists()
    made = publish(mei, key, draft=1)
    assert texts(mei) == [] and publish(mei, key, draft=0) == made, "a retry, whatever it knows"
    late = keep(mei, key, "words", spare=client_id())
    assert late.client_id != key, "a request that comes late takes no place of a post"


def fail(*arguments: Any) -> None:
    raise RuntimeError("at the last moment")


def test_what_another_device_made_of_it_stays_when_it_is_posted(mei: User) -> None:
    key, same = client_id(), client_id()
    keep(mei, key, "one")
    keep(mei, key, "one and two", 1)
    publish(mei, key, "one and a half", draft=1)
    [left] = drafts.mine(mei.pk).drafts
    assert left.text == "one and two" and left.client_id != key
    drafts.drop(mei.pk, left.client_id, left.version)
    keep(mei, same, "the same")
    publish(mei, same, " the same ", draft=0)
    assert texts(mei) == [], "an answer that never came: nothing of it is lost"
    body = PostBody(client_id=client_id(), audience="me", draft=1)
    shown = publish(mei, client_id(), "to show", audience="everyone")
    keep(mei, body.client_id, "", of_id=shown)
    services.publish(mei.pk, body, of=shown)
    assert texts(mei) == [], "one that shows another post on, too"


def test_pictures_of_a_draft_are_kept_until_it_goes(mei: User, bo: User) -> None:
    key, mine, theirs, loose = client_id(), picture(mei), picture(bo), picture(mei)
    made = keep(mei, key, picture_ids=[theirs.id, mine.id, mine.id])
    assert made.pictures == [mine], "nobody else's"
    Picture.objects.update(created_at=Now() - timedelta(days=30))
    assert forget_unused() == 2
    there = set(Picture.objects.filter(state="ready").values_list("pk", flat=True))
    assert there == {mine.id} and loose.id not in there
    copy = keep(mei, key, "another", 0, picture_ids=[mine.id])
    assert copy.client_id != key and copy.pictures == [mine]
    publish(mei, key, draft=1, picture_ids=[mine.id])
    [left] = drafts.mine(mei.pk).drafts
    assert left.pictures == [], "posted with the other one"
    assert keep(mei, left.client_id, "on", 1, picture_ids=[mine.id]).pictures == []
    drafts.drop(mei.pk, left.client_id, 2)
    assert not DraftPicture.objects.exists()


def test_over_http_nobody_else_learns_that_there_is_one(mei: User, bo: User) -> None:
    key = client_id()
    body = {"version": 0, "spare": client_id(), "text": "secret", "audience": "friends"}
    kept = signed_in(mei).put(f"/api/drafts/{key}", body, content_type="application/json")
    assert kept.status_code == 200 and kept.json()["version"] == 1
    other = signed_in(bo)
    assert other.get("/api/drafts").json() == {"drafts": []}
    answers = [other.delete(f"/api/drafts/{one}?version=1") for one in (key, client_id())]
    assert {one.status_code for one in answers} == {404}
    assert answers[0].content == answers[1].content
    theirs = other.put(f"/api/drafts/{key}", body, content_type="application/json").json()
    assert theirs["client_id"] == key, "as if there were none"
    assert signed_in(mei).delete(f"/api/drafts/{key}?version=1").status_code == 204
    assert [one.text for one in drafts.mine(bo.pk).drafts] == ["secret"]
