"""The database's clock, carried on by this process's monotonic one between two readings.

Browsers count deadlines down by it, and a deadline is decided by the database. A jump of this
machine's wall clock changes nothing.
"""

from time import monotonic, time

from consumers.wire.bridge import on_database_thread
from server.realtime import clock


class Clock:
    """Milliseconds since 1970 UTC; this machine's own time until the first reading."""

    def __init__(self) -> None:
        self._ahead = time() - monotonic()

    def now(self) -> int:
        """The present moment, without asking anybody."""
        return int((self._ahead + monotonic()) * 1000)

    async def read(self) -> None:
        """Ask the database; the answer is taken for the middle of the time it took."""
        asked = monotonic()
        moment = await on_database_thread(clock.now)
        self._ahead = moment.timestamp() - (asked + monotonic()) / 2
