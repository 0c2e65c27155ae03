"""The queue by itself: who gets a job, how often it is tried, and by whose clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, transaction
from django.db.models.functions import Now
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from server import metrics
from server.jobs import queue, services
from server.jobs.models import JobsLease, Retry
from server.jobs.runs import Lost, Run, hold
from server.jobs.work import work
from server.ops.jobs import Jobs
from tests.jobs.tasks import broken, held, noted, strange

pytestmark = pytest.mark.django_db

Row = DBTaskResult
LONG_AGO = services.KEPT + timedelta(seconds=1)
DIED = queue.LEASE + timedelta(seconds=1)


def only() -> Row:
    return DBTaskResult.objects.get()


def enqueue(path: Path, name: str = "a") -> None:
    noted.enqueue(str(path), name)


def taken(process: str) -> Run:
    run = queue.claim(process)
    assert run is not None
    return run


def dies(process: str) -> None:
    """Its lease has run out."""
    assert JobsLease.objects.filter(process=process).update(renewed_at=Now() - DIED)


def pause_passes() -> None:
    Retry.objects.update(due_at=Now())


def test_what_is_rolled_back_asks_for_nothing(tmp_path: Path) -> None:
    with transaction.atomic():
        enqueue(tmp_path / "out")
        transaction.set_rollback(True)
    assert not work("p")
    assert not (tmp_path / "out").exists()


def test_a_job_is_done_once_and_says_so(tmp_path: Path) -> None:
    enqueue(tmp_path / "out")
    assert work("p")
    assert not work("p")
    assert [line.split()[0] for line in (tmp_path / "out").read_text().splitlines()] == [
        "begin",
        "end",
    ]
    row = only()
    assert (row.status, row.worker_ids) == (TaskResultStatus.SUCCESSFUL, ["p"])
    assert row.started_at and row.finished_at and row.started_at <= row.finished_at


def test_jobs_are_taken_in_the_order_they_came(tmp_path: Path) -> None:
    for name in "abc":
        enqueue(tmp_path / "out", name)
    while work("p"):
        pass
    lines = (tmp_path / "out").read_text().splitlines()
    assert [line.split()[1] for line in lines if line.startswith("begin")] == ["a", "b", "c"]


def test_what_fails_is_tried_again_after_ever_longer_pauses_and_then_given_up() -> None:
    broken.enqueue("it is broken")
    pauses = []
    for attempt in range(1, queue.ATTEMPTS + 1):
        assert work(f"p{attempt}")
        assert only().status == TaskResultStatus.FAILED
        assert services.revive() == 0 and not work("p"), "not before its time"
        if attempt < queue.ATTEMPTS:
            [ahead] = Retry.objects.annotate(now=Now()).values_list("due_at", "now")
            pauses.append(round((ahead[0] - ahead[1]).total_seconds()))
            pause_passes()
            assert services.revive() == 1
    assert pauses == list(queue.PAUSES)
    assert not Retry.objects.exists() and services.revive() == 0
    row = only()
    assert row.exception_class_path == "builtins.ValueError" and "it is broken" in row.traceback
    assert len(row.worker_ids) == queue.ATTEMPTS


def test_a_secret_in_a_traceback_is_not_kept() -> None:
    broken.enqueue("postgresql://u:hunter2@db/x")
    work("p")
    assert "db/x" in only().traceback and "hunter2" not in only().traceback


def test_whatever_it_says_when_it_fails_can_be_written_down() -> None:
    strange.enqueue()
    assert work("p")
    assert "words" in only().traceback and only().status == TaskResultStatus.FAILED


def test_a_row_that_is_no_job_fails_like_one() -> None:
    broken.enqueue("x")
    for path in ("tests.jobs.tasks.note", "tests.jobs.nowhere.at_all"):
        DBTaskResult.objects.update(status=TaskResultStatus.READY, task_path=path)
        Retry.objects.all().delete()
        assert work("p")
        assert only().status == TaskResultStatus.FAILED


def test_a_dead_process_s_job_runs_again_at_once_then_later_then_no_more(tmp_path: Path) -> None:
    enqueue(tmp_path / "out")
    assert services.revive() == 0
    for attempt in range(1, queue.ATTEMPTS + 1):
        process = f"p{attempt}"
        taken(process)
        assert services.revive() == 0, "it lives"
        dies(process)
        assert services.revive() == 1 and services.revive() == 0
        if attempt == 1:
            assert only().status == TaskResultStatus.READY, "most likely a person killed it"
        elif attempt < queue.ATTEMPTS:
            assert not work("p"), "it may be the job that kills"
            pause_passes()
            assert services.revive() == 1
    assert only().status == TaskResultStatus.FAILED and not Retry.objects.exists()
    assert only().exception_class_path == "server.jobs.Died"


def test_a_process_that_resigned_or_never_was_holds_nothing(tmp_path: Path) -> None:
    enqueue(tmp_path / "out")
    taken("p")
    queue.resign("p")
    assert services.revive() == 1
    assert work("q")


def test_who_was_late_keeps_its_job_when_it_renews_in_time(tmp_path: Path) -> None:
    enqueue(tmp_path / "out")
    run = taken("p")
    dies("p")
    queue.renew("p")
    assert services.revive() == 0
    queue.done(run)
    assert only().status == TaskResultStatus.SUCCESSFUL


@pytest.mark.parametrize("meanwhile", ["renewed", "begun elsewhere"])
def test_what_was_seen_is_looked_at_again_under_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, meanwhile: str
) -> None:
    """Between the look and the lock the process renewed, or the job went on elsewhere."""
    enqueue(tmp_path / "out")
    run, really = taken("p"), queue.living
    if meanwhile == "begun elsewhere":
        dies("p")

    def living_as_seen() -> set[str]:
        monkeypatch.setattr(queue, "living", really)
        if meanwhile == "begun elsewhere":
            assert services.revive() == 1
            taken("q")
        return set()

    monkeypatch.setattr(queue, "living", living_as_seen)
    assert services.revive() == 0
    [row] = queue.rows(TaskResultStatus.RUNNING)
    assert row.worker_ids == (["p"] if meanwhile == "renewed" else ["p", "q"])
    assert run.attempts == ("p",)


@pytest.mark.parametrize(
    "settle",
    [queue.done, lambda run: queue.fail(run, ValueError()), queue.put_off],
    ids=["done", "fail", "put_off"],
)
def test_who_lost_a_job_changes_nothing(tmp_path: Path, settle: Callable[[Run], object]) -> None:
    enqueue(tmp_path / "out")
    run = taken("p")
    dies("p")
    assert services.revive() == 1
    for _ in range(2):  # while it waits, and while another one has it
        with pytest.raises(Lost):
            settle(run)
        queue.claim("q")
        assert only().status == TaskResultStatus.RUNNING
    DBTaskResult.objects.all().delete()
    with pytest.raises(Lost):
        settle(run)


def test_the_same_process_s_earlier_attempt_is_lost_too(tmp_path: Path) -> None:
    enqueue(tmp_path / "out")
    run = taken("p")
    dies("p")
    services.revive()
    taken("p")
    with pytest.raises(Lost):
        queue.done(run)


def test_put_off_waits_again_and_does_not_count(tmp_path: Path) -> None:
    enqueue(tmp_path / "out")
    for _ in range(queue.ATTEMPTS + 3):
        queue.put_off(taken("p"))
    assert work("q")
    assert only().worker_ids == ["q"]


@pytest.mark.django_db(transaction=True)
def test_a_claim_whose_answer_was_lost_is_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit arrived, its answer did not: the row says that a living process runs it."""
    enqueue(tmp_path / "out")
    process, really = Jobs("p"), queue.claim

    def unanswered(*asked: Any) -> Run | None:
        monkeypatch.setattr(queue, "claim", really)
        assert really(*asked)
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(queue, "claim", unanswered)
    assert not process._turn()
    assert queue.rows(TaskResultStatus.RUNNING).exists() and services.revive() == 0
    assert process._turn()
    assert only().status == TaskResultStatus.SUCCESSFUL and only().worker_ids == ["p"]


