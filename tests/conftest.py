"""What every test can ask for. The servers come from tests/services."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.services.plugin import KIND, services
from tests.services.redis import Redis

HERE = Path(__file__).parent
SLOW = {"fleet": "fleet", "browser": "browser"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The folder is the marker: tests/fleet is `fleet`, tests/browser is `browser`."""
    for item in items:
        top = item.path.relative_to(HERE).parts[0]
        if top in SLOW:
            item.add_marker(SLOW[top])


@pytest.fixture(scope="session")
def database_kind() -> str:
    """ "sqlite" or "postgres": the database this run stands on."""
    return os.environ[KIND]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    """SQLite's test database is a file: in memory, threads would share one lock and WAL is off."""
    from django.conf import settings
    from django.db import connections

    if connections["default"].vendor == "sqlite":
        path = str(services.folder / "test.sqlite3")
        for config in (settings.DATABASES["default"], connections["default"].settings_dict):
            test: dict[str, Any] = config.setdefault("TEST", {})
            test["NAME"] = path


@pytest.fixture(scope="session")
def redis_server() -> Redis:
    """This process's own Redis; a test that stops it starts it again."""
    return services.redis


@pytest.fixture(scope="session")
def redis_url(redis_server: Redis) -> str:
    return redis_server.url
