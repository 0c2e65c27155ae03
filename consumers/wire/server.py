"""One worker process: Daphne on an inherited listening socket, drained on SIGTERM.

`python -m consumers.wire.server --fd 3` is what `manage.py serve` starts N times.
"""

# ruff: noqa: E402  (uvloop must be chosen before Daphne installs the asyncio reactor)
import asyncio

import uvloop

asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())

import argparse
import os
import random
import signal
import socket
from contextlib import suppress
from functools import partial
from time import monotonic
from types import SimpleNamespace
from typing import Any

import daphne.http_protocol
import daphne.server
import daphne.ws_protocol
from daphne.server import Server as DaphneServer
from daphne.ws_protocol import WebSocketFactory
from twisted.internet import defer, reactor

from consumers.wire.bodies import bound_bodies
from consumers.wire.downloads import taken
from consumers.wire.limits import FRAME_BYTES
from consumers.wire.memory import Memory
from consumers.wire.prepared import Inbox, Line, PreparedProtocol
from server import metrics
from server.errors import RESTARTING

DRAIN_SECONDS = 8.0
"""How long requests and commands that are under way may take to finish."""

GOODBYE_ROUND, GOODBYE_ROUNDS = 0.02, 50
"""Peers may take a second in all to answer the close; seconds, and how often we look."""

LOOK_SECONDS, LOOKED_AT = 2.0, 50
"""How often the sockets are looked at, for one that wants a ping or was never opened; and at how
many before others get their turn. All at once, 10,000 pings kept everybody waiting for 0.35 s."""

COME_BACK_MS = 3_000
"""Clients of a restarting worker come back spread over this long."""


def use_steady_clock() -> None:
    """Daphne and Twisted measure by the wall clock: one that is set forward by an hour would end
    every socket that waits for a pong, one set back would send no ping for an hour."""
    setattr(reactor, "seconds", monotonic)  # noqa: B010  (typed as a method, used as a value)
    for module in (daphne.server, daphne.ws_protocol, daphne.http_protocol):
        module.time = SimpleNamespace(time=monotonic)


