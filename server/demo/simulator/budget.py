"""How much the demo people may add to the world: it must not fill up however long they act."""

import time
from collections import deque
from collections.abc import Callable, Mapping

HOUR = 3600.0
A_DAY_AT_WORK = {"message": 110, "answer": 200, "comment": 24, "post": 3, "vote": 4}
"""In an hour in which somebody may be watching."""
ALONE = 8
"""With nobody there for long, this many times less."""


class Budget:
    """What was done within the last hour, by kind. What leaves nothing behind costs nothing:
    typing, likes, ballots and reactions change what is there."""

    def __init__(
        self,
        limits: Mapping[str, int] = A_DAY_AT_WORK,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits = dict(limits)
        self._clock = clock
        self._done: dict[str, deque[float]] = {kind: deque() for kind in limits}

    def take(self, kind: str, *, watched: bool = True) -> bool:
        """Whether one more of this kind may be done; it then counts as done."""
        done, now = self._done[kind], self._clock()
        while done and done[0] <= now - HOUR:
            done.popleft()
        limit = self._limits[kind] if watched else max(1, self._limits[kind] // ALONE)
        if len(done) >= limit:
            return False
        done.append(now)
        return True
