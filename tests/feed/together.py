"""Many calls at the same moment, as many at once as there are database connections."""

from __future__ import annotations

from collections.abc import Callable

from tests.threads import at_once

CONNECTIONS = 16


def in_threads(*calls: Callable[[], object]) -> list[BaseException]:
    """All of them, sixteen at a time; returns what was raised."""
    results: list[object] = []
    for start in range(0, len(calls), CONNECTIONS):
        results += at_once(calls[start : start + CONNECTIONS])
    return [result for result in results if isinstance(result, BaseException)]
