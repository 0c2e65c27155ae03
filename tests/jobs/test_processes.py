"""Real jobs processes on the tests' database: killed, frozen, told to end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.db.models.functions import Now
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from server.jobs import queue, services
from server.jobs.models import JobsLease
from tests.jobs.tasks import held, noted, patient
from tests.jobs.test_queue import DIED
from tests.ops.test_supervisor import ROOT, eventually
from tests.services.process import end, spawn, tail

pytestmark = pytest.mark.django_db(transaction=True)

Start = Callable[[str], "subprocess.Popen[bytes]"]


def database_url() -> str:
    """The tests' own, for a process that is started now."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(str(told['NAME']))}"
    who = f"{told['USER']}:{told['PASSWORD']}" if told["PASSWORD"] else told["USER"]
    return f"postgresql://{who}@{told['HOST']}:{told['PORT']}/{told['NAME']}"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "jobs.log"


@pytest.fixture
def start(log: Path) -> Iterator[Start]:
    with ExitStack() as started:

        def begin(name: str) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", "server.ops.run_jobs", "--worker", name]
            env = {**os.environ, "DATABASE_URL": database_url(), "LOG_LEVEL": "INFO"}
            process = spawn(command, log=log, env=env, cwd=ROOT)
            started.callback(end, process, signal.SIGKILL)
            return process

        yield begin


def lines(path: Path) -> list[tuple[str, str, int]]:
    """(word, name, pid) of what jobs have noted."""
    if not path.exists():
        return []
    found = [line.split() for line in path.read_text().splitlines()]
    return [(word, name, int(pid)) for word, name, pid in found]


def says(path: Path, log: Path, word: str, times: int = 1) -> None:
    def enough() -> bool:
        return sum(line[0] == word for line in lines(path)) >= times

    eventually(enough, lambda: f"{lines(path)}\n{tail(log)}", within=30)


def settled(log: Path, **expected: Any) -> DBTaskResult[..., Any]:
    """The one job, once it is as expected."""

    def is_so() -> bool:
        return DBTaskResult.objects.filter(**expected).exists()

    eventually(is_so, lambda: f"{DBTaskResult.objects.values()}\n{tail(log)}", within=30)
    return DBTaskResult.objects.get()


def lease_runs_out(process: str) -> None:
    assert JobsLease.objects.filter(process=process).update(renewed_at=Now() - DIED)


def test_killed_in_the_middle_it_is_done_once_by_another(
    start: Start, log: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    noted.enqueue(str(out), "a", 1.0)
    first = start("first")
    says(out, log, "begin")
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    second = start("second")
    eventually(lambda: log.read_text().count("jobs_started") == 2, lambda: tail(log), 30)
    assert services.revive() == 0, "its lease runs still"
    lease_runs_out("first")
    assert services.revive() == 1
    row = settled(log, status=TaskResultStatus.SUCCESSFUL)
    assert row.worker_ids == ["first", "second"]
    assert lines(out) == [
        ("begin", "a", first.pid),
        ("begin", "a", second.pid),
        ("end", "a", second.pid),
    ]


def test_two_processes_share_the_work_and_never_a_job(
    start: Start, log: Path, tmp_path: Path
) -> None:
    out, jobs = tmp_path / "out", 30
    processes = [start("one"), start("two")]
    eventually(lambda: log.read_text().count("jobs_started") == 2, lambda: tail(log), 30)
    for number in range(jobs):
        noted.enqueue(str(out), str(number), 0.02)
    says(out, log, "end", jobs)
    said = lines(out)
    assert sorted(said) == sorted(
        {(word, name, pid) for _, name, pid in said for word in ("begin", "end")}
    )
    assert len(said) == 2 * jobs and {name for _, name, _ in said} == set(map(str, range(jobs)))
    assert {pid for *_, pid in said} == {process.pid for process in processes}


def test_one_that_was_frozen_and_taken_for_dead_writes_nothing(
    start: Start, log: Path, tmp_path: Path
) -> None:
    out, until = tmp_path / "out", tmp_path / "until"
    held.enqueue(str(out), "a", str(until))
    frozen = start("frozen")
    says(out, log, "begin")
    os.kill(frozen.pid, signal.SIGSTOP)
    lease_runs_out("frozen")
    assert services.revive() == 1
    other = start("other")
    says(out, log, "begin", 2)
    until.touch()
    settled(log, status=TaskResultStatus.SUCCESSFUL)
    os.kill(frozen.pid, signal.SIGCONT)
    eventually(lambda: "outcome=lost" in log.read_text(), lambda: tail(log), 30)
    assert [line for line in lines(out) if line[0] == "wrote"] == [("wrote", "a", other.pid)]


def test_told_to_end_it_does_what_it_has_begun_and_takes_nothing_more(
    start: Start, log: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    for name in "ab":
        noted.enqueue(str(out), name, 1.0)
    process = start("one")
    says(out, log, "begin")
    assert end(process, signal.SIGTERM, patience=20) == 0
    assert [line[:2] for line in lines(out)] == [("begin", "a"), ("end", "a")]
    assert queue.waiting() == 1 and not JobsLease.objects.exists()


def test_told_to_end_in_a_long_job_that_gives_way_it_is_put_off(
    start: Start, log: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    patient.enqueue(str(out), "a")
    process = start("one")
    says(out, log, "begin")
    assert end(process, signal.SIGTERM, patience=20) == 0
    row = DBTaskResult.objects.get()
    assert (row.status, row.worker_ids) == (TaskResultStatus.READY, [])


def test_idle_it_ends_at_once(start: Start, log: Path) -> None:
    process = start("one")
    eventually(lambda: "jobs_started" in log.read_text(), lambda: tail(log), 30)
    assert end(process, signal.SIGTERM, patience=20) == 0
