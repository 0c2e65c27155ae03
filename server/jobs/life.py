"""A jobs process's hold on what it runs: the lease, and an end in time when it cannot be kept."""

import signal
import threading
from time import monotonic

import structlog
from django.db import connection

from server.database import hurry
from server.jobs import queue

log = structlog.get_logger(__name__)

RENEW_SECONDS = 5.0
MARGIN_SECONDS = 5.0
LIFE_SECONDS = queue.LEASE.total_seconds() - MARGIN_SECONDS


class Life(threading.Thread):
    """Renews the lease, and has the kernel end this process before its job may be taken for left.

    The alarm has no handler: a process that was frozen past its time and wakes up dies before its
    next instruction, and a job that never lets go of the interpreter cannot keep it alive.
    """

    def __init__(self, process: str):
        super().__init__(name="life", daemon=True)
        self._process = process
        self._lock = threading.Lock()
        self._busy = False
        self._over = threading.Event()

    def begin(self) -> None:
        """A job may be ours from here on. Call it before the job and its lease are asked for."""
        self._set(True, LIFE_SECONDS)

    def end(self) -> None:
        """No job is ours."""
        self._set(False, 0)

    def _set(self, busy: bool, seconds: float) -> None:
        with self._lock:
            self._busy = busy
            signal.setitimer(signal.ITIMER_REAL, seconds)

    def run(self) -> None:
        """Until over()."""
        hurry()
        while not self._over.wait(RENEW_SECONDS):
            self.renew()

    def renew(self) -> None:
        """Say that we live, and only then live longer: from when it was said, not answered."""
        asked = monotonic()
        try:
            queue.renew(self._process)
        except Exception as error:
            log.warning("jobs_lease_not_renewed", process=self._process, error=repr(error))
        else:
            with self._lock:
                if self._busy:
                    left = LIFE_SECONDS - (monotonic() - asked)
                    signal.setitimer(signal.ITIMER_REAL, max(left, 0.001))
        finally:
            connection.close()

    def over(self) -> None:
        """No renewal begins after this."""
        self._over.set()
