"""A fleet of its own: PostgreSQL (fsync on), Redis, and `manage.py serve` with N workers."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

import aiohttp

from tests.services.postgres import Postgres
from tests.services.process import end, free_port, spawn, tail
from tests.services.redis import Redis

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 60.0


def started(pid: int) -> int:
    """When a process began, in clock ticks since boot: numbers of processes are used again."""
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[19])


class Fleet:
    """`async with Fleet(folder, workers=2) as fleet:` and everything is running and migrated.

    entry: the module a worker runs, when it is not the product's own. jobs: processes that run
    jobs. extra: environment of the workers. Everything is ended with the block, and with the test
    process however that ends.
    """

    _migrated: ClassVar[Path | None] = None
    """What the first fleet's database was when it was migrated and empty; the others begin so."""

    def __init__(
        self,
        folder: Path,
        *,
        workers: int = 2,
        jobs: int = 0,
        entry: str | None = None,
        extra: dict[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self.workers = workers
        self.jobs = jobs
        self.port = free_port()
        self.redis = Redis(folder)
        self.postgres = Postgres(folder, durable=True, like=Fleet._migrated)
        self._entry = entry
        self._extra = extra or {}
        self._log = folder / "serve.log"
        self._log_from = 0
        self._served: subprocess.Popen[bytes] | None = None
        self._provisioner: subprocess.Popen[str] | None = None
        self._ordering = threading.Lock()
        self.database_url = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        """The workers'."""
        return self._plain_env | self._extra

    @property
    def _plain_env(self) -> dict[str, str]:
        return {
            **os.environ,
            "SECRET_KEY": "only-for-tests",
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis.url,
            "DATA_DIR": str(self.folder / "var"),
            "PORT": str(self.port),
            "LOG_LEVEL": "INFO",
        }

    async def __aenter__(self) -> Self:
        try:
            self.postgres.start()
            self.redis.start()
            self._migrate()
            self.serve()
            await self.wait_until_ready()
        except BaseException:
            self.end()
            raise
        return self

    def _migrate(self) -> None:
        self.database_url = self.postgres.url("fleet")
        if Fleet._migrated is None:
            self.postgres.create("fleet")
            self.manage("migrate", "--no-input")
            Fleet._migrated = self.postgres.keep(self.folder / "migrated")

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()
        if error is not None:
            print(f"--- the fleet's last lines ---\n{self.logs(60)}", file=sys.stderr)

    def end(self) -> None:
        if self._served is not None:
            end(self._served, signal.SIGTERM, patience=25)
        if self._provisioner is not None:
            self._provisioner.communicate(timeout=30)  # nothing more to read: it ends
        self.redis.stop()
        self.postgres.stop()

    # Commands ------------------------------------------------------------------------------------

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"{arguments} failed:\n{done.stderr[-4000:]}")
        return done.stdout

    def provision(self, **wanted: Any) -> Any:
        """Make people, sessions, rooms, … in the database; see provision.py for what."""
        with self._ordering:
            answer = self._ordered(json.dumps(wanted))
        if not answer or (made := json.loads(answer)).keys() != {"made"}:
            raise RuntimeError(f"{wanted} failed:\n{answer}\n{tail(self._provisioner_log)}")
        return made["made"]

    @property
    def _provisioner_log(self) -> Path:
        return self.folder / "provision.log"

    def _ordered(self, order: str) -> str:
        """Its answer. The one who makes it is started with the first: that takes seconds."""
        if self._provisioner is None:
            with self._provisioner_log.open("a") as log:
                self._provisioner = subprocess.Popen(
                    [sys.executable, "-m", "tests.fleet.provision"],
                    cwd=ROOT,
                    env=self._plain_env,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    text=True,
                )
        orders, answers = self._provisioner.stdin, self._provisioner.stdout
        assert orders is not None and answers is not None
        orders.write(f"{order}\n")
        orders.flush()
        return answers.readline()

    # The server ----------------------------------------------------------------------------------

    def serve(self) -> None:
        command = [sys.executable, "manage.py", "serve", "--workers", str(self.workers)]
        command += ["--jobs", str(self.jobs), "--port", str(self.port)]
        if self._entry:
            command += ["--entry", self._entry]
        self._served = spawn(command, log=self._log, env=self.env, cwd=ROOT)

    async def serve_anew(
        self, entry: str | None = None, extra: dict[str, str] | None = None
    ) -> None:
        """The same database and Redis, other workers."""
        self.stop()
        self._entry, self._extra = entry, extra or {}
        self._log_from = self._log.stat().st_size
        self.serve()
        await self.wait_until_ready()

    async def serve_altered(self, altered: str, **extra: str) -> None:
        """Workers that differ in what is named (see altered_worker.py); "" for the product's."""
        entry = "tests.fleet.altered_worker" if altered else None
        await self.serve_anew(entry, {"ALTERED": altered, **extra})

    def memory(self) -> float:
        """Of all workers, in MB."""
        pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in self.pids()]
        return sum(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6

    async def wait_until_ready(self) -> None:
        """Every worker accepts, and the database answers through one of them."""
        give_up = time.monotonic() + READY_WITHIN
        while self._logged().count(b"worker_ready") < self.workers + self.jobs + self._replaced():
            self._still_starting(give_up)
            await asyncio.sleep(0.05)
        async with aiohttp.ClientSession() as http:
            while True:
                try:
                    async with http.get(f"{self.url}/readyz") as response:
                        if response.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                self._still_starting(give_up)
                await asyncio.sleep(0.05)

    def _replaced(self) -> int:
        """How many died, or were drained after their successor had come."""
        logged = self._logged()
        return logged.count(b"worker_died") + logged.count(b"worker_drained")

    def _still_starting(self, give_up: float) -> None:
        ended = self._served is None or self._served.poll() is not None
        if ended or time.monotonic() > give_up:
            raise RuntimeError(f"the fleet did not start:\n{self.logs(60)}")

    def pids(self) -> list[int]:
        """The workers alive now, oldest first."""
        assert self._served is not None
        pid = self._served.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return sorted(map(int, children), key=started)

    def kill_all_workers(self) -> None:
        """SIGKILL to each before anybody can react."""
        for pid in self.pids():
            os.kill(pid, signal.SIGKILL)

    def kill_worker(self, which: int = 0) -> int:
        """SIGKILL, as the out-of-memory killer would; the oldest worker by default."""
        pid = self.pids()[which]
        os.kill(pid, signal.SIGKILL)
        return pid

    def rolling_restart(self) -> None:
        assert self._served is not None
        self._served.send_signal(signal.SIGHUP)

    def _logged(self) -> bytes:
        """What the present server has logged so far."""
        return self._log.read_bytes()[self._log_from :] if self._log.exists() else b""

    def stop(self) -> int:
        """SIGTERM to the whole server; the exit code after the drain."""
        assert self._served is not None
        return end(self._served, signal.SIGTERM, patience=25)

    def logs(self, lines: int = 100_000) -> str:
        return tail(self._log, lines)
