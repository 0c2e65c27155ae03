"""Where takeouts lie: takeouts/<two letters>/<token>-<attempt>.zip, in the storage of pictures.

No address leads there: only the view that knows its person reads one.
"""

from typing import IO, Any

from django.core.files import File
from django.core.files.storage import default_storage

from server.jobs.queue import ATTEMPTS


def path(token: str, attempt: int) -> str:
    """Each attempt writes a file of its own: one that was taken for dead disturbs no other."""
    return f"takeouts/{token[:2]}/{token}-{attempt}.zip"


def write(token: str, attempt: int, content: IO[bytes]) -> str:
    """Store it, part by part. Returns its name."""
    name = path(token, attempt)
    default_storage.delete(name)
    content.seek(0)
    return default_storage.save(name, File(content))


def open_(name: str) -> Any:
    """For reading. Raises FileNotFoundError."""
    return default_storage.open(name)


def remove(token: str) -> None:
    """All files of a takeout; missing ones are no error."""
    for attempt in range(1, ATTEMPTS + 1):
        default_storage.delete(path(token, attempt))


def forget(name: str) -> None:
    """One file; a missing one is no error."""
    default_storage.delete(name)
