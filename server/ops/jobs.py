"""A jobs process: takes what waits in the queue and does it, one job after another."""

import os
import select
import signal
import socket
from time import monotonic

import structlog
from django.db import Error, close_old_connections

from server import metrics
from server.database import hurry
from server.jobs import queue
from server.jobs.life import Life
from server.jobs.runs import Run
from server.jobs.work import do
from server.ops import exposition

log = structlog.get_logger(__name__)

POLL_SECONDS = 0.5
COUNT_SECONDS = 5.0


class Jobs:
    """The process's main thread."""

    def __init__(self, process: str):
        self._process = process
        self._life = Life(process)
        self._stopping = False
        self._count_at = 0.0
        self._waiting = False

    def run(self, ready_fd: int | None = None) -> None:
        """Until SIGTERM or SIGINT; a job that is under way is done first, if it does not give way.
        One byte goes to ready_fd when this process takes jobs."""
        woken, waker = socket.socketpair()
        self._listen_for_signals(waker)
        told = exposition.start(self._process, metrics.JOBS)
        self._life.start()
        if ready_fd is not None:
            os.write(ready_fd, b"1")
            os.close(ready_fd)
        log.info("jobs_started", process=self._process)
        while not self._stopping:
            if not self._turn():
                select.select([woken], [], [], POLL_SECONDS)
        self._resign()
        if told is not None:
            told.end()
        log.info("jobs_stopped", process=self._process)

    def _listen_for_signals(self, waker: socket.socket) -> None:
        """They only note it down and wake the loop: a step of the queue is never cut in two."""

        def stop(*_: object) -> None:
            self._stopping = True

        waker.setblocking(False)
        signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, stop)

    def _turn(self) -> bool:
        """Whether there was anything to do."""
        hurry()
        self._life.begin()
        try:
            run = self._claim()
            if run is not None:
                do(run)
        finally:
            self._life.end()
            close_old_connections()
        return run is not None

    def _claim(self) -> Run | None:
        try:
            if self._waiting:
                queue.drop(self._process)
            self._count()
            run = queue.claim(self._process, lambda: self._stopping)
        except Error as error:
            # Away, or not migrated yet: said once, not twice a second.
            if not self._waiting:
                log.warning("jobs_wait_for_the_database", error=repr(error))
            self._waiting = True
            return None
        self._waiting = False
        return run

    def _count(self) -> None:
        if monotonic() >= self._count_at:
            self._count_at = monotonic() + COUNT_SECONDS
            metrics.JOBS_QUEUED.set(queue.waiting())

    def _resign(self) -> None:
        self._life.over()
        try:
            queue.resign(self._process)
        except Error:
            log.warning("jobs_lease_left", process=self._process)
