"""Everything at the same moment: one ballot a person, exact totals, nothing after the close."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from threading import Event, Thread
from time import sleep

import pytest
from django.db import connection, transaction

from server.accounts.models import User
from server.chat import services as chat
from server.errors import Refused
from server.polls import queries, services
from server.polls.models import Ballot, Option, Poll
from server.polls.schemas import BallotDraft, PollEntry
from server.realtime.clock import now
from tests.factories import ballot, friends, group_room, person, vote_in_feed, vote_in_room
from tests.feed.together import in_threads
from tests.polls.tally import exact
from tests.realtime.conftest import Remembering


def codes(raised: list[BaseException]) -> set[str]:
    """What was refused; anything that is no refusal is a failure."""
    assert all(isinstance(error, Refused) for error in raised), raised
    return {error.code.name for error in raised if isinstance(error, Refused)}


def test_one_person_in_twenty_tabs_has_one_ballot(mei: User, bo: User, room: int) -> None:
    entry = vote_in_room(mei, room, ["a", "b", "c"])
    calls = [lambda n=n: ballot(bo, entry, n % 3) for n in range(20)]
    calls += [lambda: services.withdraw(bo.pk, entry.poll.id)] * 5
    Random(7).shuffle(calls)
    assert in_threads(*calls) == []
    ballot(bo, entry, 2)
    assert Ballot.objects.filter(poll=entry.poll.id).count() == 1
    assert exact(entry.poll.id) == {entry.poll.options[2].id: 1}


def test_many_tabs_and_several_choices(mei: User, bo: User, wen: User, room: int) -> None:
    """Two people who change between overlapping choices: totals exact, nobody waits for ever."""
    entry = vote_in_room(mei, room, list("abcdef"), choice="multiple")
    dice = Random(3)
    choices = [
        (who, dice.sample(range(6), dice.randint(1, 6)))
        for who in (bo, wen, mei)
        for _ in range(10)
    ]
    calls = [lambda who=who, places=places: ballot(who, entry, *places) for who, places in choices]
    dice.shuffle(calls)
    assert in_threads(*calls) == []
    exact(entry.poll.id)
    assert Ballot.objects.filter(poll=entry.poll.id).count() == 3


@pytest.mark.parametrize("names", ["named", "secret"])
def test_two_hundred_voters(mei: User, transport: Remembering, names: str) -> None:
    entry = vote_in_feed(mei, "everyone", ["a", "b", "c"], names=names)
    voters = [person() for _ in range(200)]
    calls = [lambda who=who, n=n: ballot(who, entry, n % 3) for n, who in enumerate(voters)]
    assert in_threads(*calls) == []
    counted = exact(entry.poll.id)
    assert sorted(counted.values()) == [66, 67, 67]
    [state] = queries.poll_states([entry.poll.id])
    assert (state.voted, state.version) == (200, 201)
    frames = [one for one in transport.published if one.topic == f"poll:{entry.poll.id}"]
    assert max(one.position for one in frames) == 201  # the last frame is the exact one


def test_votes_against_the_close(mei: User) -> None:
    """Each vote is in before the close or refused; none is acknowledged and lost."""
    for _ in range(4):
        entry = vote_in_feed(mei, "everyone")
        voters = [person() for _ in range(14)]
        acknowledged: list[int] = []

        def give(
            who: User, entry: PollEntry = entry, acknowledged: list[int] = acknowledged
        ) -> None:
            ballot(who, entry, who.pk % 2)
            acknowledged.append(who.pk)

        calls = [lambda who=who, give=give: give(who) for who in voters]
        calls.insert(7, lambda entry=entry: services.close(mei.pk, entry.poll.id))
        assert codes(in_threads(*calls)) <= {"closed"}
        exact(entry.poll.id)
        ballots = Ballot.objects.filter(poll=entry.poll.id)
        assert set(ballots.values_list("voter_id", flat=True)) == set(acknowledged)
        closed_at = Poll.objects.get(pk=entry.poll.id).closed_at
        assert closed_at is not None
        assert all(one.at is not None and one.at <= closed_at for one in ballots)


def test_a_vote_that_waits_behind_the_close_is_refused(mei: User, bo: User, room: int) -> None:
    entry = vote_in_room(mei, room)
    closing = Event()

    def close() -> None:
        with transaction.atomic():
            services.close(mei.pk, entry.poll.id)
            closing.set()
            sleep(0.3)

    def give() -> None:
        assert closing.wait(10)
        ballot(bo, entry, 0)

    assert codes(in_threads(close, give)) == {"closed"}
    assert exact(entry.poll.id) == {}


def test_a_vote_that_waits_past_the_deadline_is_refused(mei: User, bo: User, room: int) -> None:
    """The clock is read with the lock in hand, not when the waiting began."""
    entry = vote_in_room(mei, room, closes_in=60)
    Poll.objects.filter(pk=entry.poll.id).update(deadline=now() + timedelta(seconds=0.4))
    held = Event()

    def hold() -> None:
        with transaction.atomic():
            Poll.objects.select_for_update(no_key=True).get(pk=entry.poll.id)
            held.set()
            sleep(0.8)

    def give() -> None:
        assert held.wait(10)
        ballot(bo, entry, 0)

    assert codes(in_threads(hold, give)) == {"closed"}
    assert exact(entry.poll.id) == {}


def test_votes_against_the_deadline(mei: User) -> None:
    entry = vote_in_feed(mei, "everyone", closes_in=60)
    deadline = now() + timedelta(seconds=0.5)
    Poll.objects.filter(pk=entry.poll.id).update(deadline=deadline)
    voters = [person() for _ in range(15)]

    def keep_changing(who: User) -> None:
        for n in range(400):
            ballot(who, entry, n % 2)
            if n % 5 == 4:
                services.withdraw(who.pk, entry.poll.id)

    def announce() -> None:
        while not services.announce_due():
            sleep(0.01)

    calls = [lambda who=who: keep_changing(who) for who in voters]
    assert codes(in_threads(announce, *calls)) == {"closed"}
    exact(entry.poll.id)
    ballots = Ballot.objects.filter(poll=entry.poll.id, at__isnull=False)
    assert all(one.at is not None and one.at < deadline for one in ballots)
    row = Poll.objects.get(pk=entry.poll.id)
    assert (row.closed_by, row.closed_at) == ("deadline", deadline)


def test_many_workers_announce_each_vote_once(mei: User, transport: Remembering) -> None:
    entries = [vote_in_feed(mei, "everyone", closes_in=60) for _ in range(12)]
    Poll.objects.update(deadline=now() - timedelta(seconds=1))
    transport.published.clear()
    told: list[int] = []
    assert in_threads(*[lambda: told.append(services.announce_due())] * 8) == []
    assert sum(told) == len(entries)
    topics = [one.topic for one in transport.published if one.topic.startswith("poll:")]
    assert sorted(topics) == sorted(f"poll:{entry.poll.id}" for entry in entries)
    assert set(Poll.objects.values_list("version", flat=True)) == {2}


def test_closing_at_the_deadline_happens_once(mei: User) -> None:
    for _ in range(4):
        entry = vote_in_feed(mei, "everyone", closes_in=60)
        Poll.objects.filter(pk=entry.poll.id).update(deadline=now() - timedelta(seconds=1))
        closing = [lambda entry=entry: services.close(mei.pk, entry.poll.id)] * 4
        assert in_threads(*closing, *[services.announce_due] * 4) == []
        row = Poll.objects.get(pk=entry.poll.id)
        assert (row.closed_by, row.version) == ("deadline", 2)


def test_votes_against_a_recount(mei: User) -> None:
    entry = vote_in_feed(mei, "everyone")
    Option.objects.filter(poll=entry.poll.id).update(votes=40)
    voters = [person() for _ in range(12)]
    calls = [lambda who=who: ballot(who, entry, who.pk % 2) for who in voters]
    calls[4:4] = [lambda: services.recount(entry.poll.id)] * 3
    assert in_threads(*calls) == []
    assert sum(exact(entry.poll.id).values()) == 12


@pytest.mark.django_db(transaction=True)
def test_a_ballot_does_not_slip_in_behind_its_voters_removal() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    mei, bo, yu = person(), person(), person()
    friends(mei, bo, yu)
    room = group_room(mei, bo, yu)
    entry = vote_in_room(mei, room)
    draft = BallotDraft(poll_id=entry.poll.id, choices=[entry.poll.options[0].id])
    both = [(bo.pk, draft), (yu.pk, draft)]
    results: list[object] = []
    with transaction.atomic():
        chat.remove_member(mei.pk, room, bo.pk)
        voting = Thread(target=lambda: results.extend(vote_and_close(both)))
        voting.start()
        voting.join(0.5)
        assert voting.is_alive(), "it waits for what becomes of the removal"
    voting.join(10)
    refused = [one.code.name for one in results if isinstance(one, Refused)]
    assert (len(results), refused) == (2, ["not_found"]) and isinstance(results[0], Refused)
    exact(entry.poll.id)
    assert queries.poll_states([entry.poll.id])[0].voted == 1


def vote_and_close(said: list[tuple[int, BallotDraft]]) -> list[object]:
    try:
        return list(services.vote_all(said))
    finally:
        connection.close()
