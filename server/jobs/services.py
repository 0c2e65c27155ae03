"""The duties that keep the queue going (server/ticker.py). Safe on many workers at once."""

from datetime import timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models.functions import Now
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from server.jobs import queue
from server.jobs.models import JobsLease, Retry

log = structlog.get_logger(__name__)

KEPT = timedelta(days=7)
AT_ONCE = 200


def revive() -> int:
    """Have jobs run again that are due for another attempt or whose process died. Returns how many
    were put back or given up."""
    return _due() + _orphans()


def _due() -> int:
    due = Retry.objects.filter(due_at__lte=Now())
    if not due.exists():
        return 0
    with transaction.atomic():
        found = list(due.select_for_update(skip_locked=True).order_by("due_at")[:AT_ONCE])
        ids = [retry.pk for retry in found]
        failed = DBTaskResult.objects.filter(pk__in=ids, status=TaskResultStatus.FAILED)
        failed.update(status=TaskResultStatus.READY, started_at=None, finished_at=None)
        Retry.objects.filter(pk__in=ids).delete()
    return len(ids)


def _orphans() -> int:
    running = queue.rows(TaskResultStatus.RUNNING).order_by("started_at")
    found = list(running.values_list("pk", "worker_ids")[:AT_ONCE])
    if not found:
        return 0
    living = queue.living()
    dead = [(pk, attempts) for pk, attempts in found if attempts[-1] not in living]
    return sum(_orphan(pk, attempts) for pk, attempts in dead)


def _orphan(pk: UUID, attempts: list[str]) -> bool:
    """A job whose process has no lease: at once the first time, for most likely somebody killed the
    process; later on with the pauses of failures, for it may be the job that kills it."""
    with transaction.atomic():
        running = queue.rows(TaskResultStatus.RUNNING).filter(pk=pk)
        row = running.select_for_update(skip_locked=True, no_key=True).first()
        # Looked at again under the lock: it may have ended meanwhile, or begun anew elsewhere, and
        # its process may have been late, not dead.
        if row is None or row.worker_ids != attempts or attempts[-1] in queue.living():
            return False
        if len(attempts) == 1:
            queue.put_back(row, attempts)
            again = True
        else:
            again = queue.set_back(row, "server.jobs.Died", f"{attempts[-1]} died")
    log.warning(
        "job_orphaned", job=str(pk), task=row.task_path, process=attempts[-1], given_up=not again
    )
    return True


def prune(at_most: int = 1_000) -> int:
    """Forget jobs that ended a week ago, and processes that did. Returns how many jobs went."""
    JobsLease.objects.filter(renewed_at__lt=Now() - KEPT).delete()
    ended = DBTaskResult.objects.finished().filter(finished_at__lt=Now() - KEPT)
    ids = list(ended.order_by("finished_at").values_list("pk", flat=True)[:at_most])
    DBTaskResult.objects.filter(pk__in=ids).delete()
    return len(ids)
