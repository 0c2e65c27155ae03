"""Presence as friends see it: leases in, one snapshot per changed person out."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from django.db import transaction

from server.accounts.events import PresenceChanged
from server.realtime import presence, topics
from server.realtime.clock import millis
from server.realtime.log import current_auths
from server.realtime.publish import publish_on_commit
from server.realtime.snapshots import state_envelope

GRACE = timedelta(seconds=10)
"""Clients of a worker that stops come back within 3 s, and are told of a second later."""

TOLD_AT_ONCE = 200
"""Publications handed to the loop in one go: it has sockets to serve between two of these."""


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
    """Derive and tell. The number of queries does not depend on how many came and went: a worker
    that was cut off from all its people has them back within a second."""
    if not people or not (changed := presence.settle(people)):
        return
    watched = {person: topics.presence(person) for person in changed}
    rules = current_auths(watched.values())
    told = [
        state_envelope(watched[person], version, event, auth_version=rules[watched[person]])
        for person, (version, event) in states(changed).items()
    ]
    for start in range(0, len(told), TOLD_AT_ONCE):
        publish_on_commit(*told[start : start + TOLD_AT_ONCE])
