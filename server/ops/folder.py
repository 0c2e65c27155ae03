"""The folder in which the workers of one supervisor find each other."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from pathlib import Path

PREFIX = "jianghu-serve-"
LOCK = "lock"


class Folder:
    """Ours alone (0700), and short: a Unix socket's path holds about a hundred characters.

    It goes with the supervisor. One that was killed leaves it behind; whoever starts next removes
    those whose lock nobody holds any more.
    """

    def __init__(self) -> None:
        sweep(Path(tempfile.gettempdir()))
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._lock = _locked(self.path, create=True)

    def remove(self) -> None:
        """At the end of the supervisor."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def sweep(where: Path) -> None:
    """Remove the folders of supervisors that are dead. One that was made just now and has no lock
    yet is left alone, and so is what is not ours."""
    for path in where.glob(f"{PREFIX}*"):
        lock = _locked(path, create=False)
        if lock is not None:
            shutil.rmtree(path, ignore_errors=True)
            os.close(lock)


def _locked(path: Path, *, create: bool) -> int | None:
    """The folder's lock, held by this process until it is closed; None when another one has it."""
    flags = os.O_RDWR | os.O_NOFOLLOW | (os.O_CREAT if create else 0)
    try:
        lock = os.open(path / LOCK, flags, 0o600)
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return None
    return lock
