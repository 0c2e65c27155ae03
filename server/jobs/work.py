"""Doing one job, and writing down how it went."""

from collections.abc import Callable
from functools import partial
from time import monotonic, sleep
from typing import TypeVar

import structlog
from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils.module_loading import import_string
from django_tasks.base import Task

from server import metrics
from server.database import hurry
from server.jobs import queue, runs

log = structlog.get_logger(__name__)
T = TypeVar("T")

AWAY_SECONDS = 1.0


def work(process: str, stopping: Callable[[], bool] = lambda: False) -> bool:
    """Run the next job that waits, in this process's name. Returns whether there was one.

    Whatever the job raises is written down, not raised. stopping: asked by long jobs.
    """
    run = queue.claim(process, stopping)
    if run is not None:
        do(run)
    return run is not None


def do(run: runs.Run) -> None:
    """Run a job that was claimed. What is raised here is none of the job's doing: a process that
    cannot write down how it went must end, or its living lease would keep the job for ever."""
    started = monotonic()
    outcome = _outcome(run)
    took = monotonic() - started
    metrics.ran(run.task, outcome, took)
    log.info(
        "job_ran",
        job=str(run.job),
        task=run.task,
        outcome=outcome,
        attempt=len(run.attempts),
        took_s=round(took, 3),
    )


def _outcome(run: runs.Run) -> str:
    """Do it, and have its row say how it went: done, failed (to be tried again), given_up, put_off
    or lost (to another process)."""
    hurry(False)
    entered = runs.enter(run)
    metrics.JOBS_RUNNING.set(1)
    try:
        try:
            _call(run)
        except runs.PutOff:
            _until_written(partial(queue.put_off, run))
            return "put_off"
        except runs.Lost:
            raise
        except Exception as error:
            log.exception("job_raised", job=str(run.job), task=run.task)
            again = _until_written(partial(queue.fail, run, error))
            return "failed" if again else "given_up"
        _until_written(partial(queue.done, run))
    except runs.Lost:
        return "lost"
    finally:
        metrics.JOBS_RUNNING.set(0)
        runs.leave(entered)
    return "done"


def _call(run: runs.Run) -> None:
    task = import_string(run.task)
    if not isinstance(task, Task):
        raise SuspiciousOperation(f"{run.task} is no job")
    task.call(*run.arguments["args"], **run.arguments["kwargs"])


def _until_written(settle: Callable[[], T]) -> T:
    """Away or not, the database must know how it went; while it does not, our lease runs out."""
    while True:
        try:
            return settle()
        except (OperationalError, InterfaceError) as error:
            log.warning("job_not_written_down", error=type(error).__name__)
            close_old_connections()
            sleep(AWAY_SECONDS)
