"""Garbage is looked for in the young, and everywhere only in need."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from consumers.wire import memory
from consumers.wire.memory import SOCKET_BYTES, SPARE_BYTES, Memory


@pytest.fixture(autouse=True)
def usual_collector() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


class Ring:
    """Garbage that reference counts do not free."""

    def __init__(self) -> None:
        self.itself = self
        self.weight = bytearray(1024)


def rings() -> int:
    gc.unfreeze()
    # Not isinstance: it asks lazy objects of other tests what they are, and some fail at that.
    return sum(type(one) is Ring for one in gc.get_objects())


def test_young_garbage_is_freed_and_old_objects_are_put_aside() -> None:
    kept = Memory(lambda: 0)
    kept.collect_all()
    for _ in range(100):
        Ring()
    kept.round()
    assert gc.get_freeze_count() > 0
    assert rings() == 0


def test_everything_is_looked_at_when_more_is_held_than_sockets_account_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    open_now, held = 10, 500 * 1024 * 1024
    monkeypatch.setattr(memory, "resident", lambda: held)
    kept = Memory(lambda: open_now)
    kept.collect_all()
    ring = Ring()
    kept.round()
    del ring  # garbage from now on, but put aside
    kept.round()
    assert rings() == 1
    gc.freeze()
    open_now, held = 1_010, held + 1_000 * SOCKET_BYTES
    kept.round()
    assert rings() == 1, "a thousand sockets account for that"
    gc.freeze()
    held = int(held * memory.GROWTH) + SPARE_BYTES + 1
    kept.round()
    assert rings() == 0
