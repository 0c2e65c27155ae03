"""A load client: N sockets on one loop that count what arrives and when. Its own process.

`python -m tests.bench.sockets --port P --count N --hello JSON --expect M` opens the sockets, says
`ready` on standard output, waits for M marks on every socket and prints one line of JSON.
A mark is `"t":<monotonic nanoseconds>`, written by the publisher: latency counts from there.
"""

import argparse
import asyncio
import json
import os
import re
import resource
import sys
import time
from base64 import b64encode

import uvloop

MARK = re.compile(rb'"t": ?(\d+)')


class Client(asyncio.Protocol):
    """One WebSocket, spoken by hand: a library would cost more than the server under test."""

    def __init__(self, load: "Load"):
        self.load = load
        self.opened = False
        self.seen = 0
        self.rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        key = b64encode(os.urandom(16)).decode()
        lines = [
            f"GET {self.load.path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.load.port}",
            f"Origin: http://127.0.0.1:{self.load.port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
            *([f"Cookie: {self.load.cookie}"] if self.load.cookie else []),
        ]
        transport.write(("\r\n".join(lines) + "\r\n\r\n").encode())  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        if not self.opened:
            self._handshake(data)
            return
        # A mark may be cut by a segment's end: what follows the last brace waits for its rest.
        data = self.rest + data
        whole = data.rfind(b"}") + 1
        self.rest = data[whole:]
        found = MARK.findall(data, 0, whole)
        if found:
            self.seen += len(found)
            self.load.arrived(found)

    def _handshake(self, data: bytes) -> None:
        head, _, _ = data.partition(b"\r\n\r\n")
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise SystemExit(f"handshake refused: {head[:200]!r}")
        self.opened = True
        self.load.opened += 1
        if self.load.hello:
            payload = self.load.hello.encode()
            size = len(payload)
            head = (
                bytes((0x81, 0x80 | size)) if size < 126 else b"\x81\xfe" + size.to_bytes(2, "big")
            )
            self.transport.write(head + b"\0\0\0\0" + payload)  # type: ignore[attr-defined]

    def connection_lost(self, error: Exception | None) -> None:
        self.load.lost += 1


class Load:
    """All sockets together."""

    def __init__(self, options: argparse.Namespace):
        self.port, self.path, self.cookie = options.port, options.path, options.cookie
        self.hello, self.count, self.expect = options.hello, options.count, options.expect
        self.opened = self.lost = self.delivered = 0
        self.latencies: list[int] = []
        self.first = self.last = 0

    def arrived(self, marks: list[bytes]) -> None:
        now = time.monotonic_ns()
        self.first = self.first or now
        self.last = now
        self.delivered += len(marks)
        for mark in marks:
            self.latencies.append(now - int(mark))

    async def run(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        clients = []
        for start in range(0, self.count, 50):
            some = range(start, min(start + 50, self.count))
            made = await asyncio.gather(
                *(
                    loop.create_connection(lambda: Client(self), "127.0.0.1", self.port)
                    for _ in some
                )
            )
            clients += made
            while self.opened < start + len(made):
                await asyncio.sleep(0.01)
        await asyncio.sleep(2 + self.count / 2500)
        print("ready", flush=True)
        # The publisher starts now; the CPU of opening the sockets is not counted.
        before, started = _cpu(), time.monotonic()
        want = self.count * self.expect
        while self.delivered < want and time.monotonic() - started < seconds:
            await asyncio.sleep(0.05)
        spent = _cpu() - before
        wall = (self.last - self.first) / 1e9 if self.last else 0.0
        print(json.dumps(self._report(want, spent, wall, time.monotonic() - started)), flush=True)

    def _report(self, want: int, spent: float, wall: float, whole: float) -> dict[str, object]:
        ordered = sorted(self.latencies)

        def at(share: float) -> float:
            return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] / 1e6, 2)

        return {
            "expected": want,
            "delivered": self.delivered,
            "lost_sockets": self.lost,
            "seconds": round(wall, 3),
            "client_cpu": round(spent / whole, 3),
            "p50_ms": at(0.5) if ordered else None,
            "p99_ms": at(0.99) if ordered else None,
            "max_ms": at(1.0) if ordered else None,
        }


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--path", default="/ws")
    parser.add_argument("--cookie", default="")
    parser.add_argument("--hello", default="")
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--expect", type=int, required=True)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (20_000, 20_000))
    uvloop.install()
    asyncio.run(Load(options).run(options.seconds))


if __name__ == "__main__":
    sys.exit(main())
