"""one_instant(): several reads that all see the database at the same moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_instant() -> Iterator[None]:
    """Everything read inside is from one moment; nothing may be written.

    A page and the `head` beside it must not be torn by a commit between them, or the page would
    miss an event for ever. Inside a transaction that is open already, that one is the moment.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with _deferred(), transaction.atomic():
            yield


@contextmanager
def _deferred() -> Iterator[None]:
    """SQLite's writes begin IMMEDIATE; a read that did so would wait for every writer."""
    connection.ensure_connection()  # connecting sets the mode anew
    mode = getattr(connection, "transaction_mode", None)
    setattr(connection, "transaction_mode", "DEFERRED")  # noqa: B010  # only SQLite's has it
    try:
        yield
    finally:
        setattr(connection, "transaction_mode", mode)  # noqa: B010
