"""Giving, changing and withdrawing a ballot; who may, who is told, and who is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from server.accounts import services as accounts
from server.accounts.models import User
from server.chat import services as chat
from server.errors import Refused
from server.polls import policies, queries, services
from server.polls.models import Ballot, Option, Poll
from server.polls.schemas import BallotDraft, PollEntry
from server.realtime import topics
from tests.factories import (
    ballot,
    befriend,
    direct_room,
    friends,
    group_room,
    person,
    vote_in_feed,
    vote_in_room,
)
from tests.polls.apply import received
from tests.polls.conftest import Following
from tests.polls.tally import exact, overdue, votes
from tests.realtime.conftest import Remembering

# Ballots -------------------------------------------------------------------------------------


def test_vote_change_withdraw(
    mei: User, bo: User, wen: User, room: int, following: Following
) -> None:
    entry = vote_in_room(mei, room, ["a", "b", "c"])
    steps: list[tuple[Callable[[], object], list[int], int]] = [
        (lambda: ballot(bo, entry, 0), [1, 0, 0], 1),
        (lambda: ballot(wen, entry, 0), [2, 0, 0], 2),
        (lambda: ballot(bo, entry, 2), [1, 0, 1], 2),
        (lambda: services.withdraw(wen.pk, entry.poll.id), [0, 0, 1], 1),
        (lambda: ballot(wen, entry, 1), [0, 1, 1], 2),
    ]
    for act, expected, voted in steps:
        with following(mei, bo, wen):
            act()
        assert votes(entry) == expected
        assert queries.poll_states([entry.poll.id])[0].voted == voted
        exact(entry.poll.id)


def test_several_choices(mei: User, bo: User, room: int, following: Following) -> None:
    entry = vote_in_room(mei, room, ["a", "b", "c"], choice="multiple")
    with following(mei, bo):
        assert len(ballot(bo, entry, 2, 0).choices) == 2
    assert votes(entry) == [1, 0, 1]
    with following(mei, bo):
        ballot(bo, entry, 0, 1)
    assert votes(entry) == [1, 1, 0]
    assert queries.poll_states([entry.poll.id])[0].voted == 1
    exact(entry.poll.id)


def test_repeating_changes_nothing_and_tells_nobody(
    mei: User, bo: User, room: int, transport: Remembering
) -> None:
    entry = vote_in_room(mei, room)
    first = ballot(bo, entry, 1)
    transport.published.clear()
    assert ballot(bo, entry, 1) == first
    assert transport.published == []
    gone = services.withdraw(bo.pk, entry.poll.id)
    assert (gone.choices, gone.at, gone.revision) == ([], None, 2)
    transport.published.clear()
    assert services.withdraw(bo.pk, entry.poll.id) == gone
    assert services.withdraw(mei.pk, entry.poll.id).revision == 0
    assert transport.published == []
    assert not Ballot.objects.filter(voter=mei).exists()


def test_a_repeated_vote_is_acknowledged_after_the_close(mei: User, bo: User, room: int) -> None:
    entry = vote_in_room(mei, room)
    first = ballot(bo, entry, 1)
    services.close(mei.pk, entry.poll.id)
    assert ballot(bo, entry, 1) == first
    with pytest.raises(Refused, match="closed"):
        ballot(bo, entry, 0)
    with pytest.raises(Refused, match="closed"):
        services.withdraw(bo.pk, entry.poll.id)
    with pytest.raises(Refused, match="closed"):
        ballot(mei, entry, 0)
    exact(entry.poll.id)


def test_choices_that_are_none(mei: User, bo: User, room: int) -> None:
    single, other = vote_in_room(mei, room), vote_in_room(mei, room)
    multiple = vote_in_room(mei, room, choice="multiple")
    a, b = (option.id for option in single.poll.options)
    foreign = other.poll.options[0].id
    bad = [(single, [a, b]), (single, [a, a]), (single, [foreign]), (single, [99_999])]
    m = multiple.poll.options[0].id
    bad += [(multiple, [m, m]), (multiple, [m, foreign])]
    for entry, choices in bad:
        with pytest.raises(Refused, match="bad_field"):
            services.vote(bo.pk, BallotDraft(poll_id=entry.poll.id, choices=choices))
    assert not Ballot.objects.exists()


def test_only_the_chats_people_vote(
    mei: User, bo: User, wen: User, lin: User, room: int, transport: Remembering
) -> None:
    entry = vote_in_room(mei, room)
    ballot(bo, entry, 0)
    chat.remove_member(mei.pk, room, bo.pk)
    transport.published.clear()
    for who in (bo, lin):
        for act in (
            lambda who=who: ballot(who, entry, 1),
            lambda who=who: services.withdraw(who.pk, entry.poll.id),
            lambda who=who: services.close(who.pk, entry.poll.id),
            lambda who=who: queries.poll_entry(who.pk, entry.poll.id),
            lambda who=who: queries.ballots_page(who.pk, entry.poll.id),
        ):
            with pytest.raises(Refused, match="not_found"):
                act()
    ballot(wen, entry, 1)
    assert received(bo.pk, transport.published) == received(lin.pk, transport.published) == []
    assert {one.authority for one in transport.published if one.topic.startswith("poll")} == {
        str(topics.room(room))
    }
    assert votes(entry) == [1, 1]  # what was given while it was a right stays


@pytest.mark.parametrize("ending", ["unfriend", "block", "blocked"])
def test_only_readers_of_the_post_vote(
    mei: User, bo: User, lin: User, transport: Remembering, ending: str
) -> None:
    private, public = vote_in_feed(mei), vote_in_feed(mei, "everyone")
    for entry in (private, public):
        ballot(bo, entry, 0)
    ballot(lin, public, 0)
    with pytest.raises(Refused, match="not_found"):
        ballot(lin, private, 0)
    if ending == "unfriend":
        accounts.end_tie(mei.pk, bo.pk)
    else:
        one, other = (mei, bo) if ending == "block" else (bo, mei)
        accounts.block(one.pk, other.pk)
    transport.published.clear()
    with pytest.raises(Refused, match="not_found"):
        ballot(bo, private, 1)
    if ending == "unfriend":
        ballot(bo, public, 1)
    else:
        with pytest.raises(Refused, match="not_found"):
            ballot(bo, public, 1)
    transport.published.clear()
    ballot(mei, private, 1)
    assert received(bo.pk, transport.published) == []
    assert [e["type"] for e in received(mei.pk, transport.published)] == [
        "poll.changed",
        "ballot.changed",
    ]


def test_my_ballot_is_told_to_me_only(
    mei: User, bo: User, room: int, transport: Remembering
) -> None:
    entry = vote_in_room(mei, room)
    transport.published.clear()
    ballot(bo, entry, 0)
    told = {who: [e["type"] for e in received(who.pk, transport.published)] for who in (mei, bo)}
    noticed = ["notices.changed", "poll.changed"]
    assert told == {mei: noticed, bo: ["poll.changed", "ballot.changed"]}
    [mine] = [e for e in received(bo.pk, transport.published) if e["type"] == "ballot.changed"]
    assert (mine["topic"], mine["key"], mine["version"]) == (f"user:{bo.pk}", str(entry.poll.id), 1)


def test_a_vote_is_acknowledged_though_telling_fails(
    mei: User, bo: User, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(ids: object) -> list[object]:
        raise RuntimeError("the database went away")

    entry = vote_in_room(mei, room)
    monkeypatch.setattr(queries, "poll_states", fail)
    assert ballot(bo, entry, 0).revision == 1
    monkeypatch.undo()
    assert votes(entry) == [1, 0]


# Reading -------------------------------------------------------------------------------------


def test_the_first_twelve_voters_are_named(mei: User, room: int) -> None:
    entry = vote_in_feed(mei, "everyone")
    people = [person(f"voter_{n:02}") for n in range(15)]
    for who in people:
        ballot(who, entry, 0)
    [state] = queries.poll_states([entry.poll.id])
    assert [one.id for one in state.options[0].voters] == [who.pk for who in people[:12]]
    assert state.options[1].voters == []
    services.withdraw(people[0].pk, entry.poll.id)
    ballot(people[1], entry, 1)
    [state] = queries.poll_states([entry.poll.id])
    assert [one.id for one in state.options[0].voters] == [who.pk for who in people[2:14]]
    assert [one.id for one in state.options[1].voters] == [people[1].pk]
    exact(entry.poll.id)


def test_who_decided_what(mei: User, bo: User, wen: User, room: int) -> None:
    entry = vote_in_room(mei, room, ["a", "b"], choice="multiple")
    ballot(wen, entry, 1)
    ballot(bo, entry, 0, 1)
    ballot(mei, entry, 0)
    services.withdraw(mei.pk, entry.poll.id)
    a, b = (option.id for option in entry.poll.options)
    page = queries.ballots_page(mei.pk, entry.poll.id)
    assert [(one.person.id, one.choices) for one in page.ballots] == [
        (wen.pk, [b]),
        (bo.pk, [a, b]),
    ]
    assert page.next is None


def test_pages_of_ballots_follow_each_other(mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "BALLOTS_A_PAGE", 4)
    entry = vote_in_feed(mei, "everyone")
    people = [person() for _ in range(10)]
    for who in people:
        ballot(who, entry, 0)
    found, cursor = [], None
    while True:
        page = queries.ballots_page(mei.pk, entry.poll.id, cursor)
        found += [one.person.id for one in page.ballots]
        if (cursor := page.next) is None:
            break
    assert found == [who.pk for who in people]


def test_open_votes_end_first_first(
    mei: User, bo: User, lin: User, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign_room = group_room(lin)
    endless = vote_in_room(mei, room), vote_in_feed(bo)
    ending = [vote_in_room(bo, room, closes_in=n) for n in (300, 100, 200)]
    ending.append(vote_in_feed(mei, "everyone", closes_in=150))
    vote_in_room(lin, foreign_room)
    vote_in_feed(lin, "everyone")
    services.close(mei.pk, vote_in_room(mei, room).poll.id)
    overdue(vote_in_room(mei, room, closes_in=20))
    order = [ending[1], ending[3], ending[2], ending[0], endless[1], endless[0]]
    expected = [entry.poll.id for entry in order]
    assert [entry.poll.id for entry in queries.open_votes(mei.pk).polls] == expected
    for size in (1, 2, 4):
        monkeypatch.setattr(queries, "OPEN_A_PAGE", size)
        found, cursor = [], None
        while True:
            page = queries.open_votes(mei.pk, cursor)
            found += [entry.poll.id for entry in page.polls]
            if (cursor := page.next) is None:
                break
        assert found == expected
    assert [entry.poll.post_id is None for entry in queries.open_votes(lin.pk).polls] == [
        False,
        True,
    ]


@pytest.mark.parametrize("cursor", ["x", "WzFd", "WyJhIiwxXQ", "Wzk5OTk5OTk5OTk5OTk5OTk5OTksMV0"])
def test_a_foreign_cursor_is_refused(mei: User, cursor: str) -> None:
    with pytest.raises(Refused, match="bad_field"):
        queries.open_votes(mei.pk, cursor)


def test_votes_by_id_leave_out_what_is_not_mine(mei: User, bo: User, lin: User, room: int) -> None:
    mine, theirs = vote_in_room(mei, room), vote_in_feed(lin)
    ids = [theirs.poll.id, mine.poll.id, 999]
    assert [entry.poll.id for entry in queries.poll_entries(bo.pk, ids)] == [mine.poll.id]


def test_reading_costs_the_same_for_one_vote_and_for_fifty(mei: User, bo: User, room: int) -> None:
    entries = [vote_in_room(mei, room), vote_in_feed(bo)]

    def cost(entries: list[PollEntry]) -> tuple[int, int]:
        ids = [entry.poll.id for entry in entries]
        with CaptureQueriesContext(connection) as reading:
            assert len(queries.poll_entries(mei.pk, ids)) == len(ids)
        with CaptureQueriesContext(connection) as states:
            assert len(queries.poll_states(ids)) == len(ids)
        return len(reading), len(states)

    for entry in entries:
        ballot(mei, entry, 0)
    few = cost(entries)
    for _ in range(24):
        entries += [vote_in_room(bo, room, ["1", "2", "3"]), vote_in_feed(bo)]
        ballot(mei, entries[-1], 0)
        ballot(bo, entries[-2], 1)
    assert cost(entries) == few
    assert few[0] <= 14 and few[1] <= 6


def test_a_vote_costs_the_same_however_many_voted(
    mei: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asked is told of it after the commit, of many votes together: that is not counted."""
    monkeypatch.setattr("server.notices.services.refresh_on_commit", lambda *_: None)
    entry = vote_in_feed(mei, "everyone")

    def cost(voter: User) -> int:
        with CaptureQueriesContext(connection) as captured:
            ballot(voter, entry, 0)
        return len(captured)

    first = cost(person())
    for _ in range(20):
        ballot(person(), entry, 0)
    assert cost(person()) == first <= 34


