"""How services on database threads hand their publications to this process's hub."""

import asyncio
from collections.abc import Callable, Sequence
from time import monotonic

import structlog

from consumers.wire.bridge import on_database_thread
from consumers.wire.hub import SNAPSHOT_SECONDS, Hub
from server import logs, tracing
from server.errors import Refused
from server.realtime.publish import HOLD_SECONDS, Envelope
from server.realtime.topics import Topic

log = structlog.get_logger(__name__)

Load = Callable[[], Envelope | None]


class HubTransport:
    """Local sockets first (they go on when Redis is away), then the bus."""

    def __init__(self, hub: Hub, loop: asyncio.AbstractEventLoop):
        self._hub, self._loop = hub, loop
        self._wanted: dict[tuple[str, str], Load] = {}
        self._loaded_at: dict[tuple[str, str], float] = {}
        self._loading: set[tuple[str, str]] = set()

    def publish(self, *envelopes: Envelope) -> None:
        """Called after commit on any thread."""
        self._loop.call_soon_threadsafe(self._publish, *envelopes)

    def _publish(self, *envelopes: Envelope) -> None:
        for envelope in envelopes:
            with tracing.span("publish", topic=envelope.topic, kind=envelope.kind):
                self._hub.take(envelope)
                self._hub.bus.send(envelope)

    def hold(self, *envelopes: Envelope) -> None:
        """Called before a commit on any thread but the loop's: our sockets, then everybody's."""
        try:
            holding = asyncio.run_coroutine_threadsafe(self._hold(envelopes), self._loop)
            holding.result(2 * HOLD_SECONDS)
        except Exception as error:
            log.warning("hold_failed", error=repr(error))

    async def _hold(self, envelopes: Sequence[Envelope]) -> None:
        for envelope in envelopes:
            self._hub.take(envelope)
        await self._hub.bus.ask(envelopes)

    def refresh(self, topic: Topic, key: str, load: Load) -> None:
        """Called after commit on any thread: 5,000 votes a second become five readings."""
        self._loop.call_soon_threadsafe(self._want, (str(topic), key), load)

    def _want(self, name: tuple[str, str], load: Load) -> None:
        waiting = name in self._wanted
        self._wanted[name] = load
        if waiting or name in self._loading:
            return
        since = monotonic() - self._loaded_at.get(name, 0.0)
        self._loop.call_later(max(0.0, SNAPSHOT_SECONDS - since), self._start, name)

    def _start(self, name: tuple[str, str]) -> None:
        if (load := self._wanted.pop(name, None)) is not None:
            self._loading.add(name)
            task = self._loop.create_task(self._load(name, load))
            task.add_done_callback(lambda _: self._finished(name))

    async def _load(self, name: tuple[str, str], load: Load) -> None:
        logs.forget_whose()  # it is read for all who changed it meanwhile
        try:
            envelope = await on_database_thread(load)
        except Refused:
            return  # the keeper's check of snapshots brings it when the database is back
        except Exception:
            log.exception("snapshot_failed", topic=name[0])
            return
        if envelope is not None:
            self._publish(envelope)

    def _finished(self, name: tuple[str, str]) -> None:
        """What was asked for while we read may be newer than what we read: once more."""
        self._loading.discard(name)
        if name in self._wanted:
            self._loaded_at[name] = monotonic()
            self._loop.call_later(SNAPSHOT_SECONDS, self._start, name)
        elif len(self._loaded_at) > 10_000:
            self._loaded_at.clear()
        else:
            self._loaded_at[name] = monotonic()
