"""One child process as its supervisor sees it: how to start it, is it ready, how to end it."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from server.ops.exposition import FOLDER

PR_SET_PDEATHSIG = 1
ROOT = Path(__file__).resolve().parents[2]


def _end_with_parent() -> None:
    """Ask Linux for a SIGTERM when the supervisor dies: an orphan would hold the port for ever."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _unblock(mask: Iterable[int]) -> Callable[[], None]:
    """The supervisor holds its signals back; a child would inherit that and never see SIGTERM."""

    def before_exec() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        _end_with_parent()

    return before_exec


@dataclass
class Worker:
    """A running worker. Times are monotonic seconds."""

    name: str
    slot: int
    process: subprocess.Popen[bytes]
    ready_pipe: int
    started: float = field(default_factory=time.monotonic)
    ready_since: float | None = None
    stopping_since: float | None = None

    @classmethod
    def start(
        cls,
        module: str,
        *,
        name: str,
        slot: int,
        listen: int | None,
        mask: Iterable[int],
        folder: Path,
    ) -> Worker:
        """Run `python -m module --worker … --ready-fd …`, with `--fd …` for the inherited socket.

        The worker writes one byte to the ready pipe once it accepts connections. It gets a process
        group of its own, so that Ctrl-C reaches the supervisor alone. listen: None for one that
        serves nobody. folder: where the workers of one supervisor find each other.
        """
        read_end, write_end = os.pipe()
        os.set_blocking(read_end, False)
        listening = () if listen is None else (listen,)
        try:
            process = subprocess.Popen(
                [
                    *(sys.executable, "-m", module),
                    *("--worker", name, "--ready-fd", str(write_end)),
                    *(f"--fd={number}" for number in listening),
                ],
                cwd=ROOT,
                env={**os.environ, FOLDER: str(folder)},
                stdin=subprocess.DEVNULL,
                pass_fds=(*listening, write_end),
                process_group=0,
                preexec_fn=_unblock(mask),
            )
        except BaseException:
            os.close(read_end)
            raise
        finally:
            os.close(write_end)
        return cls(name=name, slot=slot, process=process, ready_pipe=read_end)

    @property
    def stopping(self) -> bool:
        return self.stopping_since is not None

    def look(self) -> bool:
        """Take note of the ready byte. Returns True the first time it is seen."""
        if self.ready_since is not None:
            return False
        try:
            told = os.read(self.ready_pipe, 1)
        except BlockingIOError:
            return False
        if told:
            self.ready_since = time.monotonic()
        return bool(told)

    def terminate(self) -> None:
        """Ask for a drain: no new sockets, 1012 to the open ones, then the end."""
        if not self.stopping:
            self.stopping_since = time.monotonic()
            self.process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.process.kill()

    def ended(self) -> int | None:
        """The exit code once the process is gone (negative: the signal), else None."""
        code = self.process.poll()
        if code is not None and self.ready_pipe >= 0:
            os.close(self.ready_pipe)
            self.ready_pipe = -1
        return code
