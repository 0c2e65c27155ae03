"""The library's queue, made to hold: what a jobs process does to a row before and after a run.

Every time is the database's, every step is one transaction, and a step of a process that no longer
has the job raises Lost instead of changing anything.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from traceback import format_exception
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from server.jobs.models import JobsLease, Retry
from server.jobs.runs import Run
from server.logs import masked
from server.text import clean

LEASE = timedelta(seconds=30)
"""A killed process's job waits this long, and a look of the duty more, for another one."""

ATTEMPTS = 5
PAUSES = (10, 40, 160, 640)
"""Seconds before another attempt, by how many there were."""

TRACEBACK = 8_000
"""Characters kept of one: its end says what went wrong."""

Row = DBTaskResult[..., Any]


def rows(status: TaskResultStatus) -> QuerySet[Row]:
    """All jobs in that state."""
    return DBTaskResult.objects.filter(status=status)


def waiting() -> int:
    """How many jobs nobody has taken yet."""
    return rows(TaskResultStatus.READY).count()


def over(jobs: Iterable[UUID | None]) -> set[UUID]:
    """Those of the jobs that will not be done any more: given up, or forgotten. Two queries."""
    asked = {job for job in jobs if job is not None}
    if not asked:
        return set()
    found = DBTaskResult.objects.filter(pk__in=asked)
    failed = found.filter(status=TaskResultStatus.FAILED)
    again = Retry.objects.filter(job__in=failed).values_list("job", flat=True)
    given_up = set(failed.exclude(pk__in=again).values_list("pk", flat=True))
    return given_up | (asked - set(found.values_list("pk", flat=True)))


def renew(process: str) -> None:
    """This process lives, and keeps what it runs for LEASE more."""
    if not JobsLease.objects.filter(process=process).update(renewed_at=Now()):
        lease = JobsLease(process=process, renewed_at=Now())
        JobsLease.objects.bulk_create([lease], ignore_conflicts=True)


def resign(process: str) -> None:
    """It ends, and has nothing that runs."""
    JobsLease.objects.filter(process=process).delete()


def living() -> set[str]:
    """The processes whose lease has not run out."""
    kept = JobsLease.objects.filter(renewed_at__gte=Now() - LEASE)
    return set(kept.values_list("process", flat=True))


def claim(process: str, stopping: Callable[[], bool] = lambda: False) -> Run | None:
    """Give the next waiting job to this process alone; None when none waits.

    The lease is renewed in the same transaction: no process without one ever has a job.
    """
    ready = rows(TaskResultStatus.READY)
    if not ready.exists():
        return None  # without a transaction: on SQLite each one locks out everybody who writes
    with transaction.atomic():
        renew(process)
        row = ready.select_for_update(skip_locked=True).first()
        if row is None:
            return None
        attempts = [*row.worker_ids, process]
        DBTaskResult.objects.filter(pk=row.pk).update(
            status=TaskResultStatus.RUNNING, started_at=Now(), worker_ids=attempts
        )
    return Run(row.pk, row.task_path, row.args_kwargs, tuple(attempts), stopping)


def drop(process: str) -> int:
    """This process runs nothing: what the rows say it does waits again. Returns how many.

    After an error it cannot know whether its claim was committed; and it lives, so nobody else
    would take up what it is said to run.
    """
    dropped = 0
    for pk, attempts in list(rows(TaskResultStatus.RUNNING).values_list("pk", "worker_ids")):
        if attempts[-1] == process:
            with transaction.atomic():
                put_back(Run(pk, "", {}, tuple(attempts), lambda: False).row(), attempts[:-1])
            dropped += 1
    return dropped


def done(run: Run) -> None:
    """It went well. Raises Lost."""
    with transaction.atomic():
        _finish(run.row(), TaskResultStatus.SUCCESSFUL)


def fail(run: Run, error: BaseException) -> bool:
    """It raised. Returns whether it will be tried again. Raises Lost."""
    with transaction.atomic():
        told = clean(masked("".join(format_exception(error))))[-TRACEBACK:]
        return set_back(run.row(), _path(type(error)), told)


def put_off(run: Run) -> None:
    """It waits again, and this attempt does not count. Raises Lost."""
    with transaction.atomic():
        row = run.row()
        put_back(row, row.worker_ids[:-1])


def put_back(row: Row, attempts: list[str]) -> None:
    """A locked row waits again, after so many attempts."""
    DBTaskResult.objects.filter(pk=row.pk).update(
        status=TaskResultStatus.READY, started_at=None, finished_at=None, worker_ids=attempts
    )


def set_back(row: Row, error: str, told: str) -> bool:
    """A locked row has failed: it is tried again after a pause, unless that was the last attempt.
    Returns whether it is."""
    _finish(row, TaskResultStatus.FAILED, exception_class_path=error, traceback=told)
    made = len(row.worker_ids)
    if made >= ATTEMPTS:
        return False
    pause = timedelta(seconds=PAUSES[made - 1])
    Retry.objects.bulk_create([Retry(job=row, due_at=Now() + pause)])
    return True


def _finish(row: Row, status: TaskResultStatus, **told: str) -> None:
    fields = {"exception_class_path": "", "traceback": "", **told}
    DBTaskResult.objects.filter(pk=row.pk).update(status=status, finished_at=Now(), **fields)


def _path(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"
