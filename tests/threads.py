"""Calls that really happen at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def at_once(calls: Sequence[Callable[[], T]], patience: float = 60) -> list[T | BaseException]:
    """Each call's result, or what it raised, in the order of the calls."""
    barrier = threading.Barrier(len(calls))
    results: list[T | BaseException] = [TimeoutError("still running")] * len(calls)

    def run(place: int, call: Callable[[], T]) -> None:
        try:
            barrier.wait(patience)
            results[place] = call()
        except BaseException as error:
            results[place] = error
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(place, call), daemon=True)
        for place, call in enumerate(calls)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(patience)
    return results
