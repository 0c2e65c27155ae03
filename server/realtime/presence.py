"""Who is here, kept as leases so that a killed worker's people go offline by themselves.

One row per (person, worker), never per tab. A worker's leases count while it renews its own.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
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


def renew(worker: str) -> set[int]:
    """This worker lives. Ends the leases of workers that do not; returns the people to settle."""
    WorkerLease.objects.bulk_create(
        [WorkerLease(worker=worker, renewed_at=Now())],
        update_conflicts=True,
        unique_fields=["worker"],
        update_fields=["renewed_at"],
    )
    dead = list(
        WorkerLease.objects.filter(renewed_at__lt=Now() - WORKER_LEASE).values_list(
            "worker", flat=True
        )
    )
    left = {person for worker in dead for person in retire(worker)}
    return left


def retire(worker: str) -> set[int]:
    """Forget a worker that stopped or died; returns the people to settle."""
    with transaction.atomic():
        leases = PresenceLease.objects.filter(worker=worker)
        people = set(leases.values_list("person_id", flat=True))
        leases.delete()
        WorkerLease.objects.filter(worker=worker).delete()
    return people


def report(worker: str, here: Mapping[int, bool], gone: Collection[int]) -> None:
    """here: person -> away, for people with a socket on this worker; gone: without one now."""
    with transaction.atomic():
        PresenceLease.objects.bulk_create(
            [
                PresenceLease(person_id=p, worker=worker, away=away)
                for p, away in sorted(here.items())
            ],
            update_conflicts=True,
            unique_fields=["person_id", "worker"],
            update_fields=["away"],
        )
        PresenceLease.objects.filter(worker=worker, person_id__in=gone).delete()


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
        .filter(person_id__in=ids)
        .order_by("person_id")
    }
    leases: dict[int, list[bool]] = {}
    rows = PresenceLease.objects.filter(person_id__in=ids).values_list("person_id", "away")
    for person, away in rows:
        leases.setdefault(person, []).append(away)
    changed = []
    for person in ids:
        marks = leases.get(person)
        state = "offline" if not marks else "away" if all(marks) else "online"
        if told[person].state != state:
            Presence.objects.filter(person_id=person).update(
                state=state, last_seen=Now(), version=told[person].version + 1
            )
            changed.append(person)
    return changed


def seen(people: Collection[int]) -> dict[int, Seen]:
    """What was last told; people never seen are absent."""
    rows = Presence.objects.filter(person_id__in=people)
    return {row.person_id: Seen(row.version, row.state, row.last_seen) for row in rows}
