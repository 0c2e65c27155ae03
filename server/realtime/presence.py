"""Who is here, kept as leases so that a killed worker's people go offline by themselves.

One row per (person, worker), never per tab. A worker's leases count while it renews its own.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now

from server.realtime.models import Presence, PresenceLease, WorkerLease

WORKER_LEASE = timedelta(seconds=30)
"""A crash is noticed within this and one renewal more: below the promised 60 s."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was last told about a person."""

    version: int
    state: str
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class Renewal:
    """left: people whose worker died, to be settled. anew: this worker was not known (it starts,
    or was taken for dead): whom it has told of before counts no more."""

    left: set[int]
    anew: bool


def renew(worker: str) -> Renewal:
    """This worker lives. Ends the leases of workers that do not.

    Not when it is late itself: then most likely the database was away, for the others too, and
    they get the time to say so.
    """
    punctual = bool(_living().filter(worker=worker).update(renewed_at=Now()))
    anew = not punctual and _live(worker)
    left: set[int] = set()
    if punctual:
        for other in list(_dead().order_by("worker").values_list("worker", flat=True)):
            left |= retire(other, only_dead=True) or set()
    return Renewal(left, anew)


def _living() -> QuerySet[WorkerLease]:
    return WorkerLease.objects.filter(renewed_at__gte=Now() - WORKER_LEASE)


def _dead() -> QuerySet[WorkerLease]:
    return WorkerLease.objects.filter(renewed_at__lt=Now() - WORKER_LEASE)


def _live(worker: str) -> bool:
    """Renew the lease; True when it had to be made."""
    if WorkerLease.objects.filter(worker=worker).update(renewed_at=Now()):
        return False
    WorkerLease.objects.bulk_create(
        [WorkerLease(worker=worker, renewed_at=Now())], ignore_conflicts=True
    )
    return True


def retire(worker: str, *, only_dead: bool = False) -> set[int] | None:
    """Forget a worker that died; returns the people to settle.

    only_dead: unless it has renewed its lease meanwhile (None then).
    """
    with transaction.atomic():
        # Its own row first: a report of that worker waits here, or we for it.
        rows = (_dead() if only_dead else WorkerLease.objects).filter(worker=worker)
        if not rows.delete()[0] and only_dead:
            return None
        leases = PresenceLease.objects.filter(worker=worker)
        people = set(leases.values_list("person_id", flat=True))
        leases.delete()
    return people


def resign(worker: str, grace: timedelta) -> None:
    """This worker stops: its people count as here for `grace` more, to come back elsewhere."""
    rows = WorkerLease.objects.filter(worker=worker)
    rows.update(renewed_at=Now() - (WORKER_LEASE - grace))


def report(worker: str, here: Mapping[int, bool], gone: Collection[int]) -> bool:
    """here: person -> away, for people with a socket on this worker; gone: without one now.

    Returns whether the worker was not known (see Renewal). Its lease is touched first: a person's
    lease without a worker's would never end.
    """
    with transaction.atomic():
        anew = _live(worker)
        PresenceLease.objects.bulk_create(
            [
                PresenceLease(person_id=p, worker=worker, away=away)
                for p, away in sorted(here.items())
            ],
            update_conflicts=True,
            unique_fields=["person_id", "worker"],
            update_fields=["away"],
        )
        PresenceLease.objects.filter(worker=worker, person_id__among=gone).delete()
    return anew


def settle(people: Collection[int]) -> list[int]:
    """Derive these people's state from the leases; returns those whose state changed.

    Runs inside the caller's transaction: the rows are locked in id order, so two workers that
    see a person come and go agree on one order of versions.
    """
    ids = sorted(set(people))
    Presence.objects.bulk_create([Presence(person_id=p) for p in ids], ignore_conflicts=True)
    told = {
        row.person_id: row
        for row in Presence.objects.select_for_update()
        .filter(person_id__among=ids)
        .order_by("person_id")
    }
    leases: dict[int, list[bool]] = {}
    rows = PresenceLease.objects.filter(person_id__among=ids).values_list("person_id", "away")
    for person, away in rows:
        leases.setdefault(person, []).append(away)
    changed: dict[str, list[int]] = {}
    for person in ids:
        marks = leases.get(person)
        state = "offline" if not marks else "away" if all(marks) else "online"
        if told[person].state != state:
            changed.setdefault(state, []).append(person)
    # One write a state: after an outage everybody comes back in the same second.
    for state, some in changed.items():
        Presence.objects.filter(person_id__among=some).update(
            state=state, last_seen=Now(), version=F("version") + 1
        )
    return sorted(person for some in changed.values() for person in some)


def seen(people: Collection[int]) -> dict[int, Seen]:
    """What was last told; people never seen are absent."""
    rows = Presence.objects.filter(person_id__among=people)
    return {row.person_id: Seen(row.version, row.state, row.last_seen) for row in rows}


def forget(person_id: int) -> None:
    """Nothing is known any more of when this person was here."""
    Presence.objects.filter(pk=person_id).delete()
