"""Jobs under `manage.py serve`, with PostgreSQL and real time: one process is killed, another goes
on with its job when the lease has run out; and /metrics tells of it."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest

from tests.fleet.crowd import eventually, report
from tests.fleet.harness import Fleet
from tests.fleet.test_metrics import scrape, total
from tests.services.plugin import services

TAKEN_UP_WITHIN = 40.0
JOB = "tests.jobs.tasks.noted"


def notes(path: Path) -> list[tuple[str, int]]:
    if not path.exists():
        return []
    found = [line.split() for line in path.read_text().splitlines()]
    return [(word, int(pid)) for word, _, pid in found]


def enqueue(fleet: Fleet, path: Path, seconds: float) -> None:
    fleet.manage(
        "shell",
        "-c",
        f"from tests.jobs.tasks import noted; noted.enqueue({str(path)!r}, 'a', {seconds})",
    )


@pytest.mark.long
async def test_a_killed_process_s_job_is_taken_up() -> None:
    folder = services.subfolder("jobs")
    async with Fleet(folder, workers=1, jobs=2) as fleet:
        out = folder / "out"
        enqueue(fleet, out, 2)
        await eventually(lambda: len(notes(out)) == 1, 10, "it is begun")
        [(_, first)] = notes(out)
        os.kill(first, signal.SIGKILL)
        started = time.monotonic()
        await eventually(lambda: len(notes(out)) == 3, TAKEN_UP_WITHIN + 2, "it is done")
        took = time.monotonic() - started
        [_, (begun, second), (ended, third)] = notes(out)
        assert (begun, ended) == ("begin", "end") and second == third != first
        report(f"a job whose process was killed: taken up and done {took:.0f} s later")
        await asyncio.sleep(6)
        told = await scrape(fleet)
        assert total(told, "jianghu_jobs_total", job=JOB, outcome="done") == 1
        assert total(told, "jianghu_workers") == 3
        assert total(told, "jianghu_jobs_queued") == 0
        assert fleet.stop() == 0 and len(notes(out)) == 3
