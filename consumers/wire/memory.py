"""Garbage collection for a process that holds many idle sockets.

Python's full collections look at every object there is: with 5,000 sockets one took 1.5 to 2.8 s,
during which nobody was served, and while sockets connected half of all CPU went into them. So
nothing old is looked at by itself here: what has lived for a few seconds is put aside (gc.freeze,
which costs nothing), and what a closed socket leaves behind is freed by reference counts, because
its cycles are broken by hand (see prepared.py). Only when the process holds clearly more than its
sockets account for, it looks at everything once.
"""

import asyncio
import gc
import resource
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import structlog

log = structlog.get_logger(__name__)

YOUNG, MIDDLE, NEVER = 5_000, 10, 1_000_000
"""New objects between two short collections, short ones between two middle ones; none are full."""

EVERY_SECONDS = 5.0
SOCKET_BYTES = 40 * 1024
"""What another socket may add before it counts as growth."""

SPARE_BYTES = 96 * 1024 * 1024
GROWTH = 1.25

_STATM = Path("/proc/self/statm")


def resident() -> int:
    """Bytes of memory this process holds."""
    try:
        return int(_STATM.read_text().split()[1]) * resource.getpagesize()
    except OSError:  # not Linux: then the most it ever held
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


class Memory:
    """Runs beside a server. sockets: how many are open now."""

    def __init__(self, sockets: Callable[[], int]):
        self._sockets = sockets
        self._base, self._base_sockets = 0, 0

    async def run(self) -> None:
        """Until cancelled."""
        self.collect_all()
        gc.set_threshold(YOUNG, MIDDLE, NEVER)
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            self.round()

    def round(self) -> None:
        """Put aside what has lived, or look at everything when too much has."""
        gc.collect(1)
        gc.freeze()
        if resident() > self.allowed():
            self.collect_all()

    def allowed(self) -> int:
        """Bytes that today's sockets account for, with room to spare."""
        more = max(0, self._sockets() - self._base_sockets) * SOCKET_BYTES
        return int((self._base + more) * GROWTH) + SPARE_BYTES

    def collect_all(self) -> None:
        """One full collection. What it leaves is what the process really needs."""
        begun = monotonic()
        gc.unfreeze()
        freed = gc.collect()
        gc.freeze()
        self._base, self._base_sockets = resident(), self._sockets()
        log.info("collected", objects=freed, seconds=round(monotonic() - begun, 3))
