"""Asking to be deleted: gone at once for everybody, back as if nothing had been, for 30 days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db.models.functions import Now
from django.test import Client

from server import access
from server.accounts import leaving, lists, queries, suggestions
from server.accounts import services as accounts
from server.accounts.models import Leaving, Session, User
from server.catalogue.models import StoreStaff
from server.chat import services as chat
from server.feed import queries as feed
from server.jobs.work import work
from server.realtime.topics import author, post, presence, user
from tests import factories
from tests.accounts.apply import apply_to_ties, logged
from tests.accounts.second_step import app_code, ask, problem, second, step_now, trusted, turn_on
from tests.factories import PASSWORD, befriend, person
from tests.realtime.conftest import Remembering
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei() -> User:
    return person("mei", name="Mei Lin", email="mei@example.org", password=PASSWORD)


def leave(client: Client, **body: Any) -> Any:
    return ask(client, "POST", "account/leaving", **body)


def at_the_door(username: str = "mei") -> tuple[Client, Any]:
    client = factories.browser()
    client.raise_request_exception = True
    return client, ask(client, "POST", "auth/login", username=username, password=PASSWORD)


def pending(answer: Any) -> list[str]:
    assert answer.status_code == 401, answer.content
    return [flow["id"] for flow in answer.json()["data"]["flows"] if flow.get("is_pending")]


@pytest.mark.django_db(transaction=True)
def test_the_password_is_asked_for_and_then_everything_ends(
    mei: User, transport: Remembering
) -> None:
    here = factories.signed_in(mei)
    factories.signed_in(mei)
    refused = leave(here)
    assert refused.status_code == 401 and refused.json()["meta"]["is_authenticated"] is True
    assert not Leaving.objects.exists()
    done = leave(trusted(here))
    assert done.status_code == 200, done.content
    row = Leaving.objects.get(pk=mei.pk)
    assert done.json()["data"]["due_at"] == int(row.due_at.timestamp() * 1000)
    assert timedelta(days=29) < row.due_at - row.asked_at < timedelta(days=31)
    assert not Session.objects.filter(person=mei).exists()
    assert here.get("/api/me").status_code == 401
    ended = [one for one in transport.published if one.kind == "sessions"]
    assert len(ended) == 1 and len(ended[0].sessions) == 2


def test_with_the_second_step_a_code_is_asked_for_and_used_up(mei: User) -> None:
    here = factories.signed_in(mei)
    secret, _ = turn_on(here)
    assert problem(leave(here)) == "incorrect_code"
    assert problem(leave(here, code="000000")) == "incorrect_code"
    assert mei.is_active and not Leaving.objects.exists()
    assert leave(here, code=app_code(secret, step_now())).status_code == 200
    client, answer = at_the_door()
    assert pending(answer) == ["mfa_authenticate"]
    assert ask(client, "GET", "auth/leaving").status_code == 401, "not before the code"
    assert ask(client, "POST", "auth/leaving").status_code == 401
    code = second(client, app_code(secret, step_now() + 1))
    assert pending(code) == ["leaving"]
    assert ask(client, "POST", "auth/leaving").status_code == 200
    assert client.get("/api/me").status_code == 200


def test_what_others_depend_on_stands_in_the_way(mei: User) -> None:
    bo = person()
    befriend(mei, bo)
    group = factories.group_room(mei, bo, title="Dumplings")
    alone = factories.group_room(mei, title="Only me")
    shop = factories.store(mei)
    here = trusted(factories.signed_in(mei))
    held = here.get("/api/me/leaving").json()
    assert held["days"] == 30
    assert [(one["kind"], one["id"], one["title"]) for one in held["holdings"]] == [
        ("store", shop.store.id, "Lantern & Lens"),
        ("group", group, "Dumplings"),
    ]
    assert alone not in {one["id"] for one in held["holdings"] if one["kind"] == "group"}
    assert leave(here).status_code == 409
    assert User.objects.get(pk=mei.pk).is_active
    chat.leave(mei.pk, group)
    StoreStaff.objects.create(store_id=shop.store.id, person=bo, role="owner")
    assert here.get("/api/me/leaving").json()["holdings"] == []
    assert leave(here).status_code == 200


def gone(mei: User) -> None:
    leaving.ask(mei.pk)
    while work("test"):
        pass


def test_whoever_is_leaving_is_nowhere(mei: User) -> None:
    bo, friend_of_bo = person("bo"), person()
    befriend(mei, bo)
    befriend(bo, friend_of_bo)
    shown = factories.post(mei, "for everyone", "everyone").post.id
    hidden = factories.post(mei, "for friends").post.id
    commented = factories.post(bo, "of bo").post.id
    factories.comment(mei, commented, "said by mei")
    watched = [author(mei.pk), presence(mei.pk), post(shown), post(hidden)]
    assert access.watchable(bo.pk, watched) == set(watched)
    assert suggestions.of(friend_of_bo.pk)[0].person.id == mei.pk
    gone(mei)
    for who in (bo, friend_of_bo):
        assert access.watchable(who.pk, watched) == set()
        browser = factories.signed_in(who)
        assert browser.get(f"/api/people/{mei.pk}").status_code == 404
        assert browser.get("/api/people?q=mei").json()["people"] == []
        assert browser.get(f"/api/posts/{shown}").status_code == 404
        assert feed.everyone_page(who.pk).entries == []
        assert feed.comments_page(bo.pk, commented).comments == []
        with pytest.raises(Exception, match="not_found"):
            accounts.ask_friend(who.pk, mei.pk)
    assert suggestions.of(friend_of_bo.pk) == []
    assert queries.ties(bo.pk).friends[0].person.id == friend_of_bo.pk
    assert len(queries.ties(bo.pk).friends) == 1
    assert queries.person_view(friend_of_bo.pk, bo.pk).friends == 1


def test_what_was_said_in_chats_stays_and_votes_are_counted_without_a_name(mei: User) -> None:
    bo = person()
    befriend(mei, bo)
    room = factories.group_room(bo, mei)
    factories.say(mei, room, "I was here")
    vote = factories.vote_in_room(bo, room)
    factories.ballot(mei, vote, 0)
    browser = factories.signed_in(bo)
    named = browser.get(f"/api/polls/{vote.poll.id}").json()["poll"]["options"][0]
    assert [one["id"] for one in named["voters"]] == [mei.pk]
    gone(mei)
    texts = [one["text"] for one in browser.get(f"/api/rooms/{room}/messages").json()["messages"]]
    assert "I was here" in texts
    told = browser.get(f"/api/polls/{vote.poll.id}").json()["poll"]["options"][0]
    assert (told["votes"], told["voters"]) == (1, [])
    assert browser.get(f"/api/polls/{vote.poll.id}/ballots").json()["ballots"] == []


def test_those_tied_to_them_are_told_and_pages_equal_a_fresh_load(mei: User) -> None:
    others = {name: person(name) for name in ("friend", "asked", "asking", "blocker", "blocked")}
    befriend(mei, others["friend"])
    accounts.ask_friend(mei.pk, others["asked"].pk)
    accounts.ask_friend(others["asking"].pk, mei.pk)
    accounts.block(others["blocker"].pk, mei.pk)
    accounts.block(mei.pk, others["blocked"].pk)
    for change in (leaving.ask, leaving.undo):
        before = {name: queries.ties(other.pk) for name, other in others.items()}
        change(mei.pk)
        for name, other in others.items():
            told = logged(user(other.pk), before[name].head)
            assert apply_to_ties(before[name], told) == queries.ties(other.pk).model_copy(
                update={"heads": {}}
            ), name
            assert (told == []) == (name == "blocked"), "whom they blocked learns nothing"


def test_lists_of_friends_have_them_again_after_the_undo(mei: User) -> None:
    bo = person()
    befriend(mei, bo)
    made = lists.make(bo.pk, "near")
    lists.add(bo.pk, made.id, mei.pk)
    leaving.ask(mei.pk)
    assert lists.mine(bo.pk).lists[0].members == []
    head = lists.mine(bo.pk).head
    leaving.undo(mei.pk)
    told = [one for one in logged(user(bo.pk), head) if one["type"] == "list.changed"]
    assert [one["data"]["list"]["members"] for one in told] == [[mei.pk]]
    assert lists.mine(bo.pk).lists[0].members == [mei.pk]


def test_signing_in_offers_the_undo_and_nothing_else(mei: User) -> None:
    bo = person()
    befriend(mei, bo)
    gone(mei)
    client, answer = at_the_door()
    assert pending(answer) == ["leaving"]
    for path in ("/api/me", "/api/feed", "/api/me/leaving", f"/api/people/{bo.pk}"):
        assert client.get(path).status_code == 401
    assert ask(client, "GET", "account/email").status_code == 401
    until = ask(client, "GET", "auth/leaving")
    assert until.json()["data"]["due_at"] == int(
        Leaving.objects.get(pk=mei.pk).due_at.timestamp() * 1000
    )
    assert ask(client, "POST", "auth/leaving").status_code == 200
    assert client.get("/api/me").json()["person"]["id"] == mei.pk
    assert not Leaving.objects.exists()
    assert queries.ties(bo.pk).friends[0].person.id == mei.pk


def test_a_stage_that_was_begun_is_worth_nothing_after_another_password(mei: User) -> None:
    gone(mei)
    client, _ = at_the_door()
    mei.refresh_from_db()
    mei.set_password("another-Lantern")
    mei.save()
    assert ask(client, "POST", "auth/leaving").status_code == 401
    assert Leaving.objects.exists()


def test_after_thirty_days_by_the_databases_clock_nothing_is_offered(mei: User) -> None:
    gone(mei)
    client, _ = at_the_door()
    Leaving.objects.update(due_at=Now())
    assert ask(client, "GET", "auth/leaving").status_code == 401
    assert ask(client, "POST", "auth/leaving").status_code == 401
    again, answer = at_the_door()
    assert pending(answer) == []
    assert again.get("/api/me").status_code == 401
    with pytest.raises(Exception, match="closed"):
        leaving.undo(mei.pk)


def test_whoever_was_banned_is_offered_nothing(mei: User) -> None:
    User.objects.filter(pk=mei.pk).update(is_active=False)
    _, answer = at_the_door()
    assert pending(answer) == []
    with pytest.raises(Exception, match="closed"):
        leaving.undo(mei.pk)


def test_letters_on_asking_and_on_undoing(mei: User, settings: Any) -> None:
    settings.CAN_MAIL = True
    gone(mei)
    due = Leaving.objects.get(pk=mei.pk).due_at
    [asked] = mail.outbox
    assert asked.to == ["mei@example.org"] and asked.subject == "You are leaving Jianghu"
    assert f"{due.day} {due:%B} {due.year}" in asked.body and "/sign-in" in asked.body
    leaving.undo(mei.pk)
    User.objects.filter(pk=mei.pk).update(language="zh")
    while work("test"):
        pass
    assert mail.outbox[1].subject == "你留在了江湖"


@pytest.mark.django_db(transaction=True)
def test_two_friends_who_leave_at_once_do_not_wait_for_each_other() -> None:
    people = [person() for _ in range(4)]
    factories.friends(*people)
    for _ in range(5):
        assert all(
            isinstance(one, Leaving)
            for one in at_once([lambda who=who: leaving.ask(who.pk) for who in people])
        )
        at_once([lambda who=who: leaving.undo(who.pk) for who in people])
    assert all(len(queries.ties(who.pk).friends) == 3 for who in people)


@pytest.mark.django_db(transaction=True)
def test_asking_twice_at_once_is_asking_once(mei: User) -> None:
    results = at_once([lambda: leaving.ask(mei.pk)] * 4)
    assert sum(isinstance(one, Leaving) for one in results) == 1
    assert Leaving.objects.count() == 1


def test_it_costs_the_same_statements_however_many_friends(
    mei: User, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        befriend(mei, person())
    with django_assert_max_num_queries(45):
        leaving.ask(mei.pk)
    with django_assert_max_num_queries(25):
        leaving.undo(mei.pk)
