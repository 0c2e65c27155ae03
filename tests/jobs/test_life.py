"""A process that cannot keep its lease ends before its job may be given to another one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from server.jobs import life, queue
from tests.ops.test_supervisor import ROOT


def begin(how: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.jobs.short_life", how]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "begun\n"
    return process


def test_whoever_renews_lives_and_idle_needs_no_lease() -> None:
    process = begin("renews")
    assert process.communicate(timeout=30)[0] == "ended\n" and process.returncode == 0


def test_whoever_cannot_renew_is_ended_by_the_kernel() -> None:
    process, started = begin("cannot"), time.monotonic()
    process.communicate(timeout=30)
    assert process.returncode == -signal.SIGALRM
    assert time.monotonic() - started < 2.5


def test_whoever_was_frozen_past_its_time_does_not_wake_up() -> None:
    process = begin("renews")
    os.kill(process.pid, signal.SIGSTOP)
    time.sleep(1.5)
    assert process.poll() is None
    os.kill(process.pid, signal.SIGCONT)
    assert process.communicate(timeout=30)[0] == ""
    assert process.returncode == -signal.SIGALRM


@pytest.mark.parametrize("seconds", [life.LIFE_SECONDS])
def test_it_ends_before_anybody_else_may_begin(seconds: float) -> None:
    assert 2 * life.RENEW_SECONDS < seconds < queue.LEASE.total_seconds()
