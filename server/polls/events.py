"""What viewers of a vote learn live."""

from server.polls.schemas import Ballot, Poll
from server.realtime.events import Snapshot


class PollChanged(Snapshot, type="poll.changed", topic="poll"):
    """The whole vote with its tally; nobody's identity when it is secret."""

    poll: Poll


class BallotChanged(Snapshot, type="ballot.changed", topic="user"):
    """My own ballot, on all my devices; key = poll id, version = ballot revision."""

    ballot: Ballot
