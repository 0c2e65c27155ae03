"""Under a post a block hides people from each other, in a named vote as in the comments."""

import pytest

from server.accounts import services as accounts
from server.accounts.models import User
from server.polls import queries
from server.polls.schemas import PollEntry
from tests.factories import ballot, vote_in_feed, vote_in_room


def named(entry: PollEntry) -> set[int]:
    """Whom everybody who watches sees."""
    [poll] = queries.poll_states([entry.poll.id])
    assert sum(option.votes for option in poll.options) == poll.voted == 2
    return {voter.id for option in poll.options for voter in option.voters}


def listed(who: User, entry: PollEntry) -> set[int]:
    return {one.person.id for one in queries.ballots_page(who.pk, entry.poll.id).ballots}


@pytest.fixture
def voted(mei: User, bo: User, wen: User) -> PollEntry:
    entry = vote_in_feed(mei)
    ballot(bo, entry, 0)
    ballot(wen, entry, 1)
    return entry


def test_without_a_block_everybody_is_named(
    mei: User, bo: User, wen: User, voted: PollEntry
) -> None:
    assert named(voted) == listed(mei, voted) == listed(bo, voted) == {bo.pk, wen.pk}


def test_across_a_block_nobody_learns_what_the_other_chose(
    mei: User, bo: User, wen: User, voted: PollEntry
) -> None:
    """The same bytes go to both of them, so neither is named in what everybody sees."""
    accounts.block(bo.pk, wen.pk)
    assert named(voted) == set()
    assert listed(mei, voted) == {bo.pk, wen.pk}
    assert listed(bo, voted) == {bo.pk}
    assert listed(wen, voted) == {wen.pk}


def test_a_block_of_somebody_who_cannot_see_it_hides_nobody(
    mei: User, bo: User, wen: User, lin: User, voted: PollEntry
) -> None:
    accounts.block(bo.pk, lin.pk)
    assert named(voted) == {bo.pk, wen.pk}


def test_in_a_chat_everybody_sees_everybody(mei: User, bo: User, wen: User, room: int) -> None:
    entry = vote_in_room(mei, room)
    ballot(bo, entry, 0)
    ballot(wen, entry, 1)
    accounts.block(bo.pk, wen.pk)
    assert named(entry) == listed(bo, entry) == {bo.pk, wen.pk}
