"""Whether everything that left was allowed at that moment."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from server.ops.audit import audit
from server.realtime.clock import now


class Command(BaseCommand):
    help = "Find for each frame, notice, letter and push what allowed it at that moment."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=1, help="how far back (default: 1)")

    def handle(self, *args: Any, **options: Any) -> None:
        until = now() + timedelta(seconds=1)
        looked = wrong = 0
        for found in audit(until - timedelta(days=options["days"], seconds=1), until):
            looked += 1
            if found.wrong:
                wrong += 1
                self.stdout.write(f"{found.what}: {found.wrong}")
        self.stdout.write(f"{looked} looked at, {wrong} not allowed")
        if wrong:
            raise CommandError("Something left that nobody allowed.", returncode=1)
