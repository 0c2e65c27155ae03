"""Natural batching: what arrives while a call is under way is done together by the next one.

A quiet worker does each thing at once and alone. A busy one needs no timer: the longer the database
takes, the more it is given at a time, and one commit (one fsync) serves them all.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Generic, TypeVar

from consumers.wire.bridge import CALL_SECONDS, on_database_thread
from server import logs, tracing
from server.errors import Refused

Item = TypeVar("Item")
Result = TypeVar("Result")

LINE = 5_000
"""Items that may wait before further ones are refused."""


class Batcher(Generic[Item, Result]):
    """Calls run(items) on a database thread; it answers each with a result or a refusal.

    most: items of one call; with longer ones everybody would wait for the slowest. calls: how many
    may be under way at the same time. key: what must keep its order; items of one key are never in
    two calls at the same time. sized: is told the size of each call.
    """

    def __init__(
        self,
        run: Callable[[Sequence[Item]], Sequence[Result | Refused]],
        *,
        most: int = 100,
        calls: int = 1,
        key: Callable[[Item], object] | None = None,
        sized: Callable[[float], None] | None = None,
    ):
        self._run, self._most, self._free, self._sized = run, most, calls, sized
        self._key, self._busy = key, set[object]()
        self._line: deque[tuple[float, Item, asyncio.Future[Result]]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()

    async def do(self, item: Item) -> Result:
        """The item's own result. Raises Refused: its own, or unavailable for the whole call."""
        return await self.put(item)

    def put(self, item: Item) -> asyncio.Future[Result]:
        """The same, to be waited for: a task for each item would cost as much as all the rest that
        is done for it here. Raises Refused(unavailable) when too many wait."""
        if len(self._line) >= LINE:
            raise _unavailable("Too many requests are waiting.")
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._line.append((monotonic(), item, future))
        if self._free:
            self._free -= 1
            # In the next turn of the loop: frames that were read in this one come along.
            task = asyncio.create_task(self._work())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return future

    async def _work(self) -> None:
        logs.forget_whose()  # the id of the socket that began this task is not the others'
        try:
            while some := self._next():
                if self._sized:
                    self._sized(len(some))
                keys = {self._key(item) for item, _ in some} if self._key else set()
                self._busy |= keys
                try:
                    await self._answer(some)
                finally:
                    self._busy -= keys
                tracing.part()  # what comes now is others', not of the command that began this task
        finally:
            self._free += 1

    def _next(self) -> list[tuple[Item, asyncio.Future[Result]]]:
        """As many as one call takes: not those who have left, and not those who have waited so long
        that they are told to come again. (A timer for each costs more than all the rest.)"""
        some: list[tuple[Item, asyncio.Future[Result]]] = []
        kept = []
        too_old = monotonic() - CALL_SECONDS
        while self._line and len(some) < self._most:
            since, item, future = self._line.popleft()
            if future.done():
                continue
            if since < too_old:
                future.set_exception(_unavailable("The database is slow."))
            elif self._key and self._key(item) in self._busy:
                kept.append((since, item, future))  # whoever is doing its like comes back for it
            else:
                some.append((item, future))
        self._line.extendleft(reversed(kept))
        return some

    async def _answer(self, some: list[tuple[Item, asyncio.Future[Result]]]) -> None:
        outcomes: Sequence[Result | Refused] | BaseException
        try:
            outcomes = await on_database_thread(self._run, [item for item, _ in some])
        except BaseException as error:
            outcomes = error
        for at, (_, future) in enumerate(some):
            if future.done():
                continue  # its socket is gone
            outcome = outcomes if isinstance(outcomes, BaseException) else outcomes[at]
            if isinstance(outcome, BaseException):
                future.set_exception(outcome)
            else:
                future.set_result(outcome)
        if isinstance(outcomes, Refused):
            self._refuse_all(outcomes)
        if isinstance(outcomes, asyncio.CancelledError):
            raise outcomes

    def _refuse_all(self, why: Refused) -> None:
        """The database is away or says nothing: who waits behind would wait as long once more."""
        for _, _, future in self._line:
            if not future.done():
                future.set_exception(why)
        self._line.clear()


def _unavailable(why: str) -> Refused:
    return Refused("unavailable", why, retry_after=1)
