"""The supervisor with real processes: it restarts, rolls and drains, and refuses no connection."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.services.process import end, free_port, spawn, tail

ROOT = Path(__file__).resolve().parents[2]


class Served:
    """`manage.py serve` over tests/ops/plain_worker.py."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.process = process
        self.port = port
        self.log = log

    def ask(self) -> tuple[str, int]:
        """(worker's name, its pid) of whichever worker took the connection."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            name, pid = connection.recv(100).decode().split()
            return name, int(pid)

    def children(self) -> set[int]:
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return {int(pid) for pid in path.read_text().split()}

    def says(self, text: str, times: int = 1) -> None:
        eventually(lambda: self.log.read_text().count(text) >= times, lambda: tail(self.log))


def eventually(
    holds: Callable[[], bool], told: Callable[[], str] = str, within: float = 15
) -> None:
    give_up = time.monotonic() + within
    while not holds():
        assert time.monotonic() < give_up, told()
        time.sleep(0.02)


@contextmanager
def serve(folder: Path, *, workers: int = 2, jobs: int = 0, **environment: str) -> Iterator[Served]:
    port, log = free_port(), folder / "serve.log"
    env = {
        **os.environ,
        "SECRET_KEY": "x",
        "REDIS_URL": "redis://127.0.0.1:1",
        "LOG_LEVEL": "INFO",
        "DATA_DIR": str(folder),
        **environment,
    }
    command = [sys.executable, "manage.py", "serve", "--entry", "tests.ops.plain_worker"]
    command += ["--workers", str(workers), "--jobs", str(jobs), "--port", str(port)]
    process = spawn(command, log=log, env=env, cwd=ROOT)
    served = Served(process, port, log)
    try:
        yield served
    finally:
        end(process, signal.SIGKILL)


def test_a_killed_worker_is_replaced_and_no_connection_is_refused(tmp_path: Path) -> None:
    with serve(tmp_path) as served:
        served.says("worker_ready", 2)
        victim = served.ask()[1]
        os.kill(victim, signal.SIGKILL)
        for _ in range(50):
            assert served.ask()[1] != victim
        served.says("worker_ready", 3)
        assert len(served.children()) == 2 and victim not in served.children()
        served.says("worker_died")


def jobs_process(served: Served) -> int:
    """The pid of the child that runs jobs."""
    [pid] = [
        pid
        for pid in served.children()
        if b"server.ops.run_jobs" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]
    return pid


def test_a_jobs_process_is_kept_alive_replaced_and_ended_like_a_worker(tmp_path: Path) -> None:
    with serve(tmp_path, workers=1, jobs=1) as served:
        served.says("worker_ready", 2)
        first = jobs_process(served)
        assert served.ask()[1] != first, "it does not serve"
        os.kill(first, signal.SIGKILL)
        served.says("worker_died")
        served.says("worker_ready", 3)
        second = jobs_process(served)
        served.process.send_signal(signal.SIGHUP)
        served.says("worker_drained", 2)
        assert len({first, second, jobs_process(served)}) == 3
        assert len(served.children()) == 2
        assert end(served.process, signal.SIGTERM, patience=15) == 0
        served.says("jobs_stopped", 2)
        with pytest.raises(OSError):
            served.ask()


def test_rolling_restart_replaces_every_worker_and_always_answers(tmp_path: Path) -> None:
    with serve(tmp_path) as served:
        served.says("worker_ready", 2)
        before = served.children()
        served.process.send_signal(signal.SIGHUP)
        give_up = time.monotonic() + 15
        while served.children() & before:
            served.ask()
            assert time.monotonic() < give_up, tail(served.log)
        served.says("worker_drained", 2)
        assert len(served.children()) == 2


def test_sighup_during_a_rolling_restart_still_ends_with_the_right_number(tmp_path: Path) -> None:
    with serve(tmp_path) as served:
        served.says("worker_ready", 2)
        served.process.send_signal(signal.SIGHUP)
        served.says("worker_started", 3)
        served.process.send_signal(signal.SIGHUP)
        served.says("worker_drained", 3)
        eventually(lambda: len(served.children()) == 2, lambda: tail(served.log))
        served.ask()


def test_sigterm_waits_for_the_drain_and_ends_clean(tmp_path: Path) -> None:
    with serve(tmp_path, WORKER_DRAINS="1") as served:
        served.says("worker_ready", 2)
        started = time.monotonic()
        assert end(served.process, signal.SIGTERM, patience=15) == 0
        assert time.monotonic() - started >= 1
        assert served.log.read_text().count("worker_drained") == 2
        with pytest.raises(OSError):
            served.ask()


def test_a_second_sigterm_does_not_wait(tmp_path: Path) -> None:
    with serve(tmp_path, WORKER_DRAINS="30") as served:
        served.says("worker_ready", 2)
        served.process.send_signal(signal.SIGTERM)
        served.says("draining")
        started = time.monotonic()
        assert end(served.process, signal.SIGTERM, patience=15) == 0
        assert time.monotonic() - started < 5


def test_a_worker_that_cannot_start_is_tried_again_with_growing_pauses(tmp_path: Path) -> None:
    with serve(tmp_path, workers=1, WORKER_BREAKS="1") as served:
        served.says("worker_died", 3)
        lines = [line for line in served.log.read_text().splitlines() if "worker_died" in line]
        pauses = [float(line.split("restart_in_s=")[1].split()[0]) for line in lines[:3]]
        assert pauses == sorted(pauses) and pauses[0] < pauses[2]


def test_workers_end_when_their_supervisor_is_killed(tmp_path: Path) -> None:
    with serve(tmp_path) as served:
        served.says("worker_ready", 2)
        workers = served.children()
        end(served.process, signal.SIGKILL)
        eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))


@pytest.mark.parametrize(
    ("arguments", "environment", "says"),
    [
        (["--workers", "2"], {}, "More than one worker needs REDIS_URL"),
        (["--workers", "0"], {}, "--workers must be 1 or more"),
        (["--jobs", "-1"], {}, "--jobs must be 0 or more"),
        (["--port", "99999"], {}, "Cannot listen on 127.0.0.1:99999"),
        (["--host", "192.0.2.1"], {}, "Cannot listen on 192.0.2.1:8000"),
        (["--host", "192.0.2.1"], {"PORT": "8123"}, "Cannot listen on 192.0.2.1:8123"),
        (["--host", "192.0.2.1", "--port", "8124"], {"PORT": "8123"}, "192.0.2.1:8124"),
    ],
)
def test_wrong_use_gets_one_line(
    tmp_path: Path, arguments: list[str], environment: dict[str, str], says: str
) -> None:
    env = {**os.environ, "DATA_DIR": str(tmp_path), **environment}
    env.pop("REDIS_URL", None)
    env.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "manage.py", "serve", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode != 0
    assert says in done.stderr and len(done.stderr.strip().splitlines()) == 1


def test_a_taken_port_gets_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "manage.py", "serve", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, "DATA_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=30,
        )
    assert done.returncode != 0
    assert len(done.stderr.strip().splitlines()) == 1 and str(port) in done.stderr
