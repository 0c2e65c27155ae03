"""A look through who sees what of me, at most once in a quarter unless I ask for it.

Nobody is hurried: until it is looked at or put off, home offers it; then it is silent again.
"""

from datetime import UTC, datetime, timedelta

from server.accounts.models import User

QUARTER = timedelta(days=91)


def due(person: User) -> bool:
    """Whether home offers it. By the process's clock: it is a hint, and a day more or less is the
    same."""
    return (person.checked_at or person.joined_at) + QUARTER < datetime.now(UTC)
