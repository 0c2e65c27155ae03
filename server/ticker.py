"""What every worker does now and then. Each duty is safe on many workers at once: it claims its
rows by conditional updates, so no leader is elected and none can be lost."""

from collections.abc import Callable
from dataclasses import dataclass

from server.accounts import leaving, phones
from server.accounts.sessions import SessionStore
from server.feed.later import post_due
from server.gatherings.services import remind_due
from server.jobs import services as jobs
from server.media.services import forget_unused
from server.notices import sending
from server.notices import services as notices
from server.polls.services import announce_due, forget_deleted
from server.realtime.prune import prune
from server.sharing import services as sharing
from server.takeout import services as takeout


@dataclass(frozen=True, slots=True)
class Duty:
    """every: seconds between two runs on one worker. long: it may take as long as it needs."""

    every: float
    run: Callable[[], object]
    long: bool = False


DUTIES = (
    Duty(1, announce_due),
    Duty(1, sharing.release_due),
    Duty(2, notices.settle_left),
    Duty(5, jobs.revive),
    Duty(10, remind_due),
    Duty(5, post_due),
    Duty(5, sending.send_due),
    Duty(60, leaving.have_due_erased),
    Duty(3600, phones.forget_old, long=True),
    Duty(3600, jobs.prune, long=True),
    Duty(10, takeout.admit_failures),
    Duty(60, takeout.remove_old, long=True),
    Duty(3600, notices.prune, long=True),
    Duty(3600, sending.prune, long=True),
    Duty(3600, prune, long=True),
    Duty(3600, SessionStore.clear_expired, long=True),
    Duty(3600, forget_unused, long=True),
    Duty(3600, forget_deleted, long=True),
)
