"""Presence as friends see it: leases in, one snapshot per changed person out."""

from collections.abc import Callable, Collection, Mapping
from datetime import timedelta

from django.db import transaction

from server.accounts.events import PresenceChanged
from server.realtime import presence, topics
from server.realtime.clock import millis
from server.realtime.snapshots import refresh

GRACE = timedelta(seconds=10)
"""Clients of a worker that stops come back within 3 s, and are told of a second later."""


def report(worker: str, here: Mapping[int, bool], gone: Collection[int]) -> bool:
    """here: person -> away, for people with a socket on this worker; gone: without one now.

    Returns whether the worker has to tell all its people again: it had been taken for dead.
    """
    with transaction.atomic():
        anew = presence.report(worker, here, gone)
        _settle({*here, *gone})
    return anew


def renew(worker: str) -> bool:
    """This worker lives; people of workers that died without a word go offline.

    Returns the same as report().
    """
    with transaction.atomic():
        renewal = presence.renew(worker)
        _settle(renewal.left)
    return renewal.anew


def resign(worker: str) -> None:
    """This worker stops, perhaps only for a new one: its people have GRACE to come back on another
    before anybody is told that they left. One write, whatever their number."""
    presence.resign(worker, GRACE)


def states(people: Collection[int]) -> dict[int, tuple[int, PresenceChanged]]:
    """(version, event) of each person who was ever seen. One query."""
    return {
        person: (
            seen.version,
            PresenceChanged(
                person_id=person,
                state=seen.state,  # type: ignore[arg-type]  # the column holds only these words
                last_seen=None if seen.state == "online" else millis(seen.last_seen),
            ),
        )
        for person, seen in presence.seen(people).items()
    }


def _settle(people: Collection[int]) -> None:
    if people:
        for person in presence.settle(people):
            refresh(topics.presence(person), PresenceChanged, _load(person))


def _load(person: int) -> Callable[[], tuple[int, PresenceChanged] | None]:
    return lambda: states([person]).get(person)
