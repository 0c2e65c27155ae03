"""Asking for a takeout, and what becomes of it. Every verb may be repeated.

The person's row is the lock. A takeout is named by its token: whoever works on one that is not the
row's any more has nothing to say.
"""

from datetime import timedelta
from secrets import token_hex
from typing import IO

import structlog
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from server.errors import Refused
from server.jobs import queue
from server.jobs.runs import attempt, hold
from server.realtime.clock import now
from server.realtime.log import record
from server.realtime.topics import user
from server.takeout import files
from server.takeout.events import TakeoutChanged
from server.takeout.models import Takeout
from server.takeout.queries import AGAIN_AFTER, mine, view_of
from server.takeout.schemas import TakeoutDraft, TakeoutView

log = structlog.get_logger(__name__)

KEPT = timedelta(days=7)
AT_ONCE = 100


class Unwanted(Exception):
    """This takeout was taken back, or is done: nobody waits for it."""


def ask(person_id: int, draft: TakeoutDraft) -> TakeoutView:
    """Have one made; while one is being made, it is that. Raises Refused(too_fast) within an hour
    of the last one, unless that failed."""
    from server.takeout.jobs import make

    with transaction.atomic():
        row = _locked(person_id)
        if row.state == "working" or row.client_id == draft.client_id:
            return view_of(row)
        _check_pace(row)
        _remove_files(row)
        token = token_hex(16)
        Takeout.objects.filter(pk=person_id).update(
            state="working",
            client_id=draft.client_id,
            token=token,
            job=make.enqueue(person_id, token).id,
            progress=0,
            size=0,
            file="",
            asked_at=Now(),
            ready_at=None,
            expires_at=None,
        )
        return _tell(person_id)


def _check_pace(row: Takeout) -> None:
    if row.asked_at is not None:
        left = (row.asked_at + AGAIN_AFTER - now()).total_seconds()
        if left > 0:
            raise Refused("too_fast", "One an hour.", retry_after=left)


def take_back(person_id: int) -> TakeoutView:
    """Want it no longer: what is being made is dropped, what is ready is removed at once."""
    with transaction.atomic():
        row = Takeout.objects.select_for_update(no_key=True).filter(pk=person_id).first()
        return mine(person_id) if row is None or row.state == "none" else _drop(row)


def _drop(row: Takeout, state: str = "none") -> TakeoutView:
    """End a locked row's takeout; after a failure of ours another one may be asked for at once."""
    _remove_files(row)
    fields = {"asked_at": None} if state == "failed" else {}
    Takeout.objects.filter(pk=row.pk).update(
        state=state,
        token="",
        job=None,
        progress=0,
        size=0,
        file="",
        ready_at=None,
        expires_at=None,
        **fields,
    )
    return _tell(row.pk)


def _remove_files(row: Takeout) -> None:
    """Before the row changes: if we die in between, they are gone and the row still says that they
    have to go."""
    if row.token:
        files.remove(row.token)


def _locked(person_id: int) -> Takeout:
    with transaction.atomic():
        fresh = Takeout(person_id=person_id)
        Takeout.objects.bulk_create([fresh], ignore_conflicts=True)
    return Takeout.objects.select_for_update(no_key=True).get(pk=person_id)


def _tell(person_id: int) -> TakeoutView:
    """A change that their pages learn of. Returns the row as it is now."""
    rows = Takeout.objects.filter(pk=person_id)
    rows.update(version=F("version") + 1)
    view = view_of(rows.get())
    record(user(person_id), TakeoutChanged(takeout=view))
    return view


def erase_takeout(person_id: int) -> bool:
    """Somebody leaves for good, and the file with all of theirs does. Returns whether there was
    anything."""
    row = Takeout.objects.select_for_update(no_key=True).filter(pk=person_id).first()
    if row is None:
        return False
    _remove_files(row)
    row.delete()
    return True


# What the job says ---------------------------------------------------------------------------


def begin(person_id: int, token: str) -> None:
    """An attempt starts, from nothing. Raises Unwanted, Lost."""
    with transaction.atomic():
        row = _wanted(person_id, token)
        files.remove(token)
        if row.progress:
            Takeout.objects.filter(pk=person_id).update(progress=0)
            _tell(person_id)


def advance(person_id: int, token: str, progress: int) -> None:
    """So many per cent are done. Raises Unwanted, Lost."""
    with transaction.atomic():
        _wanted(person_id, token)
        Takeout.objects.filter(pk=person_id).update(progress=progress)
        _tell(person_id)


def finish(person_id: int, token: str, content: IO[bytes]) -> None:
    """It is whole: from here on its person may have it. Raises Unwanted, Lost; then nothing of it
    is left."""
    size = content.seek(0, 2)
    name = files.write(token, attempt(), content)
    try:
        with transaction.atomic():
            _wanted(person_id, token)
            Takeout.objects.filter(pk=person_id).update(
                state="ready",
                job=None,
                progress=100,
                size=size,
                file=name,
                ready_at=Now(),
                expires_at=Now() + KEPT,
            )
            _tell(person_id)
    except BaseException:
        files.forget(name)
        raise


def _wanted(person_id: int, token: str) -> Takeout:
    """The row, locked, while it is about this takeout and the job is ours."""
    hold()
    row = Takeout.objects.select_for_update(no_key=True).filter(pk=person_id, token=token).first()
    if row is None or row.state != "working":
        raise Unwanted
    return row


# Duties --------------------------------------------------------------------------------------


def remove_old() -> int:
    """Remove what has been there for a week. Returns how many went. Safe on many workers."""
    due = Takeout.objects.filter(state="ready", expires_at__lte=Now())
    gone = 0
    for person_id in list(due.order_by("expires_at").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            row = due.select_for_update(skip_locked=True, no_key=True).filter(pk=person_id).first()
            if row is not None:
                _drop(row)
                gone += 1
    return gone


def admit_failures() -> int:
    """Tell those whose takeout will not come: its job was given up. Returns how many."""
    working = Takeout.objects.filter(state="working")
    over = queue.over(working.values_list("job", flat=True))
    told = 0
    for job in over:
        with transaction.atomic():
            rows = working.select_for_update(skip_locked=True, no_key=True).filter(job=job)
            if (row := rows.first()) is not None:
                log.error("takeout_failed", person=row.pk, job=str(job))
                _drop(row, "failed")
                told += 1
    return told
