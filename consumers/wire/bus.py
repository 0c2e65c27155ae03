"""The hub's one channel on the channel layer. Nothing here waits for Redis on a socket's behalf.

The layer is a hint: it is at-most-once, and it may be away. Subscriptions and publications go
through two background tasks; what fails is tried again (subscriptions) or left to the hubs' check
of the log (publications).
"""

import asyncio
import itertools
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from secrets import token_hex
from typing import Any

import structlog

from server import metrics
from server.realtime.layer import ManyPubSubLayer
from server.realtime.publish import HOLD_SECONDS, Envelope, ask, layer_message, layer_start
from server.realtime.topics import Topic

log = structlog.get_logger(__name__)

OUTBOX = 10_000
"""Publications that may wait for Redis; older ones are dropped, since the log has them."""

ROUND = 200
"""Publications that leave together, and so the most that one message may carry. The rest waits
where it is bounded."""

SUBSCRIPTIONS = 500
"""Groups that are joined together."""

RETRY_SECONDS = 0.5


TROUBLE = (Exception, asyncio.CancelledError)
"""What the layer may raise. A connection that is torn down under a call can end the call with a
cancellation nobody asked for: it would take one of our loops with it, silently and for good."""


def _ending() -> bool:
    """Whether this task was told to end. A cancellation that meets the layer inside one of its
    own waits can be swallowed there, and would leave the task waiting for ever."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


class Bus:
    """Subscribes and publishes for one process."""

    def __init__(self, layer: Any, worker: str, take: Callable[[Envelope], None]):
        self._layer, self._worker, self._take = layer, worker, take
        self._wanted: set[str] = set()
        self._subscribed: set[str] = set()
        self._changes: dict[str, None] = {}
        """Groups to settle, each once, in the order first asked: however long the layer is away
        and however often people come and go, there are no more than there are groups."""
        self._changed = asyncio.Event()
        self._outbox: deque[Envelope] = deque(maxlen=OUTBOX)
        self._send_many = getattr(layer, "group_send_many", None) or self._send_each
        self._add_many = getattr(layer, "group_add_many", None) or self._add_each
        self._filled = asyncio.Event()
        self._empty = asyncio.Event()
        self._empty.set()
        self._waiters: dict[str, list[asyncio.Future[None]]] = {}
        self._asked: dict[str, asyncio.Semaphore] = {}
        """Questions to all processes, with the answers that have come."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._channel: str | None = None
        self._opening = asyncio.Lock()
        self.healthy = True

    async def run(self) -> None:
        """Open the channel and keep the three tasks going until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._receive_all())
            group.create_task(self._subscribe_all())
            group.create_task(self._publish_all())

    @property
    def waiting(self) -> int:
        """Publications that have not left yet."""
        return len(self._outbox)

    # Topics ----------------------------------------------------------------------------------

    def want(self, topic: Topic) -> None:
        """Hear this topic soon; `ready` waits for it."""
        if topic.group not in self._wanted:
            self._wanted.add(topic.group)
            self._changes[topic.group] = None
            self._changed.set()

    def unwant(self, topic: Topic) -> None:
        """Hear it no more."""
        if topic.group in self._wanted:
            self._wanted.discard(topic.group)
            self._changes[topic.group] = None
            self._changed.set()

    async def ready(self, wanted: list[Topic], seconds: float = 0.5) -> bool:
        """Wait until these are subscribed, but not for a Redis that is away."""
        missing = [t.group for t in wanted if t.group not in self._subscribed]
        if not missing or not self.healthy:
            return not missing
        futures = []
        for group in missing:
            future = asyncio.get_running_loop().create_future()
            self._waiters.setdefault(group, []).append(future)
            futures.append(future)
        done, _ = await asyncio.wait(futures, timeout=seconds)
        return len(done) == len(futures)

    async def _subscribe_all(self) -> None:
        while not _ending():
            await self._changed.wait()
            self._changed.clear()
            while self._changes and not _ending():
                some = list(itertools.islice(self._changes, SUBSCRIPTIONS))
                for group in some:
                    del self._changes[group]
                try:
                    await self._settle(some)
                except TROUBLE as error:
                    self._changes |= dict.fromkeys(some)
                    self._trouble("subscribe", error)
                    await asyncio.sleep(RETRY_SECONDS)

    async def _settle(self, groups: list[str]) -> None:
        """Bring subscriptions in line with what is wanted now."""
        channel = await self._own_channel()
        leaving = [g for g in groups if g in self._subscribed and g not in self._wanted]
        for group in leaving:
            self._subscribed.discard(group)
            await self._layer.group_discard(group, channel)
        if coming := [g for g in groups if g in self._wanted and g not in self._subscribed]:
            await self._add_many(coming, channel)
            self._subscribed.update(coming)
        if leaving or coming:
            self._well()
        for group in groups:
            if group in self._wanted and group not in self._subscribed:
                continue  # wanted again while we left it: who waits for it waits for the next round
            for future in self._waiters.pop(group, []):
                if not future.done():
                    future.set_result(None)

    async def _add_each(self, groups: list[str], channel: str) -> None:
        for group in groups:
            await self._layer.group_add(group, channel)

    async def _own_channel(self) -> str:
        """The one channel of this process. Locked: two tasks asking at once would make two, and
        groups added to one would be listened for on the other."""
        async with self._opening:
            if self._channel is None:
                if isinstance(self._layer, ManyPubSubLayer):
                    own = layer_start(self._worker)
                    self._channel = await self._layer.new_channel_without(own, "hub.")
                else:
                    self._channel = await self._layer.new_channel("hub.")
            return self._channel

    # Publications ----------------------------------------------------------------------------

    def send(self, envelope: Envelope) -> None:
        """To the other processes; never blocks and never fails."""
        if len(self._outbox) == OUTBOX:
            metrics.PUBLISH_DROPPED.inc()
        self._outbox.append(envelope)
        self._empty.clear()
        self._filled.set()

    async def _publish_all(self) -> None:
        while not _ending():
            await self._filled.wait()
            self._filled.clear()
            while self._outbox and not _ending():
                try:
                    await self._send_many(self._next())
                    self._well()
                except TROUBLE as error:
                    metrics.PUBLISH_FAILURES.inc()
                    # Not sent again: with Redis back, the other hubs compare with the log.
                    self._trouble("publish", error)
                    await asyncio.sleep(0.05)
            self._empty.set()

    def _next(self) -> list[tuple[str, dict[str, Any]]]:
        """A round: a message for each group, with what has gathered for it while others were sent.
        The busier the layer, the more each message carries."""
        by_group: dict[str, list[Envelope]] = {}
        for _ in range(min(ROUND, len(self._outbox))):
            envelope = self._outbox.popleft()
            by_group.setdefault(Topic.parse(envelope.topic).group, []).append(envelope)
        return [(group, layer_message(some, self._worker)) for group, some in by_group.items()]

    async def _send_each(self, said: list[tuple[str, dict[str, Any]]]) -> None:
        for group, message in said:
            await self._layer.group_send(group, message)

    async def ask(self, envelopes: Sequence[Envelope]) -> None:
        """Say this to every process that listens, this one included, and wait until all have done
        it; but no longer than HOLD_SECONDS, and not for a Redis that is away."""
        if isinstance(self._layer, ManyPubSubLayer) and self.healthy:
            # Not cancelled when it takes too long: a connection cancelled in a call is lost.
            asking = self._aside(self._ask(self._layer, envelopes))
            await asyncio.wait((asking,), timeout=HOLD_SECONDS)

    async def _ask(self, layer: ManyPubSubLayer, envelopes: Sequence[Envelope]) -> None:
        question = token_hex(6)
        answers = self._asked[question] = asyncio.Semaphore(0)
        try:
            async with asyncio.timeout(2 * HOLD_SECONDS):
                expected = await ask(layer, envelopes, await self._own_channel(), question)
                for _ in range(expected):
                    await answers.acquire()
        finally:
            del self._asked[question]

    async def _answer(self, reply_to: str, question: str) -> None:
        await self._layer.send(reply_to, {"type": "hub.answer", "question": question})

    def _aside(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Do it beside the three tasks; who waited for it may have stopped waiting."""

        async def quietly() -> None:
            try:
                await work
            except TROUBLE as error:
                log.warning("question_failed", error=repr(error))

        task = asyncio.create_task(quietly())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def drained(self, seconds: float) -> None:
        """Wait until what was said has left, but not for a layer that is away."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._empty.wait()

    async def _receive_all(self) -> None:
        while not _ending():
            try:
                message = await self._layer.receive(await self._own_channel())
            except TROUBLE as error:
                # The channel could not be opened, or a message not be read. An open one is kept:
                # the layer would go on filling it for its groups, and nobody would empty it.
                self._trouble("receive", error)
                await asyncio.sleep(RETRY_SECONDS)
                continue
            self._hear(message)

    def _hear(self, message: Any) -> None:
        """During a rolling deploy a worker of another version may say what we do not know:
        such a publication is skipped, and the check of the log brings what it held."""
        try:
            kind = message["type"]
            if kind == "hub.answer":
                if answers := self._asked.get(message["question"]):
                    answers.release()
                return
            asked = kind == "hub.ask"
            if not asked and message["origin"] == self._worker:
                return
            told = [
                Envelope._make([*fields, tuple(sessions)])
                for *fields, sessions in message["asked" if asked else "envelopes"]
            ]
        except (AttributeError, TypeError, KeyError, ValueError):
            return
        for envelope in told:
            try:
                self._take(envelope)
            except Exception:
                log.exception("publication_failed", topic=envelope.topic)
        if asked:
            self._aside(self._answer(message["reply_to"], message["question"]))

    def _trouble(self, doing: str, error: BaseException) -> None:
        if _ending():
            raise error
        if self.healthy:
            self.healthy = False
            log.warning("bus_away", doing=doing, error=repr(error))

    def _well(self) -> None:
        if not self.healthy:
            self.healthy = True
            log.info("bus_back")
