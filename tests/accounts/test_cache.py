"""The counts of rate limits while Redis is away."""

from typing import Any

import pytest
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import TimeoutError

from server import cache
from server.cache import AWAY_SECONDS, ForgivingRedisCache


def test_a_redis_that_failed_is_not_asked_again_for_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Frozen, it costs each question a second; a sign-in asks a dozen."""
    asked = []
    now = 1_000.0

    def silent(*arguments: Any) -> None:
        asked.append(arguments)
        raise TimeoutError

    for name in ("add", "get", "set", "delete", "incr"):
        monkeypatch.setattr(RedisCache, name, silent)
    monkeypatch.setattr(cache, "_away_until", 0.0)
    monkeypatch.setattr(cache, "monotonic", lambda: now)
    counts = ForgivingRedisCache("redis://127.0.0.1:1", {})
    assert counts.get("mei", 7) == 7
    assert len(asked) == 1
    assert (counts.add("mei", 1), counts.incr("mei"), counts.delete("mei")) == (True, 1, False)
    counts.set("mei", 1)
    assert len(asked) == 1
    now += AWAY_SECONDS
    assert counts.get("mei") is None
    assert len(asked) == 2
