"""What voting and closing both ask and tell."""

from datetime import datetime
from functools import partial

from server.errors import Refused
from server.happenings import Happening, happened
from server.polls import policies, queries
from server.polls.events import PollChanged
from server.polls.models import Poll
from server.realtime import topics
from server.realtime.snapshots import refresh

CLOSED = 0
"""A vote is closed once: the cause needs no name of its own."""


def check_seen(person_id: int, poll_id: int) -> None:
    """Before the lock, so that strangers never make voters wait. Raises Refused(not_found)."""
    if not policies.may_watch(person_id, poll_id):
        raise Refused("not_found")


def is_due(row: Poll, moment: datetime) -> bool:
    """Whether its deadline has come."""
    return row.deadline is not None and row.deadline <= moment


def is_over(row: Poll, moment: datetime) -> bool:
    """Whether it takes no more ballots."""
    return row.closed_at is not None or is_due(row, moment)


def tell(row: Poll) -> None:
    """Have the vote's state sent to whoever watches it, soon after commit."""
    refresh(
        topics.poll(row.pk),
        PollChanged,
        partial(_poll_now, row.pk),
        authority=policies.authority(row),
    )


def tell_closed(row: Poll, by: int | None) -> None:
    """Whoever asked is told, unless they closed it themselves. Those who voted may be thousands:
    they are found by whoever is told of this (see queries.voters)."""
    happened(Happening("vote.closed", row.author_id, row.pk, CLOSED, by))


def _poll_now(poll_id: int) -> tuple[int, PollChanged] | None:
    for view in queries.poll_states([poll_id]):
        return view.version, PollChanged(poll=view)
    return None
