"""What every test can ask for. The servers come from tests/services."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import TransactionTestCase

from tests.services import emptying
from tests.services.plugin import KIND, services
from tests.services.redis import Redis

HERE = Path(__file__).parent
WHOLE = {"fleet", "browser"}
# Seconds each: many threads, generated histories, real processes. `make test-fast` leaves them out.
SLOW = {
    "test_account",
    "test_admin",
    "test_ages",
    "test_asking",
    "test_audience",
    "test_bus",
    "test_bus_edges",
    "test_bytes",
    "test_commands",
    "test_conversation",
    "test_days",
    "test_cost",
    "test_endings",
    "test_ends",
    "test_environment",
    "test_erasing",
    "test_every_server",
    "test_flat",
    "test_following",
    "test_forgery",
    "test_frames",
    "test_frames_in_order",
    "test_growth",
    "test_hidden",
    "test_hostile",
    "test_http",
    "test_invitations",
    "test_leaving",
    "test_isolation",
    "test_life",
    "test_metrics",
    "test_pictures",
    "test_pixels",
    "test_processes",
    "test_property",
    "test_races",
    "test_receipts",
    "test_rights",
    "test_routes",
    "test_scaling",
    "test_second_step",
    "test_second_step_races",
    "test_secrecy",
    "test_server",
    "test_sessions",
    "test_sign_in",
    "test_spread",
    "test_states",
    "test_worlds",
    "test_suggestions",
    "test_supervisor",
    "test_tabs",
    "test_together",
    "test_topics",
    "test_totals",
    "test_tracing",
    "test_windows",
    "test_worker",
    "test_world",
}

FIRST = ("test_hostile", "test_world", "test_worlds", "test_every_server")
"""The longest files. A process that came to one of them last would let the others wait for it."""

ONCE = {
    "consumers/test_every_server.py",
    "consumers/test_frames_in_order.py",
    "consumers/test_server.py",
    "demo/test_pictures.py",
    "demo/test_stories.py",
    "media/test_pixels.py",
    "ops/test_commands.py",
    "ops/test_deploy.py",
    "ops/test_docs.py",
    "ops/test_environment.py",
    "ops/test_scaling.py",
    "test_architecture.py",
}
"""Files whose tests ask for no database of ours: their servers bring their own. On SQLite is
enough."""

DATABASE = {"db", "transactional_db", "django_db_setup", "database_kind"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The folder or file is the marker: tests/fleet is `fleet`, test_races.py is `slow`."""
    _leave_out_what_was_tried_on_sqlite(config, items)
    items.sort(key=lambda item: item.path.stem not in FIRST)
    for item in items:
        top = item.path.relative_to(HERE).parts[0]
        if top in WHOLE:
            item.add_marker(top)
        if item.path.stem in SLOW:
            item.add_marker("slow")


def _leave_out_what_was_tried_on_sqlite(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Raises UsageError where that is not so: the outcome could be another on PostgreSQL."""
    once = [item for item in items if item.path.relative_to(HERE).as_posix() in ONCE]
    for item in once:
        asks = DATABASE & set(getattr(item, "fixturenames", ()))
        if asks or item.get_closest_marker("django_db"):
            raise pytest.UsageError(f"{item.nodeid} asks for a database, and its file is in ONCE")
    if once and os.environ[KIND] == "postgres":
        config.hook.pytest_deselected(items=once)
        items[:] = [item for item in items if item not in set(once)]


@pytest.fixture(autouse=True)
def unhurried() -> None:
    """A request of an earlier test was hurried, and this thread still is: a test may make a million
    rows, and a connection that is given up takes the rest of the run with it."""
    from server.database import hurry

    hurry(False)


@pytest.fixture(scope="session", autouse=True)
def emptied_in_our_way() -> Iterator[None]:
    """After each test that commits; Django's own way takes longer than most of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: emptying.empty())
        yield


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
        path = str(services.memory_folder() / "test.sqlite3")
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
