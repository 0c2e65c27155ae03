"""N worker processes on one listening socket, and those that run jobs beside them, kept alive.

The socket is bound once, here, and inherited: while a worker is away the kernel queues its
connections for the others, and a restart never refuses one. The supervisor itself accepts nothing
and does no work; it waits for signals.

    SIGTERM, SIGINT   drain every worker, kill what is left after 20 s, end (a second one: at once)
    SIGHUP            rolling restart: the new worker accepts before the old one drains
    SIGCHLD           a worker died: start another, with a short back-off when it keeps dying
"""

from __future__ import annotations

import signal
import socket
import time
from secrets import token_hex

import structlog

from server import metrics
from server.ops.exposition import write_supervisor
from server.ops.folder import Folder
from server.ops.workers import Worker

BACKLOG = 4096  # a reconnect storm waits here instead of for SYN retries
PATIENCE = 20.0  # seconds a draining worker gets
STARTING = 60.0  # seconds a worker gets to accept its first connection
SETTLED = 3.0  # seconds after which a death is news of its own, not one more failed start
LONGEST_PAUSE = 5.0  # seconds between attempts for a worker that dies at start
TICK = 0.05  # seconds between looks while something is on its way
IDLE_TICK = 1.0

HELD = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD}

log = structlog.get_logger("server.ops")


def listen(host: str, port: int) -> socket.socket:
    """Bind the one listening socket. Raises OSError when the address is taken or not ours."""
    listener = socket.create_server((host, port), backlog=BACKLOG)
    # Several workers wake for one connection; the late one must not wait inside accept().
    listener.setblocking(False)
    return listener


JOBS = "server.ops.run_jobs"


class Supervisor:
    """Keeps `workers` processes of `module` on `listener`, and `jobs` processes that run what waits
    in the queue, until told to end."""

    def __init__(
        self, listener: socket.socket, *, workers: int, module: str, jobs: int = 0
    ) -> None:
        self._listener = listener
        self._module = module
        self._serving = workers
        self._slots = range(1, workers + jobs + 1)
        self._workers: list[Worker] = []
        self._failures = dict.fromkeys(self._slots, 0)
        self._start_at = dict.fromkeys(self._slots, 0.0)
        self._to_roll: list[int] = []
        self._successor: Worker | None = None
        self._closing = False

    def run(self) -> None:
        """Returns when every worker has ended after SIGTERM or SIGINT."""
        self._mask = signal.pthread_sigmask(signal.SIG_BLOCK, HELD)
        folder = Folder()
        self._folder = folder.path
        try:
            while not (self._closing and not self._workers):
                self._start_missing()
                self._react(signal.sigtimedwait(HELD, self._pause()))
                self._notice_ready()
                self._reap()
                self._kill_overdue()
                self._roll()
        finally:
            for worker in self._workers:
                worker.kill()
            folder.remove()
            signal.pthread_sigmask(signal.SIG_SETMASK, self._mask)
        log.info("supervisor_ended")

    def _pause(self) -> float:
        settled = len(self._workers) == len(self._slots) and all(
            worker.ready_since is not None for worker in self._workers
        )
        return TICK if self._closing or self._to_roll or not settled else IDLE_TICK

    def _react(self, info: signal.struct_siginfo | None) -> None:
        if info is None:
            return
        if info.si_signo in (signal.SIGTERM, signal.SIGINT):
            self._close()
        elif info.si_signo == signal.SIGHUP and not self._closing:
            self._to_roll = list(self._slots)
            self._successor = None
            log.info("rolling_restart", workers=len(self._slots))

    def _close(self) -> None:
        if self._closing:
            log.warning("killed_at_second_signal", workers=len(self._workers))
            for worker in self._workers:
                worker.kill()
            return
        log.info("draining", workers=len(self._workers), patience_s=PATIENCE)
        self._closing = True
        self._to_roll.clear()
        # From here the kernel refuses newcomers once the workers have closed their copies.
        self._listener.close()
        for worker in self._workers:
            worker.terminate()

    def _start_missing(self) -> None:
        if self._closing:
            return
        served = {worker.slot for worker in self._workers if not worker.stopping}
        for slot in self._slots:
            if slot not in served and time.monotonic() >= self._start_at[slot]:
                self._start(slot)

    def _start(self, slot: int) -> Worker | None:
        """None when the machine has no process to give; the other workers carry on."""
        serves = slot <= self._serving
        try:
            worker = Worker.start(
                self._module if serves else JOBS,
                # Never the name of another one, dead or elsewhere: leases are kept by name.
                name=f"{'w' if serves else 'j'}{slot}-{token_hex(4)}",
                slot=slot,
                listen=self._listener.fileno() if serves else None,
                mask=self._mask,
                folder=self._folder,
            )
        except OSError as error:
            log.error("worker_not_started", slot=slot, error=str(error))
            self._start_at[slot] = time.monotonic() + LONGEST_PAUSE
            return None
        self._workers.append(worker)
        metrics.WORKER_STARTS.inc()
        self._count()
        log.info("worker_started", worker=worker.name, pid=worker.process.pid)
        return worker

    def _count(self) -> None:
        metrics.WORKERS.set(len(self._workers))
        write_supervisor(self._folder)

    def _notice_ready(self) -> None:
        for worker in self._workers:
            if worker.look():
                took = round(time.monotonic() - worker.started, 2)
                log.info("worker_ready", worker=worker.name, pid=worker.process.pid, took_s=took)

    def _reap(self) -> None:
        for worker in [worker for worker in self._workers if worker.ended() is not None]:
            self._workers.remove(worker)
            code = worker.ended()
            if worker.stopping:
                log.info("worker_drained", worker=worker.name, exit=code)
            else:
                metrics.WORKER_DEATHS.inc()
                self._restart_later(worker, code)
            self._count()

    def _restart_later(self, worker: Worker, code: int | None) -> None:
        now = time.monotonic()
        settled = worker.ready_since is not None and now - worker.ready_since >= SETTLED
        failures = 0 if settled else self._failures[worker.slot] + 1
        pause = min(LONGEST_PAUSE, 0.1 * 2**failures) if failures else 0.0
        self._failures[worker.slot] = min(failures, 10)
        self._start_at[worker.slot] = now + pause
        log.error("worker_died", worker=worker.name, exit=code, restart_in_s=round(pause, 2))

    def _kill_overdue(self) -> None:
        now = time.monotonic()
        for worker in self._workers:
            if worker.stopping_since and now - worker.stopping_since > PATIENCE:
                log.warning("worker_killed", worker=worker.name, why="did not drain in time")
                worker.kill()
            elif worker.ready_since is None and now - worker.started > STARTING:
                log.warning("worker_killed", worker=worker.name, why="did not start in time")
                worker.kill()

    def _roll(self) -> None:
        """One step of a rolling restart: a successor first, then the drain of all before it."""
        if not self._to_roll:
            return
        slot, successor = self._to_roll[0], self._successor
        if successor is None:
            self._successor = self._start(slot)
            if self._successor is None:
                self._to_roll.clear()
        elif successor not in self._workers:
            log.error("rolling_restart_stopped", why="the new worker died", slot=slot)
            self._to_roll.clear()
        elif successor.ready_since is not None:
            before = [w for w in self._workers if w.slot == slot and w is not successor]
            for worker in before:
                worker.terminate()
            if not before:
                self._to_roll.pop(0)
                self._successor = None
