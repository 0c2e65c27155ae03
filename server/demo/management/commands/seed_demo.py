"""`manage.py seed_demo`: the demo world, the first time; afterwards only who can come in."""

import time
from typing import Any
from unicodedata import east_asian_width

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from server.demo.queries import PASSWORD, demo_people
from server.demo.seeding.plant import Occupied, plant

COLUMNS, COLUMN = 3, 26


class Command(BaseCommand):
    help = "Make the demo world (once) and say who can sign in, and with which password."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "These people have a public password, so they are made only with DEMO=1."
            )
        started = time.monotonic()
        try:
            made = plant(self._report)
        except Occupied as taken:
            raise CommandError(
                f"These usernames belong to somebody else: {taken}. "
                "The demo world needs a database without them."
            ) from taken
        if made:
            self._report(f"ready in {time.monotonic() - started:.1f} s")
        self.stdout.write(
            f"Demo people, all with the password  {PASSWORD}  (most goes on around wen)\n"
        )
        people = [f"{person.username} ({person.name})" for person in demo_people().people]
        for place in range(0, len(people), COLUMNS):
            row = (_padded(person) for person in people[place : place + COLUMNS])
            self.stdout.write("  " + "".join(row).rstrip())

    def _report(self, words: str) -> None:
        self.stderr.write(f"demo world: {words}", self.style.NOTICE)


def _padded(text: str) -> str:
    """To the width of a column; Chinese characters are two cells wide on a terminal."""
    cells = sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
    return text + " " * (COLUMN - cells)
