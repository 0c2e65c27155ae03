"""Many rows in one statement of constant text: they travel as one JSON parameter.

A statement with a placeholder for every value grows with the rows and is parsed anew each time; a
third of a busy worker's time went into that. This one is parsed once, and JSON is C on both ends.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import orjson
from django.db import connection

Types = tuple[tuple[str, str], ...]
"""(column, its PostgreSQL type) of the rows given."""


_NOW = {
    "postgresql": "statement_timestamp()",
    "sqlite": "strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now')",
}
"""As Django's Now() asks it."""


def run_with_rows(
    statement: str, columns: Types, rows: Sequence[Mapping[str, Any]], *parameters: Any
) -> list[tuple[Any, ...]]:
    """Run a statement in whose text {given} stands for a table `given` of these rows, and {now} for
    the database's clock.

    parameters: of the placeholders before {given}. Returns what the statement returns.
    """
    text = _text(statement, columns, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(text, [*parameters, orjson.dumps(rows).decode()])
        return cursor.fetchall() if cursor.description else []


@cache
def _text(statement: str, columns: Types, vendor: str) -> str:
    if vendor == "postgresql":
        typed = ", ".join(f"{name} {kind}" for name, kind in columns)
        table = f"json_to_recordset(%s::json) AS given({typed})"
        return statement.format(given=table, now=_NOW[vendor])
    read = ", ".join(f"json_extract(value, '$.{name}') AS {name}" for name, _ in columns)
    table = f"(SELECT {read} FROM json_each(%s)) AS given"  # noqa: S608  (columns are constants of ours)
    return statement.format(given=table, now=_NOW[vendor])
