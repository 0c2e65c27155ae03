"""Gives Django's settings their environment before they are read, and starts what it names.

JIANGHU_TEST_DB=sqlite (default)  the embedded mode: SQLite, in-memory bus; nothing to start
JIANGHU_TEST_DB=postgres          the production mode: private PostgreSQL and Redis

Loaded by `-p` in pyproject.toml: pytest-django reads the settings before any conftest. Under xdist
PostgreSQL is started once, by the controller, and every worker has its own database in it; Redis
is one per worker, because pub/sub has no name spaces.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.services.postgres import Postgres
from tests.services.redis import Redis

KIND = "JIANGHU_TEST_DB"
MEMORY = Path("/dev/shm")
SHARED_POSTGRES = "JIANGHU_TEST_POSTGRES"


class Services:
    """Started on first use, ended with the test process."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="jianghu-test-"))
        self.folder.chmod(0o755)
        self._memory: Path | None = None
        self._owner = os.getpid()
        self._redis: Redis | None = None
        self._postgres: Postgres | None = None
        atexit.register(self.end)

    @property
    def redis(self) -> Redis:
        if self._redis is None:
            self._redis = Redis(self.subfolder("redis"))
            self._redis.start()
        return self._redis

    def postgres_url(self) -> str:
        if SHARED_POSTGRES not in os.environ:
            self._postgres = Postgres(self.subfolder("postgres"))
            self._postgres.start()
            os.environ[SHARED_POSTGRES] = self._postgres.url()
        return os.environ[SHARED_POSTGRES]

    def subfolder(self, name: str) -> Path:
        path = self.folder / name
        path.mkdir(exist_ok=True)
        return path

    def memory_folder(self) -> Path:
        """On a file system in memory where there is one: syncing to it costs nothing."""
        if self._memory is None and os.access(MEMORY, os.W_OK):
            self._memory = Path(tempfile.mkdtemp(prefix="jianghu-test-", dir=MEMORY))
        return self._memory or self.folder

    def end(self) -> None:
        if os.getpid() != self._owner:
            return
        if self._redis is not None:
            self._redis.stop()
        if self._postgres is not None:
            self._postgres.stop()
        for folder in (self.folder, self._memory):
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)


services = Services()


def _prepare_environment() -> None:
    kind = os.environ.setdefault(KIND, "sqlite")
    if kind not in {"sqlite", "postgres"}:
        raise pytest.UsageError(f"{KIND} must be sqlite or postgres, not {kind!r}")
    for name in (
        *("DATABASE_URL", "REDIS_URL", "PORT", "PUBLIC_ORIGINS", "BEHIND_HTTPS", "DEBUG"),
        *("METRICS_TOKEN", "OTEL_EXPORTER_OTLP_ENDPOINT"),
    ):
        os.environ.pop(name, None)  # a developer's own settings are not the tests'
    os.environ["SECRET_KEY"] = "only-for-tests"
    os.environ["DATA_DIR"] = str(services.subfolder("var"))
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    os.environ["EMAIL_URL"] = "smtp://127.0.0.1:1"  # mail is sent, and arrives nowhere
    os.environ["PHONE_SENDER"] = "server.accounts.phone_senders.Console"
    if kind == "postgres":
        os.environ["DATABASE_URL"] = services.postgres_url()
        os.environ["REDIS_URL"] = services.redis.url


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    _prepare_environment()
    return (yield)


def pytest_report_header() -> str:
    return f"database: {os.environ[KIND]}"
