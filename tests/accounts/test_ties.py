"""Friendship and blocking: one row between two people, and nothing told to whom it is not for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from server.accounts import policies, queries, services
from server.accounts.models import Block, Friendship, User
from server.accounts.schemas import Ties
from server.errors import Refused
from server.realtime.topics import user
from tests.accounts.apply import apply_to_ties, logged
from tests.factories import befriend, person
from tests.realtime.conftest import Remembering

pytestmark = pytest.mark.django_db


def tie(one: User, other: User) -> str:
    """As `one` reads it, in the list and on the page."""
    ties = queries.ties(one.pk)
    found = [
        view.tie
        for views in (ties.friends, ties.asked, ties.asking, ties.blocked)
        for view in views
        if view.person.id == other.pk
    ]
    assert len(found) <= 1
    return found[0] if found else "none"


@contextmanager
def following(*people: User) -> Iterator[None]:
    """Each person's list before, plus what they are told meanwhile, is their list afterwards."""
    before: dict[int, Ties] = {who.pk: queries.ties(who.pk) for who in people}
    yield
    for who in people:
        events = logged(user(who.pk), before[who.pk].head)
        assert apply_to_ties(before[who.pk], events) == apply_to_ties(queries.ties(who.pk), [])


@pytest.fixture
def mei() -> User:
    return person("mei", name="Mei")


@pytest.fixture
def bo() -> User:
    return person("bo", name="Bo")


def test_asking_and_accepting_make_friends(mei: User, bo: User) -> None:
    with following(mei, bo):
        assert services.ask_friend(mei.pk, bo.pk).tie == "asked"
    assert (tie(mei, bo), tie(bo, mei)) == ("asked", "asking")
    with following(mei, bo):
        assert services.accept(bo.pk, mei.pk).tie == "friends"
    assert (tie(mei, bo), tie(bo, mei)) == ("friends", "friends")
    assert policies.are_friends(mei.pk, bo.pk)


def test_asking_back_accepts(mei: User, bo: User) -> None:
    services.ask_friend(mei.pk, bo.pk)
    with following(mei, bo):
        assert services.ask_friend(bo.pk, mei.pk).tie == "friends"
    assert Friendship.objects.count() == 1


def test_repeating_says_the_same_and_tells_nobody_again(mei: User, bo: User) -> None:
    first = services.ask_friend(mei.pk, bo.pk)
    head = queries.ties(bo.pk).head
    assert services.ask_friend(mei.pk, bo.pk) == first
    assert queries.ties(bo.pk).head == head
    befriended = services.accept(bo.pk, mei.pk)
    assert services.accept(bo.pk, mei.pk) == befriended
    assert services.ask_friend(bo.pk, mei.pk) == befriended


@pytest.mark.parametrize("asker_ends", [True, False])
def test_a_request_is_declined_or_taken_back(mei: User, bo: User, asker_ends: bool) -> None:
    services.ask_friend(mei.pk, bo.pk)
    with following(mei, bo):
        one, other = (mei, bo) if asker_ends else (bo, mei)
        assert services.end_tie(one.pk, other.pk).tie == "none"
    assert (tie(mei, bo), tie(bo, mei)) == ("none", "none")


def test_a_request_that_was_taken_back_cannot_be_accepted(mei: User, bo: User) -> None:
    services.ask_friend(mei.pk, bo.pk)
    services.end_tie(mei.pk, bo.pk)
    with pytest.raises(Refused) as refused:
        services.accept(bo.pk, mei.pk)
    assert refused.value.code.name == "not_found"
    assert tie(mei, bo) == "none"


def test_nobody_accepts_their_own_request(mei: User, bo: User) -> None:
    services.ask_friend(mei.pk, bo.pk)
    with pytest.raises(Refused):
        services.accept(mei.pk, bo.pk)
    assert not policies.are_friends(mei.pk, bo.pk)


def test_ending_a_friendship_tells_both_and_a_third_person_nothing(mei: User, bo: User) -> None:
    third = person()
    befriend(mei, bo)
    befriend(mei, third)
    with following(mei, bo, third):
        services.end_tie(bo.pk, mei.pk)
    assert not policies.are_friends(mei.pk, bo.pk)
    assert policies.are_friends(mei.pk, third.pk)
    assert bo.pk not in {e["data"]["person"]["id"] for e in logged(user(third.pk))}


@pytest.mark.parametrize("verb", [services.ask_friend, services.end_tie, services.block])
def test_nobody_is_tied_to_themselves_or_to_nobody(
    mei: User, verb: Callable[[int, int], object]
) -> None:
    gone = person(is_active=False)
    for other, code in ((mei.pk, "forbidden"), (10**9, "not_found"), (gone.pk, "not_found")):
        with pytest.raises(Refused) as refused:
            verb(mei.pk, other)
        assert refused.value.code.name == code


def test_a_block_ends_the_tie_and_looks_like_a_decline(mei: User, bo: User) -> None:
    befriend(mei, bo)
    with following(mei, bo):
        assert services.block(mei.pk, bo.pk).tie == "blocked"
    assert (tie(mei, bo), tie(bo, mei)) == ("blocked", "none")
    assert logged(user(bo.pk))[-1]["data"]["tie"] == "none"


