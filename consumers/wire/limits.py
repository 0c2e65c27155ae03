"""Bounds on what one socket may cost."""

from time import monotonic

FRAME_BYTES = 64 * 1024
UNSENT_BYTES = 1024 * 1024
TOPICS_PER_SOCKET = 1_000
TOPICS_PER_JOIN = 300
FRAMES_PER_SECOND = 20.0
FRAMES_IN_A_BURST = 60.0
TOPICS_A_FRAME = 20
"""A join costs queries and subscriptions for each of its topics, allowed or not: so many of them
count as one frame more."""
REFUSALS = 100
"""So many more refused frames than accepted ones, and the socket is closed."""


class Bucket:
    """A token bucket on the monotonic clock (a wall clock may jump)."""

    __slots__ = ("_at", "_burst", "_rate", "_tokens")

    def __init__(self, rate: float = FRAMES_PER_SECOND, burst: float = FRAMES_IN_A_BURST):
        self._rate, self._burst = rate, burst
        self._tokens, self._at = burst, monotonic()

    def take(self) -> float:
        """Take one token: 0.0 when there was one, else the seconds until there will be."""
        now = monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        if self._tokens >= 1:
            self._tokens -= 1
            return 0.0
        return (1 - self._tokens) / self._rate

    def spend(self, tokens: float) -> None:
        """Take more, into debt if need be: what follows waits until it is paid."""
        self._tokens -= tokens
