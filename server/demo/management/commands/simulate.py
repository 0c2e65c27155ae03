"""`manage.py simulate`: a few demo people act, through the public API and the live socket."""

import asyncio
import signal
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from server.demo.simulator.api import Locked
from server.demo.simulator.director import Director


class Command(BaseCommand):
    help = "Let demo people type, send, vote and post now and then, until Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--url", required=True, help="origin of the server")
        parser.add_argument("--people", type=int, default=6, help="who act, shopkeepers aside (6)")
        parser.add_argument("--seconds", type=float, help="how long (until told to end)")
        parser.add_argument("--pace", type=float, default=1.0, help="times faster than life (1.0)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["people"] < 1 or options["pace"] <= 0:
            raise CommandError("--people must be 1 or more, --pace more than 0.")
        director = Director(options["url"], options["people"], options["pace"])
        try:
            asyncio.run(_until_told(director, options["seconds"]))
        except Locked as locked:
            raise CommandError(
                f"{locked.username} cannot sign in ({locked.answer}). "
                "Make the demo world first: manage.py seed_demo"
            ) from locked


async def _until_told(director: Director, seconds: float | None) -> None:
    """Run until SIGTERM, SIGINT or the time is over."""
    show = asyncio.create_task(director.run())
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, show.cancel)
    with suppress(asyncio.CancelledError, TimeoutError):
        await asyncio.wait_for(show, seconds)
