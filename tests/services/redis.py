"""A private Redis (or Valkey) on a free port of loopback, nothing on disk."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from pathlib import Path

from tests.services.install import REDIS, path_of
from tests.services.process import end, free_port, spawn, tail


class Redis:
    """Stop and start keep the port, so clients meet the same address after an outage."""

    def __init__(self, folder: Path) -> None:
        self._log = folder / "redis.log"
        self._folder = folder
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        self._process = spawn(
            [
                path_of(REDIS),
                *("--port", str(self.port), "--bind", "127.0.0.1"),
                *("--save", "", "--appendonly", "no", "--dir", str(self._folder)),
            ],
            log=self._log,
        )
        give_up = time.monotonic() + 10
        while self.command("PING") != "+PONG":
            if self._process.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError(f"Redis did not start:\n{tail(self._log)}")
            time.sleep(0.01)

    def stop(self) -> None:
        if self._process is not None:
            self.thaw()
            end(self._process)
            self._process = None

    def freeze(self) -> None:
        """It stops where it is; the kernel goes on taking connections and bytes for it."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)

    def flushall(self) -> None:
        assert self.command("FLUSHALL") == "+OK"

    def command(self, line: str) -> str:
        """Send one inline command; the first line of the answer, or "" while Redis is away."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                connection.sendall(f"{line}\r\n".encode())
                return connection.recv(4096).decode().split("\r\n")[0]
        except OSError:
            return ""