def test_a_recount_repairs_and_tells(mei: User, bo: User, room: int, following: Following) -> None:
    entry = vote_in_room(mei, room)
    ballot(bo, entry, 1)
    before = services.recount(entry.poll.id)
    assert before == queries.poll_states([entry.poll.id])[0]
    Option.objects.filter(poll=entry.poll.id).update(votes=7)
    Poll.objects.filter(pk=entry.poll.id).update(voted=14)
    with following(mei, bo):
        after = services.recount(entry.poll.id)
    assert after == before.model_copy(update={"version": before.version + 1})
    exact(entry.poll.id)


def test_watching_is_asked_for_many_at_once(mei: User, bo: User, lin: User, room: int) -> None:
    befriend(bo, lin)
    in_room = vote_in_room(mei, room).poll.id
    private, public = vote_in_feed(bo).poll.id, vote_in_feed(mei, "everyone").poll.id
    everybody = [mei.pk, bo.pk, lin.pk]
    with CaptureQueriesContext(connection) as captured:
        pairs = policies.watchable(everybody, [in_room, private, public])
    assert len(captured) <= 7
    assert pairs == {
        *((who, in_room) for who in (mei.pk, bo.pk)),
        *((who, private) for who in everybody),
        *((who, public) for who in everybody),
    }


@pytest.mark.django_db
def test_across_a_block_nobody_moves_the_tally_of_a_direct_chat() -> None:
    mei, bo = person(), person()
    friends(mei, bo)
    direct, group = direct_room(mei, bo), group_room(mei, bo)
    told, kept = vote_in_room(mei, direct), vote_in_room(mei, group)
    ballot(bo, told, 0)
    accounts.block(mei.pk, bo.pk)
    for who in (mei, bo):
        draft = BallotDraft(poll_id=told.poll.id, choices=[told.poll.options[1].id])
        with pytest.raises(Refused, match="vote with this person"):
            services.vote(who.pk, draft)
        with pytest.raises(Refused, match="vote with this person"):
            services.withdraw(who.pk, told.poll.id)
        ballot(who, kept, 1)
    [state] = queries.poll_states([told.poll.id])
    assert [option.votes for option in state.options] == [1, 0]
    accounts.unblock(mei.pk, bo.pk)
    ballot(bo, told, 1)
