"""Many processes at once: each job is one's, each orphan is put back once."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db.models.functions import Now
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from server.jobs import queue, services
from server.jobs.models import JobsLease, Retry
from server.jobs.work import work
from tests.jobs.tasks import broken, noted
from tests.jobs.test_queue import DIED
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_each_job_is_run_by_one(tmp_path: Path) -> None:
    for number in range(40):
        noted.enqueue(str(tmp_path / "out"), str(number))

    def all_day(process: str) -> int:
        done = 0
        while work(process):
            done += 1
        return done

    done = at_once([lambda p=f"p{n}": all_day(p) for n in range(6)])
    assert sum(done) == 40, done  # type: ignore[arg-type]
    lines = [line.rsplit(" ", 1)[0] for line in (tmp_path / "out").read_text().splitlines()]
    assert sorted(lines) == sorted(
        f"{word} {number}" for number in range(40) for word in ("begin", "end")
    )
    assert all(len(row.worker_ids) == 1 for row in DBTaskResult.objects.all())


def test_each_orphan_and_each_retry_is_put_back_once(tmp_path: Path) -> None:
    for number in range(10):
        noted.enqueue(str(tmp_path / "out"), str(number))
        assert queue.claim("dead")
        broken.enqueue("x")
        assert work("living")
    JobsLease.objects.filter(process="dead").update(renewed_at=Now() - DIED)
    Retry.objects.update(due_at=Now())
    back = at_once([services.revive] * 6)
    assert sum(back) == 20, back  # type: ignore[arg-type]
    assert queue.waiting() == 20
    assert not queue.rows(TaskResultStatus.FAILED).exists()