class Server(DaphneServer):  # type: ignore[misc]
    """Daphne with an adopted socket, bounded inboxes, prepared frames and a graceful end."""

    def __init__(self, application: Any, listening_fd: int, ready_fd: int | None = None):
        super().__init__(
            application,
            endpoints=["adopted"],
            signal_handlers=False,
            websocket_timeout=-1,
            websocket_connect_timeout=10,
            websocket_max_message_size=FRAME_BYTES,
            websocket_max_frame_size=FRAME_BYTES,
            ping_interval=25,
            ping_timeout=30,
            verbosity=0,
            server_name="",
        )
        self.endpoints: list[str] = []
        self._fd = listening_fd
        self._ready_fd = ready_fd
        self._port: Any = None
        self._phases: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._done = asyncio.Event()
        self.draining = False
        WebSocketFactory.protocol = PreparedProtocol
        metrics.UNSENT_BYTES.set_function(self._unsent)
        bound_bodies()

    def _unsent(self) -> int:
        """Asked on another thread: over a copy of those connected."""
        sockets = [p for p in list(self.connections) if isinstance(p, PreparedProtocol)]
        return sum(p.unsent() for p in sockets if p.state == p.STATE_OPEN)

    def run(self) -> None:
        loop = reactor._asyncioEventloop
        reactor.callWhenRunning(self._listen)
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, self._stop_once)
        super().run()

    def timeout_checker(self) -> None:
        """Daphne starts it, before the loop runs, and looks at all connections in one go."""
        self._looking = reactor._asyncioEventloop.create_task(self._look_at_all())

    async def _look_at_all(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            for count, protocol in enumerate(list(self.connections), 1):
                if protocol in self.connections:
                    protocol.check_timeouts()
                if count % LOOKED_AT == 0:
                    await asyncio.sleep(0)

    def _stop_once(self) -> None:
        """A supervisor and a terminal may both send the signal: only the first one counts."""
        for name in (signal.SIGTERM, signal.SIGINT):
            reactor._asyncioEventloop.remove_signal_handler(name)
            signal.signal(name, signal.SIG_IGN)
        self.stop()

    def _listen(self) -> None:
        self._starting = asyncio.ensure_future(self._start_up())

    async def _start_up(self) -> None:
        """The application's lifespan first, then the first connection."""
        scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}}
        self._lifespan = asyncio.ensure_future(
            self.application(scope, self._phases.get, self._phase_done)
        )
        await self._phase("lifespan.startup")
        self._memory = asyncio.ensure_future(Memory(lambda: len(self.connections)).run())
        await asyncio.sleep(0)
        if not self.draining:
            self._port = reactor.adoptStreamPort(self._fd, socket.AF_INET, self.http_factory)
            self._port.transport = Line
            self._tell_ready()

    def _tell_ready(self) -> None:
        """The supervisor drains our predecessor only once we accept."""
        if self._ready_fd is not None:
            os.write(self._ready_fd, b"1")
            os.close(self._ready_fd)
            self._ready_fd = None

    async def _phase(self, name: str) -> None:
        self._done.clear()
        self._phases.put_nowait({"type": name})
        with suppress(TimeoutError):
            await asyncio.wait_for(self._done.wait(), 5)

    async def _phase_done(self, message: dict[str, Any]) -> None:
        self._done.set()

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Inbox:
        # A socket opened in the last moments has an HTTP half without an application: stock
        # Daphne then fails with KeyError at shutdown, so ours is set before anything can stop us.
        inbox = Inbox()
        scope.setdefault("asgi", {"version": "3.0"})
        if scope["type"] == "websocket":
            inbox.protocol = protocol
            scope["extensions"] = {
                "websocket.prepared": {
                    "write": protocol.write_prepared,
                    "close": protocol.close_with,
                    "watch": protocol.watch,
                }
            }
        elif self.draining:
            # This request is answered; the next one belongs to our successor.
            protocol.responseHeaders.setRawHeaders(b"connection", [b"close"])
            protocol.channel.persistent = False
        instance = self.application(
            scope=scope, receive=inbox.get, send=partial(self.handle_reply, protocol)
        )
        if protocol in self.connections:
            self.connections[protocol]["application_instance"] = asyncio.ensure_future(
                instance, loop=asyncio.get_event_loop()
            )
        return inbox

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        await super().handle_reply(protocol, message)
        if message.get("more_body"):
            await taken(protocol)

    def kill_all_applications(self) -> Any:
        """Drain: stop accepting, let what was received be answered, then say 1012 and go."""
        return defer.Deferred.fromFuture(asyncio.ensure_future(self._drain()))

    async def _drain(self) -> None:
        self.draining = True
        if self._port is not None:
            self._port.stopListening()
        told: set[PreparedProtocol] = set()
        give_up = monotonic() + DRAIN_SECONDS
        # Again and again: a connection kept alive may bring another request, or open a socket,
        # while we wait for those that were there before.
        while (tasks := self._under_way(told)) and (left := give_up - monotonic()) > 0:
            await asyncio.wait(tasks, timeout=min(left, 0.25))
        for task in tasks:
            task.cancel()
        await self._say_goodbye()
        await self._phase("lifespan.shutdown")

    async def _say_goodbye(self) -> None:
        """1012 to every socket, and a moment for the answer: to leave with bytes unread or unsent
        would reset the connection, and the peer would see 1006 instead of the reason and hint."""
        sockets = [p for p in self.connections if isinstance(p, PreparedProtocol)]
        for protocol in sockets:
            hint = random.randrange(COME_BACK_MS)  # noqa: S311  (spreads load, guards nothing)
            metrics.closed(RESTARTING.code)
            protocol.close_with(RESTARTING.code, f"retry_ms={hint}")
            protocol.transport.resumeProducing()
        for _ in range(GOODBYE_ROUNDS):
            if all(protocol.state == protocol.STATE_CLOSED for protocol in sockets):
                return
            await asyncio.sleep(GOODBYE_ROUND)

    def _under_way(self, told: set[PreparedProtocol]) -> list[asyncio.Future[Any]]:
        """What is still being answered. Sockets hear nothing more, and end after that."""
        tasks = []
        for protocol, details in list(self.connections.items()):
            task = details.get("application_instance")
            if task is None or task.done():
                continue
            tasks.append(task)
            if isinstance(protocol, PreparedProtocol) and protocol not in told:
                told.add(protocol)
                protocol.transport.pauseProducing()
                protocol.application_queue.put_nowait(
                    {"type": "websocket.disconnect", "code": RESTARTING.code}
                )
        return tasks


def run(fd: int, *, worker: str, ready_fd: int | None = None) -> None:
    """Serve on a listening socket until SIGTERM, then drain and return. One byte goes to ready_fd
    when connections are accepted."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "server.settings")
    os.environ["JIANGHU_WORKER"] = worker
    from server.asgi import application

    use_steady_clock()
    Server(application, fd, ready_fd).run()


def main() -> None:
    parser = argparse.ArgumentParser(description=run.__doc__)
    parser.add_argument("--fd", type=int, required=True)
    parser.add_argument("--worker", default=f"{socket.gethostname()}-{os.getpid()}")
    parser.add_argument("--ready-fd", type=int)
    arguments = parser.parse_args()
    run(arguments.fd, worker=arguments.worker, ready_fd=arguments.ready_fd)


if __name__ == "__main__":
    main()
