"""Everything that lives as long as one worker process: the hub and what keeps it company."""

import asyncio
import os
import signal
import socket
from collections.abc import Sequence
from contextlib import suppress
from operator import itemgetter
from typing import Any

import structlog

from consumers.channel import Command
from consumers.registry import CHANNELS, COMMANDS
from consumers.wire.batch import Batcher
from consumers.wire.bridge import on_database_thread
from consumers.wire.clock import Clock
from consumers.wire.hub import Hub
from consumers.wire.joining import Joiner
from consumers.wire.keeper import Keeper
from consumers.wire.observed import sample_lag, show
from consumers.wire.outlet import Outlet
from consumers.wire.rounds import Rounds
from consumers.wire.transport import HubTransport
from consumers.wire.whispers import Whispers
from server import metrics
from server.accounts.queries import SessionPerson, session_people
from server.errors import Refused
from server.realtime import log as event_log
from server.realtime import publish
from server.schema import Shape

log = structlog.get_logger(__name__)

LAST_WORDS_SECONDS = 1.0


Known = tuple[SessionPerson | None, str]
"""Who is at the door, and the epoch of the log."""


def _who(keys: Sequence[str]) -> list[Known]:
    people, epoch = session_people(keys), event_log.epoch()
    return [(people.get(key), epoch) for key in keys]


class Worker:
    """Starts with the first thing the server does and ends with its shutdown."""

    def __init__(self) -> None:
        self.name = os.environ.get("JIANGHU_WORKER") or f"{socket.gethostname()}-{os.getpid()}"
        self.hub = Hub(self.name)
        self.joiner = Joiner(self.hub, CHANNELS)
        self.clock = Clock()
        self._whispers = Whispers(self.hub)
        self._door: Batcher[str, Known] = Batcher(_who)
        self._batchers: dict[str, Batcher[tuple[int, Any], Any]] = {
            command.op: Batcher(
                command.many,
                most=100,
                calls=2,
                key=itemgetter(0),
                sized=metrics.COMMIT_BATCH.observe,
            )
            for command in COMMANDS.values()
            if command.many
        }
        self._rounds = Rounds(self.hub, self.clock)
        self._tasks: list[asyncio.Task[None]] = []
        self._previous = publish.install(HubTransport(self.hub, asyncio.get_running_loop()))
        show(self.hub)
        rounds = (Keeper(self.hub, CHANNELS).run, self._rounds.run, sample_lag)
        for run in (self.hub.bus.run, *rounds):
            task = asyncio.create_task(run())
            task.add_done_callback(self._ended)
            self._tasks.append(task)
        log.info("worker_started", worker=self.name)

    async def do(self, command: Command, outlet: Outlet, body: Shape) -> Shape | None:
        """What a client asked for, done by its service. Raises Refused."""
        if command.again:
            await self._whispers.say(command, outlet, body)
            return None
        return await on_database_thread(command.run, outlet.person_id, body)

    def begin(self, command: Command, outlet: Outlet, body: Shape) -> asyncio.Future[Shape | None]:
        """The same for a command that is done together with other people's. Raises Refused, and so
        may the future."""
        return self._batchers[command.op].put((outlet.person_id, body))

    async def who(self, key: str) -> Known:
        """Who is signed in with a session key, and the epoch of the log. Handshakes that come
        together are one query: after a restart thousands do. Raises Refused."""
        return await self._door.do(key)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A worker without its bus, keeper or rounds would look alive and deliver less and less:
        it drains instead, and its supervisor starts a whole one."""
        if not task.cancelled() and task.exception() is not None:
            log.critical("worker_crippled", worker=self.name, exc_info=task.exception())
            os.kill(os.getpid(), signal.SIGTERM)

    async def stop(self) -> None:
        """Let the last publications leave, end the tasks, and give up this worker's lease."""
        publish.install(self._previous)
        # A sign-out that is lost here would only be noticed at the next check of sessions.
        await self.hub.bus.drained(LAST_WORDS_SECONDS)
        for task in self._tasks:
            task.cancel()
        await asyncio.wait(self._tasks, timeout=5)
        with suppress(Refused):
            await self._rounds.resign()
        log.info("worker_stopped", worker=self.name)


_worker: Worker | None = None


def the_worker() -> Worker:
    """This process's worker, started when it is first asked for. Call it on the loop."""
    global _worker
    if _worker is None:
        _worker = Worker()
    return _worker


async def stop_worker() -> None:
    """End it, if there is one."""
    global _worker
    if _worker is not None:
        stopping, _worker = _worker, None
        await stopping.stop()
