"""The servers under test: how each is started, and how it is spoken to."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.load_client import Failed, build, lines
from tests.bench.machine import SERVER_CORE, cpu_seconds, family, loop_seconds, memory_kb, pinned
from tests.services.postgres import Postgres
from tests.services.process import end, free_port, spawn, tail
from tests.services.redis import Redis

ROOT = Path(__file__).resolve().parents[2]
FILLER = "x" * 40


@dataclass(frozen=True)
class Server:
    """A way to start a server and what the load client must say to it.

    speak: options of the load client. topic: where fan-out is published.
    """

    name: str
    command: list[str]
    environment: dict[str, str]
    speak: dict[str, Any] = field(default_factory=dict)


@dataclass
class Running:
    """A started server."""

    server: Server
    pid: int
    port: int
    log: Path

    def cpu(self) -> float:
        return cpu_seconds(*family(self.pid))

    def memory(self) -> int:
        return memory_kb(*family(self.pid))

    def tell(self, what: signal.Signals) -> None:
        os.kill(self.pid, what)


class Meter:
    """What each process used between begin() and end(), which are steps of a run."""

    def __init__(self, bench: Bench, running: Running):
        self._look = {
            "server": running.cpu,
            "loop": lambda: loop_seconds(running.pid),
            "PostgreSQL": bench.postgres_cpu,
            "Redis": bench.redis_cpu,
        }
        self._at: list[tuple[float, dict[str, float]]] = []

    def begin(self) -> None:
        self._at = [self._now()]

    def end(self) -> None:
        self._at = [self._at[0], self._now()]

    def look_for(self, seconds: float) -> None:
        self.begin()
        time.sleep(seconds)
        self.end()

    def _now(self) -> tuple[float, dict[str, float]]:
        return time.monotonic(), {name: look() for name, look in self._look.items()}

    def spent(self, name: str = "server") -> float:
        """CPU seconds."""
        (_, before), (_, after) = self._at
        return after[name] - before[name]

    @property
    def seconds(self) -> float:
        """By the clock."""
        return self._at[1][0] - self._at[0][0]

    def shares(self) -> dict[str, float]:
        """Of a core, by process."""
        return {name: self.spent(name) / self.seconds for name in self._look}


class Bench:
    """Redis, PostgreSQL (fsync on), the load client and, when first asked for, our world."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.program = build(folder)
        self.redis = Redis(folder)
        self.postgres = Postgres(folder, durable=True)
        self._world: dict[str, Any] | None = None
        self._database = ""

    def start(self) -> None:
        self.redis.start()
        self.postgres.start()

    def stop(self) -> None:
        self.redis.stop()
        self.postgres.stop()

    @contextmanager
    def running(self, server: Server, port: int) -> Iterator[Running]:
        """Start a server on the server's core, wait until it answers, and end it."""
        log = self.folder / f"{server.name.replace(' ', '-')}.log"
        process = spawn(
            pinned(SERVER_CORE, server.command),
            log=log,
            env=os.environ | server.environment,
            cwd=ROOT,
        )
        try:
            _wait_for(port, process, log)
            yield Running(server, process.pid, port, log)
        finally:
            end(process, patience=15)

    def postgres_cpu(self) -> float:
        return cpu_seconds(*family(self.postgres.pid))

    def redis_cpu(self) -> float:
        return cpu_seconds(*family(self.redis.pid))

    # Ours --------------------------------------------------------------------------------------

    def environment(self, port: int) -> dict[str, str]:
        return {
            "DATA_DIR": str(self.folder / "shop"),
            "DATABASE_URL": self._database,
            "REDIS_URL": self.redis.url,
            "SECRET_KEY": "bench",
            "PORT": str(port),
            "PUBLIC_ORIGINS": f"http://127.0.0.1:{port}",
            "LOG_LEVEL": "WARNING",
            "DJANGO_SETTINGS_MODULE": "server.settings",
        }

    def world(self) -> dict[str, Any]:
        """10,000 signed-in people and what they do; see world.py."""
        if self._world is None:
            self._database = self._database or self.postgres.create("bench")
            done = subprocess.run(
                [sys.executable, "-m", "tests.bench.world"],
                env=os.environ | self.environment(8000),
                cwd=ROOT,
                capture_output=True,
                text=True,
            )
            if done.returncode:
                raise Failed(done.stderr[-2000:])
            self._world = json.loads(done.stdout.splitlines()[-1])
        return self._world

    def ours(self, port: int, hellos: list[str], first: int = 0, **more: str) -> Server:
        """The product: socket n is person first + n, and says the hellos in turn."""
        world = self.world()
        return Server(
            "jianghu",
            [sys.executable, "-m", "tests.bench.serve", str(port)],
            self.environment(port) | more,
            {
                "path": "/ws",
                "cookies": lines(self.folder / "cookies", world["cookies"][first:]),
                "hellos": lines(self.folder / "hellos", hellos),
                "ready": '"joined":[',
                "speaks-first": True,
            },
        )

    def person(self, index: int) -> int:
        found: int = self.world()["people"][index]
        return found


def join(*topics: str) -> str:
    """A join frame; the client fills in the epoch and its numbers once it knows them."""
    wanted = ",".join(f'{{"topic":"{topic}"@{place}}}' for place, topic in enumerate(topics))
    return f'{{"op":"join","ref":1,@E"topics":[{wanted}]}}'


def event(topic: str, filler: str = FILLER) -> str:
    """What is published on a topic of ours: an event of about 120 bytes with a stamp in it."""
    data = f'{{"at":"mark:@T","filler":"{filler}"}}'
    return f'{{"topic":"{topic}","number":1,"type":"bench","data":{data}}}'


def port_for() -> int:
    return free_port()


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    import socket

    give_up = time.monotonic() + 30
    while time.monotonic() < give_up:
        if process.poll() is not None:
            raise Failed(f"the server did not start:\n{tail(log)}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise Failed("the server did not answer in 30 s")
