"""The end of a vote: who may close it, who is told, and what is refused after it."""

from __future__ import annotations

import pytest

from server.accounts.models import User
from server.chat import services as chat
from server.errors import Refused
from server.polls import queries, services
from server.realtime.clock import millis, now
from tests.factories import (
    ballot,
    vote_in_feed,
    vote_in_room,
)
from tests.polls.apply import received
from tests.polls.conftest import Following
from tests.polls.tally import overdue, votes
from tests.realtime.conftest import Remembering


def test_the_author_closes(mei: User, bo: User, wen: User, room: int, following: Following) -> None:
    entry = vote_in_room(bo, room)
    ballot(wen, entry, 0)
    with following(mei, bo, wen):
        closed = services.close(bo.pk, entry.poll.id)
    assert (closed.poll.closed_by, closed.may_close) == ("author", False)
    assert closed.poll.closed_at is not None
    with following(mei, bo, wen):
        assert services.close(bo.pk, entry.poll.id) == closed


def test_the_chats_owner_closes_and_is_named(
    mei: User, bo: User, wen: User, room: int, following: Following
) -> None:
    entry = vote_in_room(bo, room)
    assert queries.poll_entry(mei.pk, entry.poll.id).may_close
    assert not queries.poll_entry(wen.pk, entry.poll.id).may_close
    with pytest.raises(Refused, match="forbidden"):
        services.close(wen.pk, entry.poll.id)
    with following(mei, bo, wen):
        assert services.close(mei.pk, entry.poll.id).poll.closed_by == "owner"


def test_a_reader_of_the_post_does_not_close(mei: User, bo: User) -> None:
    entry = vote_in_feed(mei)
    with pytest.raises(Refused, match="forbidden"):
        services.close(bo.pk, entry.poll.id)
    assert services.close(mei.pk, entry.poll.id).poll.closed_by == "author"


def test_an_author_who_left_the_chat_does_not_close(mei: User, bo: User, room: int) -> None:
    entry = vote_in_room(bo, room)
    chat.leave(bo.pk, room)
    with pytest.raises(Refused, match="not_found"):
        services.close(bo.pk, entry.poll.id)


def test_the_deadline_closes_before_anybody_says_so(mei: User, bo: User, room: int) -> None:
    entry = vote_in_room(mei, room, closes_in=60)
    ballot(bo, entry, 0)
    overdue(entry)
    with pytest.raises(Refused, match="closed"):
        ballot(bo, entry, 1)
    with pytest.raises(Refused, match="closed"):
        ballot(mei, entry, 1)
    with pytest.raises(Refused, match="closed"):
        services.withdraw(bo.pk, entry.poll.id)
    assert votes(entry) == [1, 0]
    assert queries.open_votes(bo.pk).polls == []


def test_the_deadline_is_announced_once(
    mei: User, bo: User, room: int, following: Following, transport: Remembering
) -> None:
    entry, later = vote_in_room(mei, room, closes_in=60), vote_in_room(mei, room, closes_in=60)
    ballot(bo, entry, 0)
    overdue(entry)
    with following(mei, bo):
        assert services.announce_due() == 1
        assert [e["type"] for e in received(bo.pk, transport.published)] == ["poll.changed"]
    with following(mei, bo):
        assert services.announce_due() == 0
        assert transport.published == []
    [state] = queries.poll_states([entry.poll.id])
    assert (state.closed_by, state.closed_at) == ("deadline", state.deadline)
    assert queries.poll_states([later.poll.id])[0].closed_at is None


def test_closing_by_hand_after_the_deadline_names_the_deadline(mei: User, room: int) -> None:
    entry = vote_in_room(mei, room, closes_in=60)
    overdue(entry)
    closed = services.close(mei.pk, entry.poll.id).poll
    assert (closed.closed_by, closed.closed_at) == ("deadline", closed.deadline)
    assert services.announce_due() == 0


def test_the_deadline_is_counted_by_the_databases_clock(mei: User, room: int) -> None:
    before = millis(now())
    entry = vote_in_room(mei, room, closes_in=3600)
    assert entry.poll.deadline is not None
    assert before + 3_600_000 <= entry.poll.deadline <= millis(now()) + 3_600_000
