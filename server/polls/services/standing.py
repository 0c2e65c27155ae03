"""What voting and closing both ask and tell."""

from datetime import datetime
from functools import partial

from server.errors import Refused
from server.polls import policies, queries
from server.polls.events import PollChanged
from server.polls.models import Poll
from server.realtime import topics
from server.realtime.snapshots import refresh


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


def _poll_now(poll_id: int) -> tuple[int, PollChanged] | None:
    for view in queries.poll_states([poll_id]):
        return view.version, PollChanged(poll=view)
    return None
