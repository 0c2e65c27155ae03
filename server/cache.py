"""The cache in Redis. It holds only counts for rate limits, so it may be away."""

from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

import structlog
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

Answer = TypeVar("Answer")

AWAY_SECONDS = 2.0
"""After a failure Redis is not asked for so long: one that is frozen costs each question its whole
time limit, and a sign-in asks a dozen."""

_away_until = 0.0


class ForgivingRedisCache(RedisCache):
    """When Redis is away people still sign in and upload: for that while as if asked the first
    time, and the log says that limits are off."""

    def add(self, key: Any, value: Any, timeout: Any = 300, version: int | None = None) -> bool:
        """True when away: a lock is had, a counter is new."""
        ask = super().add
        return _unless_away(lambda: bool(ask(key, value, timeout, version)), True)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """The default when away."""
        ask = super().get
        return _unless_away(lambda: ask(key, default, version), default)

    def set(self, key: Any, value: Any, timeout: Any = 300, version: int | None = None) -> None:
        """Nothing when away."""
        ask = super().set
        _unless_away(lambda: ask(key, value, timeout, version), None)

    def delete(self, key: Any, version: int | None = None) -> bool:
        """False when away."""
        ask = super().delete
        return _unless_away(lambda: bool(ask(key, version)), False)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """As if from zero when away, or when the count ran out since it was added."""
        ask = super().incr
        try:
            return _unless_away(lambda: int(ask(key, delta, version)), delta)
        except ValueError:
            return delta


def _unless_away(ask: Callable[[], Answer], answer: Answer) -> Answer:
    global _away_until
    if monotonic() < _away_until:
        return answer
    try:
        return ask()
    except RedisError as error:
        _away_until = monotonic() + AWAY_SECONDS
        log.warning("rate_limits_off", error=type(error).__name__, seconds=AWAY_SECONDS)
        return answer