def test_to_hold_is_to_have(tmp_path: Path) -> None:
    out, until = tmp_path / "out", tmp_path / "until"
    with transaction.atomic():
        hold()  # in no job: nothing to hold
    held.enqueue(str(out), "a", str(until))
    until.touch()
    assert work("p")
    assert out.read_text().count("wrote a") == 1


def test_the_clock_of_the_machine_decides_nothing(tmp_path: Path) -> None:
    for name in "ab":
        enqueue(tmp_path / "out", name)
    run = taken("p")
    for hours in (25, -25):
        with time_machine.travel(timedelta(hours=hours), tick=True):
            assert services.revive() == 0, "p lives"
            assert work("q") is (hours == 25)
            assert services.prune() == 0
    queue.done(run)


def test_what_ended_a_week_ago_is_forgotten(tmp_path: Path) -> None:
    for name in "abc":
        enqueue(tmp_path / "out", name)
    work("p")
    work("p")
    old = DBTaskResult.objects.finished().first()
    assert old is not None
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=Now() - LONG_AGO)
    JobsLease.objects.update(renewed_at=Now() - LONG_AGO)
    assert services.prune() == 1
    assert DBTaskResult.objects.count() == 2 and not JobsLease.objects.exists()


def test_attempts_are_counted_by_how_they_went(tmp_path: Path) -> None:
    def ran(job: str, outcome: str) -> float:
        path = {"job": f"tests.jobs.tasks.{job}"}
        named = {**path, "outcome": outcome}
        return metrics.JOBS.get_sample_value("jianghu_jobs_total", named) or 0

    def timed(job: str) -> float:
        path = {"job": f"tests.jobs.tasks.{job}"}
        return metrics.JOBS.get_sample_value("jianghu_job_seconds_count", path) or 0

    before = ran("noted", "done"), ran("broken", "failed"), timed("noted")
    enqueue(tmp_path / "out")
    broken.enqueue("x")
    assert queue.waiting() == 2
    while work("p"):
        pass
    assert queue.waiting() == 0
    now = ran("noted", "done"), ran("broken", "failed"), timed("noted")
    assert [a - b for a, b in zip(now, before, strict=True)] == [1, 1, 1]
    assert metrics.JOBS.get_sample_value("jianghu_jobs_running") == 0
