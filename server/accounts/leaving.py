"""Asking to be deleted, and taking it back.

Whoever asks is inactive from that moment on: not there for anybody, by the one rule that hides
whoever is inactive. For 30 days they may come in to undo it, and for nothing else (leaving_api.py).
Then they are erased (erasing.py).
"""

from collections.abc import Callable
from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from server.accounts import lists, sessions
from server.accounts.events import TieChanged
from server.accounts.mailing import send_letter
from server.accounts.models import Block, Friendship, Leaving, Session, User
from server.accounts.queries import card_of
from server.accounts.schemas import Holding, LeavingView
from server.accounts.ties import Between
from server.errors import Refused
from server.jobs import queue
from server.realtime.clock import millis, now
from server.realtime.log import hold_topics, record_at, take_places
from server.realtime.revoke import revoke
from server.realtime.topics import author, presence, user

log = structlog.get_logger(__name__)

UNDO_DAYS = 30
AT_ONCE = 100

holdings: list[Callable[[int], list[Holding]]] = []
"""What others depend on and a person must hand over or close before leaving: called with the
person. The app that keeps such things adds to it in its AppConfig.ready()."""


def standing(person_id: int) -> LeavingView:
    """What stands in the way of leaving now. A few queries of each app that keeps such things."""
    return LeavingView(holdings=_held(person_id), days=UNDO_DAYS)


def _held(person_id: int) -> list[Holding]:
    return [one for held in holdings for one in held(person_id)]


def ask(person_id: int) -> Leaving:
    """Be gone at once for everybody, on all of one's own devices too, and erased in 30 days.

    The caller has made sure that it is they who ask. Raises Refused: conflict (something has to be
    handed over first), signed_out.
    """
    with transaction.atomic():
        person = _lock(person_id)
        if person is None or not person.is_active:
            raise Refused("signed_out")
        if _held(person_id):
            raise Refused("conflict", "Hand over first what others depend on.")
        due = now() + timedelta(days=UNDO_DAYS)
        # An operator may have made somebody active who was leaving already.
        row, _ = Leaving.objects.update_or_create(
            person=person, defaults={"asked_at": Now(), "due_at": due, "job": None}
        )
        User.objects.filter(pk=person_id).update(is_active=False)
        tied = _tied(person_id)
        own = [user(person_id), author(person_id), presence(person_id)]
        # All at once, in one order: two friends may leave at the same moment.
        hold_topics([*own, *map(user, tied)])
        _tell(person, tied, here=False)
        # Whoever watches their posts or presence is asked anew whether they may.
        revoke(author(person_id))
        revoke(presence(person_id))
        send_letter.enqueue(person_id, "leaving/asked", due.date().isoformat())
        sessions.end(Session.objects.filter(person=person_id))
        row.refresh_from_db()
    return row


def may_come_back(person_id: int) -> Leaving | None:
    """Their row while the 30 days last by the database's clock. One query."""
    rows = Leaving.objects.filter(pk=person_id, due_at__gt=Now(), person__is_active=False)
    return rows.first()


def undo(person_id: int) -> None:
    """Be here again as if nothing had been. Doing it again changes nothing.

    Raises Refused(closed) when the 30 days are over.
    """
    with transaction.atomic():
        person = _lock(person_id)
        row = Leaving.objects.select_for_update(no_key=True).filter(pk=person_id).first()
        if person is None or (row is None and not person.is_active):
            raise Refused("closed", "It is too late.")
        if row is None:
            return
        if row.due_at <= now():
            raise Refused("closed", "It is too late.")
        row.delete()
        User.objects.filter(pk=person_id).update(is_active=True)
        _tell(person, _tied(person_id), here=True)
        lists.back(person_id)
        send_letter.enqueue(person_id, "leaving/undone")


def _lock(person_id: int) -> User | None:
    rows = User.objects.select_for_update(no_key=True, of=("self",)).select_related("face")
    return rows.filter(pk=person_id).first()


def _tell(person: User, tied: dict[int, Between], *, here: bool) -> None:
    """To these they are nobody from now on, or again what they were. Two statements for all."""
    places = take_places({user(other): 1 for other in tied})
    card, moment = card_of(person), now()
    record_at(
        [
            (
                places[user(other)][0],
                TieChanged(
                    person=card,
                    tie=between.tie(other) if here else "none",
                    at=millis(between.at(other) or moment if here else moment),
                ),
            )
            for other, between in tied.items()
        ]
    )


def _tied(person_id: int) -> dict[int, Between]:
    """What lies between this person and everybody to whom they are anything. Two queries."""
    found: dict[int, Between] = {}
    for row in Friendship.objects.filter(Q(low=person_id) | Q(high=person_id)):
        other = row.high_id if row.low_id == person_id else row.low_id
        found.setdefault(other, Between()).friendship = row
    for block in Block.objects.filter(Q(blocker=person_id) | Q(blocked=person_id)):
        other = block.blocked_id if block.blocker_id == person_id else block.blocker_id
        found.setdefault(other, Between()).blocks[block.blocker_id] = block.at
    return {other: between for other, between in found.items() if between.tie(other) != "none"}


# Duties --------------------------------------------------------------------------------------


def have_due_erased() -> int:
    """Ask for the erasure of those whose 30 days are over by the database's clock; also anew where
    the job was given up. Returns how many. Safe on many workers."""
    from server.accounts.erasing import erase

    _admit_failures()
    due = Leaving.objects.filter(due_at__lte=Now(), job=None, person__is_active=False)
    asked = 0
    for person_id in list(due.order_by("due_at").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            rows = due.filter(pk=person_id).select_for_update(skip_locked=True, no_key=True)
            if rows.first() is not None:
                Leaving.objects.filter(pk=person_id).update(job=erase.enqueue(person_id).id)
                asked += 1
    return asked


def _admit_failures() -> None:
    """Nobody waits for an erasure, so an operator must learn that one does not come to its end."""
    at_work = Leaving.objects.exclude(job=None)
    for job in queue.over(at_work.values_list("job", flat=True)):
        if at_work.filter(job=job).update(job=None):
            log.error("erasure_failed", job=str(job))
