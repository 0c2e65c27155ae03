"""One product worker on a port, without the supervisor, so that its CPU is one process's.

Beside the product it has a second door, /publish: what is said there is published on BENCH_TOPIC as
a logged event through the product's own door for events. It takes the place of a service, so that
fan-out is measured and nothing else. BENCH_FRAMES_PER_SECOND lifts the limit of one socket, where a
benchmark has few sockets send for many people. BENCH_QUERIES names a file of eight bytes in which
the queries of all threads are counted; BENCH_STALL one in which, from SIGUSR1 on, stands by how
many microseconds the loop was late at most.
"""

import asyncio
import mmap
import os
import signal
import socket
import sys
import threading
from pathlib import Path
from time import monotonic
from typing import Any

import consumers.wire.limits as limits

if rate := float(os.environ.get("BENCH_FRAMES_PER_SECOND", "0")):
    limits.Bucket.__init__.__defaults__ = (rate, rate)

from consumers.wire.server import Server, use_steady_clock


class Door:
    """The product, and the publisher's door."""

    def __init__(self, product: Any, topic: str):
        self._product, self._topic, self._number = product, topic, 0
        self._watching: asyncio.Task[None] | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan" and (path := os.environ.get("BENCH_STALL")):
            asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, self._watch, path)
        if scope["type"] != "websocket" or scope["path"] != "/publish":
            await self._product(scope, receive, send)
            return
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "text": "{}"})
        while (message := await receive())["type"] == "websocket.receive":
            self._publish(message["text"])

    def _watch(self, path: str) -> None:
        self._watching = asyncio.ensure_future(note_stalls(path))

    def _publish(self, text: str) -> None:
        from server.realtime.publish import Envelope, publish_now

        self._number += 1
        publish_now(Envelope(kind="logged", topic=self._topic, text=text, position=self._number))


def _shared(path: str) -> mmap.mmap:
    """Eight bytes that others see change."""
    with Path(path).open("r+b") as file:
        return mmap.mmap(file.fileno(), 8)


LOOK_SECONDS = 0.002
"""How often the loop is looked at: its own samples, every quarter of a second, miss most stalls."""


async def note_stalls(path: str) -> None:
    """Until cancelled: write the longest time by which the loop came back late, in µs."""
    shared, longest = _shared(path), 0
    while True:
        asked = monotonic()
        await asyncio.sleep(LOOK_SECONDS)
        longest = max(longest, int((monotonic() - asked - LOOK_SECONDS) * 1e6))
        shared[:] = longest.to_bytes(8, "little")


def count_queries(path: str) -> None:
    """From now on every query of this process is counted in the file."""
    from django.db.backends.signals import connection_created

    counted, lock, shared = 0, threading.Lock(), _shared(path)

    def count(execute: Any, *arguments: Any) -> Any:
        nonlocal counted
        with lock:
            counted += 1
            shared[:] = counted.to_bytes(8, "little")
        return execute(*arguments)

    def watch(connection: Any, **_: Any) -> None:
        if count not in connection.execute_wrappers:
            connection.execute_wrappers.append(count)

    connection_created.connect(watch, weak=False)


def main() -> None:
    os.environ["JIANGHU_WORKER"] = "bench"
    from server.asgi import application

    if path := os.environ.get("BENCH_QUERIES"):
        count_queries(path)
    use_steady_clock()
    listening = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=4096)
    topic = os.environ.get("BENCH_TOPIC", "item:1")
    Server(Door(application, topic), listening.fileno()).run()


if __name__ == "__main__":
    main()