def test_a_block_of_a_stranger_tells_the_stranger_nothing(mei: User, bo: User) -> None:
    services.block(mei.pk, bo.pk)
    services.block(mei.pk, bo.pk)
    assert Block.objects.count() == 1
    assert logged(user(bo.pk)) == []
    assert len(logged(user(mei.pk))) == 1


def test_the_blocked_see_their_request_wait_for_ever(mei: User, bo: User) -> None:
    services.block(mei.pk, bo.pk)
    with following(mei, bo):
        assert services.ask_friend(bo.pk, mei.pk).tie == "asked"
    assert (tie(bo, mei), tie(mei, bo)) == ("asked", "blocked")
    assert len(logged(user(mei.pk))) == 1, "the blocker hears of the own block only"
    with following(mei, bo):
        services.end_tie(bo.pk, mei.pk)
    assert tie(bo, mei) == "none"


def test_a_request_made_meanwhile_appears_when_the_block_is_lifted(mei: User, bo: User) -> None:
    services.block(mei.pk, bo.pk)
    services.ask_friend(bo.pk, mei.pk)
    with following(mei, bo):
        assert services.unblock(mei.pk, bo.pk).tie == "asking"
    assert services.unblock(mei.pk, bo.pk).tie == "asking"


def test_the_blocker_must_unblock_before_asking_and_cannot_accept(mei: User, bo: User) -> None:
    services.block(mei.pk, bo.pk)
    services.ask_friend(bo.pk, mei.pk)
    with pytest.raises(Refused) as refused:
        services.ask_friend(mei.pk, bo.pk)
    assert refused.value.code.name == "forbidden"
    with pytest.raises(Refused):
        services.accept(mei.pk, bo.pk)
    assert services.end_tie(mei.pk, bo.pk).tie == "blocked", "and what is hidden is not ended"
    assert tie(bo, mei) == "asked"


def test_two_who_block_each_other_stay_blocked_until_both_lift_it(mei: User, bo: User) -> None:
    services.block(mei.pk, bo.pk)
    with following(mei, bo):
        services.block(bo.pk, mei.pk)
    services.unblock(mei.pk, bo.pk)
    assert policies.are_blocked(mei.pk, bo.pk)
    services.unblock(bo.pk, mei.pk)
    assert not policies.are_blocked(mei.pk, bo.pk)


def test_only_so_many_requests_wait(mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "ASKED_AT_ONCE", 2)
    others = [person() for _ in range(3)]
    for other in others[:2]:
        services.ask_friend(mei.pk, other.pk)
    with pytest.raises(Refused) as refused:
        services.ask_friend(mei.pk, others[2].pk)
    assert refused.value.code.name == "full"
    services.accept(others[0].pk, mei.pk)
    assert services.ask_friend(mei.pk, others[2].pk).tie == "asked"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verb", [services.end_tie, services.block])
def test_parting_revokes_posts_and_presence_both_ways(
    verb: Callable[[int, int], object], transport: Remembering
) -> None:
    mei, bo = person(), person()
    befriend(mei, bo)
    transport.published.clear()
    verb(mei.pk, bo.pk)
    revoked = {(e.topic, e.person_id) for e in transport.published if e.kind == "revoke"}
    assert revoked == {
        (f"{kind}:{one.pk}", other.pk)
        for kind in ("author", "presence")
        for one, other in ((mei, bo), (bo, mei))
    }


@pytest.mark.django_db(transaction=True)
def test_declining_revokes_nothing(transport: Remembering) -> None:
    mei, bo = person(), person()
    services.ask_friend(mei.pk, bo.pk)
    services.end_tie(bo.pk, mei.pk)
    assert [e.kind for e in transport.published if e.kind == "revoke"] == []


def in_threads(*calls: Callable[[], object]) -> list[BaseException]:
    """All at once; returns what was raised."""
    barrier, raised = threading.Barrier(len(calls)), []

    def run(call: Callable[[], object]) -> None:
        try:
            barrier.wait(10)
            call()
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


@pytest.mark.django_db(transaction=True)
def test_crossing_requests_make_one_friendship() -> None:
    for _ in range(8):
        mei, bo = person(), person()
        before = {who.pk: queries.ties(who.pk) for who in (mei, bo)}
        raised = in_threads(
            lambda a=mei, b=bo: services.ask_friend(a.pk, b.pk),
            lambda a=bo, b=mei: services.ask_friend(a.pk, b.pk),
        )
        assert raised == []
        assert Friendship.objects.filter(low=mei, high=bo, state="friends").count() == 1
        for who, told in ((mei, "asked"), (bo, "asked")):
            events = logged(user(who.pk))
            assert [e["data"].get("tie") for e in events].count("friends") == 1, told
            assert apply_to_ties(before[who.pk], events) == apply_to_ties(queries.ties(who.pk), [])


@pytest.mark.django_db(transaction=True)
def test_a_block_against_an_acceptance_never_leaves_both() -> None:
    for _ in range(8):
        mei, bo = person(), person()
        services.ask_friend(mei.pk, bo.pk)
        raised = in_threads(
            lambda a=mei, b=bo: services.block(a.pk, b.pk),
            lambda a=bo, b=mei: services.accept(a.pk, b.pk),
        )
        assert all(isinstance(error, Refused) for error in raised)
        assert Friendship.objects.filter(low=mei, high=bo).count() == 0
        assert tie(mei, bo) == "blocked"
