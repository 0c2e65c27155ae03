"""Jobs of the tests. Each line they leave in a file is one write, so that lines never mix."""

from __future__ import annotations

import os
import time
from pathlib import Path

from django.db import transaction
from django_tasks import task

from server.jobs.runs import give_way, hold


def note(path: str, words: str) -> None:
    with Path(path).open("a") as file:
        file.write(f"{words} {os.getpid()}\n")


@task()
def noted(path: str, name: str, seconds: float = 0) -> None:
    """Says when it begins and when it ends."""
    note(path, f"begin {name}")
    time.sleep(seconds)
    note(path, f"end {name}")


@task()
def patient(path: str, name: str) -> None:
    """As long as it is let: gives way as soon as it is asked to."""
    note(path, f"begin {name}")
    for _ in range(1_200):
        give_way()
        time.sleep(0.05)


@task()
def held(path: str, name: str, until: str) -> None:
    """Begins, waits for a file, and writes only while the job is its own."""
    note(path, f"begin {name}")
    while not Path(until).exists():
        time.sleep(0.02)
    with transaction.atomic():
        hold()
        note(path, f"wrote {name}")


@task()
def broken(words: str) -> None:
    """Never goes well."""
    raise ValueError(words)


@task()
def strange() -> None:
    """Fails with words that no database takes."""
    raise ValueError("odd \0 and \ud800 words")
