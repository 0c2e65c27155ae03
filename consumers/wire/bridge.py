"""The one way from the loop to the database: a bounded pool of threads.

Channels' own bridge runs all database work of a process on one thread, so one slow query delays
every socket (24 queries of 50 ms: 1.21 s there, 0.15 s on 8 threads). When every thread is busy and
the line is long we refuse at once: waiting longer would only turn a slow database into a dead one.
"""

import asyncio
import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from time import monotonic
from typing import TypeVar

import structlog
from django.conf import settings
from django.db import DataError, InterfaceError, OperationalError, close_old_connections

from server import metrics, tracing
from server.database import ANSWER_SECONDS, hurry
from server.errors import Refused

log = structlog.get_logger(__name__)

T = TypeVar("T")
_LINE = 1_000
"""Calls that may wait for a thread before further ones are refused."""

CALL_SECONDS = 4.5
"""A person is told within this that it did not work, the wait for a thread included. What the
database makes of a call that had begun is unknown then: the same client_id asks again."""

SILENT_SECONDS = 1.0
"""The same once the database has been found silent, until it answers anybody: what a person does
meanwhile would else queue up behind each wait."""

_silent = False
_pool: ThreadPoolExecutor | None = None
_waiting = 0
metrics.DATABASE_LINE.set_function(lambda: _waiting)


def _threads() -> ThreadPoolExecutor:
    global _pool
    if _pool is None:
        _pool = ThreadPoolExecutor(settings.DATABASE_THREADS, thread_name_prefix="database")
    return _pool


async def on_database_thread(call: Callable[..., T], *args: object) -> T:
    """Run a service or query. Raises Refused(unavailable) when the database is busy or away."""
    global _silent
    started = monotonic()
    try:
        # A call that still waits for its thread is taken out of the line, and never runs.
        async with asyncio.timeout(min(CALL_SECONDS, SILENT_SECONDS) if _silent else CALL_SECONDS):
            return await _in_line(functools.partial(_run, True, call, args))
    except Refused:
        _silent = _silent or monotonic() - started >= ANSWER_SECONDS
        raise
    except TimeoutError as error:
        _silent = True
        raise Refused("unavailable", "The database does not answer.", retry_after=1) from error


async def at_leisure(call: Callable[..., T], *args: object) -> T:
    """The same for work that nobody waits for, and that may take as long as it needs."""
    return await _in_line(functools.partial(_run, False, call, args))


async def _in_line(run: Callable[[], T]) -> T:
    global _waiting
    if _waiting >= _LINE:
        raise Refused("unavailable", "Too many requests are waiting.", retry_after=1)
    _waiting += 1
    loop = asyncio.get_running_loop()
    try:
        # In this context: what is logged there carries the socket's id, and spans their parent.
        return await loop.run_in_executor(_threads(), copy_context().run, run)
    except (OperationalError, InterfaceError) as error:
        raise Refused("unavailable", "The database is away.", retry_after=1) from error
    except DataError as error:
        log.warning("database_cannot_hold_it", error=str(error))
        raise Refused("bad_field", "No database can hold or look for that.") from error
    finally:
        _waiting -= 1


def _run(hurried: bool, call: Callable[..., T], args: tuple[object, ...]) -> T:
    global _silent
    hurry(hurried)
    close_old_connections()
    try:
        with tracing.service(call):
            done = call(*args)
        _silent = False  # also when nobody waits for this answer any more
        return done
    finally:
        close_old_connections()
