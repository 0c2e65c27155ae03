"""The world of the matrix, built once for a file; each cell is undone when it was looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from server.accounts import sessions
from server.realtime import publish
from tests.realtime.conftest import Remembering
from tests.rights.cast import Cast, build
from tests.rights.state import state


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """Nothing of it is ever committed."""
    previous = publish.install(Remembering())
    cache.clear()
    monkeypatch = pytest.MonkeyPatch()
    # That a session is in use is noted once a minute: it would look like a change.
    monkeypatch.setattr(sessions, "SEEN_EVERY", timedelta(days=1))
    import server.asgi  # noqa: F401  so that the socket is described

    with django_db_blocker.unblock(), transaction.atomic():
        made = build()
        made.state = state()
        yield made
        transaction.set_rollback(True)
    monkeypatch.undo()
    publish.install(previous)
