"""What is always true of a vote, read from the rows."""

from collections import Counter
from datetime import timedelta

from server.polls import queries
from server.polls.models import Ballot, BallotChoice, Option, Poll
from server.polls.schemas import PollEntry
from server.realtime.clock import now


def exact(poll_id: int) -> Counter[int]:
    """Check that every total equals its rows; returns the votes by option."""
    poll = Poll.objects.get(pk=poll_id)
    rows = BallotChoice.objects.filter(ballot__poll=poll_id)
    counted = Counter(rows.values_list("option_id", flat=True))
    kept = dict(Option.objects.filter(poll=poll_id).values_list("pk", "votes"))
    assert {option: counted[option] for option in kept} == kept
    voters = set(rows.values_list("ballot_id", flat=True))
    in_now = set(Ballot.objects.filter(poll=poll_id, at__isnull=False).values_list("pk", flat=True))
    assert voters == in_now
    assert poll.voted == len(voters)
    if poll.choice == "single":
        assert sum(counted.values()) == poll.voted
    for view in queries.poll_states([poll_id]):
        assert {option.id: option.votes for option in view.options} == kept
        assert view.voted == poll.voted
        for option in view.options:
            shown = 0 if view.names == "secret" else min(12, option.votes)
            assert len(option.voters) == len({one.id for one in option.voters}) == shown
    return counted


def votes(entry: PollEntry) -> list[int]:
    """The tally as it is shown, option by option."""
    [state] = queries.poll_states([entry.poll.id])
    return [option.votes for option in state.options]


def overdue(entry: PollEntry) -> None:
    """Its deadline was a second ago; nobody has announced it."""
    Poll.objects.filter(pk=entry.poll.id).update(deadline=now() - timedelta(seconds=1))
