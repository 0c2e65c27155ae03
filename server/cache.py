"""The cache in Redis. It holds only counts for rate limits, so it may be away."""

from typing import Any

import structlog
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


class ForgivingRedisCache(RedisCache):
    """When Redis is away people still sign in and upload: for that while as if asked the first
    time, and the log says that limits are off."""

    def add(self, key: Any, value: Any, timeout: Any = 300, version: int | None = None) -> bool:
        """True when away: a lock is had, a counter is new."""
        try:
            return bool(super().add(key, value, timeout, version))
        except RedisError as error:
            return bool(_away(error, True))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """The default when away."""
        try:
            return super().get(key, default, version)
        except RedisError as error:
            return _away(error, default)

    def set(self, key: Any, value: Any, timeout: Any = 300, version: int | None = None) -> None:
        """Nothing when away."""
        try:
            super().set(key, value, timeout, version)
        except RedisError as error:
            _away(error, None)

    def delete(self, key: Any, version: int | None = None) -> bool:
        """False when away."""
        try:
            return bool(super().delete(key, version))
        except RedisError as error:
            return bool(_away(error, False))

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """As if from zero when away, or when the count ran out since it was added."""
        try:
            return int(super().incr(key, delta, version))
        except ValueError:
            return delta
        except RedisError as error:
            return int(_away(error, delta))


def _away(error: RedisError, answer: Any) -> Any:
    log.warning("rate_limits_off", error=type(error).__name__)
    return answer
