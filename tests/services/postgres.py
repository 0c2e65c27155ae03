"""A private PostgreSQL cluster in a temporary folder, on a free port of loopback."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from tests.services.install import POSTGRES, path_of
from tests.services.process import end, free_port, is_root, spawn, tail

USER = "jianghu"


def _unprivileged() -> str:
    """PostgreSQL refuses to run as root: Debian's own user for it, or the one of least rights."""
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return "nobody"


def _copy(one: Path, other: Path) -> None:
    """With owners and rights, which PostgreSQL is particular about."""
    subprocess.run(["cp", "-a", str(one), str(other)], check=True)


class Postgres:
    """`durable` keeps fsync on: for tests about what survives; everything else runs without. like:
    what another one's `keep` has put aside, to begin with."""

    def __init__(self, folder: Path, *, durable: bool = False, like: Path | None = None) -> None:
        self._bin = path_of(POSTGRES)
        self._data = folder / "data"
        self._log = folder / "postgres.log"
        self._durable = durable
        self._user = _unprivileged() if is_root() else None
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        if like is None:
            self._make_cluster(folder)
        else:
            _copy(like, self._data)

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"

    @property
    def pid(self) -> int:
        """Of the process whose children are all the others."""
        assert self._process is not None
        return self._process.pid

    def _make_cluster(self, folder: Path) -> None:
        if self._user:
            folder.chmod(0o755)
            self._data.mkdir()
            shutil.chown(self._data, self._user)
        made = spawn(
            [
                self._bin / "initdb",
                *("-D", self._data, "-U", USER, "--auth=trust", "--no-sync"),
                *("--encoding=UTF8", "--locale=C.UTF-8"),
            ],
            log=self._log,
            user=self._user,
            cwd=folder,
        )
        if made.wait():
            raise RuntimeError(f"initdb failed:\n{tail(self._log)}")

    def start(self) -> None:
        self.launch()
        give_up = time.monotonic() + 30
        while not self.answers():
            if time.monotonic() > give_up:
                raise RuntimeError(f"PostgreSQL did not start:\n{tail(self._log)}")
            time.sleep(0.02)

    def launch(self) -> None:
        """Start it without waiting until it answers."""
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": "",
            "max_connections": 200,
            "shared_buffers": "128MB",
        }
        if not self._durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        self._process = spawn(
            [self._bin / "postgres", "-D", self._data, *options],
            log=self._log,
            user=self._user,
            cwd=self._data,
        )

    def answers(self) -> bool:
        """Whether it takes connections. Raises RuntimeError when it has ended by itself."""
        if self._process is None or self._process.poll() is not None:
            raise RuntimeError(f"PostgreSQL has ended:\n{tail(self._log)}")
        asked = [self._bin / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(asked).returncode == 0

    def stop(self, how: int = signal.SIGINT) -> None:
        """SIGINT: fast shutdown. SIGQUIT: as if the machine had crashed."""
        if self._process is not None:
            self.thaw()
            end(self._process, how)
            self._process = None

    def freeze(self) -> None:
        """Every process of it stops where it is; the kernel goes on taking connections."""
        self._signal_all(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal_all(signal.SIGCONT)

    def _signal_all(self, how: int) -> None:
        """The parent first, so that it starts nobody meanwhile."""
        assert self._process is not None
        parent = self._process.pid
        self._process.send_signal(how)
        with suppress(OSError):
            for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
                with suppress(ProcessLookupError):
                    os.kill(int(child), how)

    def keep(self, folder: Path) -> Path:
        """Put aside a copy of everything, to make others like it; it runs before and after."""
        self.stop()
        _copy(self._data, folder)
        self.start()
        return folder

    def create(self, database: str) -> str:
        """Make an empty database; returns its URL."""
        import psycopg

        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{database}"')
        return self.url(database)
