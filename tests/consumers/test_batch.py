"""What waits is done together; each gets its own answer."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

import pytest

from consumers.wire import batch, bridge
from consumers.wire.batch import Batcher
from server.errors import Refused


class Counting:
    """Doubles numbers; refuses odd ones when told to, and waits until it may go on."""

    def __init__(self) -> None:
        self.calls: list[list[int]] = []
        self.go_on = threading.Event()
        self.go_on.set()

    def __call__(self, items: Sequence[int]) -> list[int | Refused]:
        self.calls.append(list(items))
        assert self.go_on.wait(5)
        if 13 in items:
            raise ZeroDivisionError
        return [Refused("forbidden") if item < 0 else 2 * item for item in items]


async def test_alone_at_once_and_in_a_crowd_together() -> None:
    run = Counting()
    batcher: Batcher[int, int] = Batcher(run)
    assert await batcher.do(1) == 2
    assert run.calls == [[1]]
    run.go_on.clear()
    first = asyncio.create_task(batcher.do(2))
    while len(run.calls) < 2:
        await asyncio.sleep(0.01)
    others = [asyncio.create_task(batcher.do(n)) for n in range(3, 8)]
    await asyncio.sleep(0.05)
    assert run.calls == [[1], [2]], "they wait for the one that is under way"
    run.go_on.set()
    assert await asyncio.gather(first, *others) == [4, 6, 8, 10, 12, 14]
    assert run.calls == [[1], [2], [3, 4, 5, 6, 7]]


async def test_each_gets_its_own_refusal() -> None:
    batcher: Batcher[int, int] = Batcher(Counting())
    said = await asyncio.gather(*(batcher.do(n) for n in (1, -2, 3)), return_exceptions=True)
    assert (said[0], said[2]) == (2, 6)
    assert isinstance(said[1], Refused) and said[1].code.name == "forbidden"


async def test_a_call_that_fails_is_told_to_all_in_it_and_to_nobody_else() -> None:
    run = Counting()
    batcher: Batcher[int, int] = Batcher(run)
    said = await asyncio.gather(*(batcher.do(n) for n in (1, 13)), return_exceptions=True)
    assert [type(one) for one in said] == [ZeroDivisionError, ZeroDivisionError]
    assert await batcher.do(4) == 8


async def test_behind_a_call_that_hangs_nobody_waits_for_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They are refused when it is, and nothing is done behind their backs."""
    monkeypatch.setattr(bridge, "CALL_SECONDS", 0.2)
    run = Counting()
    run.go_on.clear()
    batcher: Batcher[int, int] = Batcher(run)
    first = asyncio.create_task(batcher.do(1))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(batcher.do(2))
    async with asyncio.timeout(2):
        said = await asyncio.gather(first, second, return_exceptions=True)
    assert [one.code.name for one in said if isinstance(one, Refused)] == ["unavailable"] * 2
    run.go_on.set()
    assert await batcher.do(3) == 6
    assert run.calls == [[1], [3]]


async def test_who_has_waited_too_long_in_the_line_is_told_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batch, "CALL_SECONDS", 0.2)
    run = Counting()
    run.go_on.clear()
    batcher: Batcher[int, int] = Batcher(run)
    first = asyncio.create_task(batcher.do(1))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(batcher.do(2))
    await asyncio.sleep(0.3)
    third = asyncio.create_task(batcher.do(3))
    await asyncio.sleep(0)
    run.go_on.set()
    said = await asyncio.gather(first, second, third, return_exceptions=True)
    assert (said[0], said[2]) == (2, 6)
    assert isinstance(said[1], Refused) and said[1].code.name == "unavailable"
    assert run.calls == [[1], [3]]


async def test_who_has_left_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Counting()
    batcher: Batcher[int, int] = Batcher(run)
    run.go_on.clear()
    gone = asyncio.create_task(batcher.do(1))
    waiting = asyncio.create_task(batcher.do(2))
    await asyncio.sleep(0.05)
    gone.cancel()
    await asyncio.sleep(0)
    run.go_on.set()
    assert await waiting == 4
    assert gone.cancelled()
    assert await batcher.do(3) == 6


async def test_a_call_is_bounded_and_so_is_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "LINE", 7)
    run = Counting()
    run.go_on.clear()
    batcher: Batcher[int, int] = Batcher(run, most=3)
    tasks = [asyncio.create_task(batcher.do(n)) for n in range(9)]
    await asyncio.sleep(0.05)
    run.go_on.set()
    said = await asyncio.gather(*tasks, return_exceptions=True)
    assert said[:7] == [0, 2, 4, 6, 8, 10, 12]
    assert all(isinstance(one, Refused) and one.code.name == "unavailable" for one in said[7:])
    assert [len(call) for call in run.calls] == [3, 3, 1]


async def test_what_has_one_key_keeps_its_order_across_calls() -> None:
    """Two calls at once, and never two with something of the same person."""
    run = Counting()
    run.go_on.clear()
    batcher: Batcher[int, int] = Batcher(run, calls=2, key=lambda number: number % 10)
    first = asyncio.create_task(batcher.do(11))
    await asyncio.sleep(0.05)
    others = [asyncio.create_task(batcher.do(n)) for n in (21, 12, 31)]
    await asyncio.sleep(0.05)
    assert run.calls == [[11], [12]], "what is of 1 waits for the other of 1"
    run.go_on.set()
    assert await asyncio.gather(first, *others) == [22, 42, 24, 62]
    assert run.calls == [[11], [12], [21, 31]]
