"""What the services write inside `past(moment)` happened then.

A world that begins today has no history. The services take every moment from the database's
clock, in SQL, so this stands in for that clock: rows and the events logged beside them get the
same past moment by themselves, numbers stay without holes, and no row is touched afterwards.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import connection

# How Django's Now(), and server.realtime.clock, ask each database what time it is.
_CLOCKS = {
    "sqlite": re.compile(r"strftime\('%+Y-%+m-%+d %+H:%+M:%+f', 'now'\)", re.I),
    "postgresql": re.compile(r"(?:statement|clock)_timestamp\(\)", re.I),
}
_MOMENTS = {"sqlite": "'{}'", "postgresql": "'{}+00'::timestamptz"}

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


@contextmanager
def past(moment: datetime) -> Iterator[None]:
    """Stop the database's clock, as this connection sees it, at a moment (aware, to the ms)."""
    text = moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
    clock, stopped = _CLOCKS[connection.vendor], _MOMENTS[connection.vendor].format(text)

    def execute(run: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        return run(clock.sub(stopped, sql), params, many, context)

    with _defaults_spelled_out(), connection.execute_wrapper(execute):
        yield


@contextmanager
def _defaults_spelled_out() -> Iterator[None]:
    """PostgreSQL's DEFAULT would read the real clock inside the table's definition: have Django
    write a column's default into the statement, as it does on SQLite anyway."""
    features = connection.features
    before = features.supports_default_keyword_in_insert
    features.supports_default_keyword_in_insert = False
    try:
        yield
    finally:
        features.supports_default_keyword_in_insert = before
