"""Leases: who is here, and who only seems to be."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from server.realtime import presence
from server.realtime.models import WorkerLease


def report(worker: str, here: dict[int, bool], gone: list[int] | None = None) -> list[int]:
    with transaction.atomic():
        presence.report(worker, here, gone or [])
        return presence.settle({*here, *(gone or [])})


def state(person: int) -> tuple[str, int]:
    seen = presence.seen([person])[person]
    return seen.state, seen.version


@pytest.mark.django_db
def test_a_person_is_here_while_any_worker_has_them() -> None:
    assert report("a", {1: False}) == [1]
    assert report("b", {1: True}) == [], "online on one device is online"
    assert state(1) == ("online", 1)
    assert report("a", {}, [1]) == [1]
    assert state(1) == ("away", 2)
    assert report("b", {}, [1]) == [1]
    assert state(1) == ("offline", 3)


@pytest.mark.django_db
def test_telling_the_same_again_changes_nothing() -> None:
    report("a", {1: False})
    assert report("a", {1: False}) == []
    assert state(1) == ("online", 1)


@pytest.mark.django_db
def test_a_dead_workers_people_go_offline_and_a_living_ones_stay() -> None:
    for worker in ("dead", "alive"):
        presence.renew(worker)
    report("dead", {1: False, 2: False})
    report("alive", {2: False})
    late = presence.WORKER_LEASE + timedelta(seconds=1)
    WorkerLease.objects.filter(worker="dead").update(renewed_at=Now() - late)
    with transaction.atomic():
        people = presence.renew("alive").left
        assert people == {1, 2}
        assert presence.settle(people) == [1]
    assert state(1) == ("offline", 2)
    assert state(2) == ("online", 1)


def outlive(*workers: str) -> None:
    late = presence.WORKER_LEASE + timedelta(seconds=1)
    WorkerLease.objects.filter(worker__in=workers).update(renewed_at=Now() - late)


@pytest.mark.django_db
def test_a_database_that_was_away_ends_nobodys_lease() -> None:
    """All workers are late then: the first to come back must not take the others for dead."""
    for worker, person in (("a", 1), ("b", 2)):
        presence.renew(worker)
        report(worker, {person: False})
    outlive("a", "b")
    for worker in ("a", "b", "a", "b"):
        assert presence.renew(worker).left == set()
    assert (state(1), state(2)) == (("online", 1), ("online", 1))


@pytest.mark.django_db
def test_a_worker_taken_for_dead_learns_of_it_and_tells_its_people_again() -> None:
    """It was stopped for a while, or had no way to the database."""
    for worker in ("a", "b"):
        presence.renew(worker)
    report("b", {2: False})
    outlive("b")
    assert presence.renew("a").left == {2}
    assert presence.report("b", {}, [2]), "all the others are to be told again"
    assert not presence.report("b", {2: False}, [])
    assert not presence.renew("b").anew
    presence.retire("b")
    assert presence.renew("b").anew


@pytest.mark.django_db
def test_a_worker_that_renewed_just_now_is_not_taken_for_dead() -> None:
    presence.renew("a")
    assert presence.retire("a", only_dead=True) is None
    assert presence.retire("a") == set()


@pytest.mark.django_db
def test_the_people_of_a_worker_that_stops_may_come_back_on_another_unnoticed() -> None:
    """A rolling deploy is no departure: nothing is told of who comes back within the grace."""
    for worker in ("old", "new"):
        presence.renew(worker)
    report("old", {1: False, 2: False})
    presence.resign("old", timedelta(seconds=10))
    assert presence.renew("new").left == set()
    assert report("new", {1: False}) == []
    WorkerLease.objects.filter(worker="old").update(
        renewed_at=F("renewed_at") - timedelta(seconds=11)
    )
    left = presence.renew("new").left
    with transaction.atomic():
        assert presence.settle(left) == [2]
    assert (state(1), state(2)) == (("online", 1), ("offline", 2))
