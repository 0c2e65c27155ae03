"""Emptying the database after a test that committed: only what was written, and not what stays.

Django's flush truncates a hundred tables and then makes all content types and permissions anew,
which takes longer than most tests do. Migrations make those, and no test changes them.
"""

from __future__ import annotations

from functools import cache

from django.db import connection, transaction

STAYS = frozenset({"auth_permission", "django_content_type"})

LARGE = 64
"""Pages of 8 kB. From here on PostgreSQL truncates: a deletion leaves the pages behind, which what
counts pages, or looks whether there are rows, would meet again and again."""


def empty() -> None:
    """No row is left but those that migrations made; identities go on. Waits, as a truncation
    does, for whoever is still in a transaction on what was written."""
    if connection.vendor == "sqlite":
        _empty_sqlite()
    else:
        _empty_postgres()


@cache
def tables() -> tuple[str, ...]:
    """All that a test may have written to."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return tuple(sorted(set(names) - STAYS))


def _named(names: list[str]) -> list[str]:
    return [connection.ops.quote_name(name) for name in names]


@cache
def _which_hold_rows() -> str:
    looks = [
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {quoted})"
        for name, quoted in zip(tables(), _named(list(tables())), strict=True)
    ]
    return " UNION ALL ".join(looks)


def _empty_sqlite() -> None:
    # Row by row, each would be looked for in every table that may refer to it.
    with (
        connection.constraint_checks_disabled(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(_which_hold_rows())
        for name in _named([name for [name] in cursor.fetchall()]):
            cursor.execute(f"DELETE FROM {name}")


_PAGES = """
    SELECT relname, pg_relation_size(oid) / 8192 FROM pg_class
    WHERE relname = ANY(%s) AND relnamespace = current_schema()::regnamespace
    AND pg_relation_size(oid) > 0 ORDER BY relname
"""


def _empty_postgres() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PAGES, [list(tables())])
        pages = dict(cursor.fetchall())
        if not pages:
            return
        # As a truncation takes it: a writer that a test left behind must not come after us.
        cursor.execute(f"LOCK TABLE {', '.join(_named(list(pages)))} IN ACCESS EXCLUSIVE MODE")
        if large := [name for name, size in pages.items() if size >= LARGE]:
            cursor.execute(f"TRUNCATE {', '.join(_named(large))} CASCADE")
        # What refers to a row goes as well, so nothing need be looked for.
        cursor.execute("SET LOCAL session_replication_role = replica")
        deletions = [f"DELETE FROM {name}" for name in _named(list(pages))]
        cursor.execute("; ".join(deletions))
