"""`manage.py seed_demo`: the demo world, the first time; afterwards only who can come in."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from server.demo.queries import PASSWORD, demo_people
from server.demo.seeding.plant import Occupied, plant


class Command(BaseCommand):
    help = "Make the demo world (once) and say who can sign in, and with which password."

    def handle(self, *args: Any, **options: Any) -> None:
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
        self.stdout.write(f"Demo people, all with the password  {PASSWORD}\n")
        people = [f"{person.username} ({person.name})" for person in demo_people().people]
        width = max(map(len, people))
        for place in range(0, len(people), 3):
            row = (f"{person:<{width}}" for person in people[place : place + 3])
            self.stdout.write("  " + "  ".join(row).rstrip())

    def _report(self, words: str) -> None:
        self.stderr.write(f"demo world: {words}", self.style.NOTICE)
