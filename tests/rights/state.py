"""What the database holds, table by table, so that a refusal can be shown to change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any

from django.apps import apps
from django.db import connection

WRITES = ("INSERT", "UPDATE", "DELETE")


def state() -> dict[str, str]:
    """A digest of each table's rows."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = sorted(map(repr, cursor.fetchall()))
            found[table] = blake2b("".join(rows).encode(), digest_size=12).hexdigest()
    return found


def changed(before: dict[str, str]) -> set[str]:
    """The tables that hold something else now."""
    return {table for table, digest in state().items() if before[table] != digest}


@contextmanager
def writes() -> Iterator[list[str]]:
    """The writing statements of a block: where there are none, nothing needs comparing."""
    said: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITES):
            said.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield said
