"""A session knows its person, and when it ends its sockets end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.core.cache import cache
from django.db.models.functions import Now
from django.test import Client

from server.accounts import queries, services
from server.accounts.browsers import browser_words
from server.accounts.models import Session, User
from server.accounts.sessions import SessionStore, live_sessions, session_person
from server.errors import Refused
from server.realtime.revoke import session_digest
from tests.factories import PASSWORD, person, session_key, signed_in
from tests.realtime.conftest import Remembering

pytestmark = pytest.mark.django_db(transaction=True)


def closed(transport: Remembering) -> set[tuple[int | None, str]]:
    """(person, digest) of every session whose sockets were told to close."""
    ends = [e for e in transport.published if e.kind == "sessions"]
    assert all(e.sessions for e in ends), "no digests would mean all sessions"
    return {(e.person_id, digest) for e in ends for digest in e.sessions}


def test_who_is_behind_a_key_in_one_query(django_assert_num_queries: Any) -> None:
    mei = person("mei", language="zh")
    key = session_key(mei)
    with django_assert_num_queries(1):
        found = session_person(key)
    assert found is not None
    assert (found.person_id, found.username, found.language) == (mei.pk, "mei", "zh")
    assert found.session_id == Session.objects.get(pk=key).public_id


def expire(mei: User) -> None:
    Session.objects.update(expire_date=Now() - timedelta(seconds=1))


def deactivate(mei: User) -> None:
    User.objects.update(is_active=False)


def change_password(mei: User) -> None:
    mei.set_password("another-Lantern")
    mei.save()


def move(mei: User) -> None:
    """A row that names somebody else than its signed data does."""
    Session.objects.update(person=person())


def forge(mei: User) -> None:
    Session.objects.update(session_data="e30:forged:signature")


@pytest.mark.parametrize("harm", [expire, deactivate, change_password, move, forge])
def test_a_dead_session_is_nobody(harm: Any) -> None:
    mei = person()
    key = session_key(mei)
    assert live_sessions([key]) == {key}
    harm(mei)
    assert session_person(key) is None
    assert live_sessions([key]) == set()


def test_no_key_and_an_unknown_key_are_nobody() -> None:
    assert session_person(None) is None
    assert session_person("") is None
    assert session_person("x" * 32) is None
    anonymous = SessionStore()
    anonymous["basket"] = 1
    anonymous.save()
    assert session_person(anonymous.session_key) is None


def test_the_periodic_check_is_one_query_for_any_number(django_assert_num_queries: Any) -> None:
    keys = [session_key(person()) for _ in range(10)]
    with django_assert_num_queries(1):
        assert live_sessions([*keys, "unknown"]) == set(keys)
    with django_assert_num_queries(0):
        assert live_sessions([]) == set()


def test_ending_one_session_closes_its_sockets_only(transport: Remembering) -> None:
    mei, bo = person(), person()
    mine, other, foreign = session_key(mei), session_key(mei), session_key(bo)
    name = Session.objects.get(pk=other).public_id
    services.end_session(mei.pk, name)
    assert closed(transport) == {(mei.pk, session_digest(other))}
    assert live_sessions([mine, other, foreign]) == {mine, foreign}
    with pytest.raises(Refused) as refused:
        services.end_session(mei.pk, name)
    assert refused.value.code.name == "not_found"


def test_nobody_ends_another_persons_session(transport: Remembering) -> None:
    mei, bo = person(), person()
    key = session_key(bo)
    with pytest.raises(Refused):
        services.end_session(mei.pk, Session.objects.get(pk=key).public_id)
    assert live_sessions([key]) == {key}
    assert closed(transport) == set()


def test_ending_all_others_keeps_mine_and_those_of_others(transport: Remembering) -> None:
    mei, bo = person(), person()
    mine, *others = (session_key(mei) for _ in range(3))
    foreign = session_key(bo)
    assert services.end_other_sessions(mei.pk, mine) == 2
    assert closed(transport) == {(mei.pk, session_digest(key)) for key in others}
    assert live_sessions([mine, *others, foreign]) == {mine, foreign}
    transport.published.clear()
    assert services.end_other_sessions(mei.pk, mine) == 0
    assert closed(transport) == set()


def test_a_new_password_signs_every_other_browser_out(transport: Remembering) -> None:
    mei = person(password=PASSWORD)
    mine, other = session_key(mei), session_key(mei)
    services.set_password(mei, "another-Lantern", mine)
    assert closed(transport) == {(mei.pk, session_digest(other))}


def test_a_new_password_through_the_page_keeps_the_page_signed_in(transport: Remembering) -> None:
    cache.clear()
    mei = person("mei", password=PASSWORD)
    here, elsewhere = signed_in(mei), signed_in(mei)
    other = elsewhere.cookies["sessionid"].value
    change = {"current_password": PASSWORD, "new_password": "another-Lantern-2"}
    path = "/_allauth/browser/v1/account/password/change"
    assert here.post(path, change, content_type="application/json").status_code == 200
    assert here.get("/api/me").status_code == 200
    assert elsewhere.get("/api/me").status_code == 401
    assert (mei.pk, session_digest(other)) in closed(transport)
    assert len(queries.my_sessions(mei.pk, None)) == 1


def test_my_browsers_over_http(transport: Remembering) -> None:
    mei = person()
    here, there = signed_in(mei), signed_in(mei)
    views = here.get("/api/me/sessions").json()
    assert [view["current"] for view in views].count(True) == 1
    [other] = [view for view in views if not view["current"]]
    assert here.delete(f"/api/me/sessions/{other['id']}").status_code == 204
    assert there.get("/api/me").status_code == 401
    assert here.delete(f"/api/me/sessions/{other['id']}").status_code == 404
    signed_in(mei)
    assert here.delete("/api/me/sessions").status_code == 204
    assert len(here.get("/api/me/sessions").json()) == 1
    assert Client().get("/api/me/sessions").status_code == 401


def test_use_is_noted_at_most_once_a_minute(django_assert_num_queries: Any) -> None:
    key = session_key(person())
    with django_assert_num_queries(1):
        SessionStore(key).load()
    Session.objects.update(seen_at=Now() - timedelta(minutes=2))
    with django_assert_num_queries(2):
        SessionStore(key).load()
    with django_assert_num_queries(1):
        SessionStore(key).load()


def test_saving_keeps_what_the_row_knows() -> None:
    mei = person()
    key = session_key(mei)
    before = Session.objects.values("public_id", "started_at", "person_id").get(pk=key)
    store = SessionStore(key)
    store["basket"] = 3
    store.save()
    assert Session.objects.values("public_id", "started_at", "person_id").get(pk=key) == before
    assert SessionStore(key)["basket"] == 3


def test_a_session_that_ended_is_not_brought_back_by_a_late_request() -> None:
    key = session_key(person())
    late = SessionStore(key)
    late["basket"] = 1
    SessionStore(key).delete()
    with pytest.raises(UpdateError):
        late.save()
    assert not Session.objects.exists()


def test_expired_sessions_are_swept_and_live_ones_stay() -> None:
    old, young = session_key(person()), session_key(person())
    Session.objects.filter(pk=old).update(expire_date=Now() - timedelta(days=1))
    SessionStore.clear_expired()
    assert list(Session.objects.values_list("pk", flat=True)) == [young]


def test_a_key_in_use_is_not_taken() -> None:
    key = session_key(person())
    double = SessionStore()
    double._session_key = key
    with pytest.raises(CreateError):
        double.save(must_create=True)


def test_the_async_ways_do_the_same(transport: Remembering) -> None:
    async def live_and_end() -> tuple[str | None, int]:
        store = SessionStore()
        await store.aset("basket", 1)
        await store.asave()
        key = store.session_key
        kept: int = await SessionStore(key).aget("basket")
        await store.aflush()
        return key, kept

    key, kept = async_to_sync(live_and_end)()
    assert kept == 1
    assert not Session.objects.filter(pk=key).exists()


def test_leaving_a_person_behind_in_the_data_is_leaving_the_row_behind() -> None:
    key = session_key(person())
    store = SessionStore(key)
    del store[SESSION_KEY]
    store.save()
    assert Session.objects.get(pk=key).person_id is None


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
            "Safari · iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
            "Edge · Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/142.0.0.0 Mobile Safari/537.36",
            "Chrome · Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
            "Mobile/15E148 MicroMessenger/8.0.50 NetType/WIFI Language/zh_CN",
            "WeChat · iPhone",
        ),
        ("curl/8.9", ""),
        ("", ""),
    ],
)
def test_browsers_in_short_words(agent: str, words: str) -> None:
    assert browser_words(agent) == words
