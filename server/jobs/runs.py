"""What a job may ask of the run it is in."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult


class Lost(Exception):
    """This process was taken for dead and another one has the job: end without a trace."""


class PutOff(Exception):
    """This process is about to end: the job goes back to the others, as if it had not begun."""


@dataclass(frozen=True, slots=True)
class Run:
    """One attempt at a job. attempts: the processes that have had it, this one last."""

    job: UUID
    task: str
    arguments: dict[str, Any]
    attempts: tuple[str, ...]
    stopping: Callable[[], bool]

    def row(self) -> DBTaskResult[..., Any]:
        """The job's row, locked until the transaction ends. Raises Lost when it is another's."""
        rows = DBTaskResult.objects.select_for_update(no_key=True)
        row = rows.filter(pk=self.job, status=TaskResultStatus.RUNNING).first()
        if row is None or tuple(row.worker_ids) != self.attempts:
            raise Lost(self.task)
        return row


_run: ContextVar[Run | None] = ContextVar("run", default=None)
enter, leave = _run.set, _run.reset


def hold() -> None:
    """First thing in a transaction of a job: nobody else gets the job before it has committed.

    Raises Lost when somebody else has it already. A process that was frozen for a minute may wake
    up in the middle of a job that was given to another one: what it writes then must not count.
    Outside a jobs process (a test, a command) there is nothing to hold.
    """
    if run := _run.get():
        run.row()


def give_way() -> None:
    """Now and then in a long job: raises PutOff when the process was told to end. What is done so
    far must be found and used, or thrown away, by the next attempt."""
    run = _run.get()
    if run is not None and run.stopping():
        raise PutOff(run.task)


def attempt() -> int:
    """Which attempt at its job this run is, 1 being the first and outside of one."""
    run = _run.get()
    return len(run.attempts) if run else 1
